package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state machine of {@link AccessState}: what each step makes of a request. Pure. */
final class GrantLifecycle {

  /** What a step makes of a request. */
  sealed interface Transition {

    /** Another state. */
    record Moved(AccessState next) implements Transition {}

    /** The one it is in: the same person took the same step before. */
    record Same() implements Transition {}

    /** Nothing: the step is not possible. */
    record Impossible(SupportRefusal refusal, String detail) implements Transition {}
  }

  private GrantLifecycle() {}

  /** What an open request becomes when its time is up; it is, from {@code until} on. */
  static Optional<AccessState> expire(AccessRequest request, Instant now) {
    return request.state() instanceof AccessState.Open open && !now.isBefore(open.until())
        ? Optional.of(new AccessState.Expired(open.until(), open))
        : Optional.empty();
  }

  /**
   * @param approval who agrees, when and to how much
   * @param needed how many must agree
   * @param longest what access may last at most
   * @param standing the approvals of before that still count
   */
  static Transition approve(
      AccessRequest request,
      Approval approval,
      int needed,
      Duration longest,
      List<Approval> standing) {
    if (approval.by().equals(request.engineer())) {
      return impossible(SupportRefusal.SELF_APPROVAL);
    }
    if (request.state() instanceof AccessState.Granted granted) {
      return granted.approvals().stream().anyMatch(before -> isSame(before, approval))
          ? new Transition.Same()
          : impossible(SupportRefusal.ALREADY_GRANTED);
    }
    if (!(request.state() instanceof AccessState.Pending pending)) {
      return impossible(ended(request.state()));
    }
    if (!approval.scope().isWithin(request.asked())) {
      return new Transition.Impossible(
          SupportRefusal.WIDENED,
          "An approval may narrow what was asked for, never widen it: not asked for was "
              + approval.scope().beyond(request.asked())
              + ". Leave that out.");
    }
    List<Approval> all = new ArrayList<>();
    boolean isKept = false;
    for (Approval before : pending.approvals()) {
      isKept |= isSame(before, approval);
      if (!before.by().equals(approval.by()) && standing.contains(before)) {
        all.add(before);
      }
    }
    all.add(approval);
    if (all.size() < needed) {
      return isKept && needed == pending.approvalsNeeded()
          ? new Transition.Same()
          : new Transition.Moved(new AccessState.Pending(pending.until(), needed, all));
    }
    return grant(approval.at(), all, longest);
  }

  private static Transition grant(Instant from, List<Approval> all, Duration longest) {
    AccessScope scope = all.get(0).scope();
    for (Approval next : all.subList(1, all.size())) {
      if (!scope.meets(next.scope())) {
        return new Transition.Impossible(
            SupportRefusal.WIDENED,
            "What you approve and what was approved before have nothing in common: approve some of"
                + " the same resources and permissions, or deny the request.");
      }
      if (scope.resources().intersect(next.scope().resources()).size() > Resources.MOST) {
        return new Transition.Impossible(
            SupportRefusal.WIDENED,
            "What both approvals agree on takes more than "
                + Resources.MOST
                + " names of resources: approve fewer.");
      }
      scope = scope.intersect(next.scope());
    }
    Duration time = scope.duration().compareTo(longest) <= 0 ? scope.duration() : longest;
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return impossible(SupportRefusal.TOO_LONG);
    }
    return new Transition.Moved(new AccessState.Granted(scope, from, from.plus(time), all));
  }

  static Transition deny(AccessRequest request, Actor.Identified by, Instant at) {
    if (request.state() instanceof AccessState.Pending pending) {
      return new Transition.Moved(new AccessState.Denied(by, at, pending));
    }
    if (request.state() instanceof AccessState.Denied denied && denied.by().equals(by)) {
      return new Transition.Same();
    }
    return impossible(ended(request.state()));
  }

  /** Taking back what is taken back is the same for everybody: it may have to be said again. */
  static Transition revoke(AccessRequest request, Actor.Identified by, Instant at) {
    if (request.state() instanceof AccessState.Open open) {
      return new Transition.Moved(new AccessState.Revoked(by, at, open));
    }
    return request.state() instanceof AccessState.Revoked
        ? new Transition.Same()
        : impossible(ended(request.state()));
  }

  /** Why nothing more comes of a request in this state. */
  static SupportRefusal ended(AccessState state) {
    if (state instanceof AccessState.Pending) {
      return SupportRefusal.PENDING;
    }
    if (state instanceof AccessState.Granted) {
      return SupportRefusal.ALREADY_GRANTED;
    }
    if (state instanceof AccessState.Denied) {
      return SupportRefusal.DENIED;
    }
    return state instanceof AccessState.Revoked ? SupportRefusal.REVOKED : SupportRefusal.EXPIRED;
  }

  private static boolean isSame(Approval before, Approval now) {
    return before.by().equals(now.by())
        && before.scope().equals(now.scope())
        && before.way() == now.way();
  }

  private static Transition impossible(SupportRefusal refusal) {
    return new Transition.Impossible(refusal, StepRefused.sentence(refusal));
  }
}
