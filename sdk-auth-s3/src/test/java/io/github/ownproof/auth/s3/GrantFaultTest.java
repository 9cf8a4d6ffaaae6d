package io.github.ownproof.auth.s3;

import static io.github.ownproof.auth.s3.Requests.ACME;
import static io.github.ownproof.auth.s3.Requests.T0;
import static io.github.ownproof.auth.s3.Requests.granted;
import static io.github.ownproof.auth.s3.Requests.id;
import static io.github.ownproof.auth.s3.Requests.pending;
import static io.github.ownproof.auth.s3.Requests.revoked;
import static io.github.ownproof.auth.s3.Requests.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** S3 down, slow, or heard by half; and how old an answer may be. */
class GrantFaultTest {

  private static TestBucket bucket;
  private final AtomicLong nanos = new AtomicLong();
  private S3GrantStore store;

  @BeforeAll
  static void start() {
    bucket = new TestBucket();
  }

  @AfterAll
  static void stop() {
    bucket.close();
  }

  @BeforeEach
  void fresh() {
    bucket.world.clear();
    var unused = bucket.client.createPrivateBucket(TestBucket.BUCKET);
    bucket.world.clearWireLog();
    store =
        S3GrantStore.builder(bucket.newClientWithoutRetries(), TestBucket.BUCKET).build(nanos::get);
  }

  @Test
  void whenS3IsDown_everyMethodThrows() {
    AccessRequest first = pending(1);
    assertThat(store.create(first)).isTrue();
    for (Fault fault :
        new Fault[] {Fault.error(503), Fault.error(403, "AccessDenied"), Fault.reset()}) {
      bucket.world.clearFaults();
      bucket.world.failAll(fault);
      assertDown(() -> store.find(id(1)));
      assertDown(() -> store.isLive(id(1)));
      assertDown(() -> store.create(pending(2)));
      assertDown(() -> store.replace(first, granted(first)));
      assertDown(() -> store.requests(ACME));
      assertDown(() -> store.record(use(1, ACME, T0)));
      assertDown(() -> store.uses(ACME, T0));
    }
    bucket.world.clearFaults();
    assertThat(store.find(id(1))).contains(first);
    assertThat(store.find(id(2))).isEmpty();
    assertThat(store.uses(ACME, T0)).isEmpty();
  }

  @Test
  void whenS3DoesNotAnswer_everyMethodThrowsInTime() throws Exception {
    S3GrantStore hurried =
        S3GrantStore.builder(bucket.newClientWithoutRetries(), TestBucket.BUCKET)
            .patience(Duration.ofMillis(300))
            .build();
    bucket.world.failAll(Fault.hang());

    assertDown(() -> hurried.find(id(1)));
    FutureTask<Boolean> asking = new FutureTask<>(() -> hurried.isLive(id(1)));
    new Thread(asking, "asking").start();
    // It gives up long before the connection would.
    assertThatThrownBy(() -> asking.get(15, TimeUnit.SECONDS))
        .hasCauseInstanceOf(GrantStoreException.class);
    assertDown(() -> hurried.create(pending(1)));
    assertDown(() -> hurried.record(use(1, ACME, T0)));
    assertDown(() -> hurried.requests(ACME));
    bucket.world.clearFaults();
  }

  @Test
  void whenInterrupted_everyMethodThrows_andTheThreadStaysInterrupted() {
    AccessRequest granted = grant();
    assertThat(store.isLive(id(1))).isTrue();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.find(id(1)),
            () -> store.isLive(id(1)),
            () -> store.create(pending(2)),
            () -> store.replace(granted, revoked(granted)),
            () -> store.requests(ACME),
            () -> store.record(use(1, ACME, T0)),
            () -> store.uses(ACME, T0))) {
      Thread.currentThread().interrupt();
      try {
        assertDown(call);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    assertThat(store.find(id(1))).contains(granted);
    assertThat(store.isLive(id(1))).isTrue();
  }

  @Test
  void create_whoseAnswerIsLost_isFoundToBeOurs() {
    loseNextAnswerToAGrant();

    assertThat(store.create(pending(1))).isTrue();
    assertThat(store.create(pending(1))).isFalse();
  }

  @Test
  void replace_whoseAnswerIsLost_isFoundToBeOurs() {
    AccessRequest first = pending(1);
    assertThat(store.create(first)).isTrue();
    loseNextAnswerToAGrant();

    assertThat(store.replace(first, granted(first))).isTrue();
    assertThat(store.replace(first, granted(first))).isFalse();
  }

  @Test
  void replace_repeatedByTheAwsSdkAfterALostAnswer_isFoundToBeOurs() {
    S3GrantStore retrying = S3GrantStore.on(bucket.newClient(), TestBucket.BUCKET);
    AccessRequest first = pending(1);
    assertThat(retrying.create(first)).isTrue();
    loseNextAnswerToAGrant();
    bucket.world.clearWireLog();

    assertThat(retrying.replace(first, granted(first))).isTrue();
    assertThat(bucket.requests("PutObject")).extracting(r -> r.status()).containsExactly(200, 412);
  }

  /** Its name may have been among those that are no longer kept. */
  @Test
  void replace_whoseAnswerIsLost_andAfterWhichTooManyFollowed_isNotKnown() throws Exception {
    AccessRequest first = pending(1);
    assertThat(store.create(first)).isTrue();
    CountDownLatch writing = new CountDownLatch(1);
    bucket.world.failNext(
        r -> {
          if (r.operation().equals("PutObject")) {
            writing.countDown();
            return true;
          }
          return false;
        },
        Fault.hang());
    FutureTask<Boolean> replacing = new FutureTask<>(() -> store.replace(first, granted(first)));
    new Thread(replacing, "replacing").start();
    writing.await();
    putVersion(first, 2 + Documents.WRITES);
    bucket.world.clearFaults();

    assertThatThrownBy(replacing::get)
        .hasCauseInstanceOf(GrantStoreException.class)
        .hasMessageContaining("changed too often");
  }

  @Test
  void replace_inConflict_isTriedAgain() {
    AccessRequest first = pending(1);
    assertThat(store.create(first)).isTrue();
    bucket.world.failNext(
        r -> r.operation().equals("PutObject"), Fault.error(409, "ConditionalRequestConflict"));

    assertThat(store.replace(first, granted(first))).isTrue();
  }

  @Test
  void isLive_isRememberedForTheAge_andNoLonger() {
    grant();
    bucket.world.clearWireLog();

    assertThat(store.isLive(id(1))).isTrue();
    nanos.addAndGet(Duration.ofMillis(500).toNanos() - 1);
    assertThat(store.isLive(id(1))).isTrue();
    assertThat(bucket.requests("GetObject")).hasSize(1);
    nanos.incrementAndGet();
    assertThat(store.isLive(id(1))).isTrue();
    assertThat(bucket.requests("GetObject")).extracting(r -> r.status()).containsExactly(200, 304);
  }

  @Test
  void isLive_afterAnotherProcessRevoked_isFalseOnceTheAgeIsOver() {
    AccessRequest granted = grant();
    assertThat(store.isLive(id(1))).isTrue();
    S3GrantStore other = S3GrantStore.on(bucket.newClient(), TestBucket.BUCKET);
    assertThat(other.replace(granted, revoked(granted))).isTrue();
    assertThat(other.isLive(id(1))).isFalse();

    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(store.isLive(id(1))).isFalse();
  }

  /** With the defaults and the clock on the wall, as the promise is made. */
  @Test
  void isLive_isFalseInAnotherProcessWithinASecondOfTheRevocation() {
    AccessRequest granted = grant();
    S3GrantStore checking = S3GrantStore.on(bucket.newClient(), TestBucket.BUCKET);
    assertThat(checking.isLive(id(1))).isTrue();

    assertThat(store.replace(granted, revoked(granted))).isTrue();
    long revokedAt = System.nanoTime();
    boolean live = true;
    while (live && System.nanoTime() - revokedAt < Duration.ofSeconds(1).toNanos()) {
      live = checking.isLive(id(1));
    }
    assertThat(live).isFalse();
  }

  @Test
  void isLive_afterAReplaceHere_asksAtOnce() {
    AccessRequest granted = grant();
    assertThat(store.isLive(id(1))).isTrue();

    assertThat(store.replace(granted, revoked(granted))).isTrue();
    assertThat(store.isLive(id(1))).isFalse();
  }

  @Test
  void isLive_afterAReplaceWithoutAnswer_isNotAnsweredFromMemory() {
    AccessRequest granted = grant();
    assertThat(store.isLive(id(1))).isTrue();
    bucket.world.failAll(Fault.error(503));

    assertDown(() -> store.replace(granted, revoked(granted)));
    assertDown(() -> store.isLive(id(1)));
  }

  @Test
  void isLive_whenS3IsDown_throwsOnceTheAgeIsOver() {
    grant();
    assertThat(store.isLive(id(1))).isTrue();
    bucket.world.failAll(Fault.error(503));

    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    assertDown(() -> store.isLive(id(1)));
  }

  @Test
  void isLive_ofAGrantNobodyKnows_isFalse() {
    assertThat(store.isLive(id(9))).isFalse();
  }

  @Test
  void isLive_withoutAge_asksEachTime() {
    grant();
    S3GrantStore asking =
        S3GrantStore.builder(bucket.client, TestBucket.BUCKET).livenessAge(Duration.ZERO).build();
    bucket.world.clearWireLog();

    assertThat(asking.isLive(id(1))).isTrue();
    assertThat(asking.isLive(id(1))).isTrue();
    assertThat(bucket.requests("GetObject")).hasSize(2);
  }

  private AccessRequest grant() {
    AccessRequest first = pending(1);
    assertThat(store.create(first)).isTrue();
    assertThat(store.replace(first, granted(first))).isTrue();
    return granted(first);
  }

  private static void putVersion(AccessRequest of, long version) {
    AccessRequest later =
        new AccessRequest(
            of.id(),
            version,
            of.engineer(),
            of.customer(),
            of.ticket(),
            of.justification(),
            of.services(),
            of.residency(),
            of.asked(),
            of.requestedAt(),
            of.state());
    bucket.client.putObject(
        r -> r.bucket(TestBucket.BUCKET).key("grants/" + of.id() + ".json"),
        RequestBody.fromString(Documents.Grant.first(later, "another's").text()));
  }

  private static void loseNextAnswerToAGrant() {
    bucket.world.failNext(
        r -> r.operation().equals("PutObject") && String.valueOf(r.key()).startsWith("grants/"),
        Fault.lostAnswer());
  }

  private static void assertDown(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(GrantStoreException.class)
        .hasMessageStartingWith("GRANT_STORE: ");
  }
}
