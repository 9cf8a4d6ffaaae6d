package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.s3.BucketDiagnosis;
import io.github.ownproof.s3.PrivateBucket;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The client whose buckets are looked after. Its calls are guarded like any others; what goes
 * further takes a {@link io.github.ownproof.s3.internal.clearance.Clearance} with it.
 */
public interface BucketHost {

  /**
   * The guarded client. Where S3 denies a call, or the bucket is absent or taken, it throws our
   * exceptions; for everything else S3 answers, the AWS SDK's.
   */
  S3Client s3();

  /** The bucket that a caller's writing names; see {@code PrivateBuckets.resolve}. */
  PrivateBucket resolve(String written);

  /**
   * The bucket that a caller's writing names, which has to be a bucket, and our account's.
   *
   * @throws io.github.ownproof.s3.ForeignBucketException if it is another account's
   * @throws io.github.ownproof.s3.BucketNameException if it is an access point or the like
   */
  PrivateBucket ours(String written);

  /**
   * The same in this region; a writing that says its region has to say this one.
   *
   * @throws io.github.ownproof.core.InvalidContextException if the region is not one of our
   *     partition
   */
  PrivateBucket ours(String written, String region);

  /** What to write in calls for a bucket that was resolved, in any region. */
  String spelling(PrivateBucket bucket);

  /**
   * A promotion's public bucket, of our own account, in the region of the private one.
   *
   * @throws io.github.ownproof.s3.BucketNameException if it cannot be the name of one
   */
  PrivateBucket publicBucket(String physicalName, PrivateBucket source);

  /** Whether a bucket belongs to the account this client runs for. */
  boolean isOurs(PrivateBucket bucket);

  /** Whether S3 keeps the name for its account, so that nobody else can ever take it. */
  boolean isNameReserved(PrivateBucket bucket);

  /** Tells whose a bucket is, where S3 denied a call. */
  BucketDiagnosis diagnose(PrivateBucket bucket);

  /** Who keeps account of changes, if anybody does. */
  Optional<AuditTrail> auditTrail();

  /** For the times of audit events. */
  Clock clock();

  /** Waits; ends early by throwing when the thread is interrupted. */
  void pause(Duration duration);
}
