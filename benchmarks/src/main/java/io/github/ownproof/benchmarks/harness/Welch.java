package io.github.ownproof.benchmarks.harness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Welch's t-test on the logarithms of two series of ratios, which may differ in length and in how
 * much they vary.
 *
 * @param difference of the means, in logarithms
 * @param error of that difference
 * @param freedom the degrees of it
 */
record Welch(double difference, double error, double freedom) {

  static Welch of(List<Double> now, List<Double> before) {
    Estimate.Logs one = Estimate.Logs.of(now);
    Estimate.Logs other = Estimate.Logs.of(before);
    double a = one.variance() / one.count();
    double b = other.variance() / other.count();
    double sum = a + b;
    double freedom =
        sum == 0
            ? one.count() + other.count() - 2.0
            : sum * sum / (a * a / (one.count() - 1) + b * b / (other.count() - 1));
    return new Welch(one.mean() - other.mean(), Math.sqrt(sum), freedom);
  }

  /** How likely such a difference upwards is by chance alone. */
  double chanceOfMore() {
    return error == 0
        ? chanceWithoutNoise(difference)
        : StudentT.above(difference / error, freedom);
  }

  /** How likely such a difference downwards is by chance alone. */
  double chanceOfLess() {
    return new Welch(-difference, error, freedom).chanceOfMore();
  }

  private static double chanceWithoutNoise(double difference) {
    return difference > 0 ? 0 : 1;
  }

  /** What is now over what was before. */
  Estimate change() {
    double margin = error == 0 ? 0 : StudentT.quantileAbove(Estimate.OUTSIDE / 2, freedom) * error;
    return new Estimate(
        Math.exp(difference), Math.exp(difference - margin), Math.exp(difference + margin));
  }

  /**
   * Holm's correction: those that chance explains so badly that among all of them there is a false
   * one with no more than this probability.
   */
  static <K> Set<K> beyondChance(Map<K, Double> chances, double atMost) {
    List<Map.Entry<K, Double>> ascending = new ArrayList<>(chances.entrySet());
    ascending.sort(Comparator.comparing(Map.Entry::getValue));
    Set<K> found = new HashSet<>();
    for (int i = 0; i < ascending.size(); i++) {
      if (ascending.get(i).getValue() > atMost / (ascending.size() - i)) {
        break;
      }
      found.add(ascending.get(i).getKey());
    }
    return found;
  }
}
