package io.github.ownproof.s3;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** What a client has to close, and whether it is still open. Thread-safe; closes once. */
final class Lifetime {

  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<SdkAutoCloseable> owned;

  private Lifetime(List<SdkAutoCloseable> owned) {
    this.owned = owned;
  }

  /** Closes these, in this order. */
  static Lifetime closing(List<SdkAutoCloseable> owned) {
    return new Lifetime(List.copyOf(owned));
  }

  void checkOpen() {
    if (closed.get()) {
      throw closedException();
    }
  }

  static IllegalStateException closedException() {
    return new IllegalStateException("The client is closed. Build another one.");
  }

  /** One that fails to close keeps no other open. */
  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    RuntimeException first = null;
    for (SdkAutoCloseable one : owned) {
      try {
        one.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
