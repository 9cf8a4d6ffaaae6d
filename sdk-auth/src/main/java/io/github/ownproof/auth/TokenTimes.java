package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.WellKnownName;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a token is valid, by its own word (RFC 7519 sections 4.1.4 to 4.1.6). */
record TokenTimes(Instant expiresAt, @Nullable Instant notBefore, @Nullable Instant issuedAt) {

  static TokenTimes of(JsonObject claims) throws Refusal {
    Instant expiresAt = date(claims, WellKnownName.EXP);
    if (expiresAt == null) {
      throw Refusal.of(Reason.CLAIMS);
    }
    return new TokenTimes(
        expiresAt, date(claims, WellKnownName.NBF), date(claims, WellKnownName.IAT));
  }

  private boolean isAfterExpiry(@Nullable Instant begin) {
    return begin != null && begin.isAfter(expiresAt);
  }

  /** Java's null if there is none; JSON's null is of the wrong type like any other. */
  private static @Nullable Instant date(JsonObject claims, WellKnownName name) throws Refusal {
    Object value = claims.get(name);
    Instant date = NumericDate.of(value);
    if (value != null && date == null) {
      throw Refusal.of(Reason.CLAIMS);
    }
    return date;
  }

  /** Holds what is true at one time and not at another; asked anew each time the token comes. */
  void check(Instant now, Duration skew, @Nullable Duration maxAge) throws Refusal {
    if (!now.isBefore(expiresAt.plus(skew))) {
      throw Refusal.of(Reason.EXPIRED);
    }
    if (notBefore != null && now.plus(skew).isBefore(notBefore)) {
      throw Refusal.of(Reason.NOT_YET_VALID);
    }
    if (issuedAt != null && now.plus(skew).isBefore(issuedAt)) {
      throw Refusal.of(Reason.ISSUED_IN_FUTURE);
    }
    if (maxAge != null && (issuedAt == null || now.isAfter(issuedAt.plus(maxAge).plus(skew)))) {
      throw Refusal.of(issuedAt == null ? Reason.CLAIMS : Reason.TOO_OLD);
    }
    if (isAfterExpiry(notBefore) || isAfterExpiry(issuedAt)) {
      // Valid at no time but for the skew: whoever made it did not mean what it says.
      throw Refusal.of(Reason.CLAIMS);
    }
  }

  /**
   * When {@link #check} surely passes, for those who ask again and again. At its edges, which may
   * lie within a millisecond, nothing is sure.
   */
  Span surely(Duration skew, @Nullable Duration maxAge) {
    if (isAfterExpiry(notBefore)
        || isAfterExpiry(issuedAt)
        || (maxAge != null && issuedAt == null)) {
      return new Span(0, 0);
    }
    long from = Math.max(begin(notBefore, skew), begin(issuedAt, skew));
    Instant until = expiresAt.plus(skew);
    if (maxAge != null && issuedAt != null) {
      // Compared as instants: an age without a real bound has no milliseconds that fit a long.
      Instant tooOld = issuedAt.plus(maxAge).plus(skew);
      until = tooOld.isBefore(until) ? tooOld : until;
    }
    return new Span(from, until.toEpochMilli());
  }

  /** The first whole millisecond that is not before. */
  private static long begin(@Nullable Instant date, Duration skew) {
    return date == null ? Long.MIN_VALUE : date.minus(skew).plusNanos(999_999).toEpochMilli();
  }

  /**
   * A span of time in milliseconds since 1970, which cost less to compare than instants.
   *
   * @param from the first
   * @param until the first after it
   */
  record Span(long from, long until) {

    boolean has(long millis) {
      return millis >= from && millis < until;
    }
  }

  /** Holds what was decided when the token was made. */
  void checkLifetime(@Nullable Duration maxLifetime) throws Refusal {
    if (maxLifetime == null) {
      return;
    }
    if (issuedAt == null) {
      throw Refusal.of(Reason.CLAIMS);
    }
    if (expiresAt.isAfter(issuedAt.plus(maxLifetime))) {
      throw Refusal.of(Reason.LIFETIME);
    }
  }
}
