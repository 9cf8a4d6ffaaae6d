package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The private bucket does not exist. Code {@code S3_BUCKET_ABSENT}. The cause is the AWS SDK's
 * exception.
 */
public final class BucketAbsentException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private final String privateName;
  private final String physicalName;

  private BucketAbsentException(String message, PrivateBucket bucket, AwsServiceException cause) {
    super("S3_BUCKET_ABSENT", message, cause);
    this.privateName = bucket.name();
    this.physicalName = bucket.physicalName();
  }

  static BucketAbsentException of(
      S3Operation operation, PrivateBucket bucket, AwsServiceException cause) {
    return new BucketAbsentException(
        operation.name()
            + (operation.kind() == S3Operation.Kind.COPY
                ? " found its source or its destination missing; the destination is "
                : " found no bucket ")
            + bucket
            + " in "
            + bucket.region()
            + ". Create what is missing with createPrivateBucket(...) from the account that owns it,"
            + " here "
            + bucket.owner()
            + ", or declare the bucket that is meant with adopt(...).",
        bucket,
        cause);
  }

  /** The private name of the bucket that is not there; for a copy, of its destination. */
  public String privateName() {
    return privateName;
  }

  /** The physical name of that bucket. */
  public String physicalName() {
    return physicalName;
  }
}
