package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.ExecutionContext;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/** URLs are signed here only where the AWS SDK signs the same. */
class BucketUrlsTest {

  private static final PrivateBucket BUCKET =
      PrivateBuckets.builder()
          .context(ExecutionContext.of("111122223333", "eu-west-1"))
          .build()
          .resolve("my-app-assets");

  private static PresignedGetObjectRequest sample(
      Region region, AwsCredentialsIdentity identity, String owner) {
    try (S3Presigner aws =
        S3Presigner.builder()
            .region(region)
            .endpointOverride(URI.create("https://s3.acme.example"))
            .credentialsProvider(new FixedIdentity(identity))
            .build()) {
      return aws.presignGetObject(
          p ->
              p.signatureDuration(Duration.ofSeconds(1))
                  .getObjectRequest(
                      r ->
                          r.bucket(BUCKET.physicalName())
                              .key(BucketUrls.KEY)
                              .overrideConfiguration(
                                  o -> o.putRawQueryParameter(OwnerHeaders.OWNER, owner))));
    }
  }

  private static boolean areSignedHere(PresignedGetObjectRequest sample) {
    return BucketUrls.of(BUCKET, sample, OwnerPlacement.QUERY).target() != null;
  }

  @Test
  void sample_thatIsSignedTheSameHere_isAPattern() {
    assertThat(areSignedHere(sample(Region.EU_WEST_1, BucketUrls.NOBODY, "111122223333"))).isTrue();
  }

  @Test
  void sample_thatIsSignedInAnotherWay_isNone() {
    assertThat(areSignedHere(sample(Region.US_EAST_1, BucketUrls.NOBODY, "111122223333")))
        .isFalse();
    assertThat(areSignedHere(sample(Region.EU_WEST_1, BucketUrls.NOBODY, "444455556666")))
        .isFalse();
    assertThat(
            areSignedHere(
                sample(
                    Region.EU_WEST_1,
                    AwsBasicCredentials.create("AKIANOBODY", "another"),
                    "111122223333")))
        .isFalse();
  }
}
