package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Instant;

/**
 * That somebody on the customer's side agreed, and to how much. A plain value: it proves nothing.
 * Immutable, thread-safe, compared by value.
 *
 * @param by the administrator; for {@link Way#BY_POLICY} whoever set the policy
 * @param at when
 * @param scope to how much
 * @param way how they agreed
 */
public record Approval(Actor.Identified by, Instant at, AccessScope scope, Way way) {

  /** How somebody agreed. */
  public enum Way {
    /** To this request, after a fresh login. */
    IN_PERSON,
    /** Beforehand, to requests like this one. */
    BY_POLICY
  }
}
