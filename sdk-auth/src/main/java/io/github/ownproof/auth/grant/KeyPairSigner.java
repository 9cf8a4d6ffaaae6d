package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.internal.FasterProvider;
import io.github.ownproof.auth.internal.IdleObjects;
import io.github.ownproof.auth.internal.IdleObjects.Idle;
import io.github.ownproof.core.OwnproofException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a key in memory, or one that a JCA provider holds. Which provider signs is decided
 * when the signer is made: a faster one, if it signs rightly with this key, else the JVM's choice.
 */
final class KeyPairSigner implements GrantSigner {

  private static final byte[] PROOF =
      "Do both halves belong together?".getBytes(StandardCharsets.US_ASCII);

  private final String keyId;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;
  private final String algorithm;
  private final @Nullable Provider provider;
  private final boolean isInMemory;
  private final IdleObjects<Signature> idle = IdleObjects.kept();

  private KeyPairSigner(
      String keyId,
      PublicKey publicKey,
      PrivateKey privateKey,
      String jca,
      @Nullable Provider provider,
      boolean isInMemory) {
    this.keyId = keyId;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.algorithm = jca;
    this.provider = provider;
    this.isInMemory = isInMemory;
  }

  static GrantSigner of(String keyId, KeyPair pair) {
    return of(keyId, pair, FasterProvider.find().orElse(null));
  }

  /** With this faster provider where it can be used, or with none but the JVM's. */
  static GrantSigner of(String keyId, KeyPair pair, @Nullable Provider faster) {
    GrantKey key = GrantKey.of(keyId, pair.getPublic());
    String jca = key.algorithm().equals("ES256") ? "SHA256withECDSA" : "Ed25519";
    boolean isInMemory = isInMemory(pair.getPrivate());
    if (faster != null && isInMemory) {
      GrantSigner signer =
          new KeyPairSigner(keyId, pair.getPublic(), pair.getPrivate(), jca, faster, true);
      if (signsWithoutTrouble(key, signer)) {
        return signer;
      }
    }
    GrantSigner signer =
        new KeyPairSigner(keyId, pair.getPublic(), pair.getPrivate(), jca, null, isInMemory);
    if (!signs(key, signer)) {
      throw new InvalidSupportAccessException(
          "The private and the public half of the key "
              + OwnproofException.quote(keyId)
              + " do not belong together: take both from the same key pair.");
    }
    return signer;
  }

  /** Keys in hardware have no encoding, and no other provider than their own can sign with them. */
  private static boolean isInMemory(@Nullable PrivateKey key) {
    return key != null && "PKCS#8".equals(key.getFormat());
  }

  private static boolean signs(GrantKey key, GrantSigner signer) {
    try {
      var unused = key.sign(signer, PROOF);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whatever is wrong with a provider that nobody needs, the JVM's own is there. */
  private static boolean signsWithoutTrouble(GrantKey key, GrantSigner signer) {
    try {
      return signs(key, signer);
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
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
    if (!isInMemory) {
      // It may hold a session in the hardware, and is never kept.
      return sign(prepared(), message);
    }
    Idle<Signature> taken = idle.take();
    Signature left = null;
    try {
      Signature signature = taken.object() == null ? prepared() : taken.object();
      byte[] made = sign(signature, message);
      // Only success is known to leave the object as it was; every other end drops it.
      left = signature;
      return made;
    } finally {
      idle.giveBack(taken, left);
    }
  }

  private static byte[] sign(Signature signature, byte[] message) throws GeneralSecurityException {
    signature.update(message);
    return signature.sign();
  }

  private Signature prepared() throws GeneralSecurityException {
    Signature signature =
        provider != null
            ? Signature.getInstance(algorithm, provider)
            : Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    return signature;
  }

  /** The name of the provider that signs. */
  String provider() throws GeneralSecurityException {
    return prepared().getProvider().getName();
  }

  /** The key's id alone. */
  @Override
  public String toString() {
    return "GrantSigner(" + keyId + ")";
  }
}
