package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * S3 denied a call that carried the bucket's owner (403 {@code AccessDenied}). Code {@code
 * S3_OWNER_MISMATCH}.
 *
 * <p>S3 gives the same answer when the bucket belongs to another account and when the caller lacks
 * a permission; {@link S3PrivateClient#diagnose} tells them apart. The call is not repeated without
 * the owner to find out. The cause is the AWS SDK's exception.
 */
public final class BucketOwnershipException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private final String privateName;
  private final String physicalName;
  private final String expectedOwner;

  private BucketOwnershipException(
      String message, PrivateBucket bucket, AwsServiceException cause) {
    super("S3_OWNER_MISMATCH", message, cause);
    this.privateName = bucket.name();
    this.physicalName = bucket.physicalName();
    this.expectedOwner = bucket.owner().value();
  }

  static BucketOwnershipException of(
      S3Operation operation, PrivateBucket bucket, String spelling, AwsServiceException cause) {
    boolean copies = operation.kind() == S3Operation.Kind.COPY;
    boolean bodiless = cause.awsErrorDetails() == null || operation.name().startsWith("Head");
    return new BucketOwnershipException(
        "S3 denied "
            + operation.name()
            + " on "
            + bucket
            + ": either the bucket does not belong to account "
            + bucket.owner()
            + (copies ? ", or the copy's source not to its owner" : "")
            + ", or the caller lacks the permission"
            + (bodiless ? ", or its credentials are not valid" : "")
            + ". S3 answers these alike; diagnose(\""
            + spelling
            + "\") tells which. The request that was denied"
            + (cause.requestId() == null ? "" : " (request id " + quote(cause.requestId()) + ")")
            + " read and wrote nothing.",
        bucket,
        cause);
  }

  /** The private name of the bucket the call was for; for a copy, of its destination. */
  public String privateName() {
    return privateName;
  }

  /** The physical name of that bucket. */
  public String physicalName() {
    return physicalName;
  }

  /** The twelve digits of the account that should own it. */
  public String expectedOwner() {
    return expectedOwner;
  }
}
