package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EpochMemoryTest {

  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final EpochMemory memory = new EpochMemory(HALF_A_SECOND, nanos::get);
  private final GrantId id = Grants.next();
  private final AtomicInteger questions = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private boolean ask(EpochState answer) {
    return memory.isLive(
        id,
        () -> {
          questions.incrementAndGet();
          return answer;
        });
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** A server that has answered, but whose answer is still on its way until it is let through. */
  private final class SlowServer implements Supplier<EpochState> {
    private final EpochState answer;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch through = new CountDownLatch(1);

    SlowServer(EpochState answer) {
      this.answer = answer;
    }

    @Override
    public EpochState get() {
      questions.incrementAndGet();
      asked.countDown();
      try {
        assertThat(through.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return answer;
    }

    Future<Boolean> ask() throws InterruptedException {
      Future<Boolean> live = threads.submit(() -> memory.isLive(id, this));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      return live;
    }
  }

  private static boolean get(Future<Boolean> live) throws Exception {
    return live.get(20, TimeUnit.SECONDS);
  }

  @Test
  void isLive_isAnsweredFromMemory_untilItIsHalfASecondOld() {
    assertThat(ask(EpochState.LIVE)).isTrue();

    passes(HALF_A_SECOND.minusNanos(1));
    assertThat(ask(EpochState.ABSENT)).isTrue();
    passes(Duration.ofNanos(1));
    assertThat(ask(EpochState.ABSENT)).isFalse();

    passes(HALF_A_SECOND.minusNanos(1));
    assertThat(ask(EpochState.LIVE)).isFalse();
    passes(Duration.ofNanos(1));
    assertThat(ask(EpochState.LIVE)).isTrue();
    assertThat(questions).hasValue(3);
  }

  @Test
  void isLive_afterARevocationWasSeen_isFalseForGood() {
    assertThat(ask(EpochState.REVOKED)).isFalse();
    passes(Duration.ofDays(1));

    assertThat(ask(EpochState.LIVE)).isFalse();
    assertThat(questions).hasValue(1);
    assertThat(memory.isRevoked(id)).isTrue();
  }

  @Test
  void anAnswer_isAsOldAsItsQuestion() {
    assertThat(
            memory.isLive(
                id,
                () -> {
                  passes(Duration.ofMillis(300));
                  return EpochState.LIVE;
                }))
        .isTrue();

    passes(Duration.ofMillis(200));

    assertThat(ask(EpochState.ABSENT)).isFalse();
  }

  @Test
  void anAnswer_thatComesAfterNineHundredMilliseconds_permitsNothing() {
    Supplier<EpochState> slow =
        () -> {
          passes(EpochMemory.MOST_BEHIND);
          return EpochState.LIVE;
        };

    assertThatThrownBy(() -> memory.isLive(id, slow)).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> new EpochMemory(Duration.ZERO, nanos::get).isLive(id, slow))
        .isInstanceOf(GrantStoreException.class);
    assertThat(
            memory.isLive(
                id,
                () -> {
                  passes(EpochMemory.MOST_BEHIND.minusNanos(1));
                  return EpochState.LIVE;
                }))
        .isTrue();
  }

  @Test
  void manyThreads_askOnce() throws Exception {
    SlowServer server = new SlowServer(EpochState.LIVE);
    List<Future<Boolean>> answers = new ArrayList<>(List.of(server.ask()));
    CountDownLatch running = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      answers.add(
          threads.submit(
              () -> {
                running.countDown();
                return ask(EpochState.LIVE);
              }));
    }
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    server.through.countDown();

    for (Future<Boolean> answer : answers) {
      assertThat(get(answer)).isTrue();
    }
    assertThat(questions).hasValue(1);
  }

  @Test
  void hotChecksForTenSeconds_askThreeTimesASecondAtMost() throws Exception {
    for (int millis = 0; millis < 10_000; millis += 50) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(() -> ask(EpochState.LIVE)));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(get(answer)).isTrue();
      }
      passes(Duration.ofMillis(50));
    }

    assertThat(questions.get()).isBetween(10, 30);
  }

  @Test
  void revoke_whileAQuestionIsUnderWay_isNotOverwrittenByItsAnswer() throws Exception {
    SlowServer server = new SlowServer(EpochState.LIVE);
    Future<Boolean> asked = server.ask();

    memory.revoke(id);
    assertThat(ask(EpochState.LIVE)).isFalse();
    server.through.countDown();

    assertThat(get(asked)).isFalse();
    assertThat(ask(EpochState.LIVE)).isFalse();
    assertThat(questions).hasValue(1);
  }

  @Test
  void revoke_thatHadToMakeRoom_isNotOverwrittenByAnOlderAnswer() throws Exception {
    SlowServer server = new SlowServer(EpochState.LIVE);
    Future<Boolean> asked = server.ask();

    memory.revoke(id);
    for (int i = 0; i < 3 * EpochMemory.MOST_GRANTS && memory.isRevoked(id); i++) {
      GrantId other = Grants.next();
      for (int times = 0; times < 3; times++) {
        memory.isLive(other, () -> EpochState.LIVE);
      }
    }
    boolean evicted = !memory.isRevoked(id);
    server.through.countDown();
    get(asked);

    // If it was evicted, what counts is what the server says now.
    assertThat(ask(EpochState.REVOKED)).isFalse();
    assertThat(questions).hasValue(evicted ? 2 : 1);
  }

  @Test
  void forget_whileAQuestionIsUnderWay_makesTheNextAskAnew() throws Exception {
    SlowServer server = new SlowServer(EpochState.ABSENT);
    Future<Boolean> asked = server.ask();

    memory.forget(id);

    assertThat(ask(EpochState.LIVE)).isTrue();
    server.through.countDown();
    assertThat(get(asked)).isFalse();
    assertThat(ask(EpochState.ABSENT)).isTrue();
  }

  @Test
  void anOlderAnswer_doesNotTakeThePlaceOfANewerQuestion() throws Exception {
    SlowServer before = new SlowServer(EpochState.ABSENT);
    SlowServer after = new SlowServer(EpochState.LIVE);
    Future<Boolean> asked = before.ask();
    memory.forget(id);
    Future<Boolean> askedAnew = after.ask();

    before.through.countDown();
    assertThat(get(asked)).isFalse();
    after.through.countDown();
    assertThat(get(askedAnew)).isTrue();

    assertThat(ask(EpochState.ABSENT)).isTrue();
    assertThat(questions).hasValue(2);
  }

  @Test
  void forget_doesNotForgetARevocation() {
    memory.revoke(id);
    memory.forget(id);

    assertThat(ask(EpochState.LIVE)).isFalse();
  }

  @Test
  void withoutMemory_everybodyAsks_evenWhileAQuestionIsUnderWay() throws Exception {
    EpochMemory none = new EpochMemory(Duration.ZERO, nanos::get);
    SlowServer server = new SlowServer(EpochState.LIVE);
    Future<Boolean> asked = threads.submit(() -> none.isLive(id, server));
    assertThat(server.asked.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(none.isLive(id, () -> EpochState.ABSENT)).isFalse();
    server.through.countDown();

    assertThat(get(asked)).isTrue();
    assertThat(none.isLive(id, () -> EpochState.ABSENT)).isFalse();
  }

  @Test
  void aQuestionThatFails_failsForAllWhoWait_andIsAskedAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch through = new CountDownLatch(1);
    Future<Boolean> first =
        threads.submit(
            () ->
                memory.isLive(
                    id,
                    () -> {
                      asked.countDown();
                      awaitQuietly(through);
                      throw GrantStoreException.of("down", null);
                    }));
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    CountDownLatch running = new CountDownLatch(1);
    Future<Boolean> second =
        threads.submit(
            () -> {
              running.countDown();
              return memory.isLive(
                  id,
                  () -> {
                    throw GrantStoreException.of("still down", null);
                  });
            });
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    through.countDown();

    assertThatThrownBy(() -> get(first))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> get(second))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(GrantStoreException.class);
    assertThat(ask(EpochState.LIVE)).isTrue();
  }

  @Test
  void aQuestionThatBreaksOff_leavesNobodyWaiting() {
    assertThatThrownBy(
            () ->
                memory.isLive(
                    id,
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(ask(EpochState.LIVE)).isTrue();
  }

  @Test
  void waitingForAnother_endsWhenAnAnswerWouldBeTooOld() throws Exception {
    SlowServer server = new SlowServer(EpochState.LIVE);
    Future<Boolean> asked = server.ask();

    assertThatThrownBy(() -> ask(EpochState.LIVE)).isInstanceOf(GrantStoreException.class);

    server.through.countDown();
    assertThat(get(asked)).isTrue();
  }

  @Test
  void interruptedWhileWaiting_isAnError_andStaysInterrupted() throws Exception {
    SlowServer server = new SlowServer(EpochState.LIVE);
    Future<Boolean> asked = server.ask();
    Future<Boolean> interrupted =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> ask(EpochState.LIVE))
                  .isInstanceOf(GrantStoreException.class);
              return Thread.currentThread().isInterrupted();
            });

    assertThat(get(interrupted)).isTrue();
    server.through.countDown();
    assertThat(get(asked)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
