package io.github.ownproof.auth.grant;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time that never runs backwards and never stands still, whatever becomes of the clock: who sets it
 * back gets no access for longer. Thread-safe.
 */
final class SteadyTime {

  private record Reading(Instant at, long nanos) {}

  private final Clock clock;
  private final LongSupplier ticker;
  private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

  /**
   * @param clock what time it is
   * @param ticker nanoseconds that only grow, such as {@code System::nanoTime}
   */
  SteadyTime(Clock clock, LongSupplier ticker) {
    this.clock = clock;
    this.ticker = ticker;
  }

  /** Now, in whole seconds, rounded down. */
  Instant now() {
    while (true) {
      Reading before = last.get();
      long nanos = ticker.getAsLong();
      Instant at = clock.instant();
      if (before != null) {
        long passed = nanos - before.nanos();
        Instant atLeast = before.at().plusNanos(Math.max(passed, 0));
        at = at.isBefore(atLeast) ? atLeast : at;
        if (at.getEpochSecond() == atLeast.getEpochSecond()) {
          // What we say follows from what is written already, so threads need not write in turn.
          return Instant.ofEpochSecond(at.getEpochSecond());
        }
        // The ticks of another thread may be newer than ours.
        nanos = passed < 0 ? before.nanos() : nanos;
      }
      if (last.compareAndSet(before, new Reading(at, nanos))) {
        return at.truncatedTo(ChronoUnit.SECONDS);
      }
    }
  }
}
