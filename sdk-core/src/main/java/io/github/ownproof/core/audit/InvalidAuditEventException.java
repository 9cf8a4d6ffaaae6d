package io.github.ownproof.core.audit;

import io.github.ownproof.core.OwnproofException;

/**
 * A part of an audit event that cannot be right, such as an actor with a line break in the subject.
 * The code is {@code INVALID_AUDIT_EVENT}. The message names the part and what is wrong with it,
 * but not the value: it may be somebody's identity.
 */
public final class InvalidAuditEventException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  InvalidAuditEventException(String message) {
    super("INVALID_AUDIT_EVENT", message, null);
  }
}
