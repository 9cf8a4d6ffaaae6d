package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.core.OwnproofException;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a private bucket could not be put right. What was put right before it stays; running
 * {@code createPrivateBucket} again goes on from there. The codes:
 *
 * <ul>
 *   <li>{@code S3_SETTING_NOT_KEPT}: S3 took the setting, and still shows another value after a
 *       while: somebody else changes it at the same time
 *   <li>{@code S3_POLICY_UNREADABLE}: the bucket's policy is not a policy document, so that nothing
 *       in it could be kept
 *   <li>{@code S3_POLICY_REFUSED}: S3 does not take the bucket's own statements back, usually
 *       because one of them names somebody who was deleted since
 * </ul>
 */
public final class BucketSettingException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  /** An exception with one of the codes above. */
  public BucketSettingException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
