package io.github.ownproof.s3;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A request of the AWS SDK that a URL is made for: owned, and with credentials and a lifetime.
 *
 * @param owned the request, with physical name and owner
 * @param signed the URL, if it is one of those that are signed here
 */
record UrlDraft<T extends AwsRequest>(
    Presigning presigning,
    T owned,
    PrivateBucket bucket,
    AwsCredentialsIdentity identity,
    UrlLifetime lifetime,
    @Nullable SignedUrl signed) {

  /** Who signs what is not signed here. */
  S3Presigner aws() {
    return presigning.presigners().of(bucket);
  }

  /** The request as {@link #aws()} takes it. */
  T request() {
    return presigning.presigners().prepare(owned, bucket, identity);
  }

  Duration duration() {
    return lifetime.duration();
  }

  /** What {@link #aws()} made, once looked at. */
  <P extends PresignedRequest> P check(P url) {
    return presigning.gate().check(S3Operation.of(owned).name(), bucket, url);
  }

  /** Nothing of the credentials. */
  @Override
  public String toString() {
    return "UrlDraft[" + bucket + ']';
  }
}
