package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.Claims;
import io.github.ownproof.auth.Identity;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.VerificationKey;
import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A grant's token that the desk signed: what it says is what the desk said. Whether it still
 * stands, and helps whoever brought it, is not said. Only {@link GrantReader} makes one. Immutable
 * and thread-safe.
 */
final class VerifiedGrant {

  private final VerificationKey key;
  private final GrantId id;
  private final Actor.Identified engineer;
  private final Map<String, String> confirmation;
  private final CustomerId customer;
  private final String ticket;
  private final Set<String> services;
  private final String residency;
  private final AccessScope scope;
  private final Instant from;
  private final Instant until;

  VerifiedGrant(
      VerificationKey key,
      GrantId id,
      Actor.Identified engineer,
      Map<String, String> confirmation,
      CustomerId customer,
      String ticket,
      Set<String> services,
      String residency,
      AccessScope scope,
      Instant from,
      Instant until) {
    this.key = key;
    this.id = id;
    this.engineer = engineer;
    this.confirmation = Map.copyOf(confirmation);
    this.customer = customer;
    this.ticket = ticket;
    this.services = Set.copyOf(services);
    this.residency = residency;
    this.scope = scope;
    this.from = from;
    this.until = until;
  }

  VerificationKey key() {
    return key;
  }

  GrantId id() {
    return id;
  }

  Actor.Identified engineer() {
    return engineer;
  }

  CustomerId customer() {
    return customer;
  }

  String ticket() {
    return ticket;
  }

  Set<String> services() {
    return services;
  }

  String residency() {
    return residency;
  }

  AccessScope scope() {
    return scope;
  }

  Instant from() {
    return from;
  }

  Instant until() {
    return until;
  }

  boolean isFor(Identity person) {
    return engineer.subject().equals(person.subject()) && engineer.issuer().equals(person.issuer());
  }

  /** Whether it is bound to exactly what this token is bound to: also to nothing, if that is. */
  boolean isBoundLike(VerifiedToken token) {
    Claims claims = token.claims();
    if (!claims.has("cnf")) {
      return confirmation.isEmpty();
    }
    Claims own = claims.object("cnf").orElse(null);
    if (own == null || confirmation.isEmpty() || own.names().size() != confirmation.size()) {
      return false;
    }
    return confirmation.entrySet().stream()
        .allMatch(
            member -> own.string(member.getKey()).filter(member.getValue()::equals).isPresent());
  }

  /** The grant's id alone. */
  @Override
  public String toString() {
    return "VerifiedGrant(" + id + ")";
  }
}
