package io.github.ownproof.auth.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One fetch under way, which any number of lookups can wait for. Thread-safe. */
final class Attempt {

  /**
   * How long after its start lookups wait for it: a second, with room for the rest of a request.
   */
  private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(750);

  private final long number;
  private final long startedAt;
  private final boolean forUnknownKid;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<?> exchange;
  private volatile boolean cancelled;

  Attempt(long number, long startedAt, boolean forUnknownKid) {
    this.number = number;
    this.startedAt = startedAt;
    this.forUnknownKid = forUnknownKid;
  }

  /** Counts up from 1: a higher number started later, whatever the clocks say. */
  long number() {
    return number;
  }

  /** The ticker's time. */
  long startedAt() {
    return startedAt;
  }

  /** Real time. */
  long startedNanos() {
    return startedNanos;
  }

  boolean isForUnknownKid() {
    return forUnknownKid;
  }

  boolean isWorthWaiting() {
    return System.nanoTime() - startedNanos < WAIT;
  }

  /** Waits until it is over, or not worth waiting for, or {@code deadline} in real time. */
  void await(long deadline) throws InterruptedException {
    long now = System.nanoTime();
    long nanos = Math.min(startedNanos + WAIT - now, deadline - now);
    try {
      boolean ignored = done.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return;
    }
  }

  /** Wakes everybody. */
  void end() {
    done.complete(true);
  }

  /** What is cancelled with this attempt from now on. */
  void exchange(CompletableFuture<?> future) {
    exchange = future;
    if (cancelled) {
      future.cancel(true);
    }
  }

  /** Breaks off the exchange; may close a connection, so not under a lock. */
  void cancel() {
    cancelled = true;
    CompletableFuture<?> future = exchange;
    if (future != null) {
      future.cancel(true);
    }
  }
}
