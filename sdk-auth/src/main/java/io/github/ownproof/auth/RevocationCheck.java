package io.github.ownproof.auth;

/**
 * Knows which tokens are revoked before they expire. Asked each time a token is verified, also when
 * the token itself is remembered; so it answers from memory, or fast.
 *
 * <p>Thread-safe. {@link Revocations} is the one in memory.
 */
@FunctionalInterface
public interface RevocationCheck {

  /**
   * Whether the token, its session or its subject was revoked. An exception refuses the token as
   * 503.
   *
   * @param token verified in all other respects but the proof of its sender, which comes last
   */
  boolean isRevoked(VerifiedToken token);
}
