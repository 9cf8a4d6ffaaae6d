package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.Occasion;
import io.github.ownproof.core.audit.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes decisions known before they are returned: to the audit trail, to the customer's list, to
 * the listener. A read that cannot be recorded is not permitted; one that is denied is denied all
 * the same. Thread-safe.
 */
final class UseRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(UseRecorder.class);

  private static final String NO_PERMISSION = "support:check";
  private static final int LONGEST_METHOD = 32;

  private final String service;
  private final GrantAudit audit;
  private final GrantUses uses;
  private final SupportListener listener;

  UseRecorder(SupportAccessChecker.Settings settings) {
    this.service = settings.parts.service;
    this.audit = new GrantAudit(settings.parts.audit);
    this.uses = settings.needed(settings.parts.uses);
    this.listener = settings.parts.listener;
  }

  /** A program that passes Java's null for what a request lacks is told no, like any other. */
  ReadAttempt attempt(
      VerifiedToken engineer,
      Instant at,
      @Nullable String method,
      @Nullable String resource,
      @Nullable String permission) {
    return new ReadAttempt(
        engineer,
        at,
        method == null ? "" : method,
        resource == null ? "" : resource,
        permission == null ? "" : permission,
        GrantAudit.correlation(),
        null);
  }

  /** Records that the read happens, and only then says so. */
  SupportDecision permit(ReadAttempt attempt, VerifiedGrant grant) throws GrantDenial {
    AuditEvent.Access event =
        event(attempt, grant.engineer(), attempt.permission(), Outcome.ALLOWED);
    GrantDenial.unless(audit.keeps(event), SupportRefusal.TRAIL_UNAVAILABLE);
    GrantUse use = use(attempt, grant, grant.engineer(), event);
    try {
      uses.record(use);
    } catch (RuntimeException e) {
      LOG.error(
          "Keeping a use of a support grant failed with {}; the read was refused",
          e.getClass().getName());
      throw GrantDenial.of(SupportRefusal.STORE_UNAVAILABLE);
    }
    tell(use);
    return new SupportDecision.Permitted(use, grant.until());
  }

  /** Denies, and records it as well as it can. */
  SupportDecision deny(ReadAttempt attempt, SupportRefusal refusal) {
    Actor actor = attempt.actor();
    AuditEvent.Access event =
        event(
            attempt,
            actor,
            Permissions.isName(attempt.permission()) ? attempt.permission() : NO_PERMISSION,
            GrantAudit.outcome(refusal));
    if (!audit.keeps(event)) {
      LOG.error("No audit line says that a read under a support grant was refused as {}", refusal);
    }
    VerifiedGrant grant = attempt.grant();
    if (grant != null && actor instanceof Actor.Identified person) {
      GrantUse use = use(attempt, grant, person, event);
      try {
        uses.record(use);
      } catch (RuntimeException e) {
        LOG.error(
            "Keeping a refused use of a support grant failed with {}", e.getClass().getName());
      }
      tell(use);
    }
    return new SupportDecision.Denied(refusal);
  }

  private void tell(GrantUse use) {
    try {
      listener.used(use);
    } catch (RuntimeException e) {
      LOG.warn("A listener of support access failed with {}", e.getClass().getName());
    }
  }

  private static AuditEvent.Access event(
      ReadAttempt attempt, Actor actor, String action, Outcome outcome) {
    Occasion occasion = Occasion.of(actor, attempt.at(), attempt.correlation());
    VerifiedGrant grant = attempt.grant();
    if (grant != null) {
      occasion =
          occasion
              .onTicket(grant.ticket())
              .underGrant(grant.id().value())
              .forCustomer(grant.customer().value())
              .forEngineer(grant.engineer());
    }
    return new AuditEvent.Access(occasion, action, attempt.resource(), outcome);
  }

  private GrantUse use(
      ReadAttempt attempt, VerifiedGrant grant, Actor.Identified person, AuditEvent.Access event) {
    return new GrantUse(
        grant.id(),
        grant.customer(),
        person,
        grant.ticket(),
        service,
        method(attempt.method()),
        event.target(),
        event.action(),
        attempt.at(),
        event.outcome(),
        attempt.correlation());
  }

  /** No method has more characters; a request's can be of any length. */
  private static String method(String method) {
    return method.length() <= LONGEST_METHOD ? method : method.substring(0, LONGEST_METHOD);
  }
}
