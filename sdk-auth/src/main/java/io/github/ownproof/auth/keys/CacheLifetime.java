package io.github.ownproof.auth.keys;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;

/** How long an answer may be believed without asking again (RFC 9111 section 4.2). */
final class CacheLifetime {

  private static final long UNSAID = 300;
  private static final int MOST_DIGITS = 9;

  private final long shortest;
  private final long longest;

  CacheLifetime(Duration shortest, Duration longest) {
    this.shortest = shortest.toSeconds();
    this.longest = longest.toSeconds();
  }

  /** {@code max-age} less {@code Age}, within the bounds. */
  Duration of(HttpHeaders headers) {
    long maxAge = -1;
    for (String line : headers.allValues("Cache-Control")) {
      for (String part : line.toLowerCase(Locale.ROOT).split(",", -1)) {
        String directive = part.strip();
        if (directive.equals("no-store") || directive.startsWith("no-cache")) {
          return Duration.ofSeconds(shortest);
        }
        if (maxAge < 0 && directive.startsWith("max-age=")) {
          maxAge = seconds(directive.substring("max-age=".length()));
        }
      }
    }
    if (maxAge < 0) {
      return Duration.ofSeconds(clamp(UNSAID));
    }
    long age = Math.max(0, seconds(headers.firstValue("Age").orElse("0").strip()));
    return Duration.ofSeconds(clamp(maxAge - age));
  }

  private long clamp(long seconds) {
    return Math.max(shortest, Math.min(longest, seconds));
  }

  /** Negative if it is not a number; more digits than we need are the most we need. */
  private static long seconds(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(text);
  }
}
