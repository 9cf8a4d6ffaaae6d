package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.s3.PrivateObjects.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Reads many objects, a few at a time, on threads of its own that end when nobody reads.
 * Thread-safe.
 */
final class ParallelReads {

  private static final int AT_ONCE = 8;
  private static final long IDLE_SECONDS = 5;

  private final Failures failures;
  private final ThreadPoolExecutor threads;

  ParallelReads(Failures failures) {
    this.failures = failures;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "ownproof-auth-s3-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** What each gives, in the order of the list; the first failure ends it. */
  <T, R> List<R> map(List<T> of, Function<T, R> read) {
    List<Future<R>> reads = new ArrayList<>();
    try {
      for (T one : of) {
        reads.add(threads.submit(() -> read.apply(one)));
      }
      List<R> found = new ArrayList<>();
      for (Future<R> next : reads) {
        found.add(next.get());
      }
      return found;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw failures.of("Objects could not be read: see the cause.", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.of("The thread was interrupted while it read from the store. Read again.", e);
    } finally {
      reads.forEach(next -> next.cancel(false));
    }
  }
}
