package io.github.ownproof.testkit;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes each write one step, as on S3: a write has its key for itself, reads share it. S3Proxy
 * looks whether a condition holds and writes afterwards, so that two writers could both see what
 * they hoped for; and while it keeps an older version, a reader could find none at all.
 * Thread-safe.
 */
final class KeyLocks {

  private static final int STRIPES = 256;

  private final List<ReadWriteLock> stripes =
      Stream.<ReadWriteLock>generate(ReentrantReadWriteLock::new).limit(STRIPES).toList();

  /** With the key for itself. */
  <T> T alone(String bucket, String key, Supplier<T> write) {
    return holding(stripes.get(stripe(bucket, key)).writeLock(), write);
  }

  /** With others that read. */
  <T> T shared(String bucket, String key, Supplier<T> read) {
    return holding(stripes.get(stripe(bucket, key)).readLock(), read);
  }

  private static <T> T holding(Lock lock, Supplier<T> call) {
    lock.lock();
    try {
      return call.get();
    } finally {
      lock.unlock();
    }
  }

  private static int stripe(String bucket, String key) {
    return Math.floorMod((bucket + '/' + key).hashCode(), STRIPES);
  }
}
