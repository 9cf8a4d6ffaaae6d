package io.github.ownproof.auth.keys;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What an issuer last confirmed, and how long that holds. Times are the ticker's, so they are
 * compared by their difference. Immutable.
 */
final class KnownKeys {

  private final KeySet keys;
  private final URI source;
  private final long number;
  private final Optional<String> etag;
  private final String digest;
  private final Duration timeToLive;
  private final long confirmedAt;
  private final long refreshAt;
  private final long freshUntil;
  private final long staleUntil;

  /**
   * @param number of the attempt that brought them
   * @param confirmedAt when that attempt started: the issuer's answer may be as old
   */
  KnownKeys(
      KeySet keys,
      URI source,
      long number,
      Optional<String> etag,
      String digest,
      long confirmedAt,
      Duration timeToLive,
      Duration staleFor) {
    this.keys = keys;
    this.source = source;
    this.timeToLive = timeToLive;
    this.number = number;
    this.etag = etag;
    this.digest = digest;
    this.confirmedAt = confirmedAt;
    // 75 to 80 %: the clock's low digits keep a fleet from asking in step.
    long nanos = timeToLive.toNanos();
    this.refreshAt = confirmedAt + nanos / 4 * 3 + Math.floorMod(confirmedAt, nanos / 20);
    this.freshUntil = confirmedAt + nanos;
    this.staleUntil = freshUntil + staleFor.toNanos();
  }

  KeySet keys() {
    return keys;
  }

  long number() {
    return number;
  }

  /** The validator to send there: another address may mean another document by it. */
  Optional<String> etag(URI address) {
    return source.equals(address) ? etag : Optional.empty();
  }

  Duration timeToLive() {
    return timeToLive;
  }

  String digest() {
    return digest;
  }

  long confirmedAt() {
    return confirmedAt;
  }

  long refreshAt() {
    return refreshAt;
  }

  boolean isFresh(long now) {
    return now - freshUntil < 0;
  }

  boolean isUsable(long now) {
    return now - staleUntil < 0;
  }
}
