package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.core.OwnproofException;

/**
 * S3 refused to remove some of what is in a bucket, such as objects that are locked. Code {@code
 * S3_EMPTYING_INCOMPLETE}. Everything else is gone; the message names some of what is left, and
 * why.
 */
public final class EmptyingIncompleteException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private final long objectsRemoved;
  private final long uploadsAborted;
  private final long left;

  /**
   * An exception about one bucket.
   *
   * @param removed what was removed all the same
   * @param left how many object versions, delete markers and uploads S3 refused to remove
   */
  public EmptyingIncompleteException(String message, EmptyingReport removed, long left) {
    super("S3_EMPTYING_INCOMPLETE", message, null);
    this.objectsRemoved = removed.objectsRemoved();
    this.uploadsAborted = removed.uploadsAborted();
    this.left = left;
  }

  /** What was removed all the same. */
  public EmptyingReport removed() {
    return new EmptyingReport(objectsRemoved, uploadsAborted);
  }

  /** How many object versions, delete markers and uploads S3 refused to remove. */
  public long left() {
    return left;
  }
}
