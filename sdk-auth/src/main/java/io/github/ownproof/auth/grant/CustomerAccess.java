package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * What the application knows of its customers: what their own access records allow, and who on
 * their side decides about support. Asked at every step and every use, always for the state of now;
 * an answer that is cached keeps access alive that the customer has taken away. Thread-safe;
 * anything thrown denies.
 */
public interface CustomerAccess {

  /** What the customer's own users may do now; {@link AccessRecord#nothing()} for no such one. */
  AccessRecord record(CustomerId customer);

  /**
   * Since when this person may decide about support access for this customer, without a gap; empty
   * if they may not. Who became approver after a request was made cannot approve it.
   */
  Optional<Instant> approverSince(CustomerId customer, Actor.Identified person);

  /** What the customer's administrators decided beforehand; by default to be asked each time. */
  default SupportPolicy policy(CustomerId customer) {
    return SupportPolicy.askEachTime();
  }
}
