package io.github.ownproof.auth;

import io.github.ownproof.core.OwnproofException;

/**
 * A verifier, profile or requirement that is put together wrongly. It is the program's mistake,
 * never a token's. The code is {@code INVALID_VERIFIER}.
 */
public final class InvalidVerifierException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  InvalidVerifierException(String message) {
    super("INVALID_VERIFIER", message, null);
  }
}
