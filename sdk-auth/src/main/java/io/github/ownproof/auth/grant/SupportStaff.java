package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;

/**
 * Who works in support. Asked at every step of a request's life, and at every use where a checker
 * is {@linkplain SupportAccessChecker.Settings#staff told to}. Thread-safe; anything thrown denies.
 */
public interface SupportStaff {

  /**
   * Whether this person may ask for support access now, to whatever customer. Say so of every login
   * that is somebody's in support, also of one they have at a customer: whoever is an engineer
   * never approves, and only you know that two logins are one person.
   */
  boolean isEngineer(Actor.Identified person);

  /**
   * Whether this customer is the company itself, one of its own people or a test account with power
   * over others: nobody gets support access to those.
   */
  boolean isStaffAccount(CustomerId customer);
}
