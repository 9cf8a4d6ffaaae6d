package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import java.time.Duration;

/** How long to wait for one call to S3. */
final class Patience {

  static final Duration DEFAULT = Duration.ofSeconds(10);

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Patience() {}

  static Duration checked(Duration each) {
    if (each.compareTo(SHORTEST) < 0 || each.compareTo(LONGEST) > 0) {
      throw InvalidSupportAccessException.of(
          "The patience with S3 is 1 millisecond to 5 minutes, such as PT10S, not " + each + ".");
    }
    return each;
  }
}
