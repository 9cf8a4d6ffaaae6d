package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.PrivateBucket;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Whose turn it is to change a bucket's policy, among all clients of this program: S3 has no
 * conditional write for policies, so that of two changes at once one would be lost. Other programs
 * know nothing of it.
 */
final class PolicyTurn {

  private static final int LOCKS = 64;

  /** Buckets may share one: then they wait for each other, and nothing else happens. */
  private static final List<ReentrantLock> ALL =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  private PolicyTurn() {}

  /** Waits for it; an interrupt ends the wait. */
  static <R> R take(PrivateBucket bucket, Supplier<R> change) {
    ReentrantLock turn = ALL.get(Math.floorMod(bucket.physicalName().hashCode(), LOCKS));
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while another change of a policy was made.", e);
    }
    try {
      return change.get();
    } finally {
      turn.unlock();
    }
  }
}
