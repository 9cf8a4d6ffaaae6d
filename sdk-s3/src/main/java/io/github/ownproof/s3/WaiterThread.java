package io.github.ownproof.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The one daemon thread that the waiters of a client share; started by the first. */
final class WaiterThread implements SdkAutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Polls started;
  private boolean closed;

  ScheduledExecutorService executor() {
    lock.lock();
    try {
      if (closed) {
        throw Lifetime.closedException();
      }
      Polls polls = started;
      if (polls == null) {
        polls = new Polls();
        started = polls;
      }
      return polls;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    Polls polls;
    lock.lock();
    try {
      closed = true;
      polls = started;
    } finally {
      lock.unlock();
    }
    if (polls != null) {
      polls.end();
    }
  }

  /**
   * What was to be polled later is polled at the end instead: the closed client fails it, and so
   * the future that somebody waits for.
   */
  private static final class Polls extends ScheduledThreadPoolExecutor {

    private final Set<Runnable> pending = ConcurrentHashMap.newKeySet();

    Polls() {
      super(
          1,
          task -> {
            Thread thread = new Thread(task, "ownproof-waiter");
            thread.setDaemon(true);
            return thread;
          });
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable poll, long delay, TimeUnit unit) {
      Runnable once =
          new Runnable() {
            @Override
            public void run() {
              if (pending.remove(this)) {
                poll.run();
              }
            }
          };
      pending.add(once);
      try {
        return super.schedule(once, delay, unit);
      } catch (RejectedExecutionException ended) {
        once.run();
        throw ended;
      }
    }

    void end() {
      var unused = shutdownNow();
      pending.forEach(Runnable::run);
    }
  }
}
