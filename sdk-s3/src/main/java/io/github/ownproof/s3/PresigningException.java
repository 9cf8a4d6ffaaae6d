package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;

/**
 * A URL that cannot be signed as it was asked for. The codes:
 *
 * <ul>
 *   <li>{@code S3_PRESIGN_DURATION}: shorter than one second or longer than seven days
 *   <li>{@code S3_PRESIGN_KEY}: an object key that is empty, or no text that can be encoded
 *   <li>{@code S3_PRESIGN_TERMS}: a value that a URL cannot be bound to
 * </ul>
 */
public final class PresigningException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private PresigningException(String code, String message) {
    super(code, message, null);
  }

  static PresigningException duration(String message) {
    return new PresigningException("S3_PRESIGN_DURATION", message);
  }

  static PresigningException key(String message) {
    return new PresigningException("S3_PRESIGN_KEY", message);
  }

  static PresigningException terms(String message) {
    return new PresigningException("S3_PRESIGN_TERMS", message);
  }
}
