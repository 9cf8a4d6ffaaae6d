package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's attempt to read something under a grant, decided once.
 *
 * @param engineer the token they came with
 * @param at when
 * @param method as received
 * @param resource as asked for
 * @param permission what it takes
 * @param correlation what ties its lines together
 * @param grant the grant they came with, once it is known to be the desk's
 */
record ReadAttempt(
    VerifiedToken engineer,
    Instant at,
    String method,
    String resource,
    String permission,
    String correlation,
    @Nullable VerifiedGrant grant) {

  ReadAttempt under(VerifiedGrant verified) {
    return new ReadAttempt(engineer, at, method, resource, permission, correlation, verified);
  }

  /** Who attempts it; unverified if no actor can have such a name. */
  Actor actor() {
    if (grant != null && grant.isFor(engineer.identity())) {
      return grant.engineer();
    }
    try {
      return new Actor.Identified(engineer.identity().issuer(), engineer.identity().subject());
    } catch (OwnproofException e) {
      return new Actor.Unverified();
    }
  }
}
