package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.lifecycle.NameReleaseException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What the owner condition must do on any S3 server, and what happens without it. The names are in
 * the global namespace, where a squatter can take them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OwnerContract {

  /**
   * A server with two accounts.
   *
   * @param enforcesEverywhere whether it also enforces the owner where some servers have gaps: the
   *     source of a copy, and 400 for a malformed account
   */
  record Server(
      URI endpoint,
      String region,
      AccountId us,
      AwsCredentialsProvider ourKeys,
      AccountId squatter,
      AwsCredentialsProvider squattersKeys,
      boolean enforcesEverywhere) {}

  private Server server;
  private String suffix;
  private PrivateBuckets buckets;
  private S3Client rawUs;
  private S3Client rawSquatter;
  private S3PrivateClient s3;

  abstract Server start();

  abstract void stop();

  @BeforeAll
  void prepare() {
    server = start();
    suffix = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    buckets =
        PrivateBuckets.builder()
            .context(ExecutionContext.of(server.us(), server.region()))
            .naming(BucketNaming.suffixed(suffix))
            .build();
    rawUs = raw(server.ourKeys());
    rawSquatter = raw(server.squattersKeys());
    s3 =
        S3PrivateClient.builder()
            .buckets(buckets)
            .credentialsProvider(server.ourKeys())
            .endpointOverride(server.endpoint())
            .pathStyle()
            .build();
    s3.createBucket(r -> r.bucket("ours"));
    s3.putObject(r -> r.bucket("ours").key("k"), RequestBody.fromString("ours"));
  }

  @AfterAll
  void end() {
    s3.close();
    rawUs.close();
    rawSquatter.close();
    stop();
  }

  private S3Client raw(AwsCredentialsProvider keys) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.of(server.region()))
        .credentialsProvider(keys)
        .forcePathStyle(true)
        .build();
  }

  /** The squatter takes the bucket we will want, and opens it to everybody. */
  @CanIgnoreReturnValue
  private String squat(String privateName) {
    String physical = buckets.resolve(privateName).physicalName();
    rawSquatter.createBucket(
        r ->
            r.bucket(physical)
                .createBucketConfiguration(c -> c.locationConstraint(server.region())));
    openToEveryone(physical);
    return physical;
  }

  void openToEveryone(String physical) {
    rawSquatter.deletePublicAccessBlock(r -> r.bucket(physical));
    rawSquatter.putBucketPolicy(
        r ->
            r.bucket(physical)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                     "Action":"s3:*","Resource":["arn:aws:s3:::%s","arn:aws:s3:::%s/*"]}]}
                    """
                        .formatted(physical, physical)));
  }

  @Test
  void squattedBucket_rawClientWithoutOwner_leaksToTheSquatter() {
    String physical = squat("leaky");
    rawUs.putObject(r -> r.bucket(physical).key("secret"), RequestBody.fromString("secret"));
    assertThat(rawSquatter.getObjectAsBytes(r -> r.bucket(physical).key("secret")).asUtf8String())
        .isEqualTo("secret");
  }

  @Test
  void squattedBucket_everyKindOfCall_isDeniedAndNothingArrives() {
    String physical = squat("squatted");
    rawSquatter.putObject(r -> r.bucket(physical).key("bait"), RequestBody.fromString("bait"));
    List<Runnable> calls =
        List.of(
            () -> s3.headBucket(r -> r.bucket("squatted")),
            () -> s3.putObject(r -> r.bucket("squatted").key("k"), RequestBody.fromString("k")),
            () -> s3.getObjectAsBytes(r -> r.bucket("squatted").key("bait")),
            () -> s3.headObject(r -> r.bucket("squatted").key("bait")),
            () -> s3.deleteObject(r -> r.bucket("squatted").key("bait")),
            () -> s3.listObjectsV2(r -> r.bucket("squatted")),
            () -> s3.getBucketLocation(r -> r.bucket("squatted")),
            () -> s3.createMultipartUpload(r -> r.bucket("squatted").key("k")),
            () ->
                s3.copyObject(
                    r ->
                        r.sourceBucket("ours")
                            .sourceKey("k")
                            .destinationBucket("squatted")
                            .destinationKey("k")));
    for (Runnable call : calls) {
      assertThatThrownBy(call::run)
          .isInstanceOf(BucketOwnershipException.class)
          .hasMessageContaining("S3_OWNER_MISMATCH")
          .hasMessageContaining(physical);
    }
    assertThat(rawSquatter.listObjectsV2(r -> r.bucket(physical)).contents())
        .singleElement()
        .satisfies(object -> assertThat(object.key()).isEqualTo("bait"));
  }

  @Test
  void squattedSource_copy_isDenied() {
    assumeThat(server.enforcesEverywhere()).isTrue();
    String physical = squat("poisoned");
    rawSquatter.putObject(r -> r.bucket(physical).key("bait"), RequestBody.fromString("bait"));
    assertThatThrownBy(
            () ->
                s3.copyObject(
                    r ->
                        r.sourceBucket("poisoned")
                            .sourceKey("bait")
                            .destinationBucket("ours")
                            .destinationKey("swallowed")))
        .isInstanceOf(BucketOwnershipException.class);
    assertThatThrownBy(() -> s3.headObject(r -> r.bucket("ours").key("swallowed")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  @Test
  void squattedBucket_diagnose_saysForeign() {
    squat("foreign");
    assertThat(s3.diagnose("foreign").state()).isEqualTo(BucketDiagnosis.State.FOREIGN);
    assertThat(s3.diagnose("ours").state()).isEqualTo(BucketDiagnosis.State.OWNED);
    assertThat(s3.diagnose("nobodys").state()).isEqualTo(BucketDiagnosis.State.ABSENT);
  }

  @Test
  void ownBucket_wholeLife_works() {
    s3.createBucket(r -> r.bucket("life"));
    s3.putObject(r -> r.bucket("life").key("a b/ü"), RequestBody.fromString("one"));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("life").key("a b/ü")).asUtf8String())
        .isEqualTo("one");
    s3.copyObject(
        r ->
            r.sourceBucket("life")
                .sourceKey("a b/ü")
                .destinationBucket("ours")
                .destinationKey("copied"));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("ours").key("copied")).asUtf8String())
        .isEqualTo("one");
    String upload = s3.createMultipartUpload(r -> r.bucket("life").key("parts")).uploadId();
    CompletedPart part =
        CompletedPart.builder()
            .partNumber(1)
            .eTag(
                s3.uploadPart(
                        r -> r.bucket("life").key("parts").uploadId(upload).partNumber(1),
                        RequestBody.fromString("part"))
                    .eTag())
            .build();
    s3.completeMultipartUpload(
        r ->
            r.bucket("life")
                .key("parts")
                .uploadId(upload)
                .multipartUpload(m -> m.parts(List.of(part))));
    assertThat(s3.listObjectsV2Paginator(r -> r.bucket("life")).contents().stream())
        .extracting(object -> object.key())
        .containsExactlyInAnyOrder("a b/ü", "parts");
    List<ObjectIdentifier> all =
        List.of(
            ObjectIdentifier.builder().key("a b/ü").build(),
            ObjectIdentifier.builder().key("parts").build());
    s3.deleteObjects(r -> r.bucket("life").delete(d -> d.objects(all)));
    assertThatThrownBy(() -> s3.deleteBucket(r -> r.bucket("life")))
        .isInstanceOf(NameReleaseException.class);
    rawUs.deleteBucket(r -> r.bucket(buckets.resolve("life").physicalName()));
    assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("life")))
        .isInstanceOf(BucketAbsentException.class)
        .hasMessageContaining("S3_BUCKET_ABSENT");
  }

  @Test
  void rightOwner_rawClient_passes_wrongAndMalformed_areRefused() {
    String physical = buckets.resolve("ours").physicalName();
    rawUs.headBucket(r -> r.bucket(physical).expectedBucketOwner(server.us().value()));
    assertThatThrownBy(
            () ->
                rawUs.getObjectAsBytes(
                    r ->
                        r.bucket(physical).key("k").expectedBucketOwner(server.squatter().value())))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            });
    assumeThat(server.enforcesEverywhere()).isTrue();
    assertThatThrownBy(
            () ->
                rawUs.getObjectAsBytes(r -> r.bucket(physical).key("k").expectedBucketOwner("12")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode())
                  .isEqualTo("InvalidBucketOwnerAWSAccountID");
            });
  }

  @Test
  void squattedName_create_isRefusedByS3() {
    squat("taken");
    assertThatThrownBy(() -> s3.createBucket(r -> r.bucket("taken")))
        .isInstanceOf(BucketSquattedException.class)
        .hasMessageContaining("S3_BUCKET_SQUATTED");
  }
}
