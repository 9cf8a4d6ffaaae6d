package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a token is valid, by its own word (RFC 7519 sections 4.1.4 to 4.1.6). */
record TokenTimes(Instant expiresAt, @Nullable Instant notBefore, @Nullable Instant issuedAt) {

  static TokenTimes of(JsonObject claims) throws Refusal {
    Instant expiresAt = date(claims, "exp");
    if (expiresAt == null) {
      throw Refusal.of(Reason.CLAIMS);
    }
    return new TokenTimes(expiresAt, date(claims, "nbf"), date(claims, "iat"));
  }

  private boolean isAfterExpiry(@Nullable Instant begin) {
    return begin != null && begin.isAfter(expiresAt);
  }

  /** Java's null if there is none; JSON's null is of the wrong type like any other. */
  private static @Nullable Instant date(JsonObject claims, String name) throws Refusal {
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
