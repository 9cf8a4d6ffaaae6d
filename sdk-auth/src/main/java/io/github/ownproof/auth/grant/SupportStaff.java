package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;

/**
 * Who works in support. Asked at every step of a request's life. Thread-safe; anything thrown
 * denies.
 */
public interface SupportStaff {

  /** Whether this person may ask for support access now, to whatever customer. */
  boolean isEngineer(Actor.Identified person);

  /**
   * Whether this customer is the company itself, one of its own people or a test account with power
   * over others: nobody gets support access to those.
   */
  boolean isStaffAccount(CustomerId customer);
}
