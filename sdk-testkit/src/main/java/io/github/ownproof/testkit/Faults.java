package io.github.ownproof.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that are waiting for their requests. Thread-safe. */
final class Faults {

  private record Planned(Predicate<? super WireRequest> which, Fault fault, boolean once) {}

  private final List<Planned> planned = new ArrayList<>();
  private CountDownLatch cleared = new CountDownLatch(1);

  synchronized void plan(Predicate<? super WireRequest> which, Fault fault, boolean once) {
    planned.add(new Planned(which, fault, once));
  }

  /** The fault for this request, the oldest plan first; one that was planned once is used up. */
  synchronized @Nullable Fault take(WireRequest request) {
    Iterator<Planned> plans = planned.iterator();
    while (plans.hasNext()) {
      Planned plan = plans.next();
      if (plan.which().test(request)) {
        if (plan.once()) {
          plans.remove();
        }
        return plan.fault();
      }
    }
    return null;
  }

  synchronized void clear() {
    planned.clear();
    cleared.countDown();
    cleared = new CountDownLatch(1);
  }

  /** Returns when the faults are cleared, at the latest after {@code nanos}. */
  void awaitClear(long nanos) throws InterruptedException {
    CountDownLatch latch;
    synchronized (this) {
      latch = cleared;
    }
    // Cleared or timed out makes no difference to who waits.
    boolean unused = latch.await(nanos, TimeUnit.NANOSECONDS);
  }
}
