package io.github.ownproof.auth;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A token as a client presented it: with the scheme it came under, and what proves that the client
 * is the one it was issued to. Nothing of it is verified. Immutable.
 */
public final class PresentedToken {

  /** The authentication scheme in the {@code Authorization} header. */
  public enum Scheme {
    /** RFC 6750. */
    BEARER,
    /** RFC 9449 section 7.1. */
    DPOP
  }

  private final String token;
  private final Scheme scheme;
  private final @Nullable DpopProof proof;
  private final @Nullable X509Certificate certificate;

  private PresentedToken(
      String token,
      Scheme scheme,
      @Nullable DpopProof proof,
      @Nullable X509Certificate certificate) {
    this.token = token;
    this.scheme = scheme;
    this.proof = proof;
    this.certificate = certificate;
  }

  /** Under the scheme {@code Bearer}, with no proof. */
  public static PresentedToken bearer(String token) {
    return new PresentedToken(token, Scheme.BEARER, null, null);
  }

  /** Under the scheme {@code DPoP}, with the proof of the same request. */
  public static PresentedToken dpop(String token, DpopProof proof) {
    return new PresentedToken(token, Scheme.DPOP, proof, null);
  }

  /**
   * The same, with the certificate the client proved to hold when the TLS connection was made. It
   * must come from the TLS layer itself, or from a proxy that is trusted to set it and to remove
   * what the client sent.
   */
  public PresentedToken withClientCertificate(X509Certificate clientCertificate) {
    return new PresentedToken(token, scheme, proof, clientCertificate);
  }

  /** The scheme it came under. */
  public Scheme scheme() {
    return scheme;
  }

  String token() {
    return token;
  }

  @Nullable DpopProof proof() {
    return proof;
  }

  @Nullable X509Certificate certificate() {
    return certificate;
  }

  /** The scheme alone. */
  @Override
  public String toString() {
    return "PresentedToken(" + scheme + ")";
  }
}
