package io.github.ownproof.benchmarks.harness;

import org.apache.commons.math3.distribution.TDistribution;

/** Student's t distribution, from its upper end. */
final class StudentT {

  private StudentT() {}

  /** How likely a value above this one is. */
  static double above(double t, double freedom) {
    return distribution(freedom).cumulativeProbability(-t);
  }

  /** The value above which there is no more than this. */
  static double quantileAbove(double probability, double freedom) {
    return -distribution(freedom).inverseCumulativeProbability(probability);
  }

  private static TDistribution distribution(double freedom) {
    return new TDistribution(null, freedom);
  }
}
