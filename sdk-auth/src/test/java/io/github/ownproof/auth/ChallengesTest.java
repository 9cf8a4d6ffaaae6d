package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.PresentedToken.Scheme;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750 section 3, RFC 9449 section 7.1, RFC 9470 section 3. */
class ChallengesTest {

  private static final String ALL =
      "algs=\"RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519\"";

  private static final DpopPolicy TWO =
      DpopPolicy.defaults().algorithms(JwsAlgorithm.ED25519, JwsAlgorithm.ES256);

  /** RFC 9110 section 11.6.1, as far as we use it. */
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(Bearer|DPoP)( [a-z_]+=\"[^\"\\\\\\p{Cntrl}]*\"(, [a-z_]+=\"[^\"\\\\\\p{Cntrl}]*\")*)?"
              + "(, DPoP algs=\"[A-Za-z0-9 ]+\")?");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING                     | Bearer",
        "INVALID_REQUEST             | Bearer error=\"invalid_request\"",
        "TOO_LARGE                   | Bearer error=\"invalid_token\"",
        "MALFORMED                   | Bearer error=\"invalid_token\"",
        "SIGNATURE                   | Bearer error=\"invalid_token\"",
        "EXPIRED                     | Bearer error=\"invalid_token\"",
        "EMAIL_SUBJECT               | Bearer error=\"invalid_token\"",
        "IMPERSONATION               | Bearer error=\"invalid_token\"",
        "CERTIFICATE                 | Bearer error=\"invalid_token\"",
        "CONFIRMATION                | Bearer error=\"invalid_token\"",
        "REVOKED                     | Bearer error=\"invalid_token\"",
        "INSUFFICIENT_SCOPE          | Bearer error=\"insufficient_scope\"",
        "INSUFFICIENT_AUTHENTICATION | Bearer error=\"insufficient_user_authentication\"",
      })
  void of_reason_isExactly(Reason reason, String challenge) {
    assertThat(Challenges.of(reason)).isEqualTo(challenge);
  }

  @Test
  void of_dpopReasons_areExactly() {
    assertThat(Challenges.of(Reason.DPOP_PROOF))
        .isEqualTo("DPoP error=\"invalid_dpop_proof\", " + ALL);
    assertThat(Challenges.of(Reason.DPOP_REPLAY))
        .isEqualTo("DPoP error=\"invalid_dpop_proof\", " + ALL);
    assertThat(Challenges.of(Reason.DPOP_NONCE)).isEqualTo("DPoP error=\"use_dpop_nonce\", " + ALL);
    assertThat(Challenges.of(Reason.PROOF_MISSING))
        .isEqualTo("Bearer error=\"invalid_token\", DPoP " + ALL);
  }

  @Test
  void of_underDpop_saysDpopWithThePolicysAlgorithms() {
    String algs = "algs=\"ES256 EdDSA Ed25519\"";
    assertThat(Challenges.of(Reason.EXPIRED, Scheme.DPOP, TWO))
        .isEqualTo("DPoP error=\"invalid_token\", " + algs);
    assertThat(Challenges.of(Reason.INVALID_REQUEST, Scheme.DPOP, TWO))
        .isEqualTo("DPoP error=\"invalid_request\", " + algs);
    assertThat(Challenges.of(Reason.DPOP_REPLAY, Scheme.DPOP, TWO))
        .isEqualTo("DPoP error=\"invalid_dpop_proof\", " + algs);
    assertThat(Challenges.of(Reason.MISSING, Scheme.DPOP, TWO)).isEqualTo("DPoP " + algs);
    assertThat(Challenges.of(Reason.PROOF_MISSING, Scheme.BEARER, TWO))
        .isEqualTo("Bearer error=\"invalid_token\", DPoP " + algs);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void of_anyReason_isAChallengeWithoutTheReason(Reason reason) {
    for (Scheme scheme : Scheme.values()) {
      String challenge = Challenges.of(reason, scheme, TWO);
      if (reason.status() == 503) {
        assertThat(challenge).isEmpty();
      } else {
        assertThat(challenge).matches(GRAMMAR).doesNotContain(reason.name());
        assertThat(challenge).contains(reason.error());
      }
    }
  }

  @Test
  void insufficientScope_names_theScopes() {
    assertThat(Challenges.insufficientScope(List.of("orders:read")))
        .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"orders:read\"");
    assertThat(Challenges.insufficientScope(List.of("a", "b/c.d")))
        .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"a b/c.d\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\"b",
        "\"",
        "a\\",
        "a\r\nSet-Cookie: x=1",
        "a\n",
        "\t",
        "\u0000",
        "\u007f",
        "\u00e9",
        "a\u2028",
        " a",
        "a "
      })
  void checkScopes_noScopeToken_isRefused(String scope) {
    assertThatThrownBy(() -> Challenges.checkScopes(List.of("good", scope)))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageStartingWith("INVALID_VERIFIER: A scope is printable ASCII without")
        .message()
        .doesNotContain("\n", "\r", "\u0000");
  }

  @Test
  void checkScopes_none_isRefused() {
    assertThatThrownBy(() -> Challenges.checkScopes(List.of()))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining("at least one scope");
  }

  @Property
  void insufficientScope_whatWasLetPass_isAChallenge(@ForAll @NotEmpty List<String> scopes) {
    try {
      Challenges.checkScopes(scopes);
    } catch (InvalidVerifierException e) {
      return;
    }
    assertThat(Challenges.insufficientScope(scopes)).matches(GRAMMAR);
  }

  @Test
  void requireScope_missing_is403WithTheChallenge() {
    VerifiedToken token =
        MintedTokens.with(
            "{\"scope\":\"a b\"}", MutableClock.at("2026-11-22T10:00:00Z"), Duration.ZERO);
    token.requireScope("a", "b");
    assertThatThrownBy(() -> token.requireScope("a", "c"))
        .isInstanceOfSatisfying(
            TokenRejectedException.class,
            e -> {
              assertThat(e.status()).isEqualTo(403);
              assertThat(e.challenge())
                  .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"a c\"");
            });
    assertThatThrownBy(() -> token.requireScope("a", "x\"y"))
        .isInstanceOf(InvalidVerifierException.class);
    assertThatThrownBy(token::requireScope).isInstanceOf(InvalidVerifierException.class);
  }
}
