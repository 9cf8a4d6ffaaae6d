package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.Outcome;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries steps out: on the store, in the epochs, in the trail, to the listener, in the one order
 * that leaves no access unrecorded. Thread-safe.
 */
final class GrantSteps {

  /** What one step does; it may write {@code lines} and is refused by throwing. */
  @FunctionalInterface
  interface Body<T> {
    SupportOutcome<T> run(GrantAudit.StepLines lines) throws StepRefused;
  }

  /** How often a step is tried while others change the same request. */
  static final int TRIES = 16;

  private static final Logger LOG = LoggerFactory.getLogger(GrantSteps.class);

  private final GrantStore store;
  private final @Nullable RevocationEpochs epochs;
  private final GrantAudit audit;
  private final SupportListener listener;
  private final SteadyTime time;

  GrantSteps(
      GrantStore store,
      @Nullable RevocationEpochs epochs,
      GrantAudit audit,
      SupportListener listener,
      SteadyTime time) {
    this.store = store;
    this.epochs = epochs;
    this.audit = audit;
    this.listener = listener;
    this.time = time;
  }

  Instant now() {
    return time.now();
  }

  /** Runs a step, and records why it was refused if it was. */
  <T> SupportOutcome<T> run(Step step, Body<T> body) {
    GrantAudit.StepLines lines = audit.lines(step, this::now);
    StepRefused refused;
    try {
      return body.run(lines);
    } catch (StepRefused e) {
      refused = e;
    } catch (RuntimeException e) {
      LOG.warn("A step of support access failed: {}", e.getClass().getName());
      refused = new StepRefused(SupportRefusal.INTERNAL);
    }
    if (refused.refusal() != SupportRefusal.TRAIL_UNAVAILABLE && !lines.keep(refused.refusal())) {
      LOG.warn("A refusal is not in the audit trail: {}", refused.refusal());
    }
    return refused.outcome();
  }

  /** The request as it stands now: one whose time is up is moved to its end first. */
  AccessRequest current(GrantId id) throws StepRefused {
    return asItStands(find(id).orElseThrow(() -> new StepRefused(SupportRefusal.NOT_FOUND)));
  }

  Optional<AccessRequest> find(GrantId id) throws StepRefused {
    return ask(() -> store.find(id));
  }

  /**
   * Its time is up for everybody, whether that can be written down or not: who cannot leaves it to
   * whoever comes next.
   */
  AccessRequest asItStands(AccessRequest request) throws StepRefused {
    AccessRequest stored = request;
    for (int i = 0; i < TRIES; i++) {
      Instant now = now();
      AccessState expired = GrantLifecycle.expire(stored, now).orElse(null);
      if (expired == null) {
        return stored;
      }
      AccessRequest last = stored;
      AccessRequest next = stored.next(expired);
      GrantAudit.StepLines lines = audit.lines(Step.EXPIRE, this::now);
      lines.on(next);
      if (!lines.keep(Outcome.ALLOWED)) {
        return next;
      }
      if (ask(() -> store.replace(last, next))) {
        if (!lines.keep(Outcome.DONE)) {
          LOG.warn("The audit trail has only the beginning of an expiry.");
        }
        tell(Step.EXPIRE, next);
        return next;
      }
      stored = find(request.id()).orElseThrow(() -> new StepRefused(SupportRefusal.NOT_FOUND));
    }
    throw new StepRefused(SupportRefusal.BUSY);
  }

  /** Keeps a new request; false if there is one of its id. */
  boolean create(GrantAudit.StepLines lines, AccessRequest request) throws StepRefused {
    lines.on(request);
    allowed(lines);
    if (!ask(() -> store.create(request))) {
      return false;
    }
    boolean isKept = lines.keep(Outcome.DONE);
    tell(lines.step(), request);
    if (!isKept) {
      throw unfinished("The request is made");
    }
    return true;
  }

  /** Moves a request to its next state; empty if somebody else was faster. */
  Optional<AccessRequest> move(GrantAudit.StepLines lines, AccessRequest from, AccessState to)
      throws StepRefused {
    allowed(lines);
    AccessRequest next = from.next(to);
    if (!ask(() -> store.replace(from, next))) {
      return Optional.empty();
    }
    StepRefused trouble = null;
    try {
      activate(next);
      repeated(lines);
    } catch (StepRefused e) {
      trouble = e;
    }
    tell(lines.step(), next);
    if (trouble != null) {
      throw trouble;
    }
    return Optional.of(next);
  }

  /** What is done already is made live and recorded again: that may be what failed before. */
  void again(GrantAudit.StepLines lines, AccessRequest request) throws StepRefused {
    activate(request);
    repeated(lines);
  }

  /** Before whatever gives something: not kept, not given. */
  static void allowed(GrantAudit.StepLines lines) throws StepRefused {
    if (!lines.keep(Outcome.ALLOWED)) {
      throw new StepRefused(SupportRefusal.TRAIL_UNAVAILABLE);
    }
  }

  private static void repeated(GrantAudit.StepLines lines) throws StepRefused {
    if (!lines.keep(Outcome.DONE)) {
      throw unfinished("It is done");
    }
  }

  /** Makes a grant live for every process; dead again if it ended meanwhile. */
  private void activate(AccessRequest request) throws StepRefused {
    RevocationEpochs shared = epochs;
    if (shared == null || !(request.state() instanceof AccessState.Granted granted)) {
      return;
    }
    tellAll(() -> shared.activate(request.id(), granted.until()));
    AccessState after = current(request.id()).state();
    if (!(after instanceof AccessState.Granted)) {
      die(request.id(), granted.until());
      throw new StepRefused(GrantLifecycle.ended(after));
    }
  }

  private void die(GrantId id, Instant until) throws StepRefused {
    RevocationEpochs shared = epochs;
    if (shared != null) {
      tellAll(() -> shared.revoke(id, until));
    }
  }

  /**
   * Takes a request back whatever else fails; empty if somebody else was faster. Throws what
   * failed, in words that say how far it came.
   */
  Optional<AccessRequest> revoke(GrantAudit.StepLines lines, AccessRequest from, AccessState to)
      throws StepRefused {
    AccessRequest next = from.next(to);
    boolean isAllowed;
    try {
      isAllowed = lines.keep(Outcome.ALLOWED);
    } catch (Error e) {
      // What breaks the trail, be it a class that cannot be loaded, must not keep access alive.
      try {
        if (takenBack(from, next)) {
          dieAnyway(next);
        }
      } catch (StepRefused also) {
        e.addSuppressed(also);
      }
      throw e;
    }
    if (!takenBack(from, next)) {
      return Optional.empty();
    }
    try {
      revokedAgain(lines, next, isAllowed);
    } finally {
      tell(lines.step(), next);
    }
    return Optional.of(next);
  }

  private boolean takenBack(AccessRequest from, AccessRequest next) throws StepRefused {
    boolean isAnswered = false;
    try {
      boolean isReplaced = ask(() -> store.replace(from, next));
      isAnswered = true;
      return isReplaced;
    } catch (StepRefused e) {
      throw new StepRefused(
          e.refusal(), "It is not known whether the store has taken it back: repeat until it is.");
    } finally {
      if (!isAnswered) {
        // The epochs alone stop it in every process that asks them.
        dieAnyway(next);
      }
    }
  }

  /** What is taken back is made dead and recorded again: that may be what failed before. */
  void revokedAgain(GrantAudit.StepLines lines, AccessRequest revoked, boolean isAllowed)
      throws StepRefused {
    try {
      if (revoked.state() instanceof AccessState.Revoked state) {
        die(revoked.id(), state.before().until());
      }
    } catch (StepRefused e) {
      throw new StepRefused(
          e.refusal(),
          "It is taken back here, but not every process could be told: repeat until it is done.");
    }
    if (!lines.keep(Outcome.DONE) || !isAllowed) {
      throw unfinished("It is taken back");
    }
  }

  private void dieAnyway(AccessRequest next) {
    try {
      if (next.state() instanceof AccessState.Revoked state) {
        die(next.id(), state.before().until());
      }
    } catch (StepRefused e) {
      LOG.warn("The epochs were not told of a grant that was to be taken back.");
    }
  }

  /** After what changes nothing stored. */
  void done(GrantAudit.StepLines lines, AccessRequest request) throws StepRefused {
    if (!lines.keep(Outcome.DONE)) {
      throw new StepRefused(SupportRefusal.TRAIL_UNAVAILABLE);
    }
    tell(lines.step(), request);
  }

  private static StepRefused unfinished(String state) {
    return new StepRefused(
        SupportRefusal.TRAIL_UNAVAILABLE,
        state + ", but the audit trail has not kept all of it: repeat it to record it.");
  }

  private void tell(Step step, AccessRequest request) {
    try {
      listener.changed(step, request);
    } catch (RuntimeException e) {
      LOG.warn("A listener of support access failed: {}", e.getClass().getName());
    }
  }

  private static void tellAll(Runnable word) throws StepRefused {
    try {
      word.run();
    } catch (RuntimeException e) {
      LOG.warn("The epochs of support access failed: {}", e.getClass().getName());
      throw new StepRefused(SupportRefusal.STORE_UNAVAILABLE);
    }
  }

  private static <T> T ask(Supplier<T> question) throws StepRefused {
    try {
      return Objects.requireNonNull(question.get());
    } catch (RuntimeException e) {
      LOG.warn("A store of support access failed: {}", e.getClass().getName());
      throw new StepRefused(SupportRefusal.STORE_UNAVAILABLE);
    }
  }
}
