package io.github.ownproof.core.reliability;

import java.util.OptionalInt;

/**
 * How much retrying a reliability target leaves room for. Pure arithmetic; immutable and
 * thread-safe.
 *
 * <p>Retrying raises the share of calls that end well, but whatever decides to retry can fail too.
 * That sets two bounds, and a plan must keep both:
 *
 * <ul>
 *   <li><b>Enough retries.</b> They alone must meet the target: {@code 1 - (1 - dependency)^n >=
 *       target}. The first try is not counted on, because a retry matters exactly when the first
 *       try's target is down. So a single retry adds nothing here, and a dependency that meets the
 *       target by itself needs none.
 *   <li><b>Not too many.</b> The handler stands in series with itself: {@code handler^n >= target}.
 * </ul>
 *
 * <p>Five nines with a handler of five and a half leave at most 2 retries, and a dependency of at
 * least 99.684 %; one of 90 % would need 5 retries and is refused.
 *
 * <p><b>Failures with a common cause.</b> The first bound takes failures to be independent. A bad
 * deployment, an expired certificate or a name service that is down fail every try alike. Where
 * that is a share {@code b} of all failures, nothing beyond {@code 1 - b * (1 - dependency)} can be
 * reached with any number of retries: at 99.7 % and 1 % that is 99.997 %.
 *
 * <p><b>Precision.</b> Comparisons allow for 2<sup>-52</sup> of probability, a little more than the
 * rounding of a decimal fraction near 1 to a {@code double}, so that {@code 0.99999} means five
 * nines and not just below. Targets above 1 - 10<sup>-12</sup> are refused: a {@code double} does
 * not tell them from 1 well enough.
 *
 * @param target the share of calls that must end well, e.g. {@code 0.99999}
 * @param handler the share of retries that the handler itself carries out well, e.g. {@code
 *     0.999995}
 */
public record ReliabilityBudget(double target, double handler) {

  /**
   * What regional failover is built on: five nines, with a handler of five and a half. It allows
   * {@link #triesAllowed()} of 3, so that a read goes to at most three regions.
   */
  public static final ReliabilityBudget REGIONAL_FAILOVER =
      new ReliabilityBudget(0.99999, 0.999995);

  /** No answer exceeds this number of retries: {@value}. */
  public static final int MOST_RETRIES = 1_000_000;

  private static final double HIGHEST_TARGET = 1 - 1e-12;
  private static final double TOLERANCE = 0x1p-52;

  /**
   * Checks the figures.
   *
   * @throws InvalidReliabilityException if either is not greater than 0 and less than 1, or the
   *     target exceeds 1 - 10<sup>-12</sup>
   */
  public ReliabilityBudget {
    checkReliability("target", target);
    if (target > HIGHEST_TARGET) {
      throw new InvalidReliabilityException("target", target, "at most twelve nines");
    }
    checkReliability("reliability of the retry handler", handler);
  }

  /**
   * The budget of a target and a handler.
   *
   * @throws InvalidReliabilityException if either is not greater than 0 and less than 1, or the
   *     target exceeds 1 - 10<sup>-12</sup>
   */
  public static ReliabilityBudget of(double target, double handler) {
    return new ReliabilityBudget(target, handler);
  }

  /**
   * How many retries the handler is reliable enough for: the largest {@code n} with {@code
   * handler^n >= target}; 0 if the handler is worse than the target; never more than {@link
   * #MOST_RETRIES}.
   */
  public int retriesAllowed() {
    double estimate = Math.floor(Math.log1p(-(1 - target)) / Math.log1p(-(1 - handler)));
    int n = (int) Math.min(estimate, MOST_RETRIES);
    while (n > 0 && !handlerHolds(n)) {
      n--;
    }
    while (n < MOST_RETRIES && handlerHolds(n + 1)) {
      n++;
    }
    return n;
  }

  /** The first try and the {@linkplain #retriesAllowed() retries allowed}. */
  public int triesAllowed() {
    return 1 + retriesAllowed();
  }

  /**
   * How many retries a dependency needs whose failures are independent; see {@link
   * #retriesNeeded(double, double)}.
   *
   * @param dependency the share of single tries that end well
   * @throws InvalidReliabilityException if {@code dependency} is not greater than 0 and less than 1
   */
  public OptionalInt retriesNeeded(double dependency) {
    return retriesNeeded(dependency, 0);
  }

  /**
   * How many retries a dependency needs, however reliable the handler: the smallest {@code n} that
   * meets the target. 0 if the dependency meets it by itself, never 1, and empty if {@link
   * #MOST_RETRIES} would not do.
   *
   * @param dependency the share of single tries that end well
   * @param commonCauseShare the share of the dependency's failures that hit every try alike, 0 to 1
   * @throws InvalidReliabilityException if {@code dependency} is not greater than 0 and less than
   *     1, or {@code commonCauseShare} is not from 0 to 1
   */
  public OptionalInt retriesNeeded(double dependency, double commonCauseShare) {
    Failures failures = failures(dependency, commonCauseShare);
    if (meetsTarget(failures, 0)) {
      return OptionalInt.of(0);
    }
    double left = (1 - target) + TOLERANCE - failures.common();
    if (left <= 0) {
      return OptionalInt.empty();
    }
    double estimate =
        Math.ceil(Math.log(left / (1 - failures.common())) / failures.logIndependent());
    int n = (int) Math.max(2, Math.min(estimate, MOST_RETRIES));
    while (n > 2 && meetsTarget(failures, n - 1)) {
      n--;
    }
    while (!meetsTarget(failures, n)) {
      if (n == MOST_RETRIES) {
        return OptionalInt.empty();
      }
      n++;
    }
    return OptionalInt.of(n);
  }

  /** The least reliability of a dependency whose failures are independent, with this handler. */
  public double leastDependency() {
    return leastDependency(0);
  }

  /**
   * The least reliability a dependency may have for {@link #plan(double, double)} to be feasible;
   * any higher one is feasible too.
   *
   * @param commonCauseShare the share of the dependency's failures that hit every try alike, 0 to 1
   * @throws InvalidReliabilityException if {@code commonCauseShare} is not from 0 to 1
   */
  public double leastDependency(double commonCauseShare) {
    int allowed = retriesAllowed();
    double tooLow = Double.MIN_VALUE;
    double enough = Math.nextDown(1.0);
    double middle = (tooLow + enough) / 2;
    while (middle > tooLow && middle < enough) {
      if (isFeasible(failures(middle, commonCauseShare), allowed)) {
        enough = middle;
      } else {
        tooLow = middle;
      }
      middle = (tooLow + enough) / 2;
    }
    return enough;
  }

  /**
   * The plan for a dependency whose failures are independent; see {@link #plan(double, double)}.
   *
   * @param dependency the share of single tries that end well
   * @throws InvalidReliabilityException if {@code dependency} is not greater than 0 and less than 1
   */
  public RetryPlan plan(double dependency) {
    return plan(dependency, 0);
  }

  /**
   * Whether retrying brings a dependency to the target, and with how many retries. Both bounds must
   * hold, and the outcome as a whole must reach the target.
   *
   * @param dependency the share of single tries that end well
   * @param commonCauseShare the share of the dependency's failures that hit every try alike, 0 to 1
   * @throws InvalidReliabilityException if {@code dependency} is not greater than 0 and less than
   *     1, or {@code commonCauseShare} is not from 0 to 1
   */
  public RetryPlan plan(double dependency, double commonCauseShare) {
    Failures failures = failures(dependency, commonCauseShare);
    int allowed = retriesAllowed();
    OptionalInt needed = retriesNeeded(dependency, commonCauseShare);
    if (!isFeasible(failures, allowed) || needed.isEmpty()) {
      return refusal(failures, allowed, needed, commonCauseShare);
    }
    int tooFew = needed.getAsInt() - 1;
    int enough = allowed;
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) >>> 1;
      if (reaches(failures, middle)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return new RetryPlan.Feasible(enough, allowed, 1 - failures.overall(enough, handler));
  }

  private RetryPlan refusal(
      Failures failures, int allowed, OptionalInt needed, double commonCauseShare) {
    RetryPlan.Reason reason;
    String why;
    if (failures.common() > 1 - target + TOLERANCE) {
      reason = RetryPlan.Reason.COMMON_CAUSE;
      why =
          "no number of retries gets beyond "
              + Percent.atMost(1 - failures.common())
              + ", because some failures hit every try alike";
    } else if (needed.isEmpty() || needed.getAsInt() > allowed) {
      reason = RetryPlan.Reason.TOO_MANY_RETRIES;
      why =
          "it needs "
              + (needed.isEmpty() ? "more than " + MOST_RETRIES : needed.getAsInt())
              + " retries and the handler allows "
              + allowed;
    } else {
      reason = RetryPlan.Reason.HANDLER_FAILURES;
      why = "the failures of the retry handler leave too little room";
    }
    double least = leastDependency(commonCauseShare);
    return new RetryPlan.Refused(
        reason,
        1 - failures.overall(allowed, handler),
        least,
        "Cannot meet "
            + Percent.atMost(target)
            + ": "
            + why
            + ". The dependency would have to reach "
            + Percent.atLeast(least)
            + ".");
  }

  private boolean handlerHolds(int retries) {
    return -Math.expm1(retries * Math.log1p(-(1 - handler))) <= 1 - target + TOLERANCE;
  }

  private boolean meetsTarget(Failures failures, int retries) {
    return failures.ofRetriesAlone(retries) <= 1 - target + TOLERANCE;
  }

  private boolean reaches(Failures failures, int retries) {
    return failures.overall(retries, handler) <= 1 - target + TOLERANCE;
  }

  private boolean isFeasible(Failures failures, int retries) {
    return meetsTarget(failures, retries) && reaches(failures, retries);
  }

  private static Failures failures(double dependency, double commonCauseShare) {
    checkReliability("reliability of the dependency", dependency);
    if (!(commonCauseShare >= 0 && commonCauseShare <= 1)) {
      throw new InvalidReliabilityException(
          "share of failures with a common cause", commonCauseShare, "from 0 to 1");
    }
    return Failures.of(dependency, commonCauseShare);
  }

  private static void checkReliability(String what, double value) {
    if (!(value > 0 && value < 1)) {
      throw new InvalidReliabilityException(what, value, "greater than 0 and less than 1");
    }
  }
}
