package io.github.ownproof.auth.keys;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.auth.keys.FetchFailure.Why;
import io.github.ownproof.auth.keys.FetchPlan.Need;
import io.github.ownproof.auth.keys.KeyLookup.Absent;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are held, and the attempts to get newer ones. Everything is decided under a lock
 * that is never held during I/O, and waited for outside it. Thread-safe.
 */
final class KeyRefresh {

  /** What a lookup asks that the keys at hand do not answer. */
  record Question(@Nullable String kid, long startedBefore, long deadline) {

    /** Whether, in real time, it may wait any longer. */
    boolean isPatient() {
      return System.nanoTime() - deadline < 0;
    }

    /** Without the key id, which came with a token. */
    @Override
    public String toString() {
      return "Question";
    }
  }

  /** What such a lookup does next. */
  sealed interface Next permits Answer, Wait {}

  /** This is the answer. */
  record Answer(KeyLookup lookup) implements Next {
    static final Answer UNKNOWN = new Answer(Absent.UNKNOWN);
    static final Answer UNAVAILABLE = new Answer(Absent.UNAVAILABLE);
  }

  /** Wait for this and ask again. */
  record Wait(Attempt attempt) implements Next {}

  /** More than one only while there are no keys and attempts hang. */
  private static final int MOST_ATTEMPTS = 4;

  private static final long SHORTEST_SLEEP = TimeUnit.MILLISECONDS.toNanos(5);

  private final LongSupplier ticker;
  private final KeyThreads threads;
  private final KeyFetch fetch;
  private final KeyDocument document;
  private final KeyReports reports;
  private final UnknownKids unknown = new UnknownKids();
  private final Runnable wake;

  private final ReentrantLock lock = new ReentrantLock();
  // Written under the lock; volatile for those that read without it.
  private volatile @Nullable KnownKeys known;
  private volatile @Nullable Why lastFailure;
  private volatile int failures;
  private volatile long started;
  private volatile long nextLook;
  private volatile boolean closed;
  // Only under the lock.
  private final FetchPlan plan = new FetchPlan();
  private final ArrayDeque<Attempt> underWay = new ArrayDeque<>();
  private @Nullable Future<?> sleeping;

  KeyRefresh(Discovery discovery, RemoteKeySettings settings, KeyThreads threads) {
    this.ticker = settings.ticker();
    this.threads = threads;
    this.fetch = new KeyFetch(threads.workers(), settings.sslContext());
    this.document = new KeyDocument(discovery, fetch, settings);
    this.reports = new KeyReports(discovery.host(), settings.staleFor(), settings.telemetry());
    this.wake = new Wake(new WeakReference<>(this), threads);
    this.nextLook = ticker.getAsLong();
  }

  @Nullable KnownKeys known() {
    return known;
  }

  int failures() {
    return failures;
  }

  Optional<Why> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  boolean isClosed() {
    return closed;
  }

  /** How many attempts have been started: later ones have higher numbers. */
  long started() {
    return started;
  }

  /**
   * The keys, if they answer without a word of the issuer. Past their time to live they do only
   * where we know that it cannot be had: a process that slept does not know yet.
   */
  @Nullable KnownKeys answering(long now) {
    KnownKeys held = known;
    return held != null && (held.isFresh(now) || (failures > 0 && held.isUsable(now)))
        ? held
        : null;
  }

  /** What to do about a question; starts an attempt where that is right. */
  Next next(Question question) {
    lock.lock();
    try {
      if (closed) {
        return Answer.UNAVAILABLE;
      }
      long now = ticker.getAsLong();
      KnownKeys held = known;
      if (held == null || !held.isUsable(now)) {
        return cold(question, now);
      }
      String kid = question.kid();
      VerificationKey key = kid == null ? null : held.keys().find(kid);
      if (kid != null && key == null) {
        return missing(kid, question, held, now);
      }
      Answer answer = key == null ? Answer.UNKNOWN : new Answer(key);
      return answering(now) == null ? expired(answer, question, now) : answer;
    } finally {
      lock.unlock();
    }
  }

  /** There are no keys. */
  private Next cold(Question question, long now) {
    plan.asked(now);
    Attempt newest = underWay.peekLast();
    if (question.isPatient()) {
      if (newest != null && newest.isWorthWaiting()) {
        return new Wait(newest);
      }
      boolean mayStart =
          newest == null ? plan.mayRetry(Need.ALL, now) : plan.mayOvertake(newest.startedAt(), now);
      if (mayStart) {
        return new Wait(start(now, false));
      }
    }
    // The background may be asleep for longer: so far nobody had asked.
    if (due(now) - nextLook < 0) {
      sleep(now);
    }
    return Answer.UNAVAILABLE;
  }

  /** The answer is past its time to live, and nobody has tried to renew it. */
  private Next expired(Answer answer, Question question, long now) {
    Attempt newest = underWay.peekLast();
    if (!question.isPatient() || (newest != null && !newest.isWorthWaiting())) {
      return answer;
    }
    return new Wait(newest != null ? newest : start(now, false));
  }

  /** There are keys, but not this one. */
  private Next missing(String kid, Question question, KnownKeys held, long now) {
    if (unknown.isKnownMissing(kid, now)) {
      reports.refused();
      return Answer.UNKNOWN;
    }
    if (held.number() > question.startedBefore()) {
      // The issuer was asked after this lookup began, and does not have it.
      unknown.missing(kid, now);
      reports.refused();
      return Answer.UNKNOWN;
    }
    Attempt newest = underWay.peekLast();
    if (newest != null) {
      boolean wait = question.isPatient() && newest.isWorthWaiting();
      return wait ? new Wait(newest) : Answer.UNAVAILABLE;
    }
    if (!question.isPatient() || !plan.mayRetry(Need.ONE, now)) {
      return Answer.UNAVAILABLE;
    }
    if (!plan.mayAskForUnknown(now)) {
      reports.limited();
      return Answer.UNKNOWN;
    }
    plan.askedForUnknown(now);
    return new Wait(start(now, true));
  }

  /** Does in passing what the timer would do soon; never waits for the lock. */
  void lookAhead(long now) {
    if (now - nextLook >= 0 && lock.tryLock()) {
      try {
        look();
      } finally {
        lock.unlock();
      }
    }
  }

  void close() {
    List<Attempt> broken;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      broken = List.copyOf(underWay);
      underWay.clear();
    } finally {
      lock.unlock();
    }
    broken.forEach(KeyRefresh::breakOff);
    fetch.close();
    threads.close();
  }

  /** Under the lock. */
  private Attempt start(long now, boolean forUnknownKid) {
    KnownKeys held = known;
    Attempt attempt = new Attempt(started + 1, now, forUnknownKid);
    started = attempt.number();
    underWay.addLast(attempt);
    if (underWay.size() > MOST_ATTEMPTS) {
      Attempt oldest = underWay.removeFirst();
      boolean first = count(oldest, Why.TIMEOUT, now);
      work(
          () -> {
            breakOff(oldest);
            reports.failed(oldest, Why.TIMEOUT, first);
          });
    }
    if (!work(() -> run(attempt, held))) {
      underWay.remove(attempt);
      boolean ignored = count(attempt, Why.IO, now);
      attempt.end();
    }
    if (attempt.number() == 1) {
      // Choosing a provider for signatures takes a while, and so does the first answer.
      work(KeyRefresh::chooseProviders);
    }
    sleep(now);
    return attempt;
  }

  private static void chooseProviders() {
    Map<JwsAlgorithm, String> ignored = SignatureProviders.shared().describe();
  }

  @CanIgnoreReturnValue
  private boolean work(Runnable task) {
    try {
      threads.workers().execute(task);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The system gives no thread for it now: an attempt that failed, like others.
      return false;
    }
  }

  private void run(Attempt attempt, @Nullable KnownKeys held) {
    try {
      succeeded(attempt, held, document.fetch(attempt, held));
    } catch (FetchFailure e) {
      failed(attempt, e.why());
    } catch (RuntimeException e) {
      failed(attempt, Why.IO);
    } catch (Error e) {
      failed(attempt, Why.IO);
      throw e;
    }
  }

  private void succeeded(Attempt attempt, @Nullable KnownKeys held, KnownKeys fetched) {
    List<Attempt> others;
    boolean afterFailures;
    lock.lock();
    try {
      // Not under way any more: another one was faster, and this answer may be older than its.
      if (!underWay.remove(attempt)) {
        return;
      }
      afterFailures = plan.failures() > 0;
      plan.succeeded();
      failures = 0;
      KnownKeys before = known;
      known = fetched;
      if (before == null || !before.digest().equals(fetched.digest())) {
        unknown.clear();
      }
      others = List.copyOf(underWay);
      underWay.clear();
      sleep(ticker.getAsLong());
    } finally {
      lock.unlock();
    }
    attempt.end();
    others.forEach(KeyRefresh::breakOff);
    boolean same = held != null && held.digest().equals(fetched.digest());
    reports.succeeded(attempt, same, afterFailures);
  }

  private void failed(Attempt attempt, Why why) {
    boolean first;
    lock.lock();
    try {
      if (!underWay.remove(attempt)) {
        return;
      }
      long now = ticker.getAsLong();
      first = count(attempt, why, now);
      sleep(now);
    } finally {
      lock.unlock();
    }
    attempt.end();
    reports.failed(attempt, why, first);
  }

  /** Counts a failure, under the lock; true if it is the first. */
  private boolean count(Attempt attempt, Why why, long now) {
    plan.failed(now);
    lastFailure = why;
    failures = plan.failures();
    if (attempt.isForUnknownKid()) {
      plan.unknownNotAnswered();
    }
    return failures == 1;
  }

  private static void breakOff(Attempt attempt) {
    attempt.end();
    attempt.cancel();
  }

  /** Under the lock. */
  private void look() {
    if (closed) {
      return;
    }
    long now = ticker.getAsLong();
    if (due(now) - now <= 0) {
      Attempt ignored = start(now, false);
    } else {
      sleep(now);
    }
  }

  private long due(long now) {
    Attempt newest = underWay.peekLast();
    return plan.due(known, newest == null ? null : newest.startedAt(), now);
  }

  /** Sets the timer, under the lock. */
  private void sleep(long now) {
    if (closed) {
      return;
    }
    if (sleeping != null) {
      sleeping.cancel(false);
    }
    nextLook = due(now);
    sleeping = threads.later(wake, Math.max(SHORTEST_SLEEP, nextLook - now));
  }

  /** What the timer runs: it does not keep keys up to date that nobody has any more. */
  private record Wake(WeakReference<KeyRefresh> refresh, KeyThreads threads) implements Runnable {

    @Override
    public void run() {
      KeyRefresh wanted = refresh.get();
      if (wanted == null) {
        threads.close();
        return;
      }
      wanted.lock.lock();
      try {
        wanted.look();
      } finally {
        wanted.lock.unlock();
      }
    }
  }
}
