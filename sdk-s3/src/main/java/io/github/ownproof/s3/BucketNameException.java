package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;

/**
 * What was written as a bucket cannot name a private bucket. Thrown before any I/O; the message
 * says which rule was broken and what is allowed. The codes:
 *
 * <ul>
 *   <li>{@code S3_NAME_INVALID}: empty, or characters a private name cannot have
 *   <li>{@code S3_NAME_TOO_LONG}: longer than the region leaves room for
 *   <li>{@code S3_NAME_RESERVED}: begins or ends in what S3 keeps for itself
 *   <li>{@code S3_NAME_UNDECLARED}: an access point, directory bucket or other S3 resource that was
 *       not declared with {@link PrivateBuckets.Builder#trust}
 *   <li>{@code S3_ARN_UNSUPPORTED}: an ARN that is not a private id
 *   <li>{@code S3_NAME_CONFLICT}: two declarations that contradict each other
 * </ul>
 */
public final class BucketNameException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private BucketNameException(String code, String message) {
    super(code, message, null);
  }

  static BucketNameException invalid(String message) {
    return new BucketNameException("S3_NAME_INVALID", message);
  }

  static BucketNameException tooLong(String message) {
    return new BucketNameException("S3_NAME_TOO_LONG", message);
  }

  static BucketNameException reserved(String message) {
    return new BucketNameException("S3_NAME_RESERVED", message);
  }

  static BucketNameException undeclared(String message) {
    return new BucketNameException("S3_NAME_UNDECLARED", message);
  }

  static BucketNameException arn(String message) {
    return new BucketNameException("S3_ARN_UNSUPPORTED", message);
  }

  static BucketNameException conflict(String message) {
    return new BucketNameException("S3_NAME_CONFLICT", message);
  }
}
