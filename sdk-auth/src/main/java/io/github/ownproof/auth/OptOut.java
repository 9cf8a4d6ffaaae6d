package io.github.ownproof.auth;

import io.github.ownproof.core.OwnproofException;

/**
 * A rule that the operator does without, and why; both show in {@link TokenVerifier#describe()}.
 *
 * @param rule what is given up
 * @param reason why, in the operator's words
 */
record OptOut(String rule, String reason) {

  OptOut {
    if (reason.isBlank()) {
      throw new InvalidVerifierException(
          "To do without a check ("
              + rule
              + ") give the reason, for whoever reads the configuration next; "
              + OwnproofException.quote(reason)
              + " is none.");
    }
  }
}
