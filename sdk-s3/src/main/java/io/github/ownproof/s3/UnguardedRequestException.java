package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;

/**
 * A request that would have reached a bucket without its owner, or another bucket than the one it
 * was meant for. It did not leave the process. The codes:
 *
 * <ul>
 *   <li>{@code S3_UNGUARDED_REQUEST}: the last check before the wire found the owner missing,
 *       doubled, wrong or unsigned, another bucket in host and path, or a bucket to be created by
 *       another account
 *   <li>{@code S3_OWNER_CONFLICT}: the caller gave an owner that is not the bucket's
 *   <li>{@code S3_OPERATION_REFUSED}: the operation cannot carry an owner
 *   <li>{@code S3_CLIENT_UNGUARDABLE}: the client cannot be guarded as it was built
 * </ul>
 */
public final class UnguardedRequestException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private UnguardedRequestException(String code, String message) {
    super(code, message, null);
  }

  static UnguardedRequestException request(String operation, String why) {
    return new UnguardedRequestException(
        "S3_UNGUARDED_REQUEST",
        operation
            + " was stopped before it left: "
            + why
            + " If your code or another library changes requests on their way, take that out; if"
            + " not, this is a defect of ours worth reporting.");
  }

  static UnguardedRequestException creator(String operation, String why) {
    return new UnguardedRequestException(
        "S3_UNGUARDED_REQUEST",
        operation
            + " was stopped before it left: "
            + why
            + " Give the client credentials of that account, or its PrivateBuckets the context of"
            + " the account that signs.");
  }

  static UnguardedRequestException conflict(String operation, String why) {
    return new UnguardedRequestException(
        "S3_OWNER_CONFLICT",
        operation
            + " was refused: "
            + why
            + " The owner follows from the bucket; leave it out. A bucket of another account is"
            + " declared with PrivateBuckets.builder().trust(...).");
  }

  static UnguardedRequestException operation(String operation, String why) {
    return new UnguardedRequestException(
        "S3_OPERATION_REFUSED", operation + " was refused: " + why);
  }

  static UnguardedRequestException client(String why) {
    return new UnguardedRequestException("S3_CLIENT_UNGUARDABLE", why);
  }
}
