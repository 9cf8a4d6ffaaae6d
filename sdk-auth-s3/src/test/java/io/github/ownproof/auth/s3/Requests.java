package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessScope;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.Approval;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Requests and uses to keep. */
final class Requests {

  static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  static final CustomerId ACME = CustomerId.of("acme");
  static final Actor.Identified ENGINEER = new Actor.Identified("https://idp.test", "engineer-1");
  static final Actor.Identified ADMIN = new Actor.Identified("https://idp.acme.test", "admin-1");
  static final AccessScope SCOPE =
      new AccessScope(
          Resources.exactly("orders/123"), Set.of("orders:read"), Duration.ofMinutes(30));

  private Requests() {}

  static GrantId id(int number) {
    return GrantId.of("sg-" + String.format("%032d", number));
  }

  static AccessRequest pending(int number) {
    return pending(number, ACME, T0.plusSeconds(number));
  }

  static AccessRequest pending(int number, CustomerId customer, Instant at) {
    return new AccessRequest(
        id(number),
        1,
        ENGINEER,
        customer,
        "CASE-4711",
        "the order is \"stuck\"",
        Set.of("orders", "billing"),
        "eu",
        SCOPE,
        at,
        new AccessState.Pending(at.plusSeconds(86_400), 1, List.of()));
  }

  static AccessRequest granted(AccessRequest request) {
    AccessState.Pending pending = (AccessState.Pending) request.state();
    return next(
        request,
        new AccessState.Granted(
            SCOPE,
            pending.until().minusSeconds(100),
            pending.until(),
            List.of(new Approval(ADMIN, T0, SCOPE, Approval.Way.IN_PERSON))));
  }

  static AccessRequest revoked(AccessRequest request) {
    return next(
        request,
        new AccessState.Revoked(ADMIN, T0.plusSeconds(9), (AccessState.Open) request.state()));
  }

  static AccessRequest next(AccessRequest request, AccessState state) {
    return with(request, request.justification(), state);
  }

  static AccessRequest with(AccessRequest request, String justification, AccessState state) {
    return new AccessRequest(
        request.id(),
        request.version() + 1,
        request.engineer(),
        request.customer(),
        request.ticket(),
        justification,
        request.services(),
        request.residency(),
        request.asked(),
        request.requestedAt(),
        state);
  }

  static GrantUse use(int number, CustomerId customer, Instant at) {
    return new GrantUse(
        id(number),
        customer,
        ENGINEER,
        "CASE-4711",
        "orders",
        "GET",
        "orders/123",
        "orders:read",
        at,
        Outcome.ALLOWED,
        "request-" + number);
  }
}
