package io.github.ownproof.benchmarks.harness;

import java.util.Arrays;
import java.util.List;

/**
 * What one method cost per call, block by block of one fork.
 *
 * @param nanos time
 * @param bytes allocated; empty where they were not counted
 */
record Blocks(List<Double> nanos, List<Double> bytes) {

  Cost median() {
    return new Cost(median(nanos), bytes.isEmpty() ? Double.NaN : median(bytes));
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
