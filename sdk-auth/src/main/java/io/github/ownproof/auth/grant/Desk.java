package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link SupportAccess} does: who may, what becomes of it, and that it happens. */
final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** How often the same is asked for again after it ended. */
  private static final int MOST_REQUESTS = 50;

  private final DeskRules rules;
  private final GrantSteps steps;
  private final GrantStore store;
  private final GrantTokens tokens;
  private final Duration pendingFor;

  Desk(
      DeskRules rules,
      GrantSteps steps,
      GrantStore store,
      GrantTokens tokens,
      Duration pendingFor) {
    this.rules = rules;
    this.steps = steps;
    this.store = store;
    this.tokens = tokens;
    this.pendingFor = pendingFor;
  }

  SupportOutcome<AccessRequest> request(VerifiedToken token, AccessRequestDraft draft) {
    AccessScope asked = draft.scope();
    String residency = draft.residency();
    return steps.run(
        Step.REQUEST,
        lines -> {
          lines.on(draft);
          Actor.Identified engineer = person(lines, token);
          rules.engineer(engineer);
          rules.customerOfSupport(draft.customer());
          SupportPolicy policy = rules.policy(draft.customer());
          rules.mayAsk(draft, policy);
          Set<String> services = rules.servicesOf(draft);
          int n = 0;
          int tries = 0;
          while (n < MOST_REQUESTS && tries++ < MOST_REQUESTS + GrantSteps.TRIES) {
            GrantId id = RequestIds.of(engineer, draft, services, n);
            AccessRequest stored = steps.find(id).orElse(null);
            if (stored != null) {
              AccessRequest open = steps.asItStands(stored);
              if (open.state() instanceof AccessState.Open) {
                lines.on(open);
                steps.again(lines, open);
                return completed(byPolicy(engineer, open));
              }
              n++;
              continue;
            }
            Instant now = steps.now();
            AccessRequest fresh =
                new AccessRequest(
                    id,
                    1,
                    engineer,
                    draft.customer(),
                    draft.ticket(),
                    draft.justification(),
                    services,
                    residency,
                    asked,
                    now,
                    new AccessState.Pending(now.plus(pendingFor), policy.approvers(), List.of()));
            if (steps.create(lines, fresh)) {
              return completed(byPolicy(engineer, fresh));
            }
          }
          throw new StepRefused(n == MOST_REQUESTS ? SupportRefusal.TOO_MANY : SupportRefusal.BUSY);
        });
  }

  /** Approves what the customer consented to beforehand; else leaves the request waiting. */
  private AccessRequest byPolicy(Actor.Identified engineer, AccessRequest request)
      throws StepRefused {
    AccessRequest current = request;
    for (int i = 0; i < GrantSteps.TRIES; i++) {
      if (!(current.state() instanceof AccessState.Pending)) {
        return current;
      }
      // Asked anew: it may have been withdrawn while the request was written down.
      SupportPolicy policy = rules.policy(request.customer());
      Approval approval = rules.consent(current, policy, steps.now()).orElse(null);
      if (approval == null) {
        return current;
      }
      if (!(GrantLifecycle.approve(current, approval, 1, rules.longest(policy), List.of())
          instanceof GrantLifecycle.Transition.Moved moved)) {
        return current;
      }
      AccessRequest from = current;
      SupportOutcome<Optional<AccessRequest>> outcome =
          steps.run(
              Step.APPROVE_BY_POLICY,
              lines -> {
                lines.by(engineer);
                lines.on(from);
                return completed(steps.move(lines, from, moved.next()));
              });
      if (outcome instanceof SupportOutcome.Refused<?> refused) {
        throw new StepRefused(refused.refusal(), refused.detail(), refused.challenge());
      }
      Optional<AccessRequest> granted = outcome.orThrow();
      if (granted.isPresent()) {
        return granted.get();
      }
      current = steps.current(request.id());
    }
    throw new StepRefused(SupportRefusal.BUSY);
  }

  /** One try at a decision; empty if somebody else was faster. */
  private interface Decision {
    Optional<AccessRequest> on(
        GrantAudit.StepLines lines, AccessRequest request, Actor.Identified person)
        throws StepRefused;
  }

  /** Decides about the request as it stands, and again as whoever was faster left it. */
  private <T> SupportOutcome<T> decide(
      Step step,
      GrantId id,
      VerifiedToken token,
      Decision decision,
      Function<AccessRequest, SupportOutcome<T>> outcome) {
    return steps.run(
        step,
        lines -> {
          lines.on(id);
          Actor.Identified person = person(lines, token);
          for (int i = 0; i < GrantSteps.TRIES; i++) {
            AccessRequest request = steps.current(id);
            lines.on(request);
            Optional<AccessRequest> next = decision.on(lines, request, person);
            if (next.isPresent()) {
              return outcome.apply(next.get());
            }
          }
          throw new StepRefused(SupportRefusal.BUSY);
        });
  }

  private Optional<AccessRequest> move(
      GrantAudit.StepLines lines, AccessRequest request, GrantLifecycle.Transition transition)
      throws StepRefused {
    if (transition instanceof GrantLifecycle.Transition.Same) {
      steps.again(lines, request);
      return Optional.of(request);
    }
    return steps.move(lines, request, next(transition));
  }

  SupportOutcome<SupportGrant> approve(
      GrantId id, VerifiedToken token, @Nullable AccessScope narrowed) {
    return decide(
        Step.APPROVE,
        id,
        token,
        (lines, request, person) -> {
          rules.approve(request, person, token);
          SupportPolicy policy = rules.policy(request.customer());
          AccessScope scope = narrowed == null ? request.asked() : narrowed;
          if (request.state() instanceof AccessState.Pending) {
            rules.notTooBroad(scope, policy);
          }
          Approval approval = new Approval(person, steps.now(), scope, Approval.Way.IN_PERSON);
          return move(
              lines,
              request,
              GrantLifecycle.approve(
                  request,
                  approval,
                  needed(request, policy),
                  rules.longest(policy),
                  standing(request)));
        },
        Desk::approved);
  }

  /** A customer who asks for more administrators meanwhile gets them; for fewer, not here. */
  private static int needed(AccessRequest request, SupportPolicy policy) {
    return request.state() instanceof AccessState.Pending pending
        ? Math.max(pending.approvalsNeeded(), policy.approvers())
        : 1;
  }

  private List<Approval> standing(AccessRequest request) throws StepRefused {
    List<Approval> standing = new ArrayList<>();
    if (request.state() instanceof AccessState.Pending pending) {
      for (Approval approval : pending.approvals()) {
        if (rules.stands(request, approval)) {
          standing.add(approval);
        }
      }
    }
    return standing;
  }

  private static SupportOutcome<SupportGrant> approved(AccessRequest request) {
    return request.state() instanceof AccessState.Granted granted
        ? completed(new SupportGrant(request, granted))
        : new SupportOutcome.Waiting<>(request);
  }

  SupportOutcome<AccessRequest> deny(GrantId id, VerifiedToken token) {
    return decide(
        Step.REJECT,
        id,
        token,
        (lines, request, person) -> {
          rules.decide(request, person);
          return move(lines, request, GrantLifecycle.deny(request, person, steps.now()));
        },
        Desk::completed);
  }

  SupportOutcome<String> issue(GrantId id, VerifiedToken token) {
    return steps.run(
        Step.ISSUE,
        lines -> {
          lines.on(id);
          Actor.Identified person = person(lines, token);
          rules.engineer(person);
          AccessRequest request = steps.current(id);
          lines.on(request);
          if (!person.equals(request.engineer())) {
            throw new StepRefused(SupportRefusal.OTHER_ENGINEER);
          }
          rules.customerOfSupport(request.customer());
          if (!(request.state() instanceof AccessState.Granted granted)) {
            throw new StepRefused(GrantLifecycle.ended(request.state()));
          }
          GrantSteps.allowed(lines);
          String compact = sign(request, granted, token);
          steps.done(lines, request);
          return completed(compact);
        });
  }

  private String sign(AccessRequest request, AccessState.Granted granted, VerifiedToken token)
      throws StepRefused {
    Instant end = token.expiresAt().isBefore(granted.until()) ? token.expiresAt() : granted.until();
    try {
      return tokens.issue(request, granted, token, steps.now(), end);
    } catch (GeneralSecurityException e) {
      LOG.warn("A support grant could not be signed: {}", e.getMessage());
      throw new StepRefused(SupportRefusal.KEYS_UNAVAILABLE);
    } catch (RuntimeException e) {
      LOG.warn("A support grant could not be signed: {}", e.getClass().getName());
      throw new StepRefused(SupportRefusal.KEYS_UNAVAILABLE);
    }
  }

  SupportOutcome<AccessRequest> revoke(GrantId id, VerifiedToken token) {
    return decide(
        Step.REVOKE,
        id,
        token,
        (lines, request, person) -> {
          rules.revoke(request, person);
          GrantLifecycle.Transition transition =
              GrantLifecycle.revoke(request, person, steps.now());
          if (transition instanceof GrantLifecycle.Transition.Same) {
            steps.revokedAgain(lines, request, true);
            return Optional.of(request);
          }
          return steps.revoke(lines, request, next(transition));
        },
        Desk::completed);
  }

  Optional<AccessRequest> find(GrantId id) {
    Optional<AccessRequest> stored = reading(() -> store.find(id));
    return stored.map(this::shown);
  }

  List<AccessRequest> requests(CustomerId customer) {
    return reading(() -> store.requests(customer)).stream().map(this::shown).toList();
  }

  List<SupportGrant> grants(CustomerId customer) {
    List<SupportGrant> grants = new ArrayList<>();
    for (AccessRequest request : requests(customer)) {
      if (request.state() instanceof AccessState.Granted granted) {
        grants.add(new SupportGrant(request, granted));
      }
    }
    return List.copyOf(grants);
  }

  List<GrantUse> uses(CustomerId customer, Instant since) {
    return reading(() -> store.uses(customer, since));
  }

  String publicKeys() {
    return tokens.publicJwkSet();
  }

  private AccessRequest shown(AccessRequest stored) {
    try {
      return steps.asItStands(stored);
    } catch (StepRefused e) {
      throw GrantStoreException.of(
          "Whether a request for support access has expired could not be written down: try again"
              + " later.",
          null);
    }
  }

  private static <T> T reading(Supplier<T> question) {
    try {
      return question.get();
    } catch (GrantStoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw GrantStoreException.of(
          "The store of support grants cannot be read: try again later.", e);
    }
  }

  private Actor.Identified person(GrantAudit.StepLines lines, VerifiedToken token)
      throws StepRefused {
    Actor.Identified person = rules.person(token, steps.now());
    lines.by(person);
    return person;
  }

  private static AccessState next(GrantLifecycle.Transition transition) throws StepRefused {
    if (transition instanceof GrantLifecycle.Transition.Impossible impossible) {
      throw new StepRefused(impossible.refusal(), impossible.detail());
    }
    return ((GrantLifecycle.Transition.Moved) transition).next();
  }

  private static <T> SupportOutcome<T> completed(T value) {
    return new SupportOutcome.Completed<>(value);
  }
}
