package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.Outcome;
import java.time.Instant;

/**
 * One use of a grant, or an attempt: what the customer sees of it. A plain value. Immutable,
 * thread-safe, compared by value.
 *
 * @param grant under which grant
 * @param customer whose data
 * @param engineer who
 * @param ticket on which support case
 * @param service which service was asked
 * @param method the HTTP method; not escaped
 * @param resource what was asked for; not escaped, at most 1024 characters and a digest
 * @param permission the permission it takes
 * @param at when
 * @param outcome {@link Outcome#ALLOWED}, or denied or failed and why
 * @param correlation what ties it to the lines of the audit trail
 */
public record GrantUse(
    GrantId grant,
    CustomerId customer,
    Actor.Identified engineer,
    String ticket,
    String service,
    String method,
    String resource,
    String permission,
    Instant at,
    Outcome outcome,
    String correlation) {

  /** The grant and the correlation alone: the rest is not escaped, and not for logs. */
  @Override
  public String toString() {
    return "GrantUse(" + grant + ", " + correlation + ")";
  }
}
