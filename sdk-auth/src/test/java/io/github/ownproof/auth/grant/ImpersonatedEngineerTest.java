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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that say that somebody acts as the engineer, in the words of every provider. */
class ImpersonatedEngineerTest {

  private static final Duration HALF = Duration.ofMinutes(30);

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

  @ParameterizedTest
  @MethodSource("markers")
  void marker_isRefusedByEveryStepOfTheDesk(String name, Object value) {
    try (TokenVerifier lax = verifierThatAccepts(name)) {
      assertStepsRefuse(
          person ->
              lax.verify(
                  rig.logins
                      .token()
                      .subject(person)
                      .claim("acr", "mfa")
                      .claim("auth_time", rig.clock.instant().getEpochSecond())
                      .claim(name, value)
                      .compact()));
    }
  }

  /** No verifier can be told to accept it; whoever made such a token all the same gets nowhere. */
  @Test
  void methodOfLoginThatIsImpersonation_isRefusedByEveryStepOfTheDesk() {
    DeskRig desk = new DeskRig();
    assertStepsRefuse(
        person ->
            desk.tokenWith(
                person,
                "{\"acr\":\"mfa\",\"auth_time\":"
                    + DeskRig.START.getEpochSecond()
                    + ",\"amr\":[\"pwd\",\"imp\"]}"));
  }

  private static void assertStepsRefuse(Function<String, VerifiedToken> login) {
    DeskRig desk = new DeskRig();
    GrantId pending = desk.requested();
    GrantId granted = desk.desk.request(desk.token("eve"), DeskRig.draft().duration(HALF)).id();
    desk.desk.approve(granted, desk.token("ada"));
    AccessState before = desk.state(granted);
    VerifiedToken eve = login.apply("eve");
    VerifiedToken ada = login.apply("ada");
    assertThat(
            Stream.of(
                desk.desk.tryRequest(eve, DeskRig.draft().justification("another")),
                desk.desk.tryApprove(pending, ada),
                desk.desk.tryApprove(pending, ada, DeskRig.draft().scope()),
                desk.desk.tryDeny(pending, ada),
                desk.desk.tryIssue(granted, eve),
                desk.desk.tryRevoke(granted, ada),
                desk.desk.tryRevoke(granted, eve)))
        .extracting(DeskRig::name)
        .containsOnly("IMPERSONATION");
    assertThat(desk.desk.requests(DeskRig.ACME)).hasSize(2);
    assertThat(desk.state(pending)).isInstanceOf(AccessState.Pending.class);
    assertThat(desk.state(granted)).isEqualTo(before);
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
