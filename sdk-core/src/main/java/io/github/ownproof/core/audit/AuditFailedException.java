package io.github.ownproof.core.audit;

import io.github.ownproof.core.OwnproofException;
import org.jspecify.annotations.Nullable;

/**
 * An event could not be recorded, so the action it stands for must not happen; or a trail could not
 * be opened. The code is {@code AUDIT_FAILED}. The fault lies with the trail, not with the caller:
 * answer with a server error, never with "access denied".
 */
public final class AuditFailedException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  /**
   * For implementations of {@link AuditTrail}.
   *
   * @param message what failed and what to do about it; nothing secret, and values from outside
   *     only through {@link #quote(String)}
   * @param cause what led to it, if anything did
   */
  public AuditFailedException(String message, @Nullable Throwable cause) {
    super("AUDIT_FAILED", message, cause);
  }
}
