package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The bucket that was to be created belongs to another account already. Code {@code
 * S3_BUCKET_SQUATTED}. Nothing was created or written; the cause is the AWS SDK's exception.
 */
public final class BucketSquattedException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private final String physicalName;

  /** An exception about one bucket; {@code cause} is what S3 answered, if it was asked. */
  public BucketSquattedException(PrivateBucket bucket, @Nullable AwsServiceException cause) {
    super(
        "S3_BUCKET_SQUATTED",
        bucket
            + " cannot be created: another account has a bucket of that name. Do not use it. Choose"
            + " another name or suffix; for a private bucket best BucketNaming.accountRegional(),"
            + " whose names nobody else can take.",
        cause);
    this.physicalName = bucket.physicalName();
  }

  /** The name that somebody else has taken. */
  public String physicalName() {
    return physicalName;
  }
}
