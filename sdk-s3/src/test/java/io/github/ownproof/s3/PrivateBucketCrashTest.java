package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Outcome;
import io.github.ownproof.testkit.Fault;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/**
 * The program dies at each request in turn. Whatever it leaves behind is no more open than it was,
 * and the next run makes it right.
 */
class PrivateBucketCrashTest {

  private static final String PHYSICAL = "my-app-assets-111122223333-eu-west-1-an";
  private static final String SUFFIXED = "my-app-assets-111122223333-eu-west-1-k3q9x7";
  private static final String KEY =
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final PrivateBucketPlan PLAN =
      PrivateBucketPlan.of("my-app-assets")
          .kmsKey(KEY)
          .tag("team", "media")
          .objectLock(ObjectLockRetentionMode.GOVERNANCE, 7);

  private TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
  }

  /** How a request can fail for a program that never hears of it again. */
  enum Crash {
    BEFORE_IT_ARRIVED,
    REFUSED,
    AFTER_IT_WAS_DONE;

    Fault fault() {
      return switch (this) {
        case BEFORE_IT_ARRIVED -> Fault.reset();
        case REFUSED -> Fault.error(500);
        case AFTER_IT_WAS_DONE -> Fault.lostAnswer();
      };
    }
  }

  private S3PrivateClient once() {
    return world
        .sync()
        .configure(
            b -> b.overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry())))
        .build();
  }

  /** All of them with {@code -Downproof.crash.all=true}: they take a while. */
  static Stream<Crash> crashes() {
    return Boolean.getBoolean("ownproof.crash.all")
        ? Stream.of(Crash.values())
        : Stream.of(Crash.BEFORE_IT_ARRIVED, Crash.AFTER_IT_WAS_DONE);
  }

  /** The ones that leave most behind. */
  static Stream<Crash> worstCrashes() {
    return Boolean.getBoolean("ownproof.crash.all")
        ? Stream.of(Crash.values())
        : Stream.of(Crash.AFTER_IT_WAS_DONE);
  }

  @ParameterizedTest
  @MethodSource("crashes")
  void creation_diesAtEachRequest(Crash crash) {
    int points = dieAtEach(crash, PHYSICAL, w -> {}, () -> true);
    assertThat(points).isEqualTo(23);
  }

  @Test
  @EnabledIfSystemProperty(named = "ownproof.crash.all", matches = "true")
  void suffixedCreation_diesAfterEachRequest() {
    world.close();
    world = new TestWorld(PrivateBuckets.builder().naming(BucketNaming.suffixed("k3q9x7")));
    int points = dieAtEach(Crash.AFTER_IT_WAS_DONE, SUFFIXED, w -> {}, () -> true);
    assertThat(points).isEqualTo(23);
  }

  /** A bucket of ours that is as open as can be. */
  private static void open(TestWorld world) {
    S3Client raw = world.us.client(TestWorld.REGION);
    raw.createBucket(
        r ->
            r.bucket(PHYSICAL)
                .bucketNamespace("account-regional")
                .createBucketConfiguration(c -> c.locationConstraint(TestWorld.REGION)));
    PrivateState.ownership(raw, PHYSICAL, ObjectOwnership.OBJECT_WRITER);
    raw.deletePublicAccessBlock(r -> r.bucket(PHYSICAL));
    raw.putBucketAcl(r -> r.bucket(PHYSICAL).acl(BucketCannedACL.PUBLIC_READ));
    raw.putBucketWebsite(
        r -> r.bucket(PHYSICAL).websiteConfiguration(w -> w.indexDocument(i -> i.suffix("i"))));
    TestWorld.open(world.us, PHYSICAL);
    raw.putObject(r -> r.bucket(PHYSICAL).key("k"), RequestBody.fromString("x"));
  }

  @ParameterizedTest
  @MethodSource("worstCrashes")
  void repair_diesAtEachRequest(Crash crash) {
    // Open before; once it is closed, it stays closed.
    int points = dieAtEach(crash, PHYSICAL, PrivateBucketCrashTest::open, this::isBlocked);
    assertThat(points).isEqualTo(38);
  }

  private boolean isBlocked() {
    return world.requests("PutPublicAccessBlock").stream().anyMatch(r -> r.status() == 200);
  }

  private int dieAtEach(
      Crash crash, String physicalName, Consumer<TestWorld> before, BooleanSupplier mustBeClosed) {
    PrivateState state = new PrivateState(world, physicalName, TestWorld.REGION);
    int point = 1;
    boolean open = true;
    try (S3PrivateClient s3 = once()) {
      while (true) {
        world.s3.clear();
        before.accept(world);
        world.s3.clearWireLog();
        AtomicInteger requests = new AtomicInteger();
        int dying = point;
        world.s3.failAll(r -> requests.incrementAndGet() == dying, crash.fault());
        boolean died;
        try {
          assertThat(s3.createPrivateBucket(PLAN).outcome()).isNotNull();
          died = false;
        } catch (RuntimeException e) {
          died = true;
        }
        world.s3.clearFaults();
        boolean reached = requests.get() >= dying;
        if (!reached) {
          assertThat(died).isFalse();
          return point - 1;
        }
        assertThat(died).as("died at %s", point).isTrue();
        assertThat(requests.get()).as("nothing is sent after %s", point).isEqualTo(point);
        boolean mustBe = mustBeClosed.getAsBoolean();
        boolean readable = state.isReadableByOthers() || state.isReadableByOthers("k");
        assertThat(readable && mustBe).as("listed or read after %s", point).isFalse();
        assertThat(readable && !open).as("opened again at %s", point).isFalse();
        open = readable;
        finish(s3, state, point);
        point++;
      }
    }
  }

  private void finish(S3PrivateClient s3, PrivateState state, int point) {
    boolean there = world.s3.bucketOwner(state.bucket()).isPresent();
    ProvisionedBucket finished = s3.createPrivateBucket(PLAN);
    if (there) {
      assertThat(finished.outcome()).as("after %s", point).isNotEqualTo(Outcome.CREATED);
    } else {
      assertThat(finished.outcome()).as("after %s", point).isEqualTo(Outcome.CREATED);
    }
    state.assertPrivate();
    assertThat(s3.createPrivateBucket(PLAN).outcome())
        .as("after %s", point)
        .isEqualTo(Outcome.UNCHANGED);
  }
}
