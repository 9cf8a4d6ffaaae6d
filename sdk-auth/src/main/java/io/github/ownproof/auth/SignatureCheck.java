package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.VerificationKey;

/**
 * The one step of {@link VerificationPath} that looks at the signature. Every verifier that can be
 * built from outside of this package has {@link #BY_KEY}; benchmarks put a cheap one in its place,
 * to measure the rest.
 */
@FunctionalInterface
interface SignatureCheck {

  /** The key that the issuer published. */
  SignatureCheck BY_KEY = VerificationKey::verify;

  /** Whether the signature over {@code data[0, length)} is this key's. */
  boolean holds(
      VerificationKey key, JwsAlgorithm algorithm, byte[] data, int length, byte[] signature);
}
