package io.github.ownproof.auth.keys;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import org.jspecify.annotations.Nullable;

/**
 * When the issuer may be asked, and when it must be. It knows no HTTP, no threads and no keys:
 * times in, decisions out. Not thread-safe.
 *
 * <p>Two things slow us down, and they are apart on purpose. After failures we back off, so that an
 * issuer in trouble gets air. Without failures only fetches for unknown key ids are limited,
 * because those are what a stranger can cause.
 */
final class FetchPlan {

  /** Why the issuer would be asked. */
  enum Need {
    /** There are no keys at all: every request fails until there are. */
    ALL(MILLISECONDS.toNanos(100), MILLISECONDS.toNanos(800)),
    /** One key is missing, and somebody waits. */
    ONE(SECONDS.toNanos(1), SECONDS.toNanos(5)),
    /** The keys there are get old; nobody waits. */
    RENEWAL(SECONDS.toNanos(1), SECONDS.toNanos(30));

    private final long first;
    private final long most;

    Need(long first, long most) {
      this.first = first;
      this.most = most;
    }

    /** How long after the last of these failures to try again. */
    long delay(int failures) {
      return Math.min(most, first << Math.min(failures - 1, 10));
    }
  }

  /** An attempt this old is joined by another while there are no keys: it probably hangs. */
  private static final long OVERTAKE = MILLISECONDS.toNanos(800);

  private static final long BETWEEN_UNKNOWN = SECONDS.toNanos(5);
  private static final long ASKED_LATELY = SECONDS.toNanos(60);

  /** The background looks again at least this often, also to see whether it is still wanted. */
  private static final long LONGEST_SLEEP = SECONDS.toNanos(60);

  private int failures;
  private long failedAt;
  private boolean asked;
  private long askedAt;
  private boolean limited;
  private long limitedUntil;

  int failures() {
    return failures;
  }

  /** Somebody wanted keys when there were none. */
  void asked(long now) {
    asked = true;
    askedAt = now;
  }

  void failed(long now) {
    failures++;
    failedAt = now;
  }

  void succeeded() {
    failures = 0;
  }

  /** Whether the last failure is long enough ago. */
  boolean mayRetry(Need need, long now) {
    return failures == 0 || now - failedAt >= need.delay(failures);
  }

  /** Whether an attempt that started then has had its chance. */
  boolean mayOvertake(long startedAt, long now) {
    return now - startedAt >= OVERTAKE;
  }

  /** Whether a fetch for the sake of an unknown key id is within the limit. */
  boolean mayAskForUnknown(long now) {
    return !limited || now - limitedUntil >= 0;
  }

  void askedForUnknown(long now) {
    limited = true;
    limitedUntil = now + BETWEEN_UNKNOWN;
  }

  /** The fetch told nothing, so it is not counted: failures have a delay of their own. */
  void unknownNotAnswered() {
    limited = false;
  }

  /**
   * When the background has to look again: it starts a fetch if that is now or past.
   *
   * @param newest when the newest attempt under way started; null if there is none
   */
  long due(@Nullable KnownKeys known, @Nullable Long newest, long now) {
    boolean cold = known == null || !known.isUsable(now);
    if (cold && asked && now - askedAt < ASKED_LATELY) {
      if (newest != null) {
        return newest + OVERTAKE;
      }
      return failures == 0 ? now : failedAt + Need.ALL.delay(failures);
    }
    if (newest != null || known == null) {
      return now + LONGEST_SLEEP;
    }
    long wanted = failures == 0 ? known.refreshAt() : failedAt + Need.RENEWAL.delay(failures);
    return wanted - now > LONGEST_SLEEP ? now + LONGEST_SLEEP : wanted;
  }
}
