package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ReplayStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private final MutableClock clock = MutableClock.at(NOW);

  @Test
  void firstUse_again_isFalse() {
    ReplayStore store = ReplayStore.inMemory(clock);
    assertThat(store.firstUse("a", LATER)).isTrue();
    assertThat(store.firstUse("a", LATER)).isFalse();
    assertThat(store.firstUse("a", LATER.plusSeconds(60))).isFalse();
    assertThat(store.firstUse("b", LATER)).isTrue();
  }

  @Test
  void firstUse_untilItsTimeIncluded_isRemembered() {
    InMemoryReplayStore store = new InMemoryReplayStore(clock, 10);
    assertThat(store.firstUse("a", LATER)).isTrue();
    clock.set(LATER);
    assertThat(store.firstUse("a", LATER)).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(store.firstUse("a", LATER.plusSeconds(60))).isTrue();
  }

  @Test
  void firstUse_manyPastTheirTime_areForgotten() {
    InMemoryReplayStore store = new InMemoryReplayStore(clock, 100);
    for (int i = 0; i < 10_000; i++) {
      assertThat(store.firstUse("k" + i, clock.instant().plusSeconds(99))).isTrue();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(store.size()).isEqualTo(100);
  }

  @Test
  void firstUse_laterEntriesThatEndSooner_areForgottenFirst() {
    InMemoryReplayStore store = new InMemoryReplayStore(clock, 2);
    assertThat(store.firstUse("long", LATER)).isTrue();
    assertThat(store.firstUse("short", NOW.plusSeconds(1))).isTrue();
    clock.advance(Duration.ofSeconds(2));
    assertThat(store.firstUse("next", LATER)).isTrue();
    assertThat(store.firstUse("long", LATER)).isFalse();
  }

  @Test
  void firstUse_full_throwsAndForgetsNothing() {
    ReplayStore store = ReplayStore.inMemory(clock, 2);
    assertThat(store.firstUse("a", LATER)).isTrue();
    assertThat(store.firstUse("b", LATER)).isTrue();
    assertThatThrownBy(() -> store.firstUse("secret", LATER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("full")
        .hasMessageNotContaining("secret");
    assertThat(store.firstUse("a", LATER)).isFalse();
    assertThat(store.firstUse("b", LATER)).isFalse();
    clock.set(LATER.plusNanos(1));
    assertThat(store.firstUse("c", LATER.plusSeconds(60))).isTrue();
  }

  @Test
  void firstUse_pastItsTimeOnArrival_throws() {
    // A store with another clock than its verifier's would forget at once, and accept every replay.
    ReplayStore store = ReplayStore.inMemory(clock);
    assertThatThrownBy(() -> store.firstUse("a", NOW.minusNanos(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clock");
  }

  @Test
  void firstUse_clockWentAheadAndBack_forgottenKeyIsNotNewAgain() {
    ReplayStore store = ReplayStore.inMemory(clock);
    assertThat(store.firstUse("a", LATER)).isTrue();
    clock.set(LATER.plusSeconds(60));
    assertThat(store.firstUse("b", LATER.plusSeconds(120))).isTrue();

    clock.set(NOW);

    assertThatThrownBy(() -> store.firstUse("a", LATER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clock");
    assertThat(store.firstUse("c", LATER.plusSeconds(1))).isTrue();
  }

  /** The clock takes its time, so that two threads that may be in there at once are. */
  @Test
  void firstUse_64ThreadsWithTheSameKeys_oneWinsEach() throws Exception {
    int keys = 20;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    Clock slow =
        new Clock() {
          @Override
          public Instant instant() {
            together.accumulateAndGet(inside.incrementAndGet(), Math::max);
            LockSupport.parkNanos(100_000);
            inside.decrementAndGet();
            return NOW;
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    InMemoryReplayStore store = new InMemoryReplayStore(slow, keys);
    AtomicIntegerArray wins = new AtomicIntegerArray(keys);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int key = 0; key < keys; key++) {
                    if (store.firstUse("key-" + key, LATER)) {
                      wins.incrementAndGet(key);
                    }
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    for (int key = 0; key < keys; key++) {
      assertThat(wins.get(key)).as("wins of key %s", key).isEqualTo(1);
    }
    assertThat(store.size()).isEqualTo(keys);
    assertThat(together).as("threads between asking and remembering").hasValue(1);
  }

  @Test
  void inMemory_noRoom_isRefused() {
    assertThatThrownBy(() -> ReplayStore.inMemory(clock, 0))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining("0");
    assertThat(ReplayStore.DEFAULT_CAPACITY).isEqualTo(100_000);
  }
}
