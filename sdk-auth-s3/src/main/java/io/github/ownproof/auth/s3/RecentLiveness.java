package io.github.ownproof.auth.s3;

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
import org.jspecify.annotations.Nullable;

/**
 * What was lately known of grants. An answer is as old as the moment it was asked for, not the one
 * it arrived at; so nobody is told anything older than the age or, where it is just being asked
 * for, the time that asking may take. Whoever needs an answer that is being asked for waits for it
 * instead of asking too. Thread-safe.
 */
final class RecentLiveness {

  /** Both the age and the time for asking stay below it. */
  private static final long OLDEST = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST = 10_000;

  private final Question question;
  private final long age;
  private final LongSupplier nanoTime;
  private final Cache<GrantId, Seen> seen = Caffeine.newBuilder().maximumSize(MOST).build();
  private final ConcurrentHashMap<GrantId, Flight> flights = new ConcurrentHashMap<>();

  /** Asks the store. */
  interface Question {
    Answer ask(GrantId id, @Nullable Answer before);
  }

  /**
   * @param live whether the grant stands
   * @param eTag of the document that says so; empty if there is none
   */
  record Answer(boolean live, String eTag) {}

  private record Seen(Answer answer, long since) {}

  private record Flight(CompletableFuture<Answer> answer, long since) {}

  RecentLiveness(Question question, Duration age, LongSupplier nanoTime) {
    this.question = question;
    this.age = age.toNanos();
    this.nanoTime = nanoTime;
  }

  boolean isLive(GrantId id) {
    long now = nanoTime.getAsLong();
    Seen last = seen.getIfPresent(id);
    if (last != null && now - last.since() < age) {
      return last.answer().live();
    }
    Flight mine = new Flight(new CompletableFuture<>(), now);
    Flight other = flights.putIfAbsent(id, mine);
    Answer answer = other == null ? ask(id, last, mine) : join(other, now);
    if (nanoTime.getAsLong() - (other == null ? now : other.since()) >= OLDEST) {
      throw tooOld(null);
    }
    return answer.live();
  }

  private Answer ask(GrantId id, @Nullable Seen last, Flight mine) {
    try {
      Answer answer = question.ask(id, last == null ? null : last.answer());
      land(id, mine, new Seen(answer, mine.since()));
      mine.answer().complete(answer);
      return answer;
    } catch (RuntimeException | Error failure) {
      land(id, mine, null);
      mine.answer().completeExceptionally(failure);
      throw failure;
    }
  }

  /** What was forgotten meanwhile stays forgotten. */
  private void land(GrantId id, Flight mine, @Nullable Seen found) {
    flights.computeIfPresent(
        id,
        (same, flying) -> {
          if (!flying.equals(mine)) {
            return flying;
          }
          if (found != null) {
            seen.put(id, found);
          }
          return null;
        });
  }

  private static Answer join(Flight other, long now) {
    try {
      return other.answer().get(OLDEST - (now - other.since()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw tooOld(e);
    } catch (ExecutionException e) {
      throw GrantStoreException.of(
          "Whether the grant still stands could not be asked, see the cause. Until it can be,"
              + " access is denied.",
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GrantStoreException.of(
          "The thread was interrupted while it asked whether a grant still stands. Ask again.", e);
    }
  }

  /** The grant may have changed: the next to ask gets what is stored then. */
  void forget(GrantId id) {
    flights.compute(
        id,
        (same, flying) -> {
          seen.invalidate(id);
          return null;
        });
  }

  private static GrantStoreException tooOld(@Nullable Throwable cause) {
    return GrantStoreException.of(
        "Whether the grant still stands was not answered within a second. Look at the network, and"
            + " at S3's state; until then access is denied.",
        cause);
  }
}
