package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Instant;

/**
 * A grant: holding one proves that the desk found it granted, by enough of the customer's approvers
 * and not ended, at the moment it was handed out. It does not prove that it still stands, and opens
 * nothing: only {@link SupportAccessChecker} decides about a read. Immutable and thread-safe.
 */
public final class SupportGrant {

  private final AccessRequest request;
  private final AccessState.Granted granted;

  SupportGrant(AccessRequest request, AccessState.Granted granted) {
    this.request = request;
    this.granted = granted;
  }

  /** Its id, which is that of the request. */
  public GrantId id() {
    return request.id();
  }

  /** Who alone can use it. */
  public Actor.Identified engineer() {
    return request.engineer();
  }

  /** Whose data it opens. */
  public CustomerId customer() {
    return request.customer();
  }

  /** The support case. */
  public String ticket() {
    return request.ticket();
  }

  /** How much it opens. */
  public AccessScope scope() {
    return granted.scope();
  }

  /** Since when. */
  public Instant from() {
    return granted.from();
  }

  /** Until when, at the latest. */
  public Instant until() {
    return granted.until();
  }

  /** The request it came from, as it was then. */
  public AccessRequest request() {
    return request;
  }

  /** The id alone. */
  @Override
  public String toString() {
    return "SupportGrant(" + request.id() + ")";
  }
}
