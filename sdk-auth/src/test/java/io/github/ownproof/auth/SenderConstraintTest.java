package io.github.ownproof.auth;

import static io.github.ownproof.auth.ProofForge.HOLDER;
import static io.github.ownproof.auth.ProofForge.METHOD;
import static io.github.ownproof.auth.ProofForge.THIEF;
import static io.github.ownproof.auth.ProofForge.TOKEN;
import static io.github.ownproof.auth.ProofForge.URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7800 section 3.1, RFC 8705 section 3, RFC 9449 sections 6 and 7. */
class SenderConstraintTest {

  private static final String JKT = ProofForge.thumbprint(HOLDER);
  private static final String BY_KEY = "{\"jkt\":\"" + JKT + "\"}";
  private static final String BY_CERTIFICATE =
      "{\"x5t#S256\":\"" + TestCertificates.CLIENT_THUMBPRINT + "\"}";
  private static final String BY_BOTH =
      "{\"jkt\":\"" + JKT + "\",\"x5t#S256\":\"" + TestCertificates.CLIENT_THUMBPRINT + "\"}";

  private final ProofForge proofs =
      new ProofForge(DpopPolicy.defaults(), MutableClock.at("2026-11-22T10:00:00Z"));

  private static PresentedToken bearer() {
    return PresentedToken.bearer(TOKEN);
  }

  private PresentedToken dpop() {
    return dpop(proofs.valid());
  }

  private static PresentedToken dpop(ForgedToken proof) {
    return PresentedToken.dpop(
        TOKEN, DpopProof.of(List.of(proof.compact()), METHOD, URI.create(URL)));
  }

  @Test
  void check_unboundAsBearer_isAccepted() {
    assertThat(proofs.check(bearer(), null)).isEmpty();
  }

  @Test
  void check_unboundWithCertificate_isAccepted() {
    assertThat(proofs.check(bearer().withClientCertificate(TestCertificates.CLIENT), null))
        .isEmpty();
  }

  @Test
  void check_unboundUnderDpop_isRefused() {
    assertThat(proofs.check(dpop(), null)).contains(Reason.CONFIRMATION);
  }

  @Test
  void check_boundToKeyWithProof_isAccepted() {
    assertThat(proofs.check(dpop(), BY_KEY)).isEmpty();
    assertThat(proofs.check(dpop().withClientCertificate(TestCertificates.OTHER), BY_KEY))
        .isEmpty();
  }

  @Test
  void check_boundToKeyAsBearer_isRefused() {
    assertThat(proofs.check(bearer(), BY_KEY)).contains(Reason.PROOF_MISSING);
    assertThat(proofs.check(bearer().withClientCertificate(TestCertificates.CLIENT), BY_KEY))
        .contains(Reason.PROOF_MISSING);
  }

  @Test
  void check_boundToAnotherKey_isRefused() {
    assertThat(proofs.check(dpop(proofs.by(THIEF, METHOD, URL)), BY_KEY))
        .contains(Reason.DPOP_PROOF);
    assertThat(proofs.check(dpop(), "{\"jkt\":\"" + TestCertificates.CLIENT_THUMBPRINT + "\"}"))
        .contains(Reason.DPOP_PROOF);
  }

  @Test
  void check_boundToCertificateWithIt_isAccepted() {
    assertThat(
            proofs.check(bearer().withClientCertificate(TestCertificates.CLIENT), BY_CERTIFICATE))
        .isEmpty();
  }

  @Test
  void check_boundToCertificateWithout_isRefused() {
    assertThat(proofs.check(bearer(), BY_CERTIFICATE)).contains(Reason.PROOF_MISSING);
  }

  @Test
  void check_boundToAnotherCertificate_isRefused() {
    assertThat(proofs.check(bearer().withClientCertificate(TestCertificates.OTHER), BY_CERTIFICATE))
        .contains(Reason.CERTIFICATE);
  }

  @Test
  void check_boundToCertificateOnlyUnderDpop_isRefused() {
    assertThat(proofs.check(dpop().withClientCertificate(TestCertificates.CLIENT), BY_CERTIFICATE))
        .contains(Reason.CONFIRMATION);
  }

  @Test
  void check_boundToBoth_needsBoth() {
    ForgedToken proof = proofs.valid();
    ForgedToken stolen = proofs.by(THIEF, METHOD, URL);
    assertThat(proofs.check(dpop(proof), BY_BOTH)).contains(Reason.PROOF_MISSING);
    assertThat(proofs.check(dpop(proof).withClientCertificate(TestCertificates.OTHER), BY_BOTH))
        .contains(Reason.CERTIFICATE);
    assertThat(proofs.check(bearer().withClientCertificate(TestCertificates.CLIENT), BY_BOTH))
        .contains(Reason.PROOF_MISSING);
    assertThat(proofs.check(dpop(stolen).withClientCertificate(TestCertificates.CLIENT), BY_BOTH))
        .contains(Reason.DPOP_PROOF);
    // None of these used up the proof.
    assertThat(proofs.check(dpop(proof).withClientCertificate(TestCertificates.CLIENT), BY_BOTH))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "1",
        "\"jkt\"",
        "[]",
        "{}",
        "[{\"jkt\":\"x\"}]",
        "{\"jwk\":{}}",
        "{\"jwe\":\"x\"}",
        "{\"kid\":\"1\"}",
        "{\"jku\":\"https://a\"}",
        "{\"x5t\":\"x\"}",
        "{\"JKT\":\"x\"}",
        "{\"x5t#s256\":\"x\"}",
        "{\"jkt\":null}",
        "{\"jkt\":1}",
        "{\"jkt\":[]}",
        "{\"jkt\":\"\"}",
        "{\"jkt\":\"short\"}",
        "{\"x5t#S256\":null}",
        "{\"x5t#S256\":\"\"}",
        "{\"x5t#S256\":\"AAAA\"}",
        "{\"x5t#S256\":{}}"
      })
  void check_confirmationWeCannotCheck_isRefused(String cnf) {
    PresentedToken all = dpop().withClientCertificate(TestCertificates.CLIENT);
    assertThat(proofs.check(all, cnf)).contains(Reason.CONFIRMATION);
    assertThat(proofs.check(bearer(), cnf)).contains(Reason.CONFIRMATION);
    assertThat(proofs.check(bearer().withClientCertificate(TestCertificates.CLIENT), cnf))
        .contains(Reason.CONFIRMATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kid", "jwk", "x5t", "osc", "x5t#S384", ""})
  void check_unknownConfirmationBesideKnownOnes_isRefused(String member) {
    String cnf = BY_BOTH.replace("}", ",\"" + member + "\":\"x\"}");
    assertThat(proofs.check(dpop().withClientCertificate(TestCertificates.CLIENT), cnf))
        .contains(Reason.CONFIRMATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "A", " ", "\\n"})
  void check_thumbprintWithMore_isRefused(String more) {
    String cnf = BY_CERTIFICATE.replace("\"}", more + "\"}");
    assertThat(proofs.check(bearer().withClientCertificate(TestCertificates.CLIENT), cnf))
        .contains(Reason.CONFIRMATION);
  }

  @Test
  void check_thumbprintInPlainBase64_isRefused() {
    String cnf = "{\"x5t#S256\":\"" + "+/".repeat(21) + "A\"}";
    assertThat(proofs.check(bearer().withClientCertificate(TestCertificates.CLIENT), cnf))
        .contains(Reason.CONFIRMATION);
  }

  @Test
  void toString_ofWhatIsPresented_showsNoneOfIt() {
    assertThat(dpop().withClientCertificate(TestCertificates.CLIENT))
        .hasToString("PresentedToken(DPOP)");
    assertThat(DpopProof.of(List.of("canary"), METHOD, URI.create(URL))).hasToString("DpopProof");
  }
}
