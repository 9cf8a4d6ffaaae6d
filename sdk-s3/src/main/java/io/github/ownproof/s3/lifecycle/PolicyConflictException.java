package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.core.OwnproofException;

/**
 * Somebody else changed a bucket's policy at the same time, twice. Code {@code S3_POLICY_CONFLICT}.
 * S3 has no conditional write for policies: what was written is read back, and written once more if
 * it is gone.
 *
 * <p>The policy is then as the other writer left it, without our change: a promotion may not be in
 * place, or a demotion not have ended access. Find out who else writes it, then run it again.
 */
public final class PolicyConflictException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  /** An exception about one bucket's policy. */
  public PolicyConflictException(String message) {
    super("S3_POLICY_CONFLICT", message, null);
  }
}
