package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact instants at which tokens begin and cease to be valid. */
class TokenTimesBoundaryTest {

  private static final Instant START = Instant.parse(ForgeVerifiers.NOW);
  private static final long SECOND = START.getEpochSecond();
  private static final Duration NANO = Duration.ofNanos(1);

  private final MutableClock clock = MutableClock.at(START);
  private final TokenForge forge = TokenForge.issuer(ForgeVerifiers.ISSUER).clock(clock);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60})
  void tryVerify_aroundExp_isAcceptedUntilTheInstantAndNotAtIt(int skew) {
    ForgedToken token = forge.token().claim("exp", SECOND + 300);
    Instant end = START.plusSeconds(300 + skew);

    assertOutcome(skew, token, end.minus(NANO), "ACCEPTED");
    assertOutcome(skew, token, end, "EXPIRED");
    assertOutcome(skew, token, end.plus(NANO), "EXPIRED");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60})
  void tryVerify_aroundNbf_isAcceptedFromTheInstantOn(int skew) {
    ForgedToken token = forge.token().without("iat").claim("nbf", SECOND + 100);
    Instant begin = START.plusSeconds(100 - skew);

    assertOutcome(skew, token, begin.minus(NANO), "NOT_YET_VALID");
    assertOutcome(skew, token, begin, "ACCEPTED");
    assertOutcome(skew, token, begin.plus(NANO), "ACCEPTED");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60})
  void tryVerify_aroundIat_isAcceptedFromTheInstantOn(int skew) {
    ForgedToken token = forge.token().claim("iat", SECOND + 100);
    Instant begin = START.plusSeconds(100 - skew);

    assertOutcome(skew, token, begin.minus(NANO), "ISSUED_IN_FUTURE");
    assertOutcome(skew, token, begin, "ACCEPTED");
  }

  @Test
  void tryVerify_fractionsOfASecond_count() {
    ForgedToken token = forge.token().claimJson("exp", (SECOND + 300) + ".25");
    Instant end = START.plusSeconds(300).plusMillis(250);

    assertOutcome(0, token, end.minus(NANO), "ACCEPTED");
    assertOutcome(0, token, end, "EXPIRED");
  }

  @ParameterizedTest
  @CsvSource({"0", "60"})
  void tryVerify_aroundTheMaximumAge_isAcceptedUpToIt(int skew) {
    ForgedToken token = forge.token().claim("exp", SECOND + 86_400);
    IssuerProfile profile = ForgeVerifiers.accessProfile(forge).maxAge(Duration.ofHours(1));
    Instant end = START.plusSeconds(3_600 + skew);

    assertOutcome(profile, skew, token, end, "ACCEPTED");
    assertOutcome(profile, skew, token, end.plus(NANO), "TOO_OLD");
    assertOutcome(profile, skew, token.without("iat"), START, "CLAIMS");
  }

  @Test
  void tryVerify_aroundTheMaximumLifetime_isAcceptedUpToIt() {
    IssuerProfile profile = ForgeVerifiers.accessProfile(forge).maxLifetime(Duration.ofHours(1));
    ForgedToken hour = forge.token().claim("exp", SECOND + 3_600);
    ForgedToken longer = forge.token().claimJson("exp", (SECOND + 3_600) + ".000000001");

    assertOutcome(profile, 60, hour, START, "ACCEPTED");
    assertOutcome(profile, 60, longer, START, "LIFETIME");
    assertOutcome(profile, 60, hour.without("iat"), START, "CLAIMS");
  }

  /** The clock may go backwards, and a token is remembered meanwhile. */
  @Test
  void tryVerify_sameTokenAsTimeGoes_isJudgedByTheTimeItComes() {
    TokenVerifier verifier = ForgeVerifiers.withoutSkew(forge);
    String token =
        forge.token().without("iat").claim("nbf", SECOND + 10).claim("exp", SECOND + 20).compact();

    assertThat(outcomeAt(verifier, token, 10)).isEqualTo("ACCEPTED");
    assertThat(outcomeAt(verifier, token, 9)).isEqualTo("NOT_YET_VALID");
    assertThat(outcomeAt(verifier, token, 19)).isEqualTo("ACCEPTED");
    assertThat(outcomeAt(verifier, token, 20)).isEqualTo("EXPIRED");
    assertThat(outcomeAt(verifier, token, 15)).isEqualTo("ACCEPTED");
  }

  private String outcomeAt(TokenVerifier verifier, String token, int second) {
    clock.set(START.plusSeconds(second));
    return ForgeVerifiers.outcome(verifier.tryVerify(token));
  }

  private void assertOutcome(int skew, ForgedToken token, Instant at, String expected) {
    assertOutcome(ForgeVerifiers.accessProfile(forge), skew, token, at, expected);
  }

  private void assertOutcome(
      IssuerProfile profile, int skew, ForgedToken token, Instant at, String expected) {
    String compact = token.compact();
    TokenVerifier.Builder builder =
        TokenVerifier.builder().accept(profile).clock(clock).clockSkew(Duration.ofSeconds(skew));
    TokenVerifier remembering = builder.build();
    TokenVerifier forgetful = builder.verifyEveryTokenAnew().build();
    clock.set(at);
    assertThat(ForgeVerifiers.outcome(forgetful.tryVerify(compact))).isEqualTo(expected);
    assertThat(ForgeVerifiers.outcome(remembering.tryVerify(compact))).isEqualTo(expected);
    assertThat(ForgeVerifiers.outcome(remembering.tryVerify(compact))).isEqualTo(expected);
  }
}
