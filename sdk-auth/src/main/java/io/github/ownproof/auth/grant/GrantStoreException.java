package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import org.jspecify.annotations.Nullable;

/**
 * A store of grants, uses or epochs could not be asked, or has no room. Whoever needed the answer
 * denies. The code is {@code GRANT_STORE}.
 */
public final class GrantStoreException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private GrantStoreException(String message, @Nullable Throwable cause) {
    super("GRANT_STORE", message, cause);
  }

  /**
   * For implementations of the stores.
   *
   * @param message what failed and what to do about it; nothing secret, and values from outside
   *     only through {@link #quote(String)}
   * @param cause what led to it, if anything did
   */
  public static GrantStoreException of(String message, @Nullable Throwable cause) {
    return new GrantStoreException(message, cause);
  }
}
