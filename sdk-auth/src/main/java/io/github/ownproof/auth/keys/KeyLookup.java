package io.github.ownproof.auth.keys;

/** What became of asking a {@link KeySource} for a key. */
public sealed interface KeyLookup permits VerificationKey, KeyLookup.Absent {

  /** There is no key to give, and why. */
  enum Absent implements KeyLookup {
    /** The issuer has no such key, as far as it was asked lately: the token is not its. */
    UNKNOWN,
    /** The issuer's keys could not be had, so nobody can say: try again later. */
    UNAVAILABLE
  }
}
