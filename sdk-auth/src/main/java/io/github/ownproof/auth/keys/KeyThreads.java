package io.github.ownproof.auth.keys;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one source: a timer, and a few that fetch, which end when they are idle. All are
 * daemons and start when they are needed. Thread-safe.
 */
final class KeyThreads {

  /** Four attempts, what the client does for each, and those that a name server holds up. */
  private static final int MOST = 16;

  private static final long IDLE_SECONDS = 2;

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor workers;

  KeyThreads() {
    timer = new ScheduledThreadPoolExecutor(1, named("ownproof-keys-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    workers =
        new ThreadPoolExecutor(
            0,
            MOST,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            named("ownproof-keys-"));
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      // It starts inside some request, and takes nothing of that along.
      Thread thread = new Thread(null, task, prefix + number.incrementAndGet(), 0, false);
      thread.setContextClassLoader(KeyThreads.class.getClassLoader());
      thread.setDaemon(true);
      return thread;
    };
  }

  Executor workers() {
    return workers;
  }

  /** Null once closed, or if the system gives no thread now. */
  @Nullable ScheduledFuture<?> later(Runnable task, long nanos) {
    try {
      return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      return null;
    }
  }

  void close() {
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
