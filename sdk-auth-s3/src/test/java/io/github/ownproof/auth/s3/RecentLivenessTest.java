package io.github.ownproof.auth.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentLivenessTest {

  private static final GrantId ID = Requests.id(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void manyAtOnce_shareOneQuestion() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    RecentLiveness recent =
        new RecentLiveness(
            (id, before) -> {
              asked.incrementAndGet();
              await(answer);
              return new RecentLiveness.Answer(true, "e");
            },
            Duration.ofMillis(500),
            nanos::get);
    List<Future<Boolean>> live = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      live.add(threads.submit(() -> recent.isLive(ID)));
    }
    answer.countDown();

    for (Future<Boolean> one : live) {
      assertThat(one.get()).isTrue();
    }
    assertThat(asked).hasValue(1);
  }

  /** The question was on its way when the grant changed: what it brings back is not remembered. */
  @Test
  void anAnswerThatWasOvertaken_isNotRemembered() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicBoolean live = new AtomicBoolean(true);
    RecentLiveness recent =
        new RecentLiveness(
            (id, before) -> {
              boolean then = live.get();
              if (asked.getAndIncrement() == 0) {
                asking.countDown();
                await(answer);
              }
              return new RecentLiveness.Answer(then, "e");
            },
            Duration.ofMillis(500),
            nanos::get);
    Future<Boolean> first = threads.submit(() -> recent.isLive(ID));
    asking.await();
    live.set(false);
    recent.forget(ID);

    assertThat(recent.isLive(ID)).isFalse();
    answer.countDown();
    assertThat(first.get()).isTrue();
    assertThat(recent.isLive(ID)).isFalse();
  }

  /** The same, while the next question is on its way. */
  @Test
  void anAnswerThatWasOvertaken_isNotRememberedInThePlaceOfTheNext() throws Exception {
    List<CountDownLatch> asking = List.of(new CountDownLatch(1), new CountDownLatch(1));
    List<CountDownLatch> answers = List.of(new CountDownLatch(1), new CountDownLatch(1));
    RecentLiveness recent =
        new RecentLiveness(
            (id, before) -> {
              int question = asked.getAndIncrement();
              if (question < 2) {
                asking.get(question).countDown();
                await(answers.get(question));
              }
              return new RecentLiveness.Answer(question == 0, "e");
            },
            Duration.ofMillis(500),
            nanos::get);
    Future<Boolean> first = threads.submit(() -> recent.isLive(ID));
    asking.get(0).await();
    recent.forget(ID);
    Future<Boolean> second = threads.submit(() -> recent.isLive(ID));
    asking.get(1).await();
    answers.get(0).countDown();
    assertThat(first.get()).isTrue();
    answers.get(1).countDown();

    assertThat(recent.isLive(ID)).isFalse();
    assertThat(second.get()).isFalse();
  }

  @Test
  void anAnswer_isAsOldAsItsQuestion() {
    RecentLiveness recent =
        new RecentLiveness(
            (id, before) -> {
              nanos.addAndGet(Duration.ofMillis(400).toNanos());
              return new RecentLiveness.Answer(asked.getAndIncrement() == 0, "e");
            },
            Duration.ofMillis(500),
            nanos::get);

    assertThat(recent.isLive(ID)).isTrue();
    nanos.addAndGet(Duration.ofMillis(100).toNanos() - 1);
    assertThat(recent.isLive(ID)).isTrue();
    nanos.incrementAndGet();
    assertThat(recent.isLive(ID)).isFalse();
  }

  /** Who joins a question late has its answer from when it was asked. */
  @Test
  void anAnswerToAnOldQuestion_isTooOldForWhoeverJoinedIt() throws Exception {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    RecentLiveness recent =
        new RecentLiveness(
            (id, before) -> {
              asking.countDown();
              await(answer);
              return new RecentLiveness.Answer(true, "e");
            },
            Duration.ofMillis(900),
            nanos::get);
    Future<Boolean> first = threads.submit(() -> recent.isLive(ID));
    asking.await();
    nanos.addAndGet(Duration.ofMillis(600).toNanos());
    FutureTask<Boolean> joined = new FutureTask<>(() -> recent.isLive(ID));
    Thread joining = new Thread(joined, "joining");
    joining.start();
    while (joining.getState() != Thread.State.TIMED_WAITING && !joined.isDone()) {
      Thread.onSpinWait();
    }
    nanos.addAndGet(Duration.ofMillis(400).toNanos());
    answer.countDown();

    assertThatThrownBy(first::get).hasCauseInstanceOf(GrantStoreException.class);
    assertThatThrownBy(joined::get).hasCauseInstanceOf(GrantStoreException.class);
  }

  @Test
  void anAnswerOfASecond_isTooOld() {
    RecentLiveness recent =
        new RecentLiveness(
            (id, before) -> {
              nanos.addAndGet(Duration.ofSeconds(1).toNanos());
              return new RecentLiveness.Answer(true, "e");
            },
            Duration.ofMillis(900),
            nanos::get);

    assertThatThrownBy(() -> recent.isLive(ID))
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining("within a second");
  }

  @Test
  void aFailure_isNotRemembered() {
    RecentLiveness recent =
        new RecentLiveness(
            (id, before) -> {
              if (asked.getAndIncrement() == 0) {
                throw GrantStoreException.of("down", null);
              }
              return new RecentLiveness.Answer(true, "e");
            },
            Duration.ofMillis(500),
            nanos::get);

    assertThatThrownBy(() -> recent.isLive(ID)).isInstanceOf(GrantStoreException.class);
    assertThat(recent.isLive(ID)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
