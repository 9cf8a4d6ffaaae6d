package io.github.ownproof.auth.valkey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of grants without asking: answers for a moment, revocations for good. One
 * thread asks what many want to know at once. Bounded; what is forgotten is asked again.
 */
final class EpochMemory {

  static final int MOST_GRANTS = 10_000;

  /** An answer to a question sent longer ago permits nothing: it may be over a second behind. */
  static final Duration MOST_BEHIND = Duration.ofMillis(900);

  private final long remembered;
  private final LongSupplier nanoTicker;
  private final Cache<GrantId, Answer> answers =
      Caffeine.newBuilder().maximumSize(MOST_GRANTS).executor(Runnable::run).build();

  /** Taken out of it, a flight can no longer write to the answers. */
  private final ConcurrentHashMap<GrantId, Flight> flights = new ConcurrentHashMap<>();

  /** How it was when the question was sent, or at some moment since. */
  private record Answer(EpochState state, long sentAt) {}

  private record Flight(long sentAt, CompletableFuture<Answer> landing) {}

  EpochMemory(Duration remembered, LongSupplier nanoTicker) {
    this.remembered = remembered.toNanos();
    this.nanoTicker = nanoTicker;
  }

  boolean isLive(GrantId id, Supplier<EpochState> server) {
    Answer known = known(id);
    if (known != null) {
      return known.state() == EpochState.LIVE;
    }
    Flight mine = new Flight(nanoTicker.getAsLong(), new CompletableFuture<>());
    // Without memory everybody asks: another's question may be older than what they must learn.
    Flight flight = remembered == 0 ? null : flights.putIfAbsent(id, mine);
    Answer answer = flight == null ? lead(id, mine, server) : await(id, flight);
    if (answer.state() == EpochState.LIVE
        && nanoTicker.getAsLong() - answer.sentAt() >= MOST_BEHIND.toNanos()) {
      throw late(id);
    }
    return answer.state() == EpochState.LIVE;
  }

  boolean isRevoked(GrantId id) {
    Answer known = answers.getIfPresent(id);
    return known != null && known.state() == EpochState.REVOKED;
  }

  /** From here on it is dead for this process, whatever is answered to questions sent before. */
  void revoke(GrantId id) {
    overtake(id, new Answer(EpochState.REVOKED, nanoTicker.getAsLong()));
  }

  /** Asks anew, unless it is known to be revoked. */
  void forget(GrantId id) {
    overtake(id, null);
  }

  private void overtake(GrantId id, @Nullable Answer answer) {
    flights.compute(
        id,
        (same, flight) -> {
          keep(id, answer);
          return null;
        });
  }

  private @Nullable Answer known(GrantId id) {
    Answer known = answers.getIfPresent(id);
    return known != null
            && (known.state() == EpochState.REVOKED
                || nanoTicker.getAsLong() - known.sentAt() < remembered)
        ? known
        : null;
  }

  private void keep(GrantId id, @Nullable Answer answer) {
    answers
        .asMap()
        .compute(
            id,
            (same, known) -> known != null && known.state() == EpochState.REVOKED ? known : answer);
  }

  private Answer lead(GrantId id, Flight mine, Supplier<EpochState> server) {
    GrantStoreException failure = null;
    try {
      // Another flight may have landed after we looked and before we started ours.
      Answer known = known(id);
      Answer answer = known != null ? known : new Answer(server.get(), mine.sentAt());
      flights.computeIfPresent(
          id,
          (same, flight) -> {
            if (flight.equals(mine)) {
              keep(id, answer);
              return null;
            }
            return flight;
          });
      Answer now = isRevoked(id) ? new Answer(EpochState.REVOKED, answer.sentAt()) : answer;
      mine.landing().complete(now);
      return now;
    } catch (GrantStoreException e) {
      failure = e;
      throw e;
    } finally {
      flights.remove(id, mine);
      if (!mine.landing().isDone()) {
        mine.landing()
            .completeExceptionally(
                failure != null ? failure : new IllegalStateException("broken off"));
      }
    }
  }

  private Answer await(GrantId id, Flight flight) {
    try {
      return flight.landing().get(MOST_BEHIND.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GrantStoreException.of(
          "Interrupted while waiting to learn whether grant " + id + " is live.", null);
    } catch (ExecutionException e) {
      throw GrantStoreException.of(
          "Another thread asked whether grant " + id + " is live, and got no answer.",
          e.getCause());
    }
  }

  private static GrantStoreException late(GrantId id) {
    return GrantStoreException.of(
        "Valkey took longer than "
            + MOST_BEHIND.toMillis()
            + " ms to say whether grant "
            + id
            + " is live; an answer so old permits nothing. Give the client shorter timeouts, and"
            + " Valkey what it lacks.",
        null);
  }
}
