package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.core.OwnproofException;

/**
 * A request would have made objects public, or taken away what keeps them private. Code {@code
 * S3_PUBLIC_ACCESS_REFUSED}. It did not leave the process; the message names the {@link Promotion}
 * to use instead.
 */
public final class PublicAccessRefusedException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  /** An exception about one request. */
  public PublicAccessRefusedException(String message) {
    super("S3_PUBLIC_ACCESS_REFUSED", message, null);
  }
}
