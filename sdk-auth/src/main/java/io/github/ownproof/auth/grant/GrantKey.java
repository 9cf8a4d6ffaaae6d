package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.keys.InvalidKeysException;
import io.github.ownproof.auth.keys.JwkWriter;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.VerificationKey;
import io.github.ownproof.core.OwnproofException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public half of a desk's key, and what signatures of the other half are held against. */
final class GrantKey {

  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@=+-]{0,127}");

  /** Of both algorithms (RFC 7518 section 3.4, RFC 8032 section 5.1.6). */
  private static final int SIGNATURE_BYTES = 64;

  private final String id;
  private final VerificationKey key;
  private final JwsAlgorithm algorithm;
  private final String jwkSet;

  /** Whether the last signature that was held against the key held, with no failure since. */
  private volatile boolean isProven;

  private GrantKey(String id, VerificationKey key, JwsAlgorithm algorithm, String jwkSet) {
    this.id = id;
    this.key = key;
    this.algorithm = algorithm;
    this.jwkSet = jwkSet;
  }

  static GrantKey of(String id, @Nullable PublicKey publicKey) {
    if (!KEY_ID.matcher(id).matches()) {
      throw new InvalidSupportAccessException(
          "The id of the key that signs grants is 1 to 128 ASCII letters, digits and . _ : / @ = +"
              + " - with a letter or digit first, not "
              + OwnproofException.quote(id)
              + ".");
    }
    if (publicKey == null) {
      throw new InvalidSupportAccessException(
          "The key " + OwnproofException.quote(id) + " has no public half to check grants with.");
    }
    String jwkSet;
    try {
      jwkSet = JwkWriter.jwkSet(id, publicKey);
    } catch (InvalidKeysException e) {
      throw otherKey(id, publicKey);
    }
    if (KeySource.pinned(jwkSet).find(id) instanceof VerificationKey key) {
      if (key.algorithms().contains(JwsAlgorithm.ES256)) {
        return new GrantKey(id, key, JwsAlgorithm.ES256, jwkSet);
      }
      if (key.algorithms().contains(JwsAlgorithm.ED25519)) {
        return new GrantKey(id, key, JwsAlgorithm.ED25519, jwkSet);
      }
    }
    throw otherKey(id, publicKey);
  }

  String id() {
    return id;
  }

  /** The {@code alg} header; for Ed25519 by its older name (RFC 8037), which everybody knows. */
  String algorithm() {
    return algorithm == JwsAlgorithm.ES256 ? "ES256" : "EdDSA";
  }

  String jwkSet() {
    return jwkSet;
  }

  /**
   * The signature as tokens carry it. The first is held against the public key, and the first after
   * every failure, so that a signer with another key, algorithm or message is told at once. The
   * others need no such check to be safe: one that does not hold opens nothing, as every checker
   * verifies it itself, and checking each one costs more than signing.
   */
  byte[] sign(GrantSigner signer, byte[] message) throws GeneralSecurityException {
    boolean isMade = false;
    try {
      byte[] signature = made(signer, message);
      if (!isProven) {
        verify(message, signature);
        isProven = true;
      }
      isMade = true;
      return signature;
    } finally {
      if (!isMade) {
        isProven = false;
      }
    }
  }

  private byte[] made(GrantSigner signer, byte[] message) throws GeneralSecurityException {
    byte[] made;
    try {
      // A copy, as it is not ours what a signer does with it.
      made = signer.sign(message.clone());
    } catch (GeneralSecurityException | RuntimeException e) {
      // What a signer says may be anything.
      throw new SignatureException("The signer failed with " + e.getClass().getName());
    }
    if (made == null) {
      throw new SignatureException("The signer gave no signature");
    }
    byte[] signature = algorithm == JwsAlgorithm.ES256 ? EcdsaSignature.fromDer(made) : made;
    if (signature.length != SIGNATURE_BYTES) {
      throw doesNotHold();
    }
    return signature;
  }

  private void verify(byte[] message, byte[] signature) throws SignatureException {
    if (!key.verify(algorithm, message, message.length, signature)) {
      throw doesNotHold();
    }
  }

  private SignatureException doesNotHold() {
    return new SignatureException(
        "The signature of the key "
            + OwnproofException.quote(id)
            + " does not hold under its public key: the signer uses another key, or another"
            + " algorithm than "
            + algorithm()
            + " over the message itself");
  }

  private static InvalidSupportAccessException otherKey(String id, PublicKey key) {
    return new InvalidSupportAccessException(
        "Grants are signed with ES256 or EdDSA, so the key "
            + OwnproofException.quote(id)
            + " must be on P-256 or Ed25519; it is another "
            + OwnproofException.quote(key.getAlgorithm())
            + " key.");
  }

  /** The key's id alone. */
  @Override
  public String toString() {
    return "GrantKey(" + id + ")";
  }
}
