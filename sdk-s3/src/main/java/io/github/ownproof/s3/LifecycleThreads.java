package io.github.ownproof.s3;

import io.github.ownproof.core.audit.AuditTrail;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The daemon threads on which an asynchronous client looks after buckets: many calls, one after
 * another, that are rare enough to be waited for on a thread. They end when idle, and with the
 * client.
 */
final class LifecycleThreads implements SdkAutoCloseable {

  private static final int MOST = 4;
  private static final long IDLE_SECONDS = 10;

  private final @Nullable S3AsyncClient own;
  private final @Nullable AuditTrail trail;
  private final ThreadPoolExecutor threads;

  /**
   * @param own the client to make the calls with; null for the one that is asked
   */
  LifecycleThreads(@Nullable S3AsyncClient own, @Nullable AuditTrail trail) {
    this.own = own;
    this.trail = trail;
    this.threads =
        new ThreadPoolExecutor(
            MOST,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "ownproof-s3-lifecycle");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  S3AsyncClient client(S3AsyncClient asked) {
    return own == null ? asked : own;
  }

  @Nullable AuditTrail trail() {
    return trail;
  }

  /** Runs the work on one of the threads; cancelling the future interrupts it. */
  <R extends @Nullable Object> CompletableFuture<R> submit(Supplier<R> work) {
    CompletableFuture<R> result = new CompletableFuture<>();
    Future<?> running;
    try {
      running =
          threads.submit(
              () -> {
                try {
                  if (threads.isShutdown()) {
                    throw Lifetime.closedException();
                  }
                  result.complete(work.get());
                } catch (Throwable e) {
                  result.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(Lifetime.closedException());
    }
    var unused =
        result.whenComplete(
            (value, failure) -> {
              if (result.isCancelled()) {
                running.cancel(true);
              }
            });
    return result;
  }

  /** Work that waits has no client any more, and fails; work under way is interrupted. */
  @Override
  public void close() {
    var queued = threads.shutdownNow();
    queued.forEach(Runnable::run);
    if (own != null) {
      own.close();
    }
  }
}
