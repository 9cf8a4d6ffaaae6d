package io.github.ownproof.auth.keys;

import java.security.PublicKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's public key that passed every check of its form, ready to verify. Immutable and
 * thread-safe. Two keys are equal only if they are the same object.
 */
public final class VerificationKey implements KeyLookup {

  private final String kid;
  private final String thumbprint;
  private final @Nullable String issuer;
  private final Set<JwsAlgorithm> algorithms;
  private final SignatureForm form;
  private final Map<JwsAlgorithm, PreparedSignatures> signatures;

  VerificationKey(
      String kid,
      String thumbprint,
      @Nullable String issuer,
      Set<JwsAlgorithm> algorithms,
      PublicKey key,
      SignatureForm form,
      SignatureProviders providers) {
    this.kid = kid;
    this.thumbprint = thumbprint;
    this.issuer = issuer;
    this.algorithms = Collections.unmodifiableSet(EnumSet.copyOf(algorithms));
    this.form = form;
    this.signatures = new EnumMap<>(JwsAlgorithm.class);
    for (JwsAlgorithm algorithm : algorithms) {
      signatures.put(algorithm, new PreparedSignatures(algorithm, key, providers));
    }
  }

  /** The key id it is published under. */
  public String kid() {
    return kid;
  }

  /**
   * The {@code issuer} member of its JWK: whose tokens it signs, where one document holds the keys
   * of several issuers, as those of Microsoft Entra ID do.
   */
  public Optional<String> issuer() {
    return Optional.ofNullable(issuer);
  }

  /**
   * The algorithms it may be used with: one if its JWK has {@code alg}, else those of its type and
   * curve.
   */
  public Set<JwsAlgorithm> algorithms() {
    return algorithms;
  }

  /**
   * Whether the signature over {@code data[0, length)} is this key's. False for an algorithm that
   * is not one of {@link #algorithms()}, for a signature of the wrong length, and whenever the
   * provider fails; never throws.
   */
  public boolean verify(JwsAlgorithm algorithm, byte[] data, int length, byte[] signature) {
    PreparedSignatures prepared = signatures.get(algorithm);
    return prepared != null
        && length >= 0
        && length <= data.length
        && form.fits(signature)
        && prepared.verify(data, length, signature);
  }

  /** The RFC 7638 thumbprint with SHA-256, base64url. */
  public String thumbprint() {
    return thumbprint;
  }

  /**
   * The name of the JCA provider that verifies this algorithm with this key.
   *
   * @throws IllegalArgumentException if it is not one of {@link #algorithms()}
   */
  public String provider(JwsAlgorithm algorithm) {
    PreparedSignatures prepared = signatures.get(algorithm);
    if (prepared == null) {
      throw new IllegalArgumentException(
          "This key is not for " + algorithm + "; ask for one of algorithms()");
    }
    return prepared.provider();
  }

  /** Chooses the providers and makes what they need now; otherwise the first token waits for it. */
  void warmUp() {
    signatures.values().forEach(PreparedSignatures::warmUp);
  }

  /** Whether the other is the same key for the same uses. */
  boolean isSameAs(VerificationKey other) {
    return kid.equals(other.kid)
        && thumbprint.equals(other.thumbprint)
        && Objects.equals(issuer, other.issuer)
        && algorithms.equals(other.algorithms);
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "VerificationKey" + algorithms;
  }
}
