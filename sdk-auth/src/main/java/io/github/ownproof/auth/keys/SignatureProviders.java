package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.FasterProvider;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which JCA provider verifies each algorithm: a faster one where there is one and it gives the
 * known answers, else the JDK's. It is named at each call, so the order of the JVM's providers
 * neither matters nor changes. Thread-safe.
 */
final class SignatureProviders {

  private static final Logger LOG = LoggerFactory.getLogger(SignatureProviders.class);

  private static final SignatureProviders SHARED = new SignatureProviders(FasterProvider::find);

  private final Supplier<Optional<Provider>> faster;
  private final Map<JwsAlgorithm, Optional<Provider>> chosen = new ConcurrentHashMap<>();

  private SignatureProviders(Supplier<Optional<Provider>> faster) {
    this.faster = faster;
  }

  /** With this faster provider, or with none but the JDK's. */
  SignatureProviders(@Nullable Provider faster) {
    this(() -> Optional.ofNullable(faster));
  }

  /** What this JVM has. It is looked for when a key is first used, not when keys are read. */
  static SignatureProviders shared() {
    return SHARED;
  }

  /** The faster provider, if there is one that may be used for this algorithm. */
  @Nullable Provider faster(JwsAlgorithm algorithm) {
    Optional<Provider> found = chosen.get(algorithm);
    if (found == null) {
      // Loading it reads files, so not under the map's lock; who comes at once finds the same.
      found = faster.get().filter(candidate -> passes(algorithm, candidate));
      chosen.put(algorithm, found);
    }
    return found.orElse(null);
  }

  /** Whether no verification has to wait for it. For tests. */
  boolean isChosen() {
    return chosen.size() == JwsAlgorithm.values().length;
  }

  /** The name of the provider that verifies this algorithm. */
  String describe(JwsAlgorithm algorithm) {
    Provider chosen = faster(algorithm);
    try {
      return chosen != null ? chosen.getName() : instance(algorithm, null).getProvider().getName();
    } catch (GeneralSecurityException e) {
      return "none";
    }
  }

  /** The names of the providers of all algorithms. */
  Map<JwsAlgorithm, String> describe() {
    Map<JwsAlgorithm, String> names = new EnumMap<>(JwsAlgorithm.class);
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      names.put(algorithm, describe(algorithm));
    }
    return Collections.unmodifiableMap(names);
  }

  /** A signature object ready to verify with this key; the JDK's if no provider is given. */
  static Signature prepare(JwsAlgorithm algorithm, PublicKey key, @Nullable Provider provider)
      throws GeneralSecurityException {
    Signature signature = instance(algorithm, provider);
    signature.initVerify(key);
    return signature;
  }

  private static Signature instance(JwsAlgorithm algorithm, @Nullable Provider provider)
      throws GeneralSecurityException {
    String name = jcaName(algorithm);
    Provider named = provider != null ? provider : jdk(algorithm);
    // A JVM whose own providers have other names is asked in its own order.
    Signature signature =
        named != null ? Signature.getInstance(name, named) : Signature.getInstance(name);
    PSSParameterSpec pss = pss(algorithm);
    if (pss != null) {
      signature.setParameter(pss);
    }
    return signature;
  }

  private static @Nullable Provider jdk(JwsAlgorithm algorithm) {
    return Security.getProvider(
        switch (algorithm) {
          case RS256, RS384, RS512, PS256, PS384, PS512 -> "SunRsaSign";
          case ES256, ES384, ES512, ED25519 -> "SunEC";
        });
  }

  private static String jcaName(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256 -> "SHA256withRSA";
      case RS384 -> "SHA384withRSA";
      case RS512 -> "SHA512withRSA";
      case PS256, PS384, PS512 -> "RSASSA-PSS";
      case ES256 -> "SHA256withECDSAinP1363Format";
      case ES384 -> "SHA384withECDSAinP1363Format";
      case ES512 -> "SHA512withECDSAinP1363Format";
      case ED25519 -> "Ed25519";
    };
  }

  /** RFC 7518 section 3.5: the same hash throughout, and a salt of its length. */
  private static @Nullable PSSParameterSpec pss(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case PS256 -> new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
      case PS384 -> new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1);
      case PS512 -> new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1);
      case RS256, RS384, RS512, ES256, ES384, ES512, ED25519 -> null;
    };
  }

  private static boolean passes(JwsAlgorithm algorithm, Provider candidate) {
    boolean passes;
    try {
      passes = KnownAnswer.of(algorithm).isGivenBy(candidate);
    } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
      passes = false;
    }
    if (!passes) {
      LOG.debug("{} is not used for {}: it fails the known answer", candidate, algorithm);
    }
    return passes;
  }
}
