package io.github.ownproof.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * From when and for how long a URL is valid, in whole seconds: never longer than asked for, nor
 * than the credentials that sign it.
 *
 * @param start in seconds of the epoch
 */
record UrlLifetime(long start, long seconds) {

  private static final long MILLIS = 1_000;
  private static final long LONGEST = Duration.ofDays(7).toSeconds();

  /**
   * @throws PresigningException if {@code asked} is less than one second or more than seven days
   * @throws SigningCredentialsException if the credentials have ended
   */
  static UrlLifetime of(Duration asked, AwsCredentialsIdentity identity, Clock clock) {
    long seconds = asked.getSeconds();
    if (seconds < 1 || seconds > LONGEST || (seconds == LONGEST && asked.getNano() > 0)) {
      throw PresigningException.duration(
          "A URL cannot be valid for "
              + asked
              + ": S3 takes from 1 second (PT1S) to 7 days (PT168H), in whole seconds.");
    }
    // S3 counts from the second that stands in the URL, which has begun already.
    long now = clock.millis();
    long start = Math.floorDiv(now, MILLIS);
    Instant end = identity.expirationTime().orElse(null);
    if (end != null) {
      long left = end.getEpochSecond() - start;
      if (left < 1) {
        throw SigningCredentialsException.expired(end, Instant.ofEpochMilli(now));
      }
      seconds = Math.min(seconds, left);
    }
    return new UrlLifetime(start, seconds);
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }

  /** In seconds of the epoch. */
  long end() {
    return start + seconds;
  }

  Instant expiration() {
    return Instant.ofEpochSecond(end());
  }
}
