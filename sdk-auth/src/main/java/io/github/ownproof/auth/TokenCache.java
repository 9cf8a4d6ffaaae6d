package io.github.ownproof.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import io.github.ownproof.auth.VerificationPath.Checked;
import io.github.ownproof.auth.internal.TokenHash;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Remembers accepted tokens by their hash, and lets one thread verify what many present at once.
 * What changes with time is not remembered: it is asked again on every hit.
 */
final class TokenCache {

  /** What an entry takes besides the token's own claims, measured generously. */
  private static final int ENTRY_OVERHEAD = 1_400;

  private static final int BYTES_PER_CHARACTER = 3;

  /** Milliseconds; often enough to know which tokens are in use, as they live for minutes. */
  private static final long TELL_EVERY = 1_000;

  private final VerificationPath path;
  private final Clock clock;
  private final Duration skew;
  private final Cache<TokenHash, Remembered> cache;

  /**
   * The same cache, which learns of no look-up here: that would write to memory all threads use.
   */
  private final Policy<TokenHash, Remembered> quiet;

  /**
   * The cache's own time, which moves when a token comes in: that is when ended ones make room.
   * Whether a token has ended is asked of the clock, on every hit.
   */
  private volatile long ticks = System.nanoTime();

  private final ConcurrentHashMap<TokenHash, CompletableFuture<Optional<Remembered>>> flights =
      new ConcurrentHashMap<>();

  /** With the time at which it needs no closer look. */
  private static final class Remembered {

    final Checked checked;
    final TokenTimes.Span sureTime;
    final int weight;

    /** When the cache was last told that it is used. Threads may overwrite each other's. */
    private long toldAt;

    Remembered(Checked checked, TokenTimes.Span sureTime, int weight, long now) {
      this.checked = checked;
      this.sureTime = sureTime;
      this.weight = weight;
      this.toldAt = now;
    }

    /** Whether it is time to tell the cache again. */
    boolean isToTell(long now) {
      if (Math.abs(now - toldAt) < TELL_EVERY) {
        return false;
      }
      toldAt = now;
      return true;
    }
  }

  TokenCache(VerificationPath path, Clock clock, Duration skew, long maxBytes) {
    this.path = path;
    this.clock = clock;
    this.skew = skew;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((TokenHash hash, Remembered entry) -> entry.weight)
            .expireAfter(
                Expiry.creating(
                    (TokenHash hash, Remembered entry) ->
                        Duration.between(
                            clock.instant(), entry.checked.token().expiresAt().plus(skew))))
            .ticker(() -> ticks)
            .executor(Runnable::run)
            .build();
    this.quiet = cache.policy();
  }

  /** The token, whose key is trusted and whose time is right now. */
  VerifiedToken verify(byte[] ascii) throws Refusal {
    TokenHash hash = TokenHash.of(ascii);
    Remembered known = quiet.getIfPresentQuietly(hash);
    if (known != null) {
      if (known.checked.isStillTrusted()) {
        long now = clock.millis();
        if (known.isToTell(now)) {
          var unused = cache.getIfPresent(hash);
        }
        return checked(known, now);
      }
      cache.invalidate(hash);
    }
    return checked(verifyOnce(hash, ascii), clock.millis());
  }

  private VerifiedToken checked(Remembered known, long now) throws Refusal {
    if (!known.sureTime.has(now)) {
      known.checked.checkTimes(clock.instant(), skew);
    }
    return known.checked.token();
  }

  long weightedSize() {
    ticks = System.nanoTime();
    cache.cleanUp();
    return cache.policy().eviction().orElseThrow().weightedSize().orElse(0L);
  }

  private Remembered verifyOnce(TokenHash hash, byte[] ascii) throws Refusal {
    while (true) {
      CompletableFuture<Optional<Remembered>> mine = new CompletableFuture<>();
      CompletableFuture<Optional<Remembered>> flight = flights.putIfAbsent(hash, mine);
      if (flight == null) {
        return lead(mine, hash, ascii);
      }
      Optional<Remembered> landed = join(flight);
      if (landed.isPresent()) {
        return landed.get();
      }
    }
  }

  private Remembered lead(
      CompletableFuture<Optional<Remembered>> mine, TokenHash hash, byte[] ascii) throws Refusal {
    // Nothing, if this thread is interrupted or breaks: that says nothing about the token.
    Optional<Remembered> result = Optional.empty();
    Refusal refused = null;
    try {
      Remembered fresh = cache.getIfPresent(hash);
      // Not if another flight ended after we looked in the cache and before we started ours.
      if (fresh == null || !fresh.checked.isStillTrusted()) {
        fresh = remembered(path.verify(ascii), ascii.length);
        ticks = System.nanoTime();
        cache.put(hash, fresh);
      }
      result = Optional.of(fresh);
      return fresh;
    } catch (Refusal refusal) {
      refused = Thread.currentThread().isInterrupted() ? null : refusal;
      throw refusal;
    } finally {
      // First, so that who finds nothing in it does not find it again.
      flights.remove(hash, mine);
      if (refused != null) {
        mine.completeExceptionally(refused);
      } else {
        mine.complete(result);
      }
    }
  }

  private Remembered remembered(Checked checked, int characters) {
    return new Remembered(
        checked,
        checked.token().times().surely(skew, checked.issuer().profile().maxAge()),
        ENTRY_OVERHEAD + BYTES_PER_CHARACTER * characters,
        clock.millis());
  }

  private static Optional<Remembered> join(CompletableFuture<Optional<Remembered>> flight)
      throws Refusal {
    try {
      return flight.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.of(Reason.INTERNAL);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Refusal refusal ? refusal : Refusal.of(Reason.INTERNAL);
    }
  }
}
