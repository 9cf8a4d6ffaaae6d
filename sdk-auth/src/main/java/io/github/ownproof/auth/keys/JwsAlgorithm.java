package io.github.ownproof.auth.keys;

import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms we verify (RFC 7518 section 3.1, RFC 8037, RFC 9864). There is no HMAC
 * and no {@code none}: a verifier that holds a shared secret could also sign.
 */
public enum JwsAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256"),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384("RS384"),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512("RS512"),
  /** RSASSA-PSS with SHA-256. */
  PS256("PS256"),
  /** RSASSA-PSS with SHA-384. */
  PS384("PS384"),
  /** RSASSA-PSS with SHA-512. */
  PS512("PS512"),
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256"),
  /** ECDSA on P-384 with SHA-384. */
  ES384("ES384"),
  /** ECDSA on P-521 with SHA-512. */
  ES512("ES512"),
  /** Ed25519; also written {@code EdDSA}, its older name (RFC 8037), which means Ed25519 here. */
  ED25519("Ed25519");

  private final String value;

  JwsAlgorithm(String value) {
    this.value = value;
  }

  /** The name in the {@code alg} header; for Ed25519 the fully specified one of RFC 9864. */
  public String value() {
    return value;
  }

  /**
   * The algorithm of this exact name, case-sensitive (RFC 7515 section 4.1.1); null if not ours.
   */
  public static @Nullable JwsAlgorithm of(String alg) {
    return switch (alg) {
      case "RS256" -> RS256;
      case "RS384" -> RS384;
      case "RS512" -> RS512;
      case "PS256" -> PS256;
      case "PS384" -> PS384;
      case "PS512" -> PS512;
      case "ES256" -> ES256;
      case "ES384" -> ES384;
      case "ES512" -> ES512;
      case "EdDSA", "Ed25519" -> ED25519;
      default -> null;
    };
  }
}
