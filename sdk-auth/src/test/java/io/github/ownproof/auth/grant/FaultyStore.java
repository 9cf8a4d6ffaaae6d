package io.github.ownproof.auth.grant;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store that fails when it is told to: before it does something, or after, the answer lost. */
class FaultyStore implements GrantStore {

  /** What becomes of one call. */
  enum Fault {
    NONE,
    BEFORE,
    AFTER
  }

  final GrantStore inner;
  private final Deque<Fault> plan = new ArrayDeque<>();
  private boolean isDown;

  FaultyStore(GrantStore inner) {
    this.inner = inner;
  }

  /** What becomes of the next calls, each in turn. */
  synchronized void plan(Fault... faults) {
    plan.clear();
    plan.addAll(List.of(faults));
  }

  synchronized void down(boolean down) {
    isDown = down;
  }

  @Override
  public Optional<AccessRequest> find(GrantId id) {
    return call(() -> inner.find(id));
  }

  @Override
  public boolean create(AccessRequest request) {
    return call(() -> inner.create(request));
  }

  @Override
  public boolean replace(AccessRequest expected, AccessRequest next) {
    return call(() -> inner.replace(expected, next));
  }

  @Override
  public List<AccessRequest> requests(CustomerId customer) {
    return call(() -> inner.requests(customer));
  }

  @Override
  public boolean isLive(GrantId id) {
    return call(() -> inner.isLive(id));
  }

  @Override
  public void record(GrantUse use) {
    boolean unused =
        call(
            () -> {
              inner.record(use);
              return true;
            });
  }

  @Override
  public List<GrantUse> uses(CustomerId customer, Instant since) {
    return call(() -> inner.uses(customer, since));
  }

  private <T> T call(Supplier<T> question) {
    Fault fault = next();
    if (fault == Fault.BEFORE) {
      throw GrantStoreException.of("the store is down", null);
    }
    T answer = question.get();
    if (fault == Fault.AFTER) {
      throw GrantStoreException.of("the answer is lost", null);
    }
    return answer;
  }

  private synchronized Fault next() {
    if (isDown) {
      return Fault.BEFORE;
    }
    Fault fault = plan.poll();
    return fault == null ? Fault.NONE : fault;
  }
}
