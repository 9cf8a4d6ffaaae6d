package io.github.ownproof.auth.internal;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that are costly to make and used by one thread at a time, between two uses.
 * Thread-safe without locks; not a thread-local, of which virtual threads would make one each.
 *
 * <p>Threads that use different objects write to no memory they share: a slot is taken by a number
 * in a line of its own, and a reference is stored only when another object comes to lie there.
 */
public final class IdleObjects<T> {

  /** More threads than this at the same instant make their own. A power of two. */
  private static final int SLOTS = 16;

  /** So many numbers lie between two slots that no two share a line of a processor's cache. */
  private static final int APART = 32;

  private static final int ELSEWHERE = -1;

  /** An object between two uses, or the place for one. Whoever took it has to give it back. */
  public static final class Idle<T> {

    private final int slot;
    private final @Nullable T object;

    private Idle(int slot, @Nullable T object) {
      this.slot = slot;
      this.object = object;
    }

    /** What lies there, for the one who took it; null if it has to be made. */
    public @Nullable T object() {
      return object;
    }
  }

  private final @Nullable Idle<T>[] idle = newArray();
  private final Idle<T> elsewhere = new Idle<>(ELSEWHERE, null);
  private final int mostUses;

  /** For each slot whether it is taken and, next to it, how often its object was used. */
  private final AtomicIntegerArray taken = new AtomicIntegerArray((SLOTS + 1) * APART);

  private IdleObjects(int mostUses) {
    this.mostUses = mostUses;
  }

  /** Objects that are kept as long as they are given back. */
  public static <T> IdleObjects<T> kept() {
    return new IdleObjects<>(Integer.MAX_VALUE);
  }

  /**
   * Objects that are made anew after so many uses. The thread that makes one has it in memory of
   * its own, while a garbage collector moves those of several threads side by side, where writing
   * to one slows down who uses the other. It pays for objects that are written to all the time and
   * soon made.
   */
  public static <T> IdleObjects<T> renewedAfter(int uses) {
    return new IdleObjects<>(uses);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> @Nullable Idle<T>[] newArray() {
    return new Idle[SLOTS];
  }

  /** One that nobody else has until it is given back. */
  public Idle<T> take() {
    // Threads look in different places first, so that they seldom meet.
    int start = (int) Thread.currentThread().getId();
    for (int i = 0; i < SLOTS; i++) {
      int slot = (start + i) & (SLOTS - 1);
      int place = place(slot);
      if (taken.getPlain(place) == 0 && taken.compareAndSet(place, 0, 1)) {
        Idle<T> found = idle[slot];
        return found == null ? new Idle<>(slot, null) : found;
      }
    }
    return elsewhere;
  }

  /**
   * Ends a use. Always called, or the slot stays taken.
   *
   * @param object what the next is to find; null if that is not to be used again
   */
  public void giveBack(Idle<T> was, @Nullable T object) {
    int slot = was.slot;
    if (slot == ELSEWHERE) {
      return;
    }
    int place = place(slot);
    boolean isSame = object == was.object;
    int uses = isSame ? taken.getPlain(place + 1) + 1 : 1;
    boolean isDone = object == null || uses >= mostUses;
    if (isDone || !isSame) {
      idle[slot] = isDone ? null : new Idle<>(slot, object);
    }
    taken.setPlain(place + 1, uses);
    taken.setRelease(place, 0);
  }

  private static int place(int slot) {
    return (slot + 1) * APART;
  }
}
