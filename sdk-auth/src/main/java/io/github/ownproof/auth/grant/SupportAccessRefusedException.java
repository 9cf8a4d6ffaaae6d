package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;

/**
 * A step of support access, or a read under it, was refused. The code is {@code SUPPORT_} and the
 * name of the {@link #refusal()}. The message holds nothing of a token.
 */
public final class SupportAccessRefusedException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private final SupportRefusal refusal;

  SupportAccessRefusedException(SupportRefusal refusal, String detail) {
    super("SUPPORT_" + refusal.name(), detail, null);
    this.refusal = refusal;
  }

  /** Why. */
  public SupportRefusal refusal() {
    return refusal;
  }
}
