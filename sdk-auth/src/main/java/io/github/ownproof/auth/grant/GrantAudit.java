package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.core.audit.Occasion;
import io.github.ownproof.core.audit.Outcome;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what desk and checker do into the audit trail. Thread-safe. */
final class GrantAudit {

  private static final Logger LOG = LoggerFactory.getLogger(GrantAudit.class);

  /** Of this process, so that the lines of several can lie in one trail. */
  private static final String PREFIX = prefix();

  /** Threads count by themselves, because one number for all would be waited for. */
  private static final int COUNTERS = 16;

  /** So many numbers lie between two counters that no two share a line of a processor's cache. */
  private static final int APART = 16;

  private static final AtomicLongArray COUNTED = new AtomicLongArray((COUNTERS + 1) * APART);

  private final AuditTrail trail;

  GrantAudit(AuditTrail trail) {
    this.trail = trail;
  }

  /** What ties the lines of one step or check together; no two are the same. */
  static String correlation() {
    int mine = (int) Thread.currentThread().getId() & (COUNTERS - 1);
    long count = COUNTED.incrementAndGet((mine + 1) * APART);
    return PREFIX + "-" + (count * COUNTERS + mine);
  }

  /** Whether the trail has kept it; what it threw is in the log by kind alone. */
  boolean keeps(AuditEvent event) {
    try {
      trail.record(event);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("The audit trail did not keep an event: {}", e.getClass().getName());
      return false;
    }
  }

  /** What one step of the desk writes. */
  StepLines lines(Step step, Supplier<Instant> now) {
    return new StepLines(this, step, now);
  }

  /** The lines of one step; learns on the way who takes it and with what. Not thread-safe. */
  static final class StepLines {

    private final GrantAudit audit;
    private final Step step;
    private final Supplier<Instant> now;
    private Occasion occasion;
    private String target = "";
    private boolean isOfGrant;

    private StepLines(GrantAudit audit, Step step, Supplier<Instant> now) {
      this.audit = audit;
      this.step = step;
      this.now = now;
      this.occasion = Occasion.of(new Actor.Unverified(), now.get(), correlation());
    }

    Step step() {
      return step;
    }

    void by(Actor person) {
      occasion = occasion.by(person);
    }

    void on(AccessRequestDraft draft) {
      occasion = occasion.onTicket(draft.ticket()).forCustomer(draft.customer().value());
      target = draft.scope().resources().toText();
    }

    void on(GrantId id) {
      occasion = occasion.underGrant(id.value());
      target = id.value();
    }

    void on(AccessRequest request) {
      occasion =
          occasion
              .onTicket(request.ticket())
              .underGrant(request.id().value())
              .forCustomer(request.customer().value())
              .forEngineer(request.engineer());
      target = resources(request.state(), request.asked()).toText();
      isOfGrant = true;
    }

    /** What is granted, or was; what is asked for as long as nothing is. */
    private static Resources resources(AccessState state, AccessScope asked) {
      if (state instanceof AccessState.Granted granted) {
        return granted.scope().resources();
      }
      if (state instanceof AccessState.Revoked revoked) {
        return resources(revoked.before(), asked);
      }
      return state instanceof AccessState.Expired expired
          ? resources(expired.before(), asked)
          : asked.resources();
    }

    boolean keep(Outcome outcome) {
      Occasion at = occasion.at(now.get());
      return audit.keeps(
          isOfGrant
              ? new AuditEvent.GrantChange(at, step, target, outcome)
              : new AuditEvent.Access(
                  at, "grant:" + step.name().toLowerCase(Locale.ROOT), target, outcome));
    }

    /** Refused by a rule, or, where the trouble is ours, perhaps begun. */
    boolean keep(SupportRefusal refusal) {
      return keep(outcome(refusal));
    }
  }

  /** What a trail says of a refusal: denied, or failed where the trouble is ours. */
  static Outcome outcome(SupportRefusal refusal) {
    return refusal.isTransient() ? Outcome.failed(refusal.name()) : Outcome.denied(refusal.name());
  }

  private static String prefix() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
