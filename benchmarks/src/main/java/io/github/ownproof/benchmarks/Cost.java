package io.github.ownproof.benchmarks;

/**
 * What one operation cost in one JVM.
 *
 * @param nanos time; CPU time where it was measured side by side
 * @param bytes allocated
 */
record Cost(double nanos, double bytes) {}
