package io.github.ownproof.auth.keys;

import java.time.Duration;
import java.util.Optional;

/**
 * How it is with an issuer's keys; for health checks.
 *
 * @param state whether tokens can be verified, and on how fresh keys
 * @param usableKeys how many keys are in use
 * @param ignoredKeys how many keys of the last document were of no use to us: malformed, weak, of
 *     another use or of an unknown type
 * @param age how long ago the issuer last confirmed the keys; empty if never, or for pinned keys
 * @param consecutiveFailures how many fetches failed since the last that did not
 * @param lastFailure why the last of these failed: one word of a closed list, such as {@code
 *     timeout}
 */
public record KeyHealth(
    State state,
    int usableKeys,
    int ignoredKeys,
    Optional<Duration> age,
    int consecutiveFailures,
    Optional<String> lastFailure) {

  /** From best to worst. */
  public enum State {
    /** Confirmed within their time to live, or pinned. */
    FRESH,
    /** Past their time to live, and the issuer does not answer; still used, for a bounded time. */
    STALE,
    /** None: never fetched, or stale for too long. Tokens are refused as 503. */
    UNAVAILABLE
  }

  /** Whether tokens can be verified now. */
  public boolean isUsable() {
    return state != State.UNAVAILABLE;
  }
}
