package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.grant.GrantId;
import io.valkey.JedisPooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two objects over two clients, as two processes have them, in real time. */
class EpochsAcrossProcessesTest {

  private static final int ROUNDS = Integer.getInteger("ownproof.epochs.rounds", 1_000);
  private static ValkeyServer server;

  private final GrantId id = Grants.next();
  private final Instant inAnHour = Instant.now().plus(Duration.ofHours(1));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private JedisPooled deskClient;
  private JedisPooled checkerClient;

  @BeforeAll
  static void start() {
    server = ValkeyServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    deskClient = server.client();
    checkerClient = server.client();
  }

  @AfterEach
  void disconnect() {
    threads.shutdownNow();
    deskClient.close();
    checkerClient.close();
  }

  private static ValkeyRevocationEpochs epochs(JedisPooled client) {
    return ValkeyRevocationEpochs.unauthenticated(client, "a test").build();
  }

  @Test
  void revoke_underConstantChecks_endsThemWithinASecond_withFewQuestions() throws Exception {
    ValkeyRevocationEpochs desk = epochs(deskClient);
    ValkeyRevocationEpochs checker = epochs(checkerClient);
    desk.activate(id, inAnHour);
    long before = server.calls("getrange");
    long began = System.nanoTime();
    AtomicLong checks = new AtomicLong();
    CountDownLatch live = new CountDownLatch(3);
    List<Future<Long>> lastLive = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lastLive.add(
          threads.submit(
              () -> {
                assertThat(checker.isLive(id)).isTrue();
                live.countDown();
                long last;
                long now = System.nanoTime();
                do {
                  last = now;
                  now = System.nanoTime();
                  checks.incrementAndGet();
                } while (checker.isLive(id));
                return last;
              }));
    }
    assertThat(live.await(20, TimeUnit.SECONDS)).isTrue();

    desk.revoke(id, inAnHour);
    long revoked = System.nanoTime();
    assertThat(desk.isLive(id)).isFalse();

    for (Future<Long> last : lastLive) {
      assertThat(last.get(20, TimeUnit.SECONDS) - revoked).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat((double) (server.calls("getrange") - before)).isLessThanOrEqualTo(1 + 3 * seconds);
    assertThat(checks.get()).isGreaterThan(1_000);
    assertThat(checker.isLive(id)).isFalse();
  }

  @Test
  void activateAndRevokeAtOnce_endDead() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    for (int round = 0; round < ROUNDS; round++) {
      GrantId raced = Grants.next();
      ValkeyRevocationEpochs desk = forgetful(deskClient);
      ValkeyRevocationEpochs other = forgetful(checkerClient);
      Future<?> activated =
          threads.submit(
              () -> {
                together.await();
                desk.activate(raced, inAnHour);
                return null;
              });
      Future<?> revoked =
          threads.submit(
              () -> {
                together.await();
                other.revoke(raced, inAnHour);
                return null;
              });
      activated.get(20, TimeUnit.SECONDS);
      revoked.get(20, TimeUnit.SECONDS);

      assertThat(desk.isLive(raced)).isFalse();
      assertThat(other.isLive(raced)).isFalse();
      assertThat(forgetful(deskClient).isLive(raced)).isFalse();
    }
  }

  @Test
  void activateRevokeAndChecksAtOnce_inOneProcess_endDead() throws Exception {
    ValkeyRevocationEpochs epochs = epochs(deskClient);
    CyclicBarrier together = new CyclicBarrier(4);
    for (int round = 0; round < ROUNDS; round++) {
      GrantId raced = Grants.next();
      List<Future<?>> steps = new ArrayList<>();
      steps.add(
          threads.submit(
              () -> {
                together.await();
                epochs.activate(raced, inAnHour);
                return null;
              }));
      steps.add(
          threads.submit(
              () -> {
                together.await();
                epochs.revoke(raced, inAnHour);
                assertThat(epochs.isLive(raced)).isFalse();
                return null;
              }));
      for (int i = 0; i < 2; i++) {
        steps.add(
            threads.submit(
                () -> {
                  together.await();
                  boolean was = epochs.isLive(raced);
                  boolean is = epochs.isLive(raced);
                  // It may come and go once, in this order.
                  return was && is;
                }));
      }
      for (Future<?> step : steps) {
        step.get(20, TimeUnit.SECONDS);
      }

      assertThat(epochs.isLive(raced)).isFalse();
    }
  }

  private static ValkeyRevocationEpochs forgetful(JedisPooled client) {
    return ValkeyRevocationEpochs.unauthenticated(client, "a test")
        .rememberFor(Duration.ZERO)
        .build();
  }
}
