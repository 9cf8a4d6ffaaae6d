package io.github.ownproof.auth.keys;

import static io.github.ownproof.auth.keys.KeyLookup.Absent.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.JwksFault;
import io.github.ownproof.testkit.JwksServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Before there are keys: the herd, recovery, interrupts and closing. */
final class RemoteKeysColdTest {

  @Test
  void herd_thousandThreads_oneFetch() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.publish(Jwk.of("one"));
      rig.server.fault(JwksFault.latency(Duration.ofMillis(300)));
      int threads = 1000;
      AtomicInteger found = new AtomicInteger();
      CountDownLatch go = new CountDownLatch(1);
      List<Thread> herd = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Thread thread =
            new Thread(
                () -> {
                  await(go);
                  if (rig.finds("one")) {
                    found.incrementAndGet();
                  }
                });
        thread.setDaemon(true);
        thread.start();
        herd.add(thread);
      }
      go.countDown();
      for (Thread thread : herd) {
        thread.join(20_000);
      }
      assertThat(rig.server.fetches()).isEqualTo(1);
      // A loaded machine may not run them all within the second that lookups wait.
      assertThat(found.get()).isPositive();
      Rig.eventually("found", () -> rig.finds("one"));
      assertThat(rig.server.fetches()).isEqualTo(1);
    }
  }

  @Test
  void hang_lookup_endsWithinASecondOrSo() {
    try (Rig rig = new Rig()) {
      rig.server.fault(JwksFault.hang());
      long start = System.nanoTime();
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      long millis = Rig.millisSince(start);
      System.out.println("cold hang: refused after ms " + millis);
      assertThat(millis).isBetween(500L, 10_000L);
    }
  }

  @Test
  void backoff_lookup_isAnsweredAtOnceWithoutAFetch() {
    try (Rig rig = new Rig()) {
      rig.server.fault(JwksFault.status(500));
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("failed", () -> rig.keys.health().consecutiveFailures() == 1);
      for (int i = 0; i < 1000; i++) {
        assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      }
      assertThat(rig.server.fetches()).as("by the ticker, no time has passed").isEqualTo(1);
    }
  }

  @Test
  void recovery_nobodyAsksAgain_healsByItself() throws Exception {
    try (JwksServer server = JwksServer.start();
        KeySource keys = KeySource.jwks(server.jwksUri(), Rig.settings())) {
      server.publish(Jwk.of("one"));
      server.down();
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Thread.sleep(700);
      long up = System.nanoTime();
      server.up();
      Rig.eventually("healed", () -> keys.health().isUsable());
      System.out.println("cold refused: healed after ms " + Rig.millisSince(up));
    }
  }

  @Test
  void recovery_fromAHang_isOvertaken() throws Exception {
    try (JwksServer server = JwksServer.start();
        KeySource keys =
            KeySource.jwks(server.jwksUri(), Rig.settings().fetchDeadline(Duration.ofMinutes(1)))) {
      server.publish(Jwk.of("one"));
      server.fault(JwksFault.hang());
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("it hangs", () -> server.fetches() > 0);
      long up = System.nanoTime();
      server.clearFaults();
      Rig.eventually("healed", () -> keys.health().isUsable());
      // The attempt that hangs would end after a minute.
      System.out.println("cold hang: healed after ms " + Rig.millisSince(up));
      Rig.eventually("the one that hung is broken off", () -> server.connections() == 0);
    }
  }

  @Test
  void hang_longOutage_boundedAttempts() {
    try (JwksServer server = JwksServer.start();
        // None ends by itself before the test does.
        KeySource keys =
            KeySource.jwks(server.jwksUri(), Rig.settings().fetchDeadline(Duration.ofMinutes(1)))) {
      server.fault(JwksFault.hang());
      long start = System.nanoTime();
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("attempts", () -> server.fetches() >= 7);
      long fetches = server.fetches();
      assertThat(fetches).isLessThanOrEqualTo(1 + Rig.millisSince(start) / 800);
      // One more for the moment in which the oldest is broken off.
      Rig.eventually("the oldest are broken off", () -> server.connections() <= 5);
      assertThat(keys.health().lastFailure()).contains("timeout");
    }
  }

  @Test
  void quiet_nobodyAsked_noRetries() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.fault(JwksFault.status(500));
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("failed", () -> rig.keys.health().consecutiveFailures() == 1);
      rig.pass(Duration.ofSeconds(61));
      Thread.sleep(400);
      assertThat(rig.server.fetches()).isEqualTo(1);
    }
  }

  @Test
  void interrupt_whileWaiting_unavailableWithTheFlagSet() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.fault(JwksFault.hang());
      AtomicReference<KeyLookup> answer = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                answer.set(rig.keys.find("one"));
                flag.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
      Rig.eventually("asked", () -> rig.server.fetches() == 1);
      long start = System.nanoTime();
      thread.interrupt();
      thread.join(10_000);
      quick("interrupt", start);
      assertThat(answer.get()).isEqualTo(UNAVAILABLE);
      assertThat(flag.get()).isTrue();
    }
  }

  @Test
  void interrupted_before_unavailableAtOnce() {
    try (Rig rig = new Rig()) {
      rig.server.publish(Jwk.of("one"));
      Thread.currentThread().interrupt();
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      assertThat(Thread.interrupted()).isTrue();
      Rig.eventually("fetched for the next", () -> rig.keys.health().isUsable());
      Thread.currentThread().interrupt();
      assertThat(rig.keys.find("one")).as("no wait").isInstanceOf(VerificationKey.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void close_inFlight_wakesEverybody() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.fault(JwksFault.hang());
      AtomicReference<KeyLookup> answer = new AtomicReference<>();
      Thread thread = new Thread(() -> answer.set(rig.keys.find("one")));
      thread.start();
      Rig.eventually("asked", () -> rig.server.fetches() == 1);
      long start = System.nanoTime();
      rig.keys.close();
      rig.keys.close();
      thread.join(10_000);
      quick("close", start);
      assertThat(answer.get()).isEqualTo(UNAVAILABLE);
      Rig.eventually("broken off", () -> rig.server.connections() == 0);
    }
  }

  @Test
  void close_thenUse_isAnError() {
    try (Rig rig = Rig.warm()) {
      VerificationKey one = (VerificationKey) rig.keys.find("one");
      rig.keys.close();
      assertThatThrownBy(() -> rig.keys.find("one")).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(rig.keys::warmUp).isInstanceOf(IllegalStateException.class);
      assertThat(rig.keys.trusts(one)).isFalse();
      assertThat(rig.keys.health().isUsable()).isFalse();
    }
  }

  /** Where the machine is ours, it has to be quick too. */
  private static void quick(String what, long start) {
    long millis = Rig.millisSince(start);
    System.out.println(what + ": returned after ms " + millis);
    if (Boolean.getBoolean("ownproof.strict")) {
      assertThat(millis).isLessThanOrEqualTo(100);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
