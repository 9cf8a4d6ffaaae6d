package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The store of one process. */
final class InMemoryGrantStore implements GrantStore {

  static final int MOST_REQUESTS = 10_000;
  static final int MOST_USES = 100_000;

  private static final Duration KEPT = Duration.ofDays(30);

  private final Clock clock;
  private final int mostRequests;
  private final int mostUses;
  private final ConcurrentHashMap<GrantId, AccessRequest> requests = new ConcurrentHashMap<>();
  private final AtomicInteger requestCount = new AtomicInteger();
  private final ConcurrentHashMap<CustomerId, ConcurrentLinkedQueue<GrantUse>> uses =
      new ConcurrentHashMap<>();
  private final AtomicInteger useCount = new AtomicInteger();

  /** Of them: who is refused again and again must leave room for the reads of others. */
  private final AtomicInteger refusedCount = new AtomicInteger();

  InMemoryGrantStore(Clock clock) {
    this(clock, MOST_REQUESTS, MOST_USES);
  }

  InMemoryGrantStore(Clock clock, int mostRequests, int mostUses) {
    this.clock = clock;
    this.mostRequests = mostRequests;
    this.mostUses = mostUses;
  }

  @Override
  public Optional<AccessRequest> find(GrantId id) {
    return Optional.ofNullable(requests.get(id));
  }

  @Override
  public boolean create(AccessRequest request) {
    if (requests.containsKey(request.id())) {
      return false;
    }
    if (!reserve(requestCount, mostRequests)) {
      forgetRequests();
      if (!reserve(requestCount, mostRequests)) {
        throw GrantStoreException.of(
            "The support grants in memory are at their limit of "
                + mostRequests
                + ": use a store that keeps more.",
            null);
      }
    }
    if (requests.putIfAbsent(request.id(), request) == null) {
      return true;
    }
    requestCount.decrementAndGet();
    return false;
  }

  @Override
  public boolean replace(AccessRequest expected, AccessRequest next) {
    boolean[] replaced = new boolean[1];
    requests.computeIfPresent(
        expected.id(),
        (id, stored) -> {
          replaced[0] = stored.version() == expected.version();
          return replaced[0] ? next : stored;
        });
    return replaced[0];
  }

  @Override
  public List<AccessRequest> requests(CustomerId customer) {
    return requests.values().stream()
        .filter(request -> request.customer().equals(customer))
        .sorted(
            Comparator.comparing(AccessRequest::requestedAt)
                .thenComparing(request -> request.id().value()))
        .toList();
  }

  @Override
  public boolean isLive(GrantId id) {
    AccessRequest request = requests.get(id);
    return request != null && request.state() instanceof AccessState.Granted;
  }

  @Override
  public void record(GrantUse use) {
    if (!reserve(use)) {
      forgetUses();
      if (!reserve(use)) {
        throw GrantStoreException.of(
            "The uses of support grants in memory are at their limit of "
                + mostUses
                + ": use a store that keeps more.",
            null);
      }
    }
    uses.compute(
        use.customer(),
        (customer, kept) -> {
          ConcurrentLinkedQueue<GrantUse> all = kept == null ? new ConcurrentLinkedQueue<>() : kept;
          all.add(use);
          return all;
        });
  }

  @Override
  public List<GrantUse> uses(CustomerId customer, Instant since) {
    return uses.getOrDefault(customer, new ConcurrentLinkedQueue<>()).stream()
        .filter(use -> !use.at().isBefore(since))
        .sorted(Comparator.comparing(GrantUse::at))
        .toList();
  }

  private boolean reserve(GrantUse use) {
    if (!isRefused(use)) {
      return reserve(useCount, mostUses);
    }
    if (!reserve(refusedCount, mostUses / 2)) {
      return false;
    }
    if (!reserve(useCount, mostUses)) {
      refusedCount.decrementAndGet();
      return false;
    }
    return true;
  }

  private static boolean isRefused(GrantUse use) {
    return !use.outcome().equals(Outcome.ALLOWED);
  }

  private static boolean reserve(AtomicInteger count, int most) {
    return count.getAndUpdate(n -> n < most ? n + 1 : n) < most;
  }

  private void forgetRequests() {
    Instant before = clock.instant().minus(KEPT);
    requests.forEach(
        (id, request) -> {
          if (ended(request.state()).isBefore(before) && requests.remove(id, request)) {
            requestCount.decrementAndGet();
          }
        });
  }

  private void forgetUses() {
    Instant before = clock.instant().minus(KEPT);
    for (CustomerId customer : uses.keySet()) {
      uses.computeIfPresent(
          customer,
          (same, kept) -> {
            kept.removeIf(
                use -> {
                  boolean isOld = use.at().isBefore(before);
                  useCount.addAndGet(isOld ? -1 : 0);
                  refusedCount.addAndGet(isOld && isRefused(use) ? -1 : 0);
                  return isOld;
                });
            return kept.isEmpty() ? null : kept;
          });
    }
  }

  /** When it ended, or will at the latest without anybody's doing. */
  private static Instant ended(AccessState state) {
    if (state instanceof AccessState.Denied denied) {
      return denied.at();
    }
    if (state instanceof AccessState.Revoked revoked) {
      return revoked.at();
    }
    return state instanceof AccessState.Expired expired
        ? expired.at()
        : ((AccessState.Open) state).until();
  }

  /** The number of requests and of uses alone. */
  @Override
  public String toString() {
    return "InMemoryGrantStore(" + requestCount + " requests, " + useCount + " uses)";
  }
}
