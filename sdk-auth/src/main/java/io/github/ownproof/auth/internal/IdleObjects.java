package io.github.ownproof.auth.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that are costly to make and used by one thread at a time, between two uses.
 * Thread-safe without locks; not a thread-local, of which virtual threads would make one each.
 */
public final class IdleObjects<T> {

  /** More threads than this at the same instant make their own. A power of two. */
  private static final int SLOTS = 16;

  /** From one slot to the next: no two in one cache line, nor the array's own length. */
  private static final int STRIDE = 16;

  private final AtomicReferenceArray<@Nullable T> idle =
      new AtomicReferenceArray<>((SLOTS + 1) * STRIDE);

  /** One that nobody else has now; null if there is none. */
  public @Nullable T take() {
    int start = start();
    for (int i = 0; i < SLOTS; i++) {
      int slot = slot(start + i);
      if (idle.getPlain(slot) != null) {
        T taken = idle.getAndSet(slot, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return null;
  }

  /** Keeps it for the next who asks, if there is room. */
  public void giveBack(T used) {
    int start = start();
    for (int i = 0; i < SLOTS; i++) {
      int slot = slot(start + i);
      if (idle.getPlain(slot) == null && idle.compareAndSet(slot, null, used)) {
        return;
      }
    }
  }

  private static int slot(int number) {
    return ((number & (SLOTS - 1)) + 1) * STRIDE;
  }

  /** Threads look in different places first, so that they seldom meet. */
  private static int start() {
    return (int) Thread.currentThread().getId();
  }
}
