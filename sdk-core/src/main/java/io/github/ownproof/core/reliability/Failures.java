package io.github.ownproof.core.reliability;

/**
 * How a dependency fails: with probability {@code common} every try fails alike; otherwise each try
 * fails by itself, independently of the others. One try fails with {@code 1 - dependency}, whatever
 * the share.
 *
 * @param common the probability of a failure that hits every try
 * @param logIndependent the natural logarithm of the probability that one try fails where no common
 *     cause is at work; minus infinity for never
 */
record Failures(double common, double logIndependent) {

  static Failures of(double dependency, double commonCauseShare) {
    double common = commonCauseShare * (1 - dependency);
    if (commonCauseShare == 1) {
      return new Failures(common, Double.NEGATIVE_INFINITY);
    }
    // Rounding may put the quotient just above the 1 it cannot exceed.
    return new Failures(common, Math.log1p(-Math.min(1, dependency / (1 - common))));
  }

  /** The failures left after so many retries, the first try not counted on. */
  double ofRetriesAlone(int retries) {
    return common + (1 - common) * Math.exp(Math.max(1, retries) * logIndependent);
  }

  /**
   * The failures left after the first try and so many retries, each of which the handler fails to
   * carry out with {@code 1 - handler}.
   *
   * <p>With {@code x} the failure of one try: all tries fail with {@code x^(n+1)}, and the handler
   * gives up before retry {@code k} with {@code (x handler)^(k-1) x (1 - handler)}, which sums to
   * the closed form below. Summing failures, not successes, keeps the digits that matter near 1.
   */
  double overall(int retries, double handler) {
    double x = Math.exp(logIndependent);
    // Not for 0 retries: where a try never fails by itself, 0 times minus infinity is no number.
    double rounds =
        retries == 0 ? 1 : Math.exp(retries * (logIndependent + Math.log1p(-(1 - handler))));
    double gaveUp = x * (1 - handler) * (1 - rounds) / (1 - x * handler);
    return common + (1 - common) * (gaveUp + rounds * x);
  }
}
