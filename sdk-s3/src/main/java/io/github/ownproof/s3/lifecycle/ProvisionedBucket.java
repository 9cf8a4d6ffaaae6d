package io.github.ownproof.s3.lifecycle;

import io.github.ownproof.s3.PrivateBucket;
import java.util.List;

/**
 * What {@code createPrivateBucket} found and did. Immutable and thread-safe.
 *
 * @param bucket the bucket; its owner was verified after everything else
 * @param outcome how it ended
 * @param repairs what was not as planned and is now; empty unless {@code outcome} is {@link
 *     Outcome#REPAIRED}
 */
public record ProvisionedBucket(PrivateBucket bucket, Outcome outcome, List<Repair> repairs) {

  /** How it ended. */
  public enum Outcome {
    /** It did not exist, and does now. */
    CREATED,
    /** It was ours and as planned; nothing was written. */
    UNCHANGED,
    /** It was ours, but not as planned, and was put right. */
    REPAIRED
  }

  /** Copies the repairs. */
  public ProvisionedBucket {
    repairs = List.copyOf(repairs);
  }

  /**
   * One setting that had drifted.
   *
   * @param setting which, e.g. {@code Block Public Access}
   * @param was what was wrong
   * @param now what it is now, as S3 tells it
   */
  public record Repair(String setting, String was, String now) {}
}
