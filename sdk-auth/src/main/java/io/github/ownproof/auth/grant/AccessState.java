package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import java.util.List;

/**
 * Where a request is in its life.
 *
 * <pre>{@code
 *            approve (enough)            time is up
 * Pending ──────────────────▶ Granted ──────────────▶ Expired
 *    │ │                         │                       ▲
 *    │ └──── deny ──▶ Denied     └─ revoke ─▶ Revoked    │
 *    ├────── revoke (withdraw) ──────────────▶ Revoked   │
 *    └────── nobody answered ────────────────────────────┘
 * }</pre>
 *
 * <p>Denied, Revoked and Expired are final. Immutable, thread-safe, compared by value.
 */
public sealed interface AccessState {

  /** Something can still happen. */
  sealed interface Open extends AccessState {

    /** Who agreed so far, in order. */
    List<Approval> approvals();

    /** When it ends by itself; from that instant on it is over. */
    Instant until();
  }

  /**
   * Waiting for the customer.
   *
   * @param until when it expires
   * @param approvalsNeeded how many must agree
   * @param approvals who did, fewer than needed
   */
  record Pending(Instant until, int approvalsNeeded, List<Approval> approvals) implements Open {
    /** Keeps a copy of the list. */
    public Pending {
      approvals = List.copyOf(approvals);
    }
  }

  /**
   * The customer agreed, and time runs.
   *
   * @param scope to how much: what all who agreed agreed to
   * @param from since when
   * @param until when it expires
   * @param approvals who agreed
   */
  record Granted(AccessScope scope, Instant from, Instant until, List<Approval> approvals)
      implements Open {
    /** Keeps a copy of the list. */
    public Granted {
      approvals = List.copyOf(approvals);
    }
  }

  /**
   * The customer said no.
   *
   * @param by who
   * @param at when
   * @param before what it was
   */
  record Denied(Actor.Identified by, Instant at, Pending before) implements AccessState {}

  /**
   * Taken back: by the customer, by the engineer, or by another engineer.
   *
   * @param by who
   * @param at when
   * @param before what it was
   */
  record Revoked(Actor.Identified by, Instant at, Open before) implements AccessState {}

  /**
   * Out of time.
   *
   * @param at when the time was up
   * @param before what it was
   */
  record Expired(Instant at, Open before) implements AccessState {}
}
