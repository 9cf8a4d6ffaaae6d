package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.Fault;
import io.github.ownproof.testkit.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 in trouble: how often we ask again, and that the owner is in each attempt. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {

  private static final int MOST_ATTEMPTS = 3;

  private TestWorld world;
  private S3PrivateClient s3;

  @BeforeAll
  void start() {
    world = new TestWorld();
    s3 = world.sync().build();
    s3.createBucket(r -> r.bucket("my-app-assets"));
  }

  @AfterAll
  void stop() {
    s3.close();
    world.close();
  }

  @BeforeEach
  void clear() {
    world.s3.clearWireLog();
  }

  @AfterEach
  void heal() {
    world.s3.clearFaults();
  }

  private void assertEachAttemptOwned() {
    assertThat(world.s3.wireLog())
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestWorld.US));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void failingTwice_isTriedAgain_withTheOwner(int status) {
    world.s3.failNext(Fault.error(status));
    world.s3.failNext(Fault.error(status));
    var unused = s3.headBucket(r -> r.bucket("my-app-assets"));
    assertThat(world.s3.wireLog()).hasSize(MOST_ATTEMPTS);
    assertEachAttemptOwned();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void failingForEver_isGivenUpAfterThreeAttempts(int status) {
    world.s3.failAll(Fault.error(status));
    assertThatThrownBy(() -> s3.headBucket(r -> r.bucket("my-app-assets")))
        .isInstanceOf(S3Exception.class);
    assertThat(world.s3.wireLog()).hasSize(MOST_ATTEMPTS);
    assertEachAttemptOwned();
  }

  @Test
  void resetConnection_isTriedAgain_withTheOwner() {
    world.s3.failNext(Fault.reset());
    var unused = s3.headBucket(r -> r.bucket("my-app-assets"));
    assertThat(world.s3.wireLog()).hasSize(2);
    assertEachAttemptOwned();
  }

  @Test
  void deniedAndAbsent_areNotTriedAgain() {
    world.s3.failNext(Fault.error(403, "AccessDenied"));
    assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("my-app-assets")))
        .isInstanceOf(BucketOwnershipException.class);
    assertThat(world.s3.wireLog()).hasSize(1);
    assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("absent")))
        .isInstanceOf(BucketAbsentException.class);
    assertThat(world.s3.wireLog()).hasSize(2);
  }

  @Test
  void otherRefusals_areNotTakenForOwnership() {
    world.s3.failNext(Fault.error(403, "SignatureDoesNotMatch"));
    assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("my-app-assets")))
        .isInstanceOf(S3Exception.class)
        .hasMessageNotContaining("S3_OWNER_MISMATCH");
  }

  @Test
  void callersDeadline_isKept() {
    world.s3.failAll(Fault.hang());
    try (S3PrivateClient hurried =
        world
            .sync()
            .configure(b -> b.overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(300))))
            .build()) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> hurried.headBucket(r -> r.bucket("my-app-assets")))
          .isInstanceOf(ApiCallTimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void sustainedFailure_isHardlyAmplified() {
    world.s3.failAll(Fault.error(500));
    int calls = 300;
    try (S3PrivateAsyncClient async = world.async().build()) {
      List<CompletableFuture<?>> all =
          Stream.<CompletableFuture<?>>generate(
                  () ->
                      async
                          .headBucket(r -> r.bucket("my-app-assets"))
                          .handle((answer, failure) -> failure))
              .limit(calls)
              .toList();
      assertThat(all).allSatisfy(call -> assertThat(call.join()).isInstanceOf(SdkException.class));
    }
    List<WireRequest> attempts = world.s3.wireLog();
    assertThat(attempts.size()).isLessThanOrEqualTo((int) (calls * 1.4));
    assertEachAttemptOwned();
  }
}
