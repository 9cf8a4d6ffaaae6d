package io.github.ownproof.auth;

/**
 * The nonces that DPoP proofs must carry, if they must (RFC 9449 section 9): they bound how long a
 * proof made in advance stays good. Implementations are thread-safe.
 */
public interface DpopNonces {

  /**
   * The nonce to hand out now, in the {@code DPoP-Nonce} header.
   *
   * @return printable ASCII without space, quote and backslash (RFC 9449 section 8.1), not
   *     predictable by whoever has not got it
   */
  String current();

  /**
   * Whether a proof may still carry this nonce: the current one, and for a while those before.
   *
   * @param nonce whatever the client sent, at most 256 characters
   * @throws RuntimeException of any type if it cannot say: the token is then refused as {@link
   *     Reason#REPLAY_UNAVAILABLE}
   */
  boolean accepts(String nonce);
}
