package io.github.ownproof.auth;

import io.github.ownproof.core.OwnproofException;

/** There is no room to remember one more revocation. The code is {@code REVOCATIONS_FULL}. */
public final class RevocationsFullException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  RevocationsFullException(int capacity) {
    super(
        "REVOCATIONS_FULL",
        "All "
            + capacity
            + " places for revocations are taken, so this one is not in force. Make room with a"
            + " larger capacity, or revoke a whole subject instead of its tokens.",
        null);
  }
}
