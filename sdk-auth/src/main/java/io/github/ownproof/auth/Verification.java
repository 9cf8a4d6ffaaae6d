package io.github.ownproof.auth;

import java.util.function.Function;

/** What became of verifying a token. */
public sealed interface Verification {

  /**
   * Accepted.
   *
   * @param token what it says
   */
  record Accepted(VerifiedToken token) implements Verification {}

  /**
   * Refused.
   *
   * @param reason why
   * @param challenge the {@code WWW-Authenticate} value to answer with; empty for a 503
   */
  record Rejected(Reason reason, String challenge) implements Verification {

    /** The same as an exception. */
    public TokenRejectedException toException() {
      return new TokenRejectedException(reason, challenge);
    }
  }

  /** One of the two, by outcome. */
  default <T> T fold(Function<VerifiedToken, T> accepted, Function<Rejected, T> rejected) {
    return this instanceof Accepted yes
        ? accepted.apply(yes.token())
        : rejected.apply((Rejected) this);
  }

  /**
   * The token, or the refusal as an exception.
   *
   * @throws TokenRejectedException if it was refused
   */
  default VerifiedToken orThrow() {
    return fold(
        token -> token,
        rejected -> {
          throw rejected.toException();
        });
  }
}
