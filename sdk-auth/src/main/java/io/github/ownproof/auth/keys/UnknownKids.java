package io.github.ownproof.auth.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The key ids the issuer was asked for and does not have: each is left alone for a while, longer
 * every time. Bounded in memory, whatever is asked for. Thread-safe.
 */
final class UnknownKids {

  private static final long FIRST = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

  /** About a thousand ids of a usual length; fewer of longer ones. */
  private static final int OVERHEAD = 64;

  private static final int MOST_WEIGHT = 1000 * (OVERHEAD + 64);

  /** When it may be asked for again, and how long that was. */
  private record Miss(long until, long pause) {}

  private final Cache<String, Miss> misses =
      Caffeine.newBuilder()
          .maximumWeight(MOST_WEIGHT)
          .weigher((String kid, Miss miss) -> OVERHEAD + kid.length())
          // Its upkeep is short; a pool of our own threads for it would be longer.
          .executor(Runnable::run)
          .build();

  boolean isKnownMissing(String kid, long now) {
    Miss miss = misses.getIfPresent(kid);
    return miss != null && now - miss.until < 0;
  }

  /** The issuer, asked after this lookup began, does not have it. */
  void missing(String kid, long now) {
    misses.asMap().compute(kid, (id, before) -> next(before, now));
  }

  private static Miss next(@Nullable Miss before, long now) {
    if (before == null) {
      return new Miss(now + FIRST, FIRST);
    }
    // Lookups that waited together count as one.
    if (now - before.until < 0) {
      return before;
    }
    long pause = Math.min(LONGEST, 2 * before.pause);
    return new Miss(now + pause, pause);
  }

  /** The issuer publishes another set: whatever was missing may be in it. */
  void clear() {
    misses.invalidateAll();
  }

  /** For tests. */
  long weight() {
    misses.cleanUp();
    return misses.policy().eviction().orElseThrow().weightedSize().orElseThrow();
  }
}
