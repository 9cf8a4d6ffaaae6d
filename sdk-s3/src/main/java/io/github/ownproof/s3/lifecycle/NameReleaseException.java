package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.core.OwnproofException;

/**
 * A bucket was to be deleted whose name anybody could take afterwards. Code {@code
 * S3_NAME_RELEASE_REFUSED}. Nothing was deleted.
 */
public final class NameReleaseException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  /** An exception about one bucket's name. */
  public NameReleaseException(String message) {
    super("S3_NAME_RELEASE_REFUSED", message, null);
  }
}
