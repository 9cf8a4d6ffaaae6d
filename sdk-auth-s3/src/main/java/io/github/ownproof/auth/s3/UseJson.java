package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.s3.Json.Members;
import io.github.ownproof.core.audit.Outcome;
import java.util.Map;

/** A use of a grant, as JSON and back. */
final class UseJson {

  private UseJson() {}

  static Map<String, Object> of(GrantUse use) {
    return Json.object(
        "grant", use.grant(),
        "customer", use.customer(),
        "engineer", RequestJson.of(use.engineer()),
        "ticket", use.ticket(),
        "service", use.service(),
        "method", use.method(),
        "resource", use.resource(),
        "permission", use.permission(),
        "at", use.at(),
        "outcome", use.outcome().result(),
        "reason", use.outcome().reason().orElse(""),
        "correlation", use.correlation());
  }

  static GrantUse use(Members json) throws MalformedDocument {
    return new GrantUse(
        GrantId.of(json.text("grant")),
        CustomerId.of(json.text("customer")),
        RequestJson.actor(json.object("engineer")),
        json.text("ticket"),
        json.text("service"),
        json.text("method"),
        json.text("resource"),
        json.text("permission"),
        json.instant("at"),
        outcome(Outcome.Result.valueOf(json.text("outcome")), json.text("reason")),
        json.text("correlation"));
  }

  private static Outcome outcome(Outcome.Result result, String reason) {
    return switch (result) {
      case ALLOWED -> Outcome.ALLOWED;
      case DONE -> Outcome.DONE;
      case DENIED -> Outcome.denied(reason);
      case FAILED -> Outcome.failed(reason);
    };
  }
}
