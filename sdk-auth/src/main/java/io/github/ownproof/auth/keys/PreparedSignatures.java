package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.IdleObjects;
import io.github.ownproof.auth.internal.IdleObjects.Idle;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/**
 * Verifies with one key and one algorithm, and keeps a few prepared signature objects for the next
 * calls. Thread-safe.
 */
final class PreparedSignatures {

  private final JwsAlgorithm algorithm;
  private final PublicKey key;
  private final SignatureProviders providers;
  private final IdleObjects<Signature> idle = IdleObjects.kept();
  private volatile boolean refusedByFaster;

  PreparedSignatures(JwsAlgorithm algorithm, PublicKey key, SignatureProviders providers) {
    this.algorithm = algorithm;
    this.key = key;
    this.providers = providers;
  }

  /** Makes what the first verification needs, so that it need not wait for it. */
  void warmUp() {
    try {
      Signature prepared = prepare();
      idle.giveBack(idle.take(), prepared);
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      // The same will make verify refuse, which is where it matters.
      return;
    }
  }

  /** The name of the provider that verifies. */
  String provider() {
    try {
      return prepare().getProvider().getName();
    } catch (GeneralSecurityException e) {
      return "none";
    }
  }

  boolean verify(byte[] data, int length, byte[] signature) {
    Idle<Signature> taken = idle.take();
    Signature left = null;
    try {
      Signature prepared = taken.object() == null ? prepare() : taken.object();
      boolean valid = verify(prepared, data, length, signature);
      // Only success is known to leave the object as it was; every other end drops it.
      left = valid ? prepared : null;
      return valid;
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      return verifyAfresh(data, length, signature);
    } finally {
      idle.giveBack(taken, left);
    }
  }

  /** The provider broke, which says nothing about the signature: the JDK's looks at it whole. */
  private boolean verifyAfresh(byte[] data, int length, byte[] signature) {
    try {
      return verify(SignatureProviders.prepare(algorithm, key, null), data, length, signature);
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      return false;
    }
  }

  private static boolean verify(Signature prepared, byte[] data, int length, byte[] signature)
      throws SignatureException {
    prepared.update(data, 0, length);
    return prepared.verify(signature);
  }

  private Signature prepare() throws GeneralSecurityException {
    Provider faster = refusedByFaster ? null : providers.faster(algorithm);
    if (faster != null) {
      try {
        return SignatureProviders.prepare(algorithm, key, faster);
      } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
        // Such as an exponent longer than it supports: it will not like this key later either.
        refusedByFaster = true;
      }
    }
    return SignatureProviders.prepare(algorithm, key, null);
  }
}
