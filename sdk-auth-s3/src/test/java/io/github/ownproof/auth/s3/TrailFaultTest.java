package io.github.ownproof.auth.s3;

import static io.github.ownproof.auth.s3.S3ObjectLockTrailTest.read;
import static io.github.ownproof.auth.s3.S3ObjectLockTrailTest.trail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.audit.AuditFailedException;
import io.github.ownproof.core.audit.ChainVerification.Intact;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.testkit.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The trail where S3 is down, slow, or heard by half. */
class TrailFaultTest {

  private final TestBucket bucket = new TestBucket();
  private S3ObjectLockTrail trail;

  @BeforeEach
  void start() {
    var unused =
        bucket.client.createPrivateBucket(PrivateBucketPlan.of(TestBucket.BUCKET).objectLock());
    bucket.world.clearWireLog();
    trail = trail(bucket.client);
  }

  @AfterEach
  void stop() {
    bucket.close();
  }

  @Test
  void whenS3IsDown_recordingFails_andAfterwardsGoesOn() {
    S3ObjectLockTrail once = trail(bucket.newClientWithoutRetries());
    once.record(read(1));
    bucket.world.failAll(Fault.error(503));
    assertThatThrownBy(() -> once.record(read(2))).isInstanceOf(AuditFailedException.class);
    assertThatThrownBy(once::verify).isInstanceOf(AuditFailedException.class);
    assertThatThrownBy(once::head).isInstanceOf(AuditFailedException.class);

    bucket.world.clearFaults();
    once.record(read(3));
    assertThat(once.verify()).isInstanceOf(Intact.class);
    assertThat(once.verify().head().count()).isEqualTo(2);
  }

  @Test
  void whenTheAnswerIsLostAndNobodyAsksAgain_theLineIsFoundAndNotRepeated() {
    S3ObjectLockTrail once = trail(bucket.newClientWithoutRetries());
    bucket.world.failNext(r -> r.operation().equals("PutObject"), Fault.lostAnswer());

    once.record(read(1));

    assertThat(once.verify().head().count()).isEqualTo(1);
    assertThat(bucket.requests("PutObject")).hasSize(1);
  }

  @Test
  void whenInterrupted_recordingFails_andTheThreadStaysInterrupted() {
    trail.record(read(1));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> trail.record(read(2))).isInstanceOf(AuditFailedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    trail.record(read(3));
    assertThat(trail.verify()).isInstanceOf(Intact.class);
  }

  /** One that waits for another's event is not left waiting, however many wait before it. */
  @Test
  void whenS3DoesNotAnswer_whoeverWaitsForATurn_givesUpToo() throws Exception {
    int writers = 20;
    S3ObjectLockTrail hurried =
        S3ObjectLockTrail.builder(
                bucket.newClientWithoutRetries(), TestBucket.BUCKET, Duration.ofDays(365))
            .patience(Duration.ofMillis(500))
            .build();
    AtomicInteger asked = new AtomicInteger();
    bucket.world.failAll(r -> asked.incrementAndGet() > 0, Fault.hang());
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      CyclicBarrier start = new CyclicBarrier(writers);
      Callable<Void> one =
          () -> {
            start.await();
            assertThatThrownBy(() -> hurried.record(read(1)))
                .isInstanceOf(AuditFailedException.class);
            return null;
          };
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(writers, one))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
      bucket.world.clearFaults();
    }
    assertThat(asked.get()).isBetween(1, writers / 2);
  }
}
