package io.github.ownproof.auth.grant;

/**
 * Knows whether a grant still stands. Asked at every check, so it answers from memory or fast, and
 * is never more than a second behind. Thread-safe.
 */
@FunctionalInterface
public interface GrantLiveness {

  /**
   * Whether it was granted and not taken back. False for a grant it does not know: what is lost is
   * not live.
   *
   * @throws GrantStoreException if it cannot tell, which denies; so does anything else thrown
   */
  boolean isLive(GrantId id);

  /** Live only where all of these say so; asked in this order, to the first that does not. */
  static GrantLiveness all(GrantLiveness first, GrantLiveness... others) {
    GrantLiveness[] rest = others.clone();
    return id -> {
      if (!first.isLive(id)) {
        return false;
      }
      for (GrantLiveness other : rest) {
        if (!other.isLive(id)) {
          return false;
        }
      }
      return true;
    };
  }
}
