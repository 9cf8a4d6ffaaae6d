package io.github.ownproof.s3.lifecycle;

import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a bucket whose name others can take afterwards, and says so by repeating that name.
 *
 * <pre>{@code
 * s3.deleteBucket(BucketDeletion.of("audit-logs").releaseName("mycompany-prod-logs"));
 * }</pre>
 *
 * <p>Whoever creates a bucket of that name next receives what is still sent to it. {@code
 * emptyAndKeep} costs next to nothing and keeps the name. Immutable and thread-safe.
 */
public final class BucketDeletion {

  private final String bucket;
  private final Optional<String> releasedName;

  private BucketDeletion(String bucket, Optional<String> releasedName) {
    this.bucket = bucket;
    this.releasedName = releasedName;
  }

  /** The deletion of this bucket, as written in calls. */
  public static BucketDeletion of(String bucket) {
    return new BucketDeletion(Objects.requireNonNull(bucket, "bucket"), Optional.empty());
  }

  /**
   * Agrees that this physical name becomes free for everybody. It has to be the bucket's, or
   * nothing is deleted.
   */
  public BucketDeletion releaseName(String physicalName) {
    return new BucketDeletion(
        bucket, Optional.of(Objects.requireNonNull(physicalName, "physicalName")));
  }

  /** The bucket, as written in calls. */
  public String bucket() {
    return bucket;
  }

  /** The physical name that may become free; empty if none was agreed to. */
  public Optional<String> releasedName() {
    return releasedName;
  }
}
