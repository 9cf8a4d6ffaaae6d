package io.github.ownproof.core.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.ownproof.core.reliability.RetryPlan.Feasible;
import io.github.ownproof.core.reliability.RetryPlan.Reason;
import io.github.ownproof.core.reliability.RetryPlan.Refused;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityBudgetTest {

  private static final ReliabilityBudget FIVE_NINES = ReliabilityBudget.of(0.99999, 0.999995);

  @Test
  void retriesAllowed_fiveNinesWithHandlerOfFiveAndAHalf_isTwo() {
    assertThat(FIVE_NINES.retriesAllowed()).isEqualTo(2);
  }

  @Test
  void leastDependency_fiveNinesWithTwoRetries_isOneMinusTheRoot() {
    assertThat(FIVE_NINES.leastDependency()).isCloseTo(1 - Math.sqrt(1e-5), within(1e-12));
    assertThat(FIVE_NINES.leastDependency()).isCloseTo(0.99684, within(0.000005));
  }

  @Test
  void retriesNeeded_fiveNinesFromNinetyPercent_isFive() {
    assertThat(FIVE_NINES.retriesNeeded(0.9)).hasValue(5);
  }

  @Test
  void triesAllowed_regionalFailover_isThreeRegions() {
    assertThat(ReliabilityBudget.REGIONAL_FAILOVER).isEqualTo(FIVE_NINES);
    assertThat(ReliabilityBudget.REGIONAL_FAILOVER.triesAllowed()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9,      0.9,      0", // meets it by itself
    "0.9,      0.95,     0",
    "0.9,      0.89,     2", // a single retry is not counted on
    "0.99,     0.9,      2", // exactly, and the decimals are not exact in binary
    "0.999,    0.9,      3",
    "0.9999,   0.99,     2",
    "0.999999, 0.999,    2",
    "0.99999,  0.99,     3",
    "0.999999999, 0.999, 3",
    "0.75,     0.5,      2",
    "0.99999,  0.5,     17"
  })
  void retriesNeeded_knownFigures_areRight(double target, double dependency, int retries) {
    assertThat(ReliabilityBudget.of(target, 0.5).retriesNeeded(dependency)).hasValue(retries);
  }

  @ParameterizedTest
  @CsvSource({
    "0.99999, 0.999995,   2",
    "0.99999, 0.99999,    1",
    "0.99999, 0.999989,   0",
    "0.99999, 0.999999,  10",
    "0.999,   0.9999,    10",
    "0.25,    0.5,        2",
    "0.5,     0.9999999999999999, 1000000"
  })
  void retriesAllowed_knownFigures_areRight(double target, double handler, int retries) {
    assertThat(ReliabilityBudget.of(target, handler).retriesAllowed()).isEqualTo(retries);
  }

  @Test
  void leastDependency_handlerWorseThanTarget_isTheTarget() {
    assertThat(ReliabilityBudget.of(0.99999, 0.9).leastDependency())
        .isCloseTo(0.99999, within(1e-15));
  }

  @Test
  void retriesNeeded_hopelessDependency_isEmpty() {
    assertThat(FIVE_NINES.retriesNeeded(1e-9)).isEmpty();
    assertThat(FIVE_NINES.retriesNeeded(Double.MIN_VALUE)).isEmpty();
  }

  @Test
  void retriesNeeded_onePercentOfFailuresShared_isEmptyWhateverTheNumber() {
    assertThat(FIVE_NINES.retriesNeeded(0.997)).hasValue(2);
    assertThat(FIVE_NINES.retriesNeeded(0.997, 0.01)).isEmpty();
    assertThat(FIVE_NINES.retriesNeeded(0.997, 1)).isEmpty();
  }

  @Test
  void plan_ninetyPercent_isRefusedForTheHandler() {
    RetryPlan plan = FIVE_NINES.plan(0.9);

    assertThat(plan)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_RETRIES);
              assertThat(refused.leastDependency()).isEqualTo(FIVE_NINES.leastDependency());
              // 0.9 * (1 + 0.1 r + (0.1 r)^2) with r = 0.999995
              assertThat(refused.ceiling()).isCloseTo(0.99899946, within(1e-8));
            });
    assertThat(plan.explanation())
        .isEqualTo(
            "Cannot meet 99.999 %: it needs 5 retries and the handler allows 2. The dependency"
                + " would have to reach 99.684 %.");
  }

  @Test
  void plan_commonCause_isRefusedWithTheCeiling() {
    RetryPlan plan = FIVE_NINES.plan(0.997, 0.01);

    assertThat(plan)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.COMMON_CAUSE);
              assertThat(refused.ceiling()).isCloseTo(0.99997, within(1e-6)).isLessThan(0.99999);
            });
    assertThat(plan.explanation())
        .startsWith("Cannot meet 99.999 %: no number of retries gets beyond 99.997 %, because");
  }

  @Test
  void plan_dependencyAboveTheLeast_isFeasibleWithTwo() {
    RetryPlan plan = FIVE_NINES.plan(0.997);

    assertThat(plan)
        .isInstanceOfSatisfying(
            Feasible.class,
            feasible -> {
              assertThat(feasible.retries()).isEqualTo(2);
              assertThat(feasible.retriesAllowed()).isEqualTo(2);
              assertThat(feasible.reliability()).isBetween(0.9999999, 1.0);
            });
    assertThat(plan.explanation())
        .matches("Needs 2 retries of at most 2 and reaches 99\\.9999[0-9]* %\\.");
  }

  @Test
  void plan_dependencyThatMeetsTheTarget_needsNoRetry() {
    assertThat(FIVE_NINES.plan(0.999995))
        .isInstanceOfSatisfying(
            Feasible.class,
            feasible -> {
              assertThat(feasible.retries()).isZero();
              assertThat(feasible.reliability()).isEqualTo(0.999995);
            });
  }

  @Test
  void plan_weakDependencyAndWeakHandler_isRefusedForTheHandlersFailures() {
    // Seven retries are needed and seven allowed, but the handler loses another share each round.
    RetryPlan plan = ReliabilityBudget.of(0.5, 0.91).plan(0.1);

    assertThat(plan)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.HANDLER_FAILURES);
              assertThat(refused.ceiling()).isLessThan(0.5);
            });
  }

  @Test
  void fold_eitherPlan_callsTheOneThatFits() {
    assertThat(FIVE_NINES.plan(0.997).<String>fold(f -> "feasible", r -> "refused"))
        .isEqualTo("feasible");
    assertThat(FIVE_NINES.plan(0.9).<String>fold(f -> "feasible", r -> "refused"))
        .isEqualTo("refused");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        0,
        -0.0,
        -0.1,
        1,
        1.5,
        99.999,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void everyFigure_notBetweenZeroAndOne_isRefusedNamingIt(double value) {
    assertThatThrownBy(() -> ReliabilityBudget.of(value, 0.9))
        .isInstanceOfSatisfying(
            InvalidReliabilityException.class,
            e -> assertThat(e.code()).isEqualTo("INVALID_RELIABILITY"))
        .hasMessageContaining("The target is " + value + ";");
    assertThatThrownBy(() -> ReliabilityBudget.of(0.9, value))
        .isInstanceOf(InvalidReliabilityException.class)
        .hasMessageContaining("The reliability of the retry handler is " + value + ";");
    assertThatThrownBy(() -> FIVE_NINES.retriesNeeded(value))
        .isInstanceOf(InvalidReliabilityException.class)
        .hasMessageContaining("The reliability of the dependency is " + value + ";");
    assertThatThrownBy(() -> FIVE_NINES.plan(value))
        .isInstanceOf(InvalidReliabilityException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, 1.1, Double.POSITIVE_INFINITY})
  void commonCauseShare_outsideZeroToOne_isRefusedNamingIt(double share) {
    assertThatThrownBy(() -> FIVE_NINES.plan(0.9, share))
        .isInstanceOf(InvalidReliabilityException.class)
        .hasMessageContaining("common cause is " + share + ";");
    assertThatThrownBy(() -> FIVE_NINES.leastDependency(share))
        .isInstanceOf(InvalidReliabilityException.class);
  }

  @Test
  void target_aboveTwelveNines_isRefused() {
    assertThat(ReliabilityBudget.of(1 - 1e-12, 0.5).retriesAllowed()).isZero();
    assertThatThrownBy(() -> ReliabilityBudget.of(Math.nextDown(1.0), 0.5))
        .isInstanceOf(InvalidReliabilityException.class)
        .hasMessageContaining("at most twelve nines");
  }

  @Test
  void equals_isByFigures() {
    assertThat(FIVE_NINES).isEqualTo(new ReliabilityBudget(0.99999, 0.999995));
    assertThat(FIVE_NINES).isNotEqualTo(new ReliabilityBudget(0.9999, 0.999995));
    EqualsVerifier.forClass(Feasible.class).verify();
  }
}
