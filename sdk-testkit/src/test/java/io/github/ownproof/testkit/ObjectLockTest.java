package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ObjectLockTest {

  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  private S3Client client;

  @BeforeEach
  void bucket() {
    client = s3.account("111122223333").client();
    client.createBucket(r -> r.bucket("app").objectLockEnabledForBucket(true));
    client.putBucketVersioning(
        r ->
            r.bucket("app").versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLIANCE", "GOVERNANCE"})
  void aLockedVersion_cannotBeDeleted(ObjectLockMode mode) {
    String version = put("app", mode, LATER);

    assertThatThrownBy(() -> client.deleteObject(r -> r.bucket("app").key("k").versionId(version)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    assertThat(
            client
                .deleteObjects(
                    r ->
                        r.bucket("app")
                            .delete(
                                d ->
                                    d.objects(
                                        ObjectIdentifier.builder()
                                            .key("k")
                                            .versionId(version)
                                            .build())))
                .errors())
        .hasSize(1);
    client.deleteObject(r -> r.bucket("app").key("k"));
    assertThat(
            client
                .getObjectAsBytes(r -> r.bucket("app").key("k").versionId(version))
                .asUtf8String())
        .isEqualTo("x");
  }

  @Test
  void governance_canBeBypassed_andComplianceNot() {
    String governed = put("app", ObjectLockMode.GOVERNANCE, LATER);
    String kept = put("app", ObjectLockMode.COMPLIANCE, LATER);

    client.deleteObject(
        r -> r.bucket("app").key("k").versionId(governed).bypassGovernanceRetention(true));
    assertThatThrownBy(
            () ->
                client.deleteObject(
                    r -> r.bucket("app").key("k").versionId(kept).bypassGovernanceRetention(true)))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void aBucketWithoutObjectLock_andADateThatIsOver_areRefused() {
    client.createBucket(r -> r.bucket("plain"));

    assertThatThrownBy(() -> put("plain", ObjectLockMode.COMPLIANCE, LATER))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThatThrownBy(
            () -> put("app", ObjectLockMode.COMPLIANCE, LATER.minus(Duration.ofDays(365 * 99L))))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  private String put(String bucket, ObjectLockMode mode, Instant until) {
    return client
        .putObject(
            r -> r.bucket(bucket).key("k").objectLockMode(mode).objectLockRetainUntilDate(until),
            RequestBody.fromString("x"))
        .versionId();
  }
}
