package io.github.ownproof.auth;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Used proofs in memory, the next to be forgotten first. Thread-safe. */
final class InMemoryReplayStore implements ReplayStore {

  private record Use(String key, Instant until) {}

  private final Clock clock;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> used = new HashSet<>();
  private final PriorityQueue<Use> byEnd = new PriorityQueue<>(Comparator.comparing(Use::until));

  /** The last end among what was forgotten: before it, a clock set back finds gaps. */
  private Instant forgotten = Instant.MIN;

  InMemoryReplayStore(Clock clock, int capacity) {
    if (capacity < 1) {
      throw new InvalidVerifierException(
          "A replay store holds at least 1 entry, not " + capacity + ".");
    }
    this.clock = clock;
    this.capacity = capacity;
  }

  @Override
  public boolean firstUse(String key, Instant until) {
    lock.lock();
    try {
      Instant now = clock.instant();
      if (until.isBefore(now) || !until.isAfter(forgotten)) {
        // Remembering it would be forgetting it, or it was used and is forgotten: with another
        // clock than the verifier's, or one that went ahead and back, replays would pass.
        throw new IllegalStateException(
            "A proof that was still good is past its time by the replay store's clock."
                + " Give the store the clock of its verifiers, and let it not go back.");
      }
      forgetBefore(now);
      if (used.contains(key)) {
        return false;
      }
      if (used.size() >= capacity) {
        throw new IllegalStateException(
            "The replay store is full: " + capacity + " live entries. Give it more room.");
      }
      used.add(key);
      byEnd.add(new Use(key, until));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void forgetBefore(Instant now) {
    for (Use next = byEnd.peek(); next != null && next.until().isBefore(now); next = byEnd.peek()) {
      byEnd.remove();
      used.remove(next.key());
      forgotten = next.until();
    }
  }

  int size() {
    lock.lock();
    try {
      return used.size();
    } finally {
      lock.unlock();
    }
  }

  /** The capacity alone. */
  @Override
  public String toString() {
    return "in memory, for " + capacity;
  }
}
