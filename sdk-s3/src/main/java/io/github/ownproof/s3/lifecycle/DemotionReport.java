package io.github.ownproof.s3.lifecycle;

/**
 * What {@code demoteBucket} found and did. Immutable and thread-safe.
 *
 * @param promotion what was undone
 * @param outcome how it ended
 * @param objectsRemoved how many public copies were removed, versions counted one by one; 0 for
 *     CloudFront
 */
public record DemotionReport(Promotion promotion, Outcome outcome, long objectsRemoved) {

  /** How a demotion ended. */
  public enum Outcome {
    /** The promotion was undone. */
    DEMOTED,
    /** There was no such promotion, and nothing was written. */
    UNCHANGED
  }
}
