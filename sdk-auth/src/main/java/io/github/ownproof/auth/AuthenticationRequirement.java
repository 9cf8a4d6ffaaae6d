package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.WellKnownName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How strongly and how lately a user must have logged in (RFC 9470). A token that does not say does
 * not meet it. Immutable and thread-safe.
 */
public final class AuthenticationRequirement {

  private static final Duration LONGEST_AGE = Duration.ofDays(3650);

  private final List<String> acrs;
  private final @Nullable Duration maxAge;

  private AuthenticationRequirement(List<String> acrs, @Nullable Duration maxAge) {
    this.acrs = acrs;
    this.maxAge = maxAge;
  }

  /**
   * Any of these values of {@code acr}, the preferred one first. Compared character by character:
   * none counts as stronger than another, so name every one that will do.
   *
   * @throws InvalidVerifierException if one is empty, or has other characters than printable ASCII
   *     without space, quote and backslash
   */
  public static AuthenticationRequirement of(String acr, String... others) {
    LinkedHashSet<String> acrs = new LinkedHashSet<>();
    acrs.add(acr);
    acrs.addAll(List.of(others));
    acrs.forEach(value -> Challenges.checkWord("An acr", value));
    return new AuthenticationRequirement(List.copyOf(acrs), null);
  }

  /**
   * A login of whatever strength, not longer ago than this.
   *
   * @throws InvalidVerifierException if it is not a whole number of seconds, from 1 second to 3650
   *     days
   */
  public static AuthenticationRequirement lately(Duration maxAge) {
    return new AuthenticationRequirement(List.of(), checked(maxAge));
  }

  /**
   * The same, and not longer ago than this, by {@code auth_time}. The verifier's allowance for skew
   * counts here too, in both directions.
   *
   * @throws InvalidVerifierException if it is not a whole number of seconds, from 1 second to 3650
   *     days
   */
  public AuthenticationRequirement within(Duration maxAge) {
    return new AuthenticationRequirement(acrs, checked(maxAge));
  }

  private static Duration checked(Duration maxAge) {
    // The challenge says it in whole seconds (RFC 9470 section 3).
    if (maxAge.compareTo(Duration.ofSeconds(1)) < 0
        || maxAge.compareTo(LONGEST_AGE) > 0
        || !maxAge.equals(Duration.ofSeconds(maxAge.toSeconds()))) {
      throw new InvalidVerifierException(
          "The longest time since the login is whole seconds, at least 1 and at most 3650 days, not "
              + maxAge
              + ".");
    }
    return maxAge;
  }

  /** The values of {@code acr} that will do, the preferred one first; empty if any will. */
  public List<String> acrValues() {
    return acrs;
  }

  /** The longest time since the login, if it is limited. */
  public Optional<Duration> maxAge() {
    return Optional.ofNullable(maxAge);
  }

  boolean isMetBy(Claims claims, Instant now, Duration skew) {
    return hasAcr(claims) && isRecent(claims, now, skew);
  }

  private boolean hasAcr(Claims claims) {
    return acrs.isEmpty() || claims.string("acr").filter(acrs::contains).isPresent();
  }

  private boolean isRecent(Claims claims, Instant now, Duration skew) {
    if (maxAge == null) {
      return true;
    }
    Instant loggedIn = NumericDate.of(claims.json().get(WellKnownName.AUTH_TIME));
    return loggedIn != null
        && !loggedIn.isAfter(now.plus(skew))
        && !loggedIn.isBefore(now.minus(maxAge).minus(skew));
  }

  String challenge() {
    StringBuilder challenge = new StringBuilder(Challenges.of(Reason.INSUFFICIENT_AUTHENTICATION));
    if (!acrs.isEmpty()) {
      challenge.append(", acr_values=\"").append(String.join(" ", acrs)).append('"');
    }
    if (maxAge != null) {
      challenge.append(", max_age=\"").append(maxAge.toSeconds()).append('"');
    }
    return challenge.toString();
  }

  /** What is required, which is no claim of anybody's. */
  @Override
  public String toString() {
    return "AuthenticationRequirement("
        + (acrs.isEmpty() ? "any acr" : String.join(" ", acrs))
        + (maxAge == null ? "" : ", within " + maxAge)
        + ")";
  }
}
