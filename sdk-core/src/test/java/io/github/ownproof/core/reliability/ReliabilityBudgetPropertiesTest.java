package io.github.ownproof.core.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.ownproof.core.reliability.RetryPlan.Feasible;
import io.github.ownproof.core.reliability.RetryPlan.Reason;
import io.github.ownproof.core.reliability.RetryPlan.Refused;
import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The answers, checked with exact arithmetic that shares nothing with how they are found. */
class ReliabilityBudgetPropertiesTest {

  /** Wider than the documented tolerance of 2^-52, to allow for the rounding of the sums. */
  private static final BigDecimal SLACK = new BigDecimal("1e-15");

  private static final MathContext DIGITS = new MathContext(60);

  @Provide
  Arbitrary<Double> target() {
    return nines(6);
  }

  @Provide
  Arbitrary<Double> handler() {
    return nines(9);
  }

  @Provide
  Arbitrary<Double> dependency() {
    return Arbitraries.oneOf(nines(6), Arbitraries.doubles().between(0.01, 0.9));
  }

  @Provide
  Arbitrary<Double> share() {
    return Arbitraries.oneOf(
        Arbitraries.just(0.0),
        Arbitraries.doubles().between(0, 1),
        Arbitraries.doubles().between(-8, 0).map(exponent -> Math.pow(10, exponent)));
  }

  @Property
  void retriesNeeded_isEnough_andOneLessIsNot(
      @ForAll("target") double target, @ForAll("dependency") double dependency) {
    int n = ReliabilityBudget.of(target, 0.5).retriesNeeded(dependency).orElseThrow();
    BigDecimal left = one().subtract(exact(target));
    BigDecimal failure = one().subtract(exact(dependency));

    assertThat(failure.pow(Math.max(1, n), DIGITS)).isLessThanOrEqualTo(left.add(SLACK));
    if (n > 0) {
      assertThat(failure.pow(Math.max(1, n - 1), DIGITS)).isGreaterThan(left.subtract(SLACK));
    }
  }

  @Property
  void retriesAllowed_holds_andOneMoreDoesNot(
      @ForAll("target") double target, @ForAll("handler") double handler) {
    int n = ReliabilityBudget.of(target, handler).retriesAllowed();

    assertThat(exact(handler).pow(n, DIGITS)).isGreaterThanOrEqualTo(exact(target).subtract(SLACK));
    if (n < ReliabilityBudget.MOST_RETRIES) {
      assertThat(exact(handler).pow(n + 1, DIGITS)).isLessThan(exact(target).add(SLACK));
    }
  }

  @Property
  void retriesNeeded_withCommonCause_isEnoughAndOneLessIsNot(
      @ForAll("target") double target,
      @ForAll("dependency") double dependency,
      @ForAll("share") double share) {
    BigDecimal left = one().subtract(exact(target));
    BigDecimal failure = one().subtract(exact(dependency));
    BigDecimal common = exact(share).multiply(failure);
    var needed = ReliabilityBudget.of(target, 0.5).retriesNeeded(dependency, share);

    if (needed.isEmpty()) {
      assertThat(failuresLeft(failure, common, ReliabilityBudget.MOST_RETRIES))
          .isGreaterThan(left.subtract(SLACK));
      return;
    }
    int n = needed.getAsInt();
    assertThat(failuresLeft(failure, common, n)).isLessThanOrEqualTo(left.add(SLACK));
    if (n > 0) {
      assertThat(failuresLeft(failure, common, n - 1)).isGreaterThan(left.subtract(SLACK));
    }
  }

  @Property
  void retriesNeeded_betterDependency_needsNoMore(
      @ForAll("target") double target,
      @ForAll("dependency") double one,
      @ForAll("dependency") double other,
      @ForAll("share") double share) {
    ReliabilityBudget budget = ReliabilityBudget.of(target, 0.5);
    int worse = budget.retriesNeeded(Math.min(one, other), share).orElse(Integer.MAX_VALUE);
    int better = budget.retriesNeeded(Math.max(one, other), share).orElse(Integer.MAX_VALUE);

    assertThat(better).isLessThanOrEqualTo(worse);
  }

  @Property
  void bothBounds_higherTarget_areNoLooser(
      @ForAll("target") double one,
      @ForAll("target") double other,
      @ForAll("handler") double handler,
      @ForAll("dependency") double dependency) {
    ReliabilityBudget lower = ReliabilityBudget.of(Math.min(one, other), handler);
    ReliabilityBudget higher = ReliabilityBudget.of(Math.max(one, other), handler);

    assertThat(higher.retriesAllowed()).isLessThanOrEqualTo(lower.retriesAllowed());
    assertThat(higher.retriesNeeded(dependency).orElseThrow())
        .isGreaterThanOrEqualTo(lower.retriesNeeded(dependency).orElseThrow());
    assertThat(higher.leastDependency()).isGreaterThanOrEqualTo(lower.leastDependency());
  }

  @Property
  void retriesAllowed_betterHandler_allowsNoLess(
      @ForAll("target") double target,
      @ForAll("handler") double one,
      @ForAll("handler") double two) {
    int worse = ReliabilityBudget.of(target, Math.min(one, two)).retriesAllowed();
    int better = ReliabilityBudget.of(target, Math.max(one, two)).retriesAllowed();

    assertThat(better).isGreaterThanOrEqualTo(worse);
  }

  @Property
  void leastDependency_isFeasible_andLessIsNot(
      @ForAll("target") double target,
      @ForAll("handler") double handler,
      @ForAll("share") double share) {
    ReliabilityBudget budget = ReliabilityBudget.of(target, handler);
    double least = budget.leastDependency(share);

    assertThat(least).isGreaterThan(0).isLessThanOrEqualTo(Math.nextUp(target));
    assertThat(budget.plan(least, share)).isInstanceOf(Feasible.class);
    assertThat(budget.plan(least * (1 - 1e-9), share)).isInstanceOf(Refused.class);
  }

  @Property
  void plan_feasible_keepsEveryBoundItPromises(
      @ForAll("target") double target,
      @ForAll("handler") double handler,
      @ForAll("dependency") double dependency,
      @ForAll("share") double share) {
    ReliabilityBudget budget = ReliabilityBudget.of(target, handler);
    RetryPlan plan = budget.plan(dependency, share);

    assertThat(plan.explanation()).isNotBlank().doesNotContain("NaN");
    if (plan instanceof Feasible feasible) {
      assertThat(feasible.retries()).isBetween(0, feasible.retriesAllowed());
      assertThat(feasible.retriesAllowed()).isEqualTo(budget.retriesAllowed());
      assertThat(feasible.reliability()).isBetween(target - 1e-15, 1.0);
      assertThat(dependency).isGreaterThanOrEqualTo(budget.leastDependency(share));
    } else if (plan instanceof Refused refused) {
      assertThat(refused.ceiling()).isBetween(0.0, 1.0);
      assertThat(dependency).isLessThan(refused.leastDependency());
      if (refused.reason() == Reason.COMMON_CAUSE) {
        assertThat(budget.retriesNeeded(dependency, share)).isEmpty();
      }
    }
  }

  /** Adds up what can happen step by step, where the library uses a closed form. */
  @Property
  void plan_reliability_equalsTheSumOverWhatCanHappen(
      @ForAll("handler") double handler,
      @ForAll("dependency") double dependency,
      @ForAll("share") double share) {
    RetryPlan plan = ReliabilityBudget.of(0.5, handler).plan(dependency, share);
    if (!(plan instanceof Feasible feasible) || feasible.retries() > 1000) {
      return;
    }
    double common = share * (1 - dependency);
    double stillTrying = 1 - common;
    double tryWorks = share == 1 ? 1 : dependency / (1 - common);
    double success = stillTrying * tryWorks;
    for (int i = 0; i < feasible.retries(); i++) {
      stillTrying *= (1 - tryWorks) * handler;
      success += stillTrying * tryWorks;
    }
    assertThat(feasible.reliability()).isCloseTo(success, within(1e-12));
  }

  private static BigDecimal failuresLeft(BigDecimal failure, BigDecimal common, int retries) {
    BigDecimal none = one().subtract(common);
    BigDecimal independent = failure.subtract(common).divide(none, DIGITS);
    BigDecimal all = independent.pow(Math.max(1, retries), DIGITS);
    return common.add(none.multiply(all, DIGITS), DIGITS);
  }

  /** Reliabilities of up to so many nines, all orders of magnitude alike. */
  private static Arbitrary<Double> nines(double most) {
    return Arbitraries.doubles().between(0.05, most).map(nines -> 1 - Math.pow(10, -nines));
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(value);
  }

  private static BigDecimal one() {
    return BigDecimal.ONE;
  }
}
