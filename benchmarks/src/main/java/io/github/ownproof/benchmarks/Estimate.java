package io.github.ownproof.benchmarks;

import java.util.Arrays;

/**
 * A middle and how far off it may be, from one value per JVM.
 *
 * @param low the lower end of the 95 % confidence interval
 * @param high its upper end
 */
record Estimate(double value, double low, double high) {

  /** Student's t for 95 %, by degrees of freedom from 1; the last stands for all beyond. */
  private static final double[] T = {
    12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12,
    2.11, 2.10, 2.09, 2.09, 2.08
  };

  /** The geometric mean: times and their ratios err by factors. */
  static Estimate of(double... values) {
    double[] logs = Arrays.stream(values).map(Math::log).toArray();
    double mean = Arrays.stream(logs).average().orElse(Double.NaN);
    int freedom = logs.length - 1;
    if (freedom < 1) {
      return new Estimate(Math.exp(mean), 0, Double.POSITIVE_INFINITY);
    }
    double variance = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum() / freedom;
    double error = T[Math.min(freedom, T.length) - 1] * Math.sqrt(variance / logs.length);
    return new Estimate(Math.exp(mean), Math.exp(mean - error), Math.exp(mean + error));
  }
}
