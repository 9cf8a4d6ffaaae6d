package io.github.ownproof.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
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

  private final VerificationPath path;
  private final Cache<TokenHash, Remembered> cache;
  private final ConcurrentHashMap<TokenHash, CompletableFuture<Optional<Remembered>>> flights =
      new ConcurrentHashMap<>();

  private record Remembered(Checked checked, int weight) {}

  TokenCache(VerificationPath path, Clock clock, Duration skew, long maxBytes) {
    this.path = path;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((TokenHash hash, Remembered entry) -> entry.weight())
            .expireAfter(
                Expiry.creating(
                    (TokenHash hash, Remembered entry) ->
                        Duration.between(
                            clock.instant(), entry.checked().token().expiresAt().plus(skew))))
            .executor(Runnable::run)
            .build();
  }

  Checked verify(byte[] ascii) throws Refusal {
    TokenHash hash = TokenHash.of(ascii);
    Remembered known = cache.getIfPresent(hash);
    if (known != null) {
      if (known.checked().isStillTrusted()) {
        return known.checked();
      }
      cache.invalidate(hash);
    }
    return verifyOnce(hash, ascii);
  }

  long weightedSize() {
    cache.cleanUp();
    return cache.policy().eviction().orElseThrow().weightedSize().orElse(0L);
  }

  private Checked verifyOnce(TokenHash hash, byte[] ascii) throws Refusal {
    while (true) {
      CompletableFuture<Optional<Remembered>> mine = new CompletableFuture<>();
      CompletableFuture<Optional<Remembered>> flight = flights.putIfAbsent(hash, mine);
      if (flight == null) {
        return lead(mine, hash, ascii);
      }
      Optional<Remembered> landed = join(flight);
      if (landed.isPresent()) {
        return landed.get().checked();
      }
    }
  }

  private Checked lead(CompletableFuture<Optional<Remembered>> mine, TokenHash hash, byte[] ascii)
      throws Refusal {
    // Nothing, if this thread is interrupted or breaks: that says nothing about the token.
    Optional<Remembered> result = Optional.empty();
    Refusal refused = null;
    try {
      Remembered fresh = cache.getIfPresent(hash);
      // Not if another flight ended after we looked in the cache and before we started ours.
      if (fresh == null || !fresh.checked().isStillTrusted()) {
        fresh =
            new Remembered(path.verify(ascii), ENTRY_OVERHEAD + BYTES_PER_CHARACTER * ascii.length);
        cache.put(hash, fresh);
      }
      result = Optional.of(fresh);
      return fresh.checked();
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
