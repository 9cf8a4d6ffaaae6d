package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.NOW;
import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.VerifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grant is from 10:00:00 to 11:00:00, the engineer's token until 14:00:00. */
class GrantTimesTest {

  private final CheckRig rig = new CheckRig();

  private String outcome(SupportAccessChecker checker, VerifiedToken engineer, String grant) {
    return checker
        .check(engineer, grant, "GET", RESOURCE, READ)
        .fold(yes -> "PERMITTED", no -> no.refusal().name());
  }

  @ParameterizedTest
  @CsvSource({
    "5, 09:59:54.999, NOT_YET_VALID",
    "5, 09:59:55.000, PERMITTED",
    "5, 10:00:00.000, PERMITTED",
    "5, 10:59:54.999, PERMITTED",
    "5, 10:59:55.000, EXPIRED",
    "5, 11:00:00.000, EXPIRED",
    "0, 09:59:59.999, NOT_YET_VALID",
    "0, 10:00:00.000, PERMITTED",
    "0, 10:59:59.999, PERMITTED",
    "0, 11:00:00.000, EXPIRED",
    "60, 10:58:59.999, PERMITTED",
    "60, 10:59:00.000, EXPIRED",
  })
  void check_atTheEdges_countsTheSkewAgainstTheGrant(long skew, String time, String expected) {
    VerifiedToken engineer = rig.engineer();
    rig.clock.set(Instant.parse("2026-11-22T" + time + "Z"));
    SupportAccessChecker checker = rig.checker(rig.settings().clockSkew(Duration.ofSeconds(skew)));

    assertThat(outcome(checker, engineer, rig.forged().compact())).isEqualTo(expected);
  }

  @Test
  void clockSkew_ofPartOfASecond_isAWholeOne() {
    rig.clock.set(NOW.plusSeconds(3599));
    SupportAccessChecker checker = rig.checker(rig.settings().clockSkew(Duration.ofMillis(1)));

    assertThat(outcome(checker, rig.engineer(), rig.forged().compact())).isEqualTo("EXPIRED");
  }

  @ParameterizedTest
  @CsvSource({"10:29:59.999, PERMITTED", "10:30:00.000, TOKEN_EXPIRED", "10:59:00, TOKEN_EXPIRED"})
  void check_engineersTokenEndsMeanwhile_isDeniedFromThenOn(String time, String expected) {
    VerifiedToken engineer = rig.login(token -> token.expiresIn(Duration.ofMinutes(30)));
    rig.clock.set(Instant.parse("2026-11-22T" + time + "Z"));

    assertThat(outcome(rig.checker(), engineer, rig.forged().compact())).isEqualTo(expected);
  }

  @Test
  void check_engineersTokenEndsWithinASecond_isDeniedFromThatSecondOn() {
    String end = NOW.plusSeconds(60).getEpochSecond() + ".5";
    VerifiedToken engineer = rig.login(token -> token.claimJson("exp", end));
    String grant = rig.forged().compact();
    rig.clock.set(NOW.plusMillis(59_999));
    assertThat(outcome(rig.checker(), engineer, grant)).isEqualTo("PERMITTED");

    rig.clock.set(NOW.plusMillis(60_700));

    assertThat(outcome(rig.checker(), engineer, grant)).isEqualTo("TOKEN_EXPIRED");
  }

  @Test
  void check_lifeOfEightHours_isTheLongest() {
    long from = NOW.getEpochSecond();
    String longest = rig.forged().claim("exp", from + 8 * 3600).compact();
    String longer = rig.forged().claim("exp", from + 8 * 3600 + 1).compact();

    assertThat(outcome(rig.checker(), rig.engineer(), longest)).isEqualTo("PERMITTED");
    assertThat(outcome(rig.checker(), rig.engineer(), longer)).isEqualTo("MALFORMED");
  }

  @Test
  void check_clockSetBack_doesNotProlongTheGrant() {
    AtomicLong ticks = new AtomicLong();
    SupportAccessChecker checker = new SupportAccessChecker(rig.settings(), ticks::get);
    VerifiedToken engineer = rig.engineer();
    String grant = rig.forged().compact();
    rig.clock.set(NOW.plusSeconds(3600));
    assertThat(outcome(checker, engineer, grant)).isEqualTo("EXPIRED");

    rig.clock.set(NOW);

    assertThat(outcome(checker, engineer, grant)).isEqualTo("EXPIRED");
  }

  @Test
  void check_clockThatStands_endsTheGrantAllTheSame() {
    AtomicLong ticks = new AtomicLong();
    SupportAccessChecker checker = new SupportAccessChecker(rig.settings(), ticks::get);
    VerifiedToken engineer = rig.engineer();
    String grant = rig.forged().compact();
    assertThat(outcome(checker, engineer, grant)).isEqualTo("PERMITTED");

    ticks.set(Duration.ofMinutes(60).toNanos());

    assertThat(outcome(checker, engineer, grant)).isEqualTo("EXPIRED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT60.001S", "PT1H"})
  void clockSkew_thatCannotBe_isRefused(Duration skew) {
    assertThatThrownBy(() -> rig.settings().clockSkew(skew))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("between 0 and 60 seconds");
  }
}
