package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.AccountId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The attack this module exists for: with the condition it fails, without it it works. */
class SquattedBucketTest {

  private static final String VICTIM = "111122223333";
  private static final String SQUATTER = "444455556666";

  private static S3World world;
  private static S3Client victim;
  private static S3Client squatter;

  @BeforeAll
  static void start() {
    world = S3World.start();
    victim = world.account(VICTIM).client();
    squatter = world.account(SQUATTER).client();
    squatter.createBucket(r -> r.bucket("acme-reports"));
    world.account(SQUATTER).openToEveryone("acme-reports");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void put_withoutExpectedOwner_succeedsAndLeaks() {
    victim.putObject(
        r -> r.bucket("acme-reports").key("q3.csv"), RequestBody.fromString("revenue,42"));

    String leaked =
        squatter.getObjectAsBytes(r -> r.bucket("acme-reports").key("q3.csv")).asUtf8String();
    assertThat(leaked).isEqualTo("revenue,42");
    assertThat(world.bucketOwner("acme-reports")).contains(AccountId.of(SQUATTER));
  }

  @Test
  void put_withExpectedOwner_isDeniedAndStoresNothing() {
    world.clearWireLog();

    assertThatThrownBy(
            () ->
                victim.putObject(
                    r -> r.bucket("acme-reports").key("secret.csv").expectedBucketOwner(VICTIM),
                    RequestBody.fromString("secret")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Access Denied");
              assertThat(e.requestId()).isNotBlank();
            });
    assertThat(squatter.listObjectsV2(r -> r.bucket("acme-reports")).contents())
        .noneMatch(o -> o.key().equals("secret.csv"));
    WireRequest put = world.wireLog().get(0);
    assertThat(put.operation()).isEqualTo("PutObject");
    assertThat(put.account()).isEqualTo(AccountId.of(VICTIM));
    assertThat(put.expectedBucketOwner()).contains(VICTIM);
    assertThat(put.signedHeaders()).contains(Owners.EXPECTED);
    assertThat(put.headers()).doesNotContainKey("authorization");
    assertThat(put.status()).isEqualTo(403);
    assertThat(put.errorCode()).isEqualTo("AccessDenied");
  }
}
