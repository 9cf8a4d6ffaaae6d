package io.github.ownproof.s3.lifecycle;

/**
 * What {@code promoteBucket} found and did. Immutable and thread-safe.
 *
 * @param promotion what was promoted
 * @param outcome how it ended
 * @param objectsCopied how many objects this run copied to the public bucket; 0 for CloudFront
 * @param objectsAlreadyThere how many more were there already, by an earlier run
 * @param objectsRemoved how many public copies were removed because the private bucket does not
 *     have them any more
 * @param bytesCopied the size of what this run copied
 */
public record PromotionReport(
    Promotion promotion,
    Outcome outcome,
    long objectsCopied,
    long objectsAlreadyThere,
    long objectsRemoved,
    long bytesCopied) {

  /** How a promotion ended. */
  public enum Outcome {
    /** It was made, or changed to what it should be. */
    PROMOTED,
    /** It was in place already, and nothing was written. */
    UNCHANGED
  }
}
