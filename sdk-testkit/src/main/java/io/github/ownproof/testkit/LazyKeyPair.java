package io.github.ownproof.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A key pair, or an HMAC secret, that is made when first needed. */
final class LazyKeyPair {

  /** Far more names than tests have, and few enough to keep. */
  private static final int MOST_SHARED = 10_000;

  private static final ConcurrentMap<String, LazyKeyPair> SHARED = new ConcurrentHashMap<>();

  private final String type;
  private final byte @Nullable [] secret;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable KeyPair pair;

  private LazyKeyPair(String type, byte @Nullable [] secret) {
    this.type = type;
    this.secret = secret;
  }

  /**
   * The one of this type and name in the process.
   *
   * @throws IllegalStateException above {@link #MOST_SHARED} of them
   */
  static LazyKeyPair shared(String type, String name) {
    if (SHARED.size() >= MOST_SHARED) {
      throw new IllegalStateException(
          "Too many named keys: use withKid(..) or fresh() of a few of them instead");
    }
    return SHARED.computeIfAbsent(type + "/" + name, any -> ofType(type));
  }

  static LazyKeyPair secret(byte[] secret) {
    return new LazyKeyPair("secret", secret.clone());
  }

  LazyKeyPair fresh() {
    return ofType(type);
  }

  byte @Nullable [] secret() {
    return secret;
  }

  KeyPair get() {
    KeyPair made = pair;
    if (made != null) {
      return made;
    }
    making.lock();
    try {
      made = pair;
      if (made == null) {
        made = make();
        pair = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  private static LazyKeyPair ofType(String type) {
    if (!type.equals("secret")) {
      return new LazyKeyPair(type, null);
    }
    byte[] random = new byte[64];
    new SecureRandom().nextBytes(random);
    return new LazyKeyPair(type, random);
  }

  private KeyPair make() {
    try {
      if (type.startsWith("RSA-")) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(Integer.parseInt(type.substring(4)));
        return generator.generateKeyPair();
      }
      if (type.startsWith("P-")) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp" + type.substring(2) + "r1"));
        return generator.generateKeyPair();
      }
      if (type.equals("Ed25519")) {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      }
      throw new IllegalStateException("An HMAC key has no key pair");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK cannot make a key of type " + type, e);
    }
  }
}
