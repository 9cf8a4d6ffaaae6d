package io.github.ownproof.auth;

import io.github.ownproof.auth.PresentedToken.Scheme;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.WellKnownName;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token that is bound to its sender came from it (RFC 7800, RFC 8705, RFC 9449).
 * Thread-safe, as far as the policy's store and nonces are.
 */
final class SenderConstraint {

  private static final String JKT = "jkt";
  private static final String X5T = "x5t#S256";
  private static final Set<String> UNDERSTOOD = Set.of(JKT, X5T);

  private final DpopCheck dpop;

  SenderConstraint(DpopPolicy policy, Clock clock) {
    this.dpop = new DpopCheck(policy, clock);
  }

  /**
   * Refuses unless every confirmation of the token is proven. It uses up the DPoP proof, so it
   * comes after every other check.
   */
  void check(PresentedToken presented, VerifiedToken token) throws Refusal {
    if (!token.isBound()) {
      // A proof by a key the token does not name proves nothing (RFC 9449 section 7.1).
      require(presented.scheme() == Scheme.BEARER, Reason.CONFIRMATION);
      return;
    }
    if (!(token.claims().json().get(WellKnownName.CNF) instanceof JsonObject confirmation)
        || confirmation.size() == 0
        || !UNDERSTOOD.containsAll(confirmation.names())) {
      throw Refusal.of(Reason.CONFIRMATION);
    }
    String jkt = digest(confirmation, JKT);
    String thumbprint = digest(confirmation, X5T);
    require(presented.scheme() == Scheme.BEARER || jkt != null, Reason.CONFIRMATION);
    // The certificate first: it costs less, and uses up nothing.
    if (thumbprint != null) {
      checkCertificate(presented.certificate(), thumbprint);
    }
    if (jkt != null) {
      checkProof(presented, jkt);
    }
  }

  private static @Nullable String digest(JsonObject confirmation, String member) throws Refusal {
    if (!confirmation.has(member)) {
      return null;
    }
    if (confirmation.get(member) instanceof String digest && Digests.isDigest(digest)) {
      return digest;
    }
    throw Refusal.of(Reason.CONFIRMATION);
  }

  private void checkProof(PresentedToken presented, String jkt) throws Refusal {
    DpopProof proof = presented.proof();
    // As Bearer it would be no more than a bearer token to whoever stole it (section 7.2).
    if (presented.scheme() != Scheme.DPOP || proof == null) {
      throw Refusal.of(Reason.PROOF_MISSING);
    }
    dpop.check(proof, presented.token(), jkt);
  }

  private static void checkCertificate(@Nullable X509Certificate certificate, String thumbprint)
      throws Refusal {
    if (certificate == null) {
      throw Refusal.of(Reason.PROOF_MISSING);
    }
    try {
      require(
          Digests.areEqual(Digests.sha256(certificate.getEncoded()), thumbprint),
          Reason.CERTIFICATE);
    } catch (CertificateEncodingException e) {
      throw Refusal.of(Reason.CERTIFICATE);
    }
  }

  private static void require(boolean fulfilled, Reason reason) throws Refusal {
    if (!fulfilled) {
      throw Refusal.of(reason);
    }
  }
}
