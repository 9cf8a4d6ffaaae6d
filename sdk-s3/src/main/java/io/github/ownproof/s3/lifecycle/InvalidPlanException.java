package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.core.OwnproofException;

/**
 * A {@link PrivateBucketPlan} that no bucket could be made by. Code {@code S3_PLAN_INVALID}.
 * Nothing was written.
 */
public final class InvalidPlanException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  /** An exception about one option of a plan. */
  public InvalidPlanException(String message) {
    super("S3_PLAN_INVALID", message, null);
  }
}
