package io.github.ownproof.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Discovers the context for calls that must not block: on one thread at a time, however many wait,
 * which ends with it. A search that failed is not kept; the next call starts another.
 */
final class BackgroundDiscovery {

  private final Runnable search;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CompletableFuture<Void> running;

  BackgroundDiscovery(Runnable search) {
    this.search = search;
  }

  /** Done when the context is known, or the search that is running now has failed. */
  CompletableFuture<Void> await() {
    lock.lock();
    try {
      CompletableFuture<Void> current = running;
      if (current == null || current.isDone()) {
        current = start();
        running = current;
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  private CompletableFuture<Void> start() {
    CompletableFuture<Void> known = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                search.run();
                known.complete(null);
              } catch (Throwable e) {
                known.completeExceptionally(e);
              }
            },
            "ownproof-discovery");
    thread.setDaemon(true);
    thread.start();
    return known;
  }
}
