package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.lifecycle.Progress;
import io.github.ownproof.s3.lifecycle.Progress.Phase;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps count of a long operation, and tells its listener, one call at a time. Thread-safe. */
final class Tally {

  private final ProgressListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Phase, Progress> progress = new EnumMap<>(Phase.class);

  Tally(ProgressListener listener) {
    this.listener = listener;
    for (Phase phase : Phase.values()) {
      progress.put(phase, new Progress(phase, 0, 0, 0, 0));
    }
  }

  /** This many more are to do, as far as known. */
  void expect(Phase phase, long objects, long bytes) {
    lock.lock();
    try {
      Progress now = of(phase);
      progress.put(
          phase,
          new Progress(
              phase,
              now.objectsDone(),
              Math.max(now.objectsTotal(), now.objectsDone() + objects),
              now.bytesDone(),
              Math.max(now.bytesTotal(), now.bytesDone() + bytes)));
    } finally {
      lock.unlock();
    }
  }

  /** This many more are done. */
  void done(Phase phase, long objects, long bytes) {
    lock.lock();
    try {
      Progress now = of(phase);
      long objectsDone = now.objectsDone() + objects;
      long bytesDone = now.bytesDone() + bytes;
      Progress next =
          new Progress(
              phase,
              objectsDone,
              Math.max(now.objectsTotal(), objectsDone),
              bytesDone,
              Math.max(now.bytesTotal(), bytesDone));
      progress.put(phase, next);
      listener.progressed(next);
    } finally {
      lock.unlock();
    }
  }

  Progress of(Phase phase) {
    lock.lock();
    try {
      return progress.getOrDefault(phase, new Progress(phase, 0, 0, 0, 0));
    } finally {
      lock.unlock();
    }
  }
}
