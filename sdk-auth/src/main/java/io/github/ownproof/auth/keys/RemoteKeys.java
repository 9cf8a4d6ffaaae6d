package io.github.ownproof.auth.keys;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, fetched from it and kept up to date in the background.
 *
 * <p>A lookup of a known key reads volatile fields and never waits, except once after the process
 * slept past the keys' time to live. A lookup that is waiting when the source is closed gets {@link
 * KeyLookup.Absent#UNAVAILABLE}. A source that nobody has any more ends its threads by itself.
 */
final class RemoteKeys extends KeySource {

  /** All that one lookup ever waits, over however many attempts. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(900);

  /** Eviction is an operator's act; memory is bounded all the same. */
  private static final int MOST_EVICTED = 10_000;

  private final LongSupplier ticker;
  private final KeyRefresh refresh;
  private final Set<String> evicted = ConcurrentHashMap.newKeySet();

  private RemoteKeys(Discovery discovery, RemoteKeySettings settings) {
    this.ticker = settings.ticker();
    this.refresh = new KeyRefresh(discovery, settings, new KeyThreads());
  }

  static KeySource at(URI jwks, RemoteKeySettings settings) {
    return new RemoteKeys(
        Discovery.none(jwks, new KeyAddress(settings.insecureLoopback())), settings);
  }

  static KeySource of(String issuer, RemoteKeySettings settings) {
    return new RemoteKeys(
        Discovery.of(issuer, new KeyAddress(settings.insecureLoopback())), settings);
  }

  @Override
  public KeyLookup find(String kid) {
    requireOpen();
    if (evicted.contains(kid)) {
      return KeyLookup.Absent.UNKNOWN;
    }
    long now = ticker.getAsLong();
    KnownKeys held = refresh.answering(now);
    VerificationKey key = held == null ? null : held.keys().find(kid);
    if (key != null) {
      refresh.lookAhead(now);
      return key;
    }
    KeyLookup answer = search(kid);
    return evicted.contains(kid) ? KeyLookup.Absent.UNKNOWN : answer;
  }

  @Override
  public boolean trusts(VerificationKey key) {
    if (refresh.isClosed() || evicted.contains(key.kid())) {
      return false;
    }
    long now = ticker.getAsLong();
    // Where find would wait for the issuer's word first, this is a no: the caller will ask find.
    KnownKeys held = refresh.answering(now);
    if (held == null) {
      return false;
    }
    refresh.lookAhead(now);
    return held.keys().holds(key);
  }

  @Override
  public KeyHealth warmUp() {
    requireOpen();
    KeyLookup ignored = search(null);
    return health();
  }

  @Override
  public KeyHealth health() {
    int failures = refresh.failures();
    Optional<String> why =
        failures == 0 ? Optional.empty() : refresh.lastFailure().map(FetchFailure.Why::word);
    KnownKeys held = refresh.known();
    if (held == null) {
      return new KeyHealth(KeyHealth.State.UNAVAILABLE, 0, 0, Optional.empty(), failures, why);
    }
    long now = ticker.getAsLong();
    KeyHealth.State state = KeyHealth.State.STALE;
    if (refresh.isClosed() || !held.isUsable(now)) {
      state = KeyHealth.State.UNAVAILABLE;
    } else if (held.isFresh(now)) {
      state = KeyHealth.State.FRESH;
    }
    long distrusted = evicted.stream().filter(kid -> held.keys().find(kid) != null).count();
    return new KeyHealth(
        state,
        held.keys().usable() - (int) distrusted,
        held.keys().ignored(),
        Optional.of(Duration.ofNanos(Math.max(0, now - held.confirmedAt()))),
        failures,
        why);
  }

  @Override
  public void evict(String kid) {
    if (evicted.size() >= MOST_EVICTED && !evicted.contains(kid)) {
      throw new IllegalStateException(
          "More than " + MOST_EVICTED + " keys evicted: make a new source, pinned to good keys");
    }
    evicted.add(kid);
  }

  @Override
  public void close() {
    refresh.close();
  }

  /** Without a key id, only the keys are brought in. */
  private KeyLookup search(@Nullable String kid) {
    KeyRefresh.Question question =
        new KeyRefresh.Question(kid, refresh.started(), System.nanoTime() + PATIENCE);
    while (true) {
      KeyRefresh.Next next = refresh.next(question);
      if (next instanceof KeyRefresh.Answer answer) {
        return answer.lookup();
      }
      try {
        ((KeyRefresh.Wait) next).attempt().await(question.deadline());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return KeyLookup.Absent.UNAVAILABLE;
      }
    }
  }

  private void requireOpen() {
    if (refresh.isClosed()) {
      throw new IllegalStateException("This source of keys is closed");
    }
  }

  /** Shows nothing of the keys. */
  @Override
  public String toString() {
    return "RemoteKeys(" + health().state() + ")";
  }
}
