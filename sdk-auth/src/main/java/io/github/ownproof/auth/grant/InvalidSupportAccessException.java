package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;

/**
 * A request, a scope, a policy or a setting of support access that cannot be: the program's or its
 * user's mistake, said before anything happens. The code is {@code INVALID_SUPPORT_ACCESS}.
 */
public final class InvalidSupportAccessException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  InvalidSupportAccessException(String message) {
    super("INVALID_SUPPORT_ACCESS", message, null);
  }

  /**
   * For implementations of the stores.
   *
   * @param message what cannot be, and what to do about it; nothing secret, and values from outside
   *     only through {@link #quote(String)}
   */
  public static InvalidSupportAccessException of(String message) {
    return new InvalidSupportAccessException(message);
  }
}
