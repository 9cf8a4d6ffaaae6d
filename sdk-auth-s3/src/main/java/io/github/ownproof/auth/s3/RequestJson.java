package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessScope;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.Approval;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.auth.s3.Json.Members;
import io.github.ownproof.core.audit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request, its state and what they are made of, as JSON and back. */
final class RequestJson {

  private RequestJson() {}

  static Map<String, Object> of(AccessRequest request) {
    return Json.object(
        "id", request.id(),
        "version", request.version(),
        "engineer", of(request.engineer()),
        "customer", request.customer(),
        "ticket", request.ticket(),
        "justification", request.justification(),
        "services", request.services(),
        "residency", request.residency(),
        "asked", of(request.asked()),
        "requestedAt", request.requestedAt(),
        "state", of(request.state()));
  }

  static AccessRequest request(Members json) throws MalformedDocument {
    return new AccessRequest(
        GrantId.of(json.text("id")),
        json.number("version"),
        actor(json.object("engineer")),
        CustomerId.of(json.text("customer")),
        json.text("ticket"),
        json.text("justification"),
        Set.copyOf(json.texts("services")),
        json.text("residency"),
        scope(json.object("asked")),
        json.instant("requestedAt"),
        state(json.object("state")));
  }

  static Map<String, Object> of(Actor.Identified actor) {
    return Json.object("iss", actor.issuer(), "sub", actor.subject());
  }

  static Actor.Identified actor(Members json) throws MalformedDocument {
    return new Actor.Identified(json.text("iss"), json.text("sub"));
  }

  private static Map<String, Object> of(AccessScope scope) {
    return Json.object(
        "resources", scope.resources().exact(),
        "trees", scope.resources().trees(),
        "permissions", scope.permissions(),
        "seconds", scope.duration().toSeconds());
  }

  private static AccessScope scope(Members json) throws MalformedDocument {
    return new AccessScope(
        new Resources(Set.copyOf(json.texts("resources")), Set.copyOf(json.texts("trees"))),
        Set.copyOf(json.texts("permissions")),
        Duration.ofSeconds(json.number("seconds")));
  }

  private static Map<String, Object> of(AccessState state) {
    if (state instanceof AccessState.Pending pending) {
      return Json.object(
          "is", "pending",
          "until", pending.until(),
          "needed", pending.approvalsNeeded(),
          "approvals", approvals(pending));
    }
    if (state instanceof AccessState.Granted granted) {
      return Json.object(
          "is", "granted",
          "scope", of(granted.scope()),
          "from", granted.from(),
          "until", granted.until(),
          "approvals", approvals(granted));
    }
    if (state instanceof AccessState.Denied denied) {
      return ended(
          "denied", "by", of(denied.by()), "at", denied.at(), "before", of(denied.before()));
    }
    if (state instanceof AccessState.Revoked revoked) {
      return ended(
          "revoked", "by", of(revoked.by()), "at", revoked.at(), "before", of(revoked.before()));
    }
    AccessState.Expired expired = (AccessState.Expired) state;
    return ended("expired", "at", expired.at(), "before", of(expired.before()));
  }

  private static Map<String, Object> ended(String how, Object... rest) {
    Map<String, Object> members = Json.object("is", how);
    members.putAll(Json.object(rest));
    return members;
  }

  private static AccessState state(Members json) throws MalformedDocument {
    String is = json.text("is");
    return switch (is) {
      case "denied" ->
          new AccessState.Denied(
              actor(json.object("by")), json.instant("at"), pending(json.object("before")));
      case "revoked" ->
          new AccessState.Revoked(
              actor(json.object("by")), json.instant("at"), open(json.object("before")));
      case "expired" -> new AccessState.Expired(json.instant("at"), open(json.object("before")));
      default -> open(json);
    };
  }

  private static AccessState.Open open(Members json) throws MalformedDocument {
    return switch (json.text("is")) {
      case "pending" -> pending(json);
      case "granted" ->
          new AccessState.Granted(
              scope(json.object("scope")),
              json.instant("from"),
              json.instant("until"),
              approvals(json));
      default -> throw new MalformedDocument("its state is none that is known");
    };
  }

  private static AccessState.Pending pending(Members json) throws MalformedDocument {
    return new AccessState.Pending(
        json.instant("until"), Math.toIntExact(json.number("needed")), approvals(json));
  }

  private static List<Map<String, Object>> approvals(AccessState.Open open) {
    return open.approvals().stream()
        .map(
            approval ->
                Json.object(
                    "by", of(approval.by()),
                    "at", approval.at(),
                    "scope", of(approval.scope()),
                    "way", approval.way()))
        .toList();
  }

  private static List<Approval> approvals(Members json) throws MalformedDocument {
    List<Approval> approvals = new ArrayList<>();
    for (Members approval : json.objects("approvals")) {
      approvals.add(
          new Approval(
              actor(approval.object("by")),
              approval.instant("at"),
              scope(approval.object("scope")),
              Approval.Way.valueOf(approval.text("way"))));
    }
    return approvals;
  }
}
