package io.github.ownproof.auth.keys;

import io.github.ownproof.core.OwnproofException;

/** Keys, or a place to get them from, that cannot be used. The code is {@code INVALID_KEYS}. */
public final class InvalidKeysException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  InvalidKeysException(String message) {
    super("INVALID_KEYS", message, null);
  }
}
