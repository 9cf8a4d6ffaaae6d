package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.ACME;
import static io.github.ownproof.auth.grant.DeskRig.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.audit.Outcome;
import io.github.ownproof.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InMemoryGrantStoreTest {

  private static final Duration KEPT = Duration.ofDays(30);

  private final MutableClock clock = MutableClock.at(START);
  private final GrantStore store = new InMemoryGrantStore(clock, 3, 4);

  @Test
  void create_twice_keepsTheFirst() {
    assertThat(store.create(pending(1, START))).isTrue();
    assertThat(store.create(pending(1, START.plusSeconds(9)))).isFalse();
    assertThat(store.find(id(1))).contains(pending(1, START));
    assertThat(store.find(id(2))).isEmpty();
  }

  @Test
  void replace_takesOnlyTheVersionThatIsStored() {
    AccessRequest first = pending(1, START);
    AccessRequest second = first.next(denied(first));
    assertThat(store.replace(first, second)).isFalse();
    assertThat(store.create(first)).isTrue();
    assertThat(store.replace(first, second)).isTrue();
    assertThat(store.replace(first, second)).isFalse();
    assertThat(store.find(id(1))).contains(second);
  }

  @Test
  void isLive_isOnlyWhatIsGranted() {
    AccessRequest first = pending(1, START);
    assertThat(store.isLive(id(1))).isFalse();
    assertThat(store.create(first)).isTrue();
    assertThat(store.isLive(id(1))).isFalse();
    AccessState.Granted granted =
        new AccessState.Granted(first.asked(), START, START.plusSeconds(60), List.of());
    AccessRequest second = first.next(granted);
    assertThat(store.replace(first, second)).isTrue();
    assertThat(store.isLive(id(1))).isTrue();
    assertThat(
            store.replace(
                second, second.next(new AccessState.Revoked(first.engineer(), START, granted))))
        .isTrue();
    assertThat(store.isLive(id(1))).isFalse();
  }

  @Test
  void requests_areThoseOfTheCustomer_theOldestFirst() {
    assertThat(store.create(pending(2, START.plusSeconds(1)))).isTrue();
    assertThat(store.create(pending(3, START))).isTrue();
    assertThat(store.create(pending(1, START))).isTrue();
    assertThat(store.requests(ACME))
        .extracting(AccessRequest::id)
        .containsExactly(id(1), id(3), id(2));
    assertThat(store.requests(CustomerId.of("other"))).isEmpty();
  }

  @Test
  void create_whenFull_throws_untilSomethingEndedLongAgo() {
    AccessRequest ends = pending(1, START);
    assertThat(store.create(ends)).isTrue();
    assertThat(store.create(pending(2, START.plus(KEPT)))).isTrue();
    assertThat(store.create(pending(3, START.plus(KEPT)))).isTrue();
    assertThatThrownBy(() -> store.create(pending(4, START)))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("3");
    assertThat(store.create(pending(3, START))).isFalse();
    assertThat(store.replace(ends, ends.next(denied(ends)))).isTrue();
    clock.advance(KEPT);
    assertThatThrownBy(() -> store.create(pending(4, START)))
        .isInstanceOf(GrantStoreException.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(store.create(pending(4, START))).isTrue();
    assertThat(store.find(id(1))).isEmpty();
    assertThat(store.find(id(2))).isPresent();
  }

  @Test
  void record_whenFull_throws_untilSomethingIsOld() {
    for (int i = 0; i < 4; i++) {
      store.record(use("acme", START.plusSeconds(i)));
    }
    assertThatThrownBy(() -> store.record(use("other", START)))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("4");
    clock.advance(KEPT.plusSeconds(2));
    store.record(use("other", clock.instant()));
    store.record(use("other", clock.instant()));
    assertThat(store.uses(ACME, Instant.EPOCH))
        .extracting(GrantUse::at)
        .containsExactly(START.plusSeconds(2), START.plusSeconds(3));
    assertThatThrownBy(() -> store.record(use("other", clock.instant())))
        .isInstanceOf(GrantStoreException.class);
  }

  @Test
  void record_ofRefusedAttempts_leavesRoomForReads() {
    store.record(refused(START));
    store.record(refused(START));
    assertThatThrownBy(() -> store.record(refused(START))).isInstanceOf(GrantStoreException.class);
    store.record(use("acme", START));
    store.record(use("acme", START));
    assertThatThrownBy(() -> store.record(use("acme", START)))
        .isInstanceOf(GrantStoreException.class);
    clock.advance(KEPT.plusSeconds(1));
    store.record(refused(clock.instant()));
    store.record(refused(clock.instant()));
    assertThatThrownBy(() -> store.record(refused(clock.instant())))
        .isInstanceOf(GrantStoreException.class);
    assertThat(store.uses(ACME, Instant.EPOCH)).hasSize(2);
  }

  @Test
  void uses_areThoseOfTheCustomer_fromThenOn_theOldestFirst() {
    store.record(use("acme", START.plusSeconds(2)));
    store.record(use("other", START.plusSeconds(1)));
    store.record(use("acme", START.plusSeconds(1)));
    assertThat(store.uses(ACME, START.plusSeconds(1)))
        .extracting(GrantUse::at)
        .containsExactly(START.plusSeconds(1), START.plusSeconds(2));
    assertThat(store.uses(ACME, START.plusSeconds(2))).hasSize(1);
    assertThat(store.uses(ACME, START.plusSeconds(3))).isEmpty();
  }

  @Test
  void bounds_holdWhoeverComesAtOnce() throws Exception {
    GrantStore small = new InMemoryGrantStore(clock, 50, 50);
    AtomicInteger kept = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int from = t * 40;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                for (int i = 0; i < 40; i++) {
                  try {
                    kept.addAndGet(small.create(pending(from + i, START)) ? 1 : 0);
                  } catch (GrantStoreException full) {
                    // As many as there is room for.
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(kept).hasValue(50);
    assertThat(small.requests(ACME)).hasSize(50);
  }

  @Test
  void liveness_ofAll_isLiveOnlyWhereAllSaySo_andAsksNoFurther() {
    List<String> asked = new ArrayList<>();
    GrantLiveness yes = id -> asked.add("yes");
    GrantLiveness no = id -> !asked.add("no");
    GrantLiveness broken =
        id -> {
          throw GrantStoreException.of("down", null);
        };
    assertThat(GrantLiveness.all(yes).isLive(id(1))).isTrue();
    assertThat(GrantLiveness.all(yes, yes).isLive(id(1))).isTrue();
    asked.clear();
    assertThat(GrantLiveness.all(yes, no, yes).isLive(id(1))).isFalse();
    assertThat(asked).containsExactly("yes", "no");
    assertThat(GrantLiveness.all(no, broken).isLive(id(1))).isFalse();
    assertThatThrownBy(() -> GrantLiveness.all(yes, broken).isLive(id(1)))
        .isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> GrantLiveness.all(broken).isLive(id(1)))
        .isInstanceOf(GrantStoreException.class);
  }

  private static GrantId id(int n) {
    return GrantId.of(String.format("sg-%032d", n));
  }

  private static AccessRequest pending(int n, Instant at) {
    return new AccessRequest(
        id(n),
        1,
        DeskRig.person("eve"),
        ACME,
        "CASE-1",
        "",
        Set.of("orders-api"),
        "eu",
        DeskRig.draft().scope(),
        at,
        new AccessState.Pending(at.plusSeconds(86400), 1, List.of()));
  }

  private static AccessState.Denied denied(AccessRequest request) {
    return new AccessState.Denied(
        DeskRig.person("ada"), START, (AccessState.Pending) request.state());
  }

  private static GrantUse refused(Instant at) {
    return use("acme", at, Outcome.denied("METHOD"));
  }

  private static GrantUse use(String customer, Instant at) {
    return use(customer, at, Outcome.ALLOWED);
  }

  private static GrantUse use(String customer, Instant at, Outcome outcome) {
    return new GrantUse(
        id(1),
        CustomerId.of(customer),
        DeskRig.person("eve"),
        "CASE-1",
        "orders-api",
        "GET",
        "orders/1",
        "orders:read",
        at,
        outcome,
        "c-1");
  }
}
