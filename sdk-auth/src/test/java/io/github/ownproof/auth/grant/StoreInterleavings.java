package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs a few steps at once in every order in which their calls of the store can come. Between two
 * calls a step shares nothing with another, so these are all the outcomes there can be: not the
 * ones that threads happen to show.
 */
final class StoreInterleavings {

  /** Makes the world anew, and the steps to run at once in it. */
  interface Scenario {
    List<Callable<?>> steps(Gate gate) throws Exception;

    /** Looks at what came out, in the order of the steps. */
    void check(List<?> outcomes, String schedule);
  }

  private static final int DEADLINE_SECONDS = 30;

  private StoreInterleavings() {}

  /** Every schedule once; gives back how many there were. */
  static int explore(Supplier<Scenario> scenarios) throws Exception {
    int count = 0;
    List<Integer> choices = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    while (true) {
      run(scenarios.get(), choices, widths);
      count++;
      int last = widths.size() - 1;
      while (last >= 0 && choices.get(last) == widths.get(last) - 1) {
        last--;
      }
      if (last < 0) {
        return count;
      }
      choices = new ArrayList<>(choices.subList(0, last + 1));
      choices.set(last, choices.get(last) + 1);
      widths = new ArrayList<>();
    }
  }

  /** Follows the choices as far as they go, then always takes the first; notes both. */
  private static void run(Scenario scenario, List<Integer> choices, List<Integer> widths)
      throws Exception {
    Gate gate = new Gate();
    List<Callable<?>> steps = scenario.steps(gate);
    List<Worker> workers = new ArrayList<>();
    for (Callable<?> step : steps) {
      Worker worker = new Worker(step);
      gate.workers.add(worker);
      workers.add(worker);
    }
    workers.forEach(Thread::start);
    StringBuilder schedule = new StringBuilder();
    for (Worker worker : workers) {
      worker.awaitHalt();
    }
    while (true) {
      List<Worker> ready = workers.stream().filter(worker -> !worker.isDone).toList();
      if (ready.isEmpty()) {
        break;
      }
      int depth = widths.size();
      if (depth == choices.size()) {
        choices.add(0);
      }
      widths.add(ready.size());
      Worker next = ready.get(choices.get(depth));
      schedule.append(workers.indexOf(next));
      next.go.release();
      next.awaitHalt();
    }
    List<Object> outcomes = new ArrayList<>();
    for (Worker worker : workers) {
      worker.join();
      assertThat(worker.failure).as("schedule %s", schedule).isNull();
      outcomes.add(worker.outcome);
    }
    scenario.check(outcomes, schedule.toString());
  }

  /** Stands in front of a store: whoever calls waits for their turn. */
  static final class Gate {

    private final List<Worker> workers = new ArrayList<>();

    GrantStore guard(GrantStore inner) {
      return new GatedStore(inner, this);
    }

    RevocationEpochs guard(RevocationEpochs inner) {
      return new GatedEpochs(inner, this);
    }

    private void pass() {
      if (Thread.currentThread() instanceof Worker worker && workers.contains(worker)) {
        worker.halt();
      }
    }
  }

  /** One step on a thread of its own, which runs from one call of the store to the next. */
  private static final class Worker extends Thread {

    private final Callable<?> step;
    private final Semaphore go = new Semaphore(0);
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean isDone;
    private volatile Object outcome = "none";
    private volatile Throwable failure;

    Worker(Callable<?> step) {
      super("interleaved-step");
      this.step = step;
      setDaemon(true);
    }

    @Override
    public void run() {
      halt();
      try {
        outcome = step.call();
      } catch (Throwable e) {
        failure = e;
      } finally {
        isDone = true;
        stopped.release();
      }
    }

    private void halt() {
      stopped.release();
      take(go);
    }

    private void awaitHalt() {
      take(stopped);
    }

    private static void take(Semaphore turn) {
      try {
        if (!turn.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("A step waits for something else than its turn.");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private record GatedEpochs(RevocationEpochs inner, Gate gate) implements RevocationEpochs {

    @Override
    public void activate(GrantId id, Instant until) {
      gate.pass();
      inner.activate(id, until);
    }

    @Override
    public void revoke(GrantId id, Instant until) {
      gate.pass();
      inner.revoke(id, until);
    }

    @Override
    public boolean isLive(GrantId id) {
      gate.pass();
      return inner.isLive(id);
    }
  }

  private record GatedStore(GrantStore inner, Gate gate) implements GrantStore {

    @Override
    public Optional<AccessRequest> find(GrantId id) {
      gate.pass();
      return inner.find(id);
    }

    @Override
    public boolean create(AccessRequest request) {
      gate.pass();
      return inner.create(request);
    }

    @Override
    public boolean replace(AccessRequest expected, AccessRequest next) {
      gate.pass();
      return inner.replace(expected, next);
    }

    @Override
    public List<AccessRequest> requests(CustomerId customer) {
      gate.pass();
      return inner.requests(customer);
    }

    @Override
    public boolean isLive(GrantId id) {
      gate.pass();
      return inner.isLive(id);
    }

    @Override
    public void record(GrantUse use) {
      gate.pass();
      inner.record(use);
    }

    @Override
    public List<GrantUse> uses(CustomerId customer, Instant since) {
      gate.pass();
      return inner.uses(customer, since);
    }
  }
}
