package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;

/**
 * The bucket that was named belongs to another account or region than this program may use. Thrown
 * before any I/O. The codes:
 *
 * <ul>
 *   <li>{@code S3_BUCKET_FOREIGN}: a physical name of another account, region or naming; or a
 *       trusted account's bucket that was to be created, emptied or deleted from here
 *   <li>{@code S3_ACCOUNT_NOT_TRUSTED}: a private id that names an account nobody declared with
 *       {@link PrivateBuckets.Builder#trustAccount}
 * </ul>
 */
public final class ForeignBucketException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private ForeignBucketException(String code, String message) {
    super(code, message, null);
  }

  static ForeignBucketException bucket(String message) {
    return new ForeignBucketException("S3_BUCKET_FOREIGN", message);
  }

  static ForeignBucketException account(String message) {
    return new ForeignBucketException("S3_ACCOUNT_NOT_TRUSTED", message);
  }
}
