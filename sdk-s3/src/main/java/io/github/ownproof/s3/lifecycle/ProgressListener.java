package io.github.ownproof.s3.lifecycle;

/**
 * Is told how far a long operation is. Called on the operation's own threads, one call at a time,
 * after each object or batch of them; what it throws ends the operation, which a later run resumes.
 * The operation waits for it: it should be quick.
 */
@FunctionalInterface
public interface ProgressListener {

  /** So far. */
  void progressed(Progress progress);

  /** Listens to nothing. */
  static ProgressListener none() {
    return unused -> {};
  }
}
