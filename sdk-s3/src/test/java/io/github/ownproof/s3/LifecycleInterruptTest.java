package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.lifecycle.BucketDeletion;
import io.github.ownproof.s3.lifecycle.Progress;
import io.github.ownproof.testkit.Fault;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.AbortedException;

/** Long operations that are interrupted, cancelled or whose client is closed end, and end well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LifecycleInterruptTest {

  private PromotionRig rig;

  @BeforeAll
  void start() {
    rig = new PromotionRig();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void reset() {
    rig.world.s3.clearFaults();
    rig.reset();
  }

  /** Requests of this kind get no answer; tells when the first of them is there. */
  private CountDownLatch hang(String operation) {
    CountDownLatch reached = new CountDownLatch(1);
    rig.world.s3.failAll(
        r -> {
          boolean is = r.operation().equals(operation);
          if (is) {
            reached.countDown();
          }
          return is;
        },
        Fault.hang());
    return reached;
  }

  private static List<Thread> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .toList();
  }

  private static void assertThreadsEnd(String name) throws InterruptedException {
    for (Thread thread : threads(name)) {
      thread.join(20_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  @Test
  void promotion_interruptedWhileCopying_endsAtOnce_andIsFinishedLater() throws Exception {
    CountDownLatch reached = hang("CopyObject");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              try {
                var unused = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
              } catch (RuntimeException e) {
                thrown.set(e);
              }
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    reached.await();
    thread.interrupt();
    // Nothing is answered before it has ended.
    thread.join(15_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(thrown.get()).isInstanceOf(AbortedException.class);
    assertThat(flag).isTrue();
    rig.world.s3.clearFaults();
    assertThreadsEnd("ownproof-s3-copy");
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isEqualTo(403);
    var unused = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    rig.assertPublished();
  }

  @Test
  void promotion_interruptedWhileItPauses_endsAtOnce() throws Exception {
    rig.world.s3.failAll(
        r -> r.operation().equals("PutBucketPolicy"), Fault.error(409, "OperationAborted"));
    CountDownLatch paused = new CountDownLatch(1);
    rig.world.s3.failAll(
        r -> {
          if (r.operation().equals("GetBucketPolicy")) {
            paused.countDown();
          }
          return false;
        },
        Fault.reset());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              try {
                var unused = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
              } catch (RuntimeException e) {
                thrown.set(e);
              }
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    paused.await();
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join(15_000);
    assertThat(thread.isAlive()).isFalse();
    assertThat(thrown.get()).isInstanceOf(AbortedException.class);
    assertThat(flag).isTrue();
  }

  /** A call of the AWS SDK that waits for an answer is not interruptible; the next is not made. */
  @Test
  void emptying_interrupted_makesNoFurtherCall() {
    assertThatThrownBy(
            () ->
                rig.s3.emptyAndKeep(
                    PromotionRig.BUCKET, progress -> Thread.currentThread().interrupt()))
        .isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(rig.world.requests("ListMultipartUploads")).isEmpty();
  }

  @Test
  void asynchronous_cancelled_endsOnItsThread() throws Exception {
    CountDownLatch reached = hang("CopyObject");
    try (S3PrivateAsyncClient async = rig.world.async().build()) {
      CompletableFuture<?> running = async.promoteBucket(PromotionRig.PUBLIC_BUCKET);
      reached.await();
      running.cancel(true);
      assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
      // Its thread is free again, and the client works on.
      assertThreadsEnd("ownproof-s3-copy");
      rig.world.s3.clearFaults();
      var unused = async.promoteBucket(PromotionRig.PUBLIC_BUCKET).join();
    }
    rig.assertPublished();
    assertThreadsEnd("ownproof-s3-lifecycle");
  }

  @Test
  void asynchronous_closedMeanwhile_everythingUnderWayAndWaitingEnds() throws Exception {
    CountDownLatch reached = hang("CopyObject");
    S3PrivateAsyncClient async = rig.world.async().build();
    List<? extends CompletableFuture<?>> running =
        IntStream.range(0, 6)
            .mapToObj(i -> async.promoteBucket(PromotionRig.PUBLIC_BUCKET))
            .toList();
    reached.await();
    async.close();
    async.close();
    for (CompletableFuture<?> one : running) {
      assertThatThrownBy(one::join).isInstanceOf(CompletionException.class);
    }
    assertThreadsEnd("ownproof-s3-copy");
    assertThreadsEnd("ownproof-s3-lifecycle");
    rig.world.s3.clearFaults();
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isEqualTo(403);
    var unused = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    rig.assertPublished();
  }

  @Test
  void afterClose_everyOperationSaysSo_andSendsNothing() {
    S3PrivateClient s3 = rig.world.sync().build();
    S3PrivateAsyncClient async = rig.world.async().build();
    s3.close();
    async.close();
    List<ThrowingCallable> calls =
        List.of(
            () -> s3.createPrivateBucket(PromotionRig.BUCKET),
            () -> s3.promoteBucket(PromotionRig.CLOUD_FRONT),
            () -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET),
            () -> s3.demoteBucket(PromotionRig.CLOUD_FRONT),
            () -> s3.demoteBucket(PromotionRig.PUBLIC_BUCKET),
            () -> s3.promotions(PromotionRig.BUCKET),
            () -> s3.emptyAndKeep(PromotionRig.BUCKET),
            () -> s3.deleteBucket(BucketDeletion.of(PromotionRig.BUCKET)));
    assertThat(calls)
        .allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(IllegalStateException.class));
    List<Function<S3PrivateAsyncClient, CompletableFuture<?>>> asyncCalls =
        List.of(
            c -> c.createPrivateBucket(PromotionRig.BUCKET),
            c -> c.promoteBucket(PromotionRig.PUBLIC_BUCKET),
            c -> c.demoteBucket(PromotionRig.CLOUD_FRONT),
            c -> c.promotions(PromotionRig.BUCKET),
            c -> c.emptyAndKeep(PromotionRig.BUCKET),
            c -> c.deleteBucket(BucketDeletion.of(PromotionRig.BUCKET)));
    assertThat(asyncCalls)
        .allSatisfy(
            call ->
                assertThatThrownBy(() -> call.apply(async).join())
                    .hasCauseInstanceOf(IllegalStateException.class));
    assertThat(rig.world.s3.wireLog()).isEmpty();
  }

  @Test
  void listenerThatThrows_endsIt_andNothingIsOpen() {
    for (Progress.Phase phase : List.of(Progress.Phase.COUNTING, Progress.Phase.COPYING)) {
      assertThatThrownBy(
              () ->
                  rig.s3.promoteBucket(
                      PromotionRig.PUBLIC_BUCKET,
                      progress -> {
                        if (progress.phase() == phase) {
                          throw new ArithmeticException("listener");
                        }
                      }))
          .isInstanceOf(ArithmeticException.class);
      assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isIn(403, 404);
    }
    var unused = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThatThrownBy(
            () ->
                rig.s3.demoteBucket(
                    PromotionRig.PUBLIC_BUCKET,
                    progress -> {
                      throw new ArithmeticException("listener");
                    }))
        .isInstanceOf(ArithmeticException.class);
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isEqualTo(403);
    var demoted = rig.s3.demoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(demoted.outcome().name()).isEqualTo("DEMOTED");
    rig.assertTakenBack();
  }
}
