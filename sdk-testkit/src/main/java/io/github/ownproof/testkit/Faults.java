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

  /** A fault a request has, and what tells it that the faults it was taken from are cleared. */
  record Taken(Fault fault, CountDownLatch cleared) {

    /** Returns when the faults are cleared, at the latest after {@code nanos}. */
    void awaitClear(long nanos) throws InterruptedException {
      // Cleared or timed out makes no difference to who waits.
      boolean unused = cleared.await(nanos, TimeUnit.NANOSECONDS);
    }
  }

  private final List<Planned> planned = new ArrayList<>();
  private CountDownLatch cleared = new CountDownLatch(1);

  synchronized void plan(Predicate<? super WireRequest> which, Fault fault, boolean once) {
    planned.add(new Planned(which, fault, once));
  }

  /** The fault for this request, the oldest plan first; one that was planned once is used up. */
  synchronized @Nullable Taken take(WireRequest request) {
    Iterator<Planned> plans = planned.iterator();
    while (plans.hasNext()) {
      Planned plan = plans.next();
      if (plan.which().test(request)) {
        if (plan.once()) {
          plans.remove();
        }
        return new Taken(plan.fault(), cleared);
      }
    }
    return null;
  }

  synchronized void clear() {
    planned.clear();
    cleared.countDown();
    cleared = new CountDownLatch(1);
  }
}
