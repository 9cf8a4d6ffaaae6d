package io.github.ownproof.benchmarks.harness;

/** Student's t distribution. */
final class StudentT {

  private static final int STEPS = 200;

  private StudentT() {}

  /** How likely a value above this one is. */
  static double above(double t, double freedom) {
    double x = freedom / (freedom + t * t);
    double tail = beta(x, freedom / 2, 0.5) / 2;
    return t >= 0 ? tail : 1 - tail;
  }

  /** The value above which there is no more than this; at most a half. */
  static double quantileAbove(double probability, double freedom) {
    double low = 0;
    double high = 1;
    while (above(high, freedom) > probability) {
      high *= 2;
    }
    for (int i = 0; i < STEPS && low < high; i++) {
      double middle = (low + high) / 2;
      if (above(middle, freedom) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The regularized incomplete beta function, by Lentz's continued fraction. */
  private static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - beta(1 - x, b, a);
    }
    double front =
        Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
            / a;
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m <= STEPS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d);
      c = nonZero(1 + even / c);
      fraction *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d);
      c = nonZero(1 + odd / c);
      fraction *= d * c;
      if (Math.abs(d * c - 1) < 1e-15) {
        break;
      }
    }
    return front * fraction;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < 1e-300 ? 1e-300 : value;
  }

  /** Stirling's series, where it is exact enough. */
  private static double logGamma(double x) {
    double shift = 0;
    double z = x;
    while (z < 15) {
      shift += Math.log(z);
      z++;
    }
    double inverse = 1 / (z * z);
    double series =
        (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse / 1680))) / z;
    return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift;
  }
}
