package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.IdentityKind;
import io.github.ownproof.auth.TokenKind;
import io.github.ownproof.auth.TokenRejectedException;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.audit.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what at the desk, and what may be asked for. It asks the application every time: what
 * was true a step ago need not be true now. Immutable and thread-safe.
 *
 * @param services the services that opted in
 * @param cap how long access lasts at most
 */
record DeskRules(
    CustomerAccess customers,
    SupportStaff staff,
    ReadOnlyPermissions permissions,
    Set<String> services,
    AuthenticationRequirement stepUp,
    Pattern ticketForm,
    Duration cap) {

  private static final Logger LOG = LoggerFactory.getLogger(DeskRules.class);

  /** Who holds this token, if it is a person's own and stands. */
  Actor.Identified person(VerifiedToken token, Instant now) throws StepRefused {
    if (token.hasImpersonationMarker()) {
      throw new StepRefused(SupportRefusal.IMPERSONATION);
    }
    if (token.kind() != TokenKind.ACCESS || token.identity().kind() != IdentityKind.USER) {
      throw new StepRefused(SupportRefusal.NOT_A_PERSON);
    }
    // Our time is in whole seconds, so the end must be too, to be no later than it says.
    if (!now.isBefore(token.expiresAt().truncatedTo(ChronoUnit.SECONDS))) {
      throw new StepRefused(SupportRefusal.TOKEN_EXPIRED);
    }
    try {
      return new Actor.Identified(token.identity().issuer(), token.identity().subject());
    } catch (RuntimeException e) {
      throw new StepRefused(
          SupportRefusal.NOT_A_PERSON,
          "The issuer or subject of the login has characters that the audit trail cannot keep.");
    }
  }

  void engineer(Actor.Identified person) throws StepRefused {
    if (!isEngineer(person)) {
      throw new StepRefused(SupportRefusal.NOT_ENGINEER);
    }
  }

  void customerOfSupport(CustomerId customer) throws StepRefused {
    if (ask(() -> staff.isStaffAccount(customer))) {
      throw new StepRefused(SupportRefusal.STAFF_ACCOUNT);
    }
  }

  /** The services a draft is for. */
  Set<String> servicesOf(AccessRequestDraft draft) {
    return draft.services().isEmpty()
        ? services
        : Collections.unmodifiableSet(new TreeSet<>(draft.services()));
  }

  /** Does nothing if this may be asked for, of a customer with this policy. */
  void mayAsk(AccessRequestDraft draft, SupportPolicy policy) throws StepRefused {
    AccessScope asked = draft.scope();
    if (!ticketForm.matcher(draft.ticket()).matches()) {
      throw new StepRefused(
          SupportRefusal.TICKET,
          "The ticket's id "
              + OwnproofException.quote(draft.ticket())
              + " has not the form this desk wants, which is "
              + ticketForm
              + ".");
    }
    for (String service : draft.services()) {
      if (!services.contains(service)) {
        throw new StepRefused(
            SupportRefusal.SERVICE,
            "This desk does not know the service " + service + "; it knows " + services + ".");
      }
    }
    onlyReads(asked);
    notTooBroad(asked, policy);
    Duration longest = longest(policy);
    if (asked.duration().compareTo(longest) > 0) {
      throw new StepRefused(
          SupportRefusal.TOO_LONG,
          "Support access to this customer lasts "
              + Spans.words(longest)
              + " at most, not "
              + Spans.words(asked.duration())
              + ": ask for less.");
    }
    inRecord(asked, ask(() -> customers.record(draft.customer())));
  }

  /** Asked for, or about to be approved: the customer may have changed the policy in between. */
  void notTooBroad(AccessScope scope, SupportPolicy policy) throws StepRefused {
    if (isTooBroad(scope, policy)) {
      throw new StepRefused(SupportRefusal.TOO_BROAD);
    }
  }

  private static boolean isTooBroad(AccessScope scope, SupportPolicy policy) {
    return !policy.allowsDescendants() && !scope.resources().trees().isEmpty();
  }

  private void onlyReads(AccessScope asked) throws StepRefused {
    for (String permission : asked.permissions()) {
      if (!permissions.isRead(permission)) {
        Set<String> reads = new TreeSet<>(permissions.readsOf(permission));
        throw new StepRefused(
            SupportRefusal.NOT_READ_ONLY,
            permission
                + (reads.isEmpty()
                    ? " is no permission this desk knows as a read."
                    : " is not a read. Ask for " + String.join(", ", reads) + " instead."));
      }
    }
  }

  /** What is below a tree is not known here: that is looked at when it is used. */
  private void inRecord(AccessScope asked, AccessRecord record) throws StepRefused {
    for (String resource : asked.resources().exact()) {
      if (asked.permissions().stream()
          .noneMatch(read -> permissions.allowsRead(record, read, resource))) {
        throw new StepRefused(
            SupportRefusal.NOT_IN_RECORD,
            "The customer's own access record allows nothing of this on " + resource + ".");
      }
    }
    if (!asked.resources().trees().isEmpty()) {
      return;
    }
    for (String read : asked.permissions()) {
      if (asked.resources().exact().stream()
          .noneMatch(resource -> permissions.allowsRead(record, read, resource))) {
        throw new StepRefused(
            SupportRefusal.NOT_IN_RECORD,
            "The customer's own access record allows " + read + " on none of these resources.");
      }
    }
  }

  /** Does nothing if this person may say no to the request, and perhaps yes. */
  void decide(AccessRequest request, Actor.Identified person) throws StepRefused {
    if (person.equals(request.engineer()) || isEngineer(person)) {
      throw new StepRefused(SupportRefusal.SELF_APPROVAL);
    }
    if (since(request.customer(), person).isEmpty()) {
      throw new StepRefused(SupportRefusal.NOT_APPROVER);
    }
  }

  /** Does nothing if this person may say yes to the request, and logged in for it. */
  void approve(AccessRequest request, Actor.Identified person, VerifiedToken token)
      throws StepRefused {
    decide(request, person);
    if (!wasApprover(request, person)) {
      throw new StepRefused(SupportRefusal.APPROVER_SINCE_REQUEST);
    }
    try {
      token.require(stepUp);
    } catch (TokenRejectedException e) {
      throw new StepRefused(
          SupportRefusal.STEP_UP, StepRefused.sentence(SupportRefusal.STEP_UP), e.challenge());
    }
  }

  /** Whoever says so is believed, also while the other cannot be asked. */
  void revoke(AccessRequest request, Actor.Identified person) throws StepRefused {
    StepRefused trouble = null;
    try {
      if (isEngineer(person)) {
        return;
      }
    } catch (StepRefused e) {
      trouble = e;
    }
    if (since(request.customer(), person).isPresent()) {
      return;
    }
    throw trouble == null ? new StepRefused(SupportRefusal.NOT_APPROVER) : trouble;
  }

  /** Whether an earlier approval still counts: who gave it could give it today. */
  boolean stands(AccessRequest request, Approval approval) throws StepRefused {
    return !isEngineer(approval.by()) && wasApprover(request, approval.by());
  }

  /** The approval the customer gave beforehand, if it covers this request. */
  Optional<Approval> consent(AccessRequest request, SupportPolicy policy, Instant now)
      throws StepRefused {
    SupportPolicy.Consent consent = policy.consent().orElse(null);
    if (consent == null
        || !request.asked().isWithin(consent.scope())
        || isTooBroad(request.asked(), policy)
        || !consent.setAt().isBefore(request.requestedAt())
        || consent.setBy().equals(request.engineer())
        || isEngineer(consent.setBy())) {
      return Optional.empty();
    }
    Optional<Instant> since = since(request.customer(), consent.setBy());
    return since.isPresent() && !since.get().isAfter(consent.setAt())
        ? Optional.of(new Approval(consent.setBy(), now, request.asked(), Approval.Way.BY_POLICY))
        : Optional.empty();
  }

  SupportPolicy policy(CustomerId customer) throws StepRefused {
    return ask(() -> customers.policy(customer));
  }

  /** How long access to a customer with this policy lasts at most. */
  Duration longest(SupportPolicy policy) {
    return policy.longest().compareTo(cap) <= 0 ? policy.longest() : cap;
  }

  private boolean wasApprover(AccessRequest request, Actor.Identified person) throws StepRefused {
    return since(request.customer(), person)
        .filter(since -> !since.isAfter(request.requestedAt()))
        .isPresent();
  }

  private Optional<Instant> since(CustomerId customer, Actor.Identified person) throws StepRefused {
    return ask(() -> customers.approverSince(customer, person));
  }

  private boolean isEngineer(Actor.Identified person) throws StepRefused {
    return ask(() -> staff.isEngineer(person));
  }

  private static <T> T ask(Supplier<T> question) throws StepRefused {
    try {
      return Objects.requireNonNull(question.get());
    } catch (RuntimeException e) {
      LOG.warn(
          "The application did not tell about a customer or its staff: {}", e.getClass().getName());
      throw new StepRefused(SupportRefusal.STORE_UNAVAILABLE);
    }
  }
}
