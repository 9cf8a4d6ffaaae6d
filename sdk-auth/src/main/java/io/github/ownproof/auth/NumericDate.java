package io.github.ownproof.auth;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Seconds since 1970, whole or not (RFC 7519 section 2). */
final class NumericDate {

  /**
   * The last second of the year 9999: beyond it, a date is a mistake or an attack on arithmetic.
   */
  private static final long LATEST = 253_402_300_799L;

  private static final BigDecimal LATEST_NUMBER = BigDecimal.valueOf(LATEST);

  private NumericDate() {}

  /** Whether a claim's value is a date from 1970 to 9999. */
  static boolean isOne(@Nullable Object value) {
    return value instanceof Long seconds
        ? seconds >= 0 && seconds <= LATEST
        : value instanceof BigDecimal number
            && number.signum() >= 0
            && number.compareTo(LATEST_NUMBER) <= 0;
  }

  /** The instant of a claim's value; null if it {@linkplain #isOne is none}. */
  static @Nullable Instant of(@Nullable Object value) {
    if (!isOne(value)) {
      return null;
    }
    if (value instanceof BigDecimal number) {
      BigDecimal whole = number.setScale(0, RoundingMode.FLOOR);
      return Instant.ofEpochSecond(
          whole.longValueExact(), number.subtract(whole).movePointRight(9).longValue());
    }
    return value instanceof Long seconds ? Instant.ofEpochSecond(seconds) : null;
  }
}
