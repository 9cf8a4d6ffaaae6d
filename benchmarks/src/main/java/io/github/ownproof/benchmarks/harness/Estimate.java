package io.github.ownproof.benchmarks.harness;

import java.util.List;

/**
 * A middle and how far off it may be, from one value per JVM.
 *
 * @param low the lower end of the 95 % confidence interval
 * @param high its upper end
 */
record Estimate(double value, double low, double high) {

  static final double OUTSIDE = 0.05;

  /** The geometric mean: times and their ratios err by factors. */
  static Estimate of(List<Double> values) {
    Logs logs = Logs.of(values);
    if (logs.count() < 2) {
      return new Estimate(Math.exp(logs.mean()), 0, Double.POSITIVE_INFINITY);
    }
    double error =
        StudentT.quantileAbove(OUTSIDE / 2, logs.count() - 1.0)
            * Math.sqrt(logs.variance() / logs.count());
    return new Estimate(
        Math.exp(logs.mean()), Math.exp(logs.mean() - error), Math.exp(logs.mean() + error));
  }

  /** The mean and the variance of logarithms. */
  record Logs(double mean, double variance, int count) {

    static Logs of(List<Double> values) {
      double[] logs = values.stream().mapToDouble(Math::log).toArray();
      double mean = java.util.Arrays.stream(logs).average().orElse(Double.NaN);
      double squares = java.util.Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
      return new Logs(mean, squares / Math.max(1, logs.length - 1), logs.length);
    }
  }
}
