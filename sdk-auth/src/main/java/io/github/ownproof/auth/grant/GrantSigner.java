package io.github.ownproof.auth.grant;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;

/**
 * Signs grants: with a key in memory, or with one that never leaves a key service. ES256 for a key
 * on P-256, EdDSA for an Ed25519 key; nothing else. Thread-safe.
 *
 * <p>For AWS KMS: {@code sign} calls its Sign with {@code ECDSA_SHA_256} on the raw message, and
 * {@code publicKey} is what GetPublicKey gave once at start.
 */
public interface GrantSigner {

  /** The {@code kid} of the grants, by which checkers find the public key. */
  String keyId();

  /** The public key: on P-256, or Ed25519. */
  PublicKey publicKey();

  /**
   * Signs. For P-256 with SHA-256, the signature in DER (as JCA's {@code SHA256withECDSA} and AWS
   * KMS give it); for Ed25519 its 64 bytes.
   *
   * @throws GeneralSecurityException if it cannot; no grant is issued then. Nor with any other
   *     exception
   */
  byte[] sign(byte[] message) throws GeneralSecurityException;

  /**
   * Signs with this key, in memory.
   *
   * @throws InvalidSupportAccessException if it is neither on P-256 nor Ed25519, or its halves do
   *     not belong together
   */
  static GrantSigner of(String keyId, KeyPair pair) {
    return KeyPairSigner.of(keyId, pair);
  }
}
