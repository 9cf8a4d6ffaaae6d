package io.github.ownproof.auth.grant;

import java.time.Instant;

/**
 * Tells every process at once which grants stand: a grant is live between {@link #activate} and
 * {@link #revoke}, and dead for good after. It holds nothing but that; what was granted is in the
 * {@link GrantStore}. Thread-safe.
 */
public interface RevocationEpochs extends GrantLiveness {

  /**
   * The grant is live from now to then, unless it was revoked before: then it stays dead. May be
   * called again.
   *
   * @throws GrantStoreException if that may not have happened
   */
  void activate(GrantId id, Instant until);

  /**
   * The grant is dead, whether it was live or not: at once for who shares this object, within a
   * second for every other process. Remembered at least until then. May be called again.
   *
   * @throws GrantStoreException if that may not have happened
   */
  void revoke(GrantId id, Instant until);
}
