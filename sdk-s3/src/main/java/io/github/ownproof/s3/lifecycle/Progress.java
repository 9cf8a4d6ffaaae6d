package io.github.ownproof.s3.lifecycle;

/**
 * How far a long operation is. Within a phase the figures only grow, and a phase that ends has done
 * as much as there was to do; phases may alternate. Immutable and thread-safe.
 *
 * @param phase what is being done
 * @param objectsDone objects done in this phase
 * @param objectsTotal objects to do in this phase, as far as known
 * @param bytesDone bytes done in this phase; 0 where bytes do not count
 * @param bytesTotal bytes to do in this phase, as far as known
 */
public record Progress(
    Phase phase, long objectsDone, long objectsTotal, long bytesDone, long bytesTotal) {

  /** What is being done. */
  public enum Phase {
    /** What there is to do is counted. */
    COUNTING,
    /** Objects are copied, in S3, without passing through here. */
    COPYING,
    /** Objects are removed. */
    REMOVING
  }
}
