package io.github.ownproof.auth.keys;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.ownproof.core.OwnproofException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/** Writes public keys of our own down for those who verify with them. */
public final class JwkWriter {

  private JwkWriter() {}

  /**
   * The JWK Set (RFC 7517 section 5) of this one public key, for signatures: what {@link
   * KeySource#pinned(String)} takes.
   *
   * @param kid its id, as tokens name it
   * @param key RSA from 2048 bits, EC on P-256, P-384 or P-521, or Ed25519
   * @throws InvalidKeysException if it is none of these, or the id is empty, longer than 256
   *     characters or has control characters
   */
  public static String jwkSet(String kid, PublicKey key) {
    String json;
    try {
      json = new JWKSet(jwk(kid, key)).toString(true);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw unusable(kid, key);
    }
    if (PinnedKeys.of(json).health().usableKeys() != 1) {
      throw unusable(kid, key);
    }
    return json;
  }

  private static JWK jwk(String kid, PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa).keyID(kid).keyUse(KeyUse.SIGNATURE).build();
    }
    if (key instanceof ECPublicKey ec) {
      Curve curve = Curve.forECParameterSpec(ec.getParams());
      if (curve == null) {
        throw unusable(kid, key);
      }
      return new ECKey.Builder(curve, ec).keyID(kid).keyUse(KeyUse.SIGNATURE).build();
    }
    byte[] encoded = key instanceof EdECPublicKey ? key.getEncoded() : new byte[0];
    if (encoded.length != 44) {
      throw unusable(kid, key);
    }
    // The last 32 bytes of a SubjectPublicKeyInfo are the key (RFC 8410 section 4).
    return new OctetKeyPair.Builder(
            Curve.Ed25519, Base64URL.encode(Arrays.copyOfRange(encoded, 12, 44)))
        .keyID(kid)
        .keyUse(KeyUse.SIGNATURE)
        .build();
  }

  private static InvalidKeysException unusable(String kid, PublicKey key) {
    return new InvalidKeysException(
        "The "
            + OwnproofException.quote(key.getAlgorithm())
            + " key "
            + OwnproofException.quote(kid)
            + " cannot verify tokens: it must be RSA from 2048 bits, EC on P-256, P-384 or P-521,"
            + " or Ed25519, with an id of 1 to 256 characters");
  }
}
