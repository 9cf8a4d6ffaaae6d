package io.github.ownproof.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * A CloudFront distribution that reads from the buckets of an {@link S3World} through an origin
 * access control: as a service, not as an account. It reads what a bucket's policy allows that
 * service on its behalf, and nothing else; Block Public Access has no say in it, as on S3. Its
 * requests do not pass the network, and are not in the wire log. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html">Restrict
 *     access to an Amazon S3 origin</a>
 */
public final class Distribution {

  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:cloudfront::([0-9]{12}):distribution/[A-Z0-9]+");

  private final String arn;
  private final String account;
  private final Namespace namespace;
  private final BlobStore store;

  Distribution(String arn, Namespace namespace, BlobStore store) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not the ARN of a distribution: " + arn);
    }
    this.arn = arn;
    this.account = parts.group(1);
    this.namespace = namespace;
    this.store = store;
  }

  /**
   * Reads an object.
   *
   * @param bucket its physical name
   * @return what is in it; empty if S3 would deny it, or there is no such bucket or object
   */
  public Optional<byte[]> fetch(String bucket, String key) {
    Bucket origin = namespace.find(bucket);
    if (origin == null || !allowed(origin, key) || !store.blobExists(bucket, key)) {
      return Optional.empty();
    }
    try (InputStream object = store.getBlob(bucket, key)) {
      return Optional.of(Objects.requireNonNull(object).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean allowed(Bucket origin, String key) {
    BucketPolicy policy = origin.policy();
    return policy != null
        && policy.ask(Question.ofDistribution(arn, account, origin, key))
            == BucketPolicy.Answer.ALLOW;
  }

  /** Its ARN. */
  @Override
  public String toString() {
    return arn;
  }
}
