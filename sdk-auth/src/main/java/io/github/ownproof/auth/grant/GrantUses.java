package io.github.ownproof.auth.grant;

import java.time.Instant;
import java.util.List;

/** Keeps every use of a grant for the customer to see. Thread-safe. */
public interface GrantUses {

  /**
   * Keeps a use. Called before the read happens: if this throws, it does not.
   *
   * @throws GrantStoreException if it is not kept, or may not be
   */
  void record(GrantUse use);

  /**
   * The uses of all grants to this customer's data from an instant on, the oldest first.
   * Unmodifiable.
   *
   * @throws GrantStoreException if they cannot be read
   */
  List<GrantUse> uses(CustomerId customer, Instant since);
}
