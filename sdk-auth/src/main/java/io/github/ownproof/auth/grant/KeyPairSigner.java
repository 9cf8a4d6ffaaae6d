package io.github.ownproof.auth.grant;

import io.github.ownproof.core.OwnproofException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Signs with a key in memory. */
final class KeyPairSigner implements GrantSigner {

  private final String keyId;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;
  private final String algorithm;

  private KeyPairSigner(String keyId, PublicKey publicKey, PrivateKey privateKey, String jca) {
    this.keyId = keyId;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.algorithm = jca;
  }

  static GrantSigner of(String keyId, KeyPair pair) {
    GrantKey key = GrantKey.of(keyId, pair.getPublic());
    String jca = key.algorithm().equals("ES256") ? "SHA256withECDSA" : "Ed25519";
    GrantSigner signer = new KeyPairSigner(keyId, pair.getPublic(), pair.getPrivate(), jca);
    try {
      var unused =
          key.sign(signer, "Do both halves belong together?".getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new InvalidSupportAccessException(
          "The private and the public half of the key "
              + OwnproofException.quote(keyId)
              + " do not belong together: take both from the same key pair.");
    }
    return signer;
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    signature.update(message);
    return signature.sign();
  }

  /** The key's id alone. */
  @Override
  public String toString() {
    return "GrantSigner(" + keyId + ")";
  }
}
