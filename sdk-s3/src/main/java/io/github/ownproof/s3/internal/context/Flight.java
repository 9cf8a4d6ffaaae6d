package io.github.ownproof.s3.internal.context;

import io.github.ownproof.s3.internal.context.Outcome.Kind;
import io.github.ownproof.s3.internal.context.Outcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * One search on a thread of its own, which ends with it. Those who want the answer wait elsewhere,
 * so that they can give up although a source cannot be interrupted.
 */
final class Flight {

  private static final Duration TO_STOP = Duration.ofSeconds(3);

  private final Discovery discovery;
  private final @Nullable AwsCredentialsIdentity identity;
  private final @Nullable Signer signer;
  private final Attempt attempt;
  private final BiConsumer<Flight, Outcome> landed;
  private final CompletableFuture<Outcome> answer = new CompletableFuture<>();
  private final Thread thread;

  Flight(
      Discovery discovery,
      @Nullable AwsCredentialsIdentity identity,
      Setup setup,
      BiConsumer<Flight, Outcome> landed) {
    this.discovery = discovery;
    this.identity = identity;
    this.signer = identity == null ? null : Signer.of(identity);
    // Nine tenths, so that the whole list of reasons is there before those who wait give up.
    this.attempt = new Attempt(setup.deadline().multipliedBy(9).dividedBy(10), setup.nanos());
    this.landed = landed;
    this.thread = new Thread(null, this::fly, "ownproof-context", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Flight.class.getClassLoader());
  }

  /** Whom it is about; null if it is to find out who signs as well. */
  @Nullable Signer signer() {
    return signer;
  }

  void start() {
    thread.start();
  }

  private void fly() {
    Outcome outcome = new Unknown(Kind.TIMED_OUT, List.of());
    try {
      outcome = discovery.run(identity, attempt);
    } catch (RuntimeException | LinkageError unexpected) {
      attempt.unanswered("the search", "broke off (" + Reasons.of(unexpected) + ")");
      outcome = new Unknown(Kind.NO_ACCOUNT, attempt.findings());
    } finally {
      landed.accept(this, outcome);
      answer.complete(outcome);
    }
  }

  /** The answer, or why this thread stopped waiting for it. */
  Outcome await(Duration most) {
    try {
      return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Unknown(Kind.INTERRUPTED, attempt.findings());
    } catch (TimeoutException late) {
      if (attempt.remaining().isZero()) {
        stop();
      }
      return new Unknown(Kind.TIMED_OUT, attempt.findings());
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  private void stop() {
    attempt.stop();
    thread.interrupt();
  }

  /** Frees those who wait, stops the search and gives it a moment to be gone. */
  void stopAndWait() {
    answer.complete(new Unknown(Kind.TIMED_OUT, List.of()));
    stop();
    try {
      thread.join(TO_STOP.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
