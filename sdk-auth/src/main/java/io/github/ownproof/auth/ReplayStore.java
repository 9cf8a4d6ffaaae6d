package io.github.ownproof.auth;

import java.time.Clock;
import java.time.Instant;

/**
 * Remembers which DPoP proofs were used (RFC 9449 section 11.1).
 *
 * <p>A proof is only good once as far as this store reaches: where several processes answer for one
 * URI, give them a store they share. Implementations are thread-safe.
 */
public interface ReplayStore {

  /** How many live entries {@link #inMemory(Clock)} holds. */
  int DEFAULT_CAPACITY = 100_000;

  /**
   * Whether nobody asked for this key before; from then on somebody did. Asking and remembering is
   * one atomic step: of any number of calls at the same time, one gets true.
   *
   * @param key a hash: 43 characters of base64url, which tell nothing about the proof
   * @param until remember it at least up to and including this instant; about a minute away
   * @throws RuntimeException of any type if it cannot say, or cannot remember: the token is then
   *     refused as {@link Reason#REPLAY_UNAVAILABLE}
   */
  boolean firstUse(String key, Instant until);

  /**
   * A store in this process's memory, for 100,000 live entries, about 20 MB.
   *
   * @param clock the one the verifiers use that share it
   */
  static ReplayStore inMemory(Clock clock) {
    return inMemory(clock, DEFAULT_CAPACITY);
  }

  /**
   * A store in this process's memory. It forgets what is past its time, and nothing before: when it
   * is full of live entries it throws, so that proofs are refused rather than accepted twice.
   *
   * @param clock the one the verifiers use that share it
   * @param capacity how many live entries it holds; at least 1
   * @throws InvalidVerifierException if the capacity is less than 1
   */
  static ReplayStore inMemory(Clock clock, int capacity) {
    return new InMemoryReplayStore(clock, capacity);
  }
}
