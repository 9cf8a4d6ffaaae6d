package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.core.OwnproofException;
import org.jspecify.annotations.Nullable;

/**
 * A promotion that cannot be described, made or undone. Codes:
 *
 * <ul>
 *   <li>{@code S3_PROMOTION_INVALID}: a part of it cannot be what it should be; nothing was sent
 *   <li>{@code S3_PROMOTION_REFUSED}: what is in S3, or a setting of the account, is in the way;
 *       the message says what, and what to do. Nothing is readable that was not before
 *   <li>{@code S3_PROMOTION_INCOMPLETE}: a call failed on the way; the cause says why. Running it
 *       again goes on from there. A public bucket that was not open yet still is not
 * </ul>
 */
public final class PromotionException extends OwnproofException {

  static final String INVALID = "S3_PROMOTION_INVALID";

  private static final long serialVersionUID = 1L;

  /** An exception with one of the codes above. */
  public PromotionException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
