package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.Reason;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.Verification;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that say that somebody acts as the engineer, in the words of every provider. */
class ImpersonatedEngineerTest {

  private final CheckRig rig = new CheckRig();

  static Stream<Arguments> markers() {
    Map<String, String> somebody = Map.of("sub", "admin");
    return Stream.of(
        Arguments.of("act", somebody),
        Arguments.of("may_act", somebody),
        Arguments.of("generated_by", "admin"),
        Arguments.of("impersonator", Map.of("id", "1", "username", "admin")),
        Arguments.of("impersonator", "admin"),
        Arguments.of("impersonated", true),
        Arguments.of("impersonatedBy", "admin"),
        Arguments.of("impersonator_id", "1"),
        Arguments.of("impersonator_uuid", "1"),
        Arguments.of("impersonator_user_id", 1),
        Arguments.of("impersonation", Map.of("active", true)),
        Arguments.of("is_impersonated", true),
        Arguments.of("on_behalf_of", "admin"),
        Arguments.of("https://example.com/impersonator", somebody),
        Arguments.of("https://example.com/impersonatedBy", "admin"),
        Arguments.of("Impersonator-Id", "1"));
  }

  @Test
  void methodOfLoginThatIsImpersonation_isRefusedByVerification() {
    String token = rig.logins.token().claim("amr", List.of("pwd", "imp")).compact();
    try (TokenVerifier verifier = rig.verifier(rig.logins)) {
      assertThat(verifier.tryVerify(token).fold(yes -> null, Verification.Rejected::reason))
          .isEqualTo(Reason.IMPERSONATION);
    }
  }

  @ParameterizedTest
  @MethodSource("markers")
  void marker_isRefusedByVerificationAndByTheChecker(String name, Object value) {
    String token = rig.logins.token().claim(name, value).compact();
    try (TokenVerifier strict = rig.verifier(rig.logins);
        TokenVerifier lax = verifierThatAccepts(name)) {
      assertThat(strict.tryVerify(token).fold(yes -> null, Verification.Rejected::reason))
          .isEqualTo(Reason.IMPERSONATION);

      VerifiedToken engineer = lax.verify(token);

      assertThat(
              CheckRig.refusal(rig.checker().check(engineer, rig.grant(), "GET", RESOURCE, READ)))
          .isEqualTo(SupportRefusal.IMPERSONATION);
      assertThat(rig.lines).hasSize(1);
      assertThat(rig.told).hasSize(1);
    }
  }

  private TokenVerifier verifierThatAccepts(String name) {
    return TokenVerifier.builder()
        .accept(
            IssuerProfiles.oidc(CheckRig.LOGIN)
                .audience("orders-api")
                .accessTokens()
                .acceptImpersonationClaims("a test of what comes after", name)
                .keys(KeySource.pinned(rig.logins.jwks())))
        .clock(rig.clock)
        .build();
  }
}
