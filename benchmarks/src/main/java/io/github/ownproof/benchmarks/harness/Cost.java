package io.github.ownproof.benchmarks.harness;

/**
 * What one call cost in one JVM.
 *
 * @param nanos time; CPU time, or time on the wall's clock where threads are compared
 * @param bytes allocated; NaN where they were not counted
 */
record Cost(double nanos, double bytes) {}
