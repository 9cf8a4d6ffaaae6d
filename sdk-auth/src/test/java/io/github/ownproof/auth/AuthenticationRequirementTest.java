package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9470: step-up. */
class AuthenticationRequirementTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration SKEW = Duration.ofSeconds(10);
  private static final AuthenticationRequirement MFA =
      AuthenticationRequirement.of("urn:mfa", "urn:hardware");
  private static final AuthenticationRequirement RECENT =
      AuthenticationRequirement.lately(Duration.ofMinutes(5));

  private final MutableClock clock = MutableClock.at(NOW);

  private boolean isMet(AuthenticationRequirement requirement, String claims) {
    VerifiedToken token = MintedTokens.with(claims, clock, SKEW);
    try {
      token.require(requirement);
      return true;
    } catch (TokenRejectedException e) {
      assertThat(e.reason()).isEqualTo(Reason.INSUFFICIENT_AUTHENTICATION);
      assertThat(e.status()).isEqualTo(401);
      assertThat(e.challenge()).isEqualTo(requirement.challenge());
      return false;
    }
  }

  private static String loggedIn(long secondsFromNow) {
    return "{\"auth_time\":" + (NOW.getEpochSecond() + secondsFromNow) + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'acr':'urn:mfa'}            | true",
        "{'acr':'urn:hardware'}       | true",
        "{'acr':'urn:MFA'}            | false",
        "{'acr':'urn:mfa '}           | false",
        "{'acr':'urn:mfa urn:hardware'}| false",
        "{'acr':'urn:password'}       | false",
        "{'acr':''}                   | false",
        "{'acr':null}                 | false",
        "{'acr':1}                    | false",
        "{'acr':['urn:mfa']}          | false",
        "{'acr':{'urn:mfa':true}}     | false",
        "{'amr':['urn:mfa']}          | false",
        "{}                           | false",
      })
  void require_acr_isOneOfThem(String claims, boolean met) {
    assertThat(isMet(MFA, claims.replace('\'', '"'))).isEqualTo(met);
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "-299, true",
    "-300, true",
    "-309, true",
    "-310, true",
    "-311, false",
    "-312, false",
    "9, true",
    "10, true",
    "11, false",
    "3600, false",
    "-86400, false"
  })
  void require_authTime_holdsToTheSecondWithSkew(long secondsFromNow, boolean met) {
    assertThat(isMet(RECENT, loggedIn(secondsFromNow))).isEqualTo(met);
  }

  @Test
  void require_timePasses_isNoLongerMet() {
    assertThat(isMet(RECENT, loggedIn(0))).isTrue();
    clock.advance(Duration.ofSeconds(310));
    assertThat(isMet(RECENT, loggedIn(0))).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(isMet(RECENT, loggedIn(0))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"auth_time\":null}",
        "{\"auth_time\":\"1795341600\"}",
        "{\"auth_time\":true}",
        "{\"auth_time\":[1795341600]}",
        "{\"auth_time\":{}}",
        "{\"auth_time\":0}",
        "{\"auth_time\":-1}",
        "{\"auth_time\":1e300}",
        "{\"auth_time\":-1e300}",
        "{\"auth_time\":999999999999999999}",
        "{\"auth_time\":1e-900}",
        "{\"iat\":1795341600}"
      })
  void require_noUsableAuthTime_isNotMet(String claims) {
    assertThat(isMet(RECENT, claims)).isFalse();
  }

  @Test
  void require_authTimeWithFraction_isExact() {
    long edge = NOW.getEpochSecond() - 310;
    assertThat(isMet(RECENT, "{\"auth_time\":" + edge + ".0}")).isTrue();
    assertThat(isMet(RECENT, "{\"auth_time\":" + (edge - 1) + ".999999999}")).isFalse();
  }

  @Test
  void require_both_needsBoth() {
    AuthenticationRequirement both = MFA.within(Duration.ofMinutes(5));
    long now = NOW.getEpochSecond();
    assertThat(isMet(both, "{\"acr\":\"urn:mfa\",\"auth_time\":" + now + "}")).isTrue();
    assertThat(isMet(both, "{\"acr\":\"urn:mfa\"}")).isFalse();
    assertThat(isMet(both, "{\"acr\":\"other\",\"auth_time\":" + now + "}")).isFalse();
    assertThat(isMet(both, "{\"acr\":\"urn:mfa\",\"auth_time\":" + (now - 400) + "}")).isFalse();
  }

  @Test
  void challenge_requirement_isExactly() {
    assertThat(MFA.challenge())
        .isEqualTo(
            "Bearer error=\"insufficient_user_authentication\","
                + " acr_values=\"urn:mfa urn:hardware\"");
    assertThat(RECENT.challenge())
        .isEqualTo("Bearer error=\"insufficient_user_authentication\", max_age=\"300\"");
    assertThat(AuthenticationRequirement.of("a", "a").within(Duration.ofSeconds(1)).challenge())
        .isEqualTo(
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"a\", max_age=\"1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a\"b", "a\\b", "a\r\nX: y", "\u0000", "\u00e9", "\u007f"})
  void of_noAcr_isRefused(String acr) {
    assertThatThrownBy(() -> AuthenticationRequirement.of(acr))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageStartingWith("INVALID_VERIFIER: An acr is");
    assertThatThrownBy(() -> AuthenticationRequirement.of("urn:mfa", acr))
        .isInstanceOf(InvalidVerifierException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT0S",
        "PT-1S",
        "PT-5M",
        "PT0.5S",
        "PT1.5S",
        "PT0.000000001S",
        "PT87600H0.1S",
        "PT87601H",
        "PT2562047788015215H"
      })
  void within_noWholeSeconds_isRefusedByValue(String age) {
    Duration duration = Duration.parse(age);
    assertThatThrownBy(() -> MFA.within(duration))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining(duration.toString());
    assertThatThrownBy(() -> AuthenticationRequirement.lately(duration))
        .isInstanceOf(InvalidVerifierException.class);
  }

  @Test
  void within_longestAge_isFine() {
    assertThat(isMet(AuthenticationRequirement.lately(Duration.ofDays(3650)), loggedIn(-86400)))
        .isTrue();
  }
}
