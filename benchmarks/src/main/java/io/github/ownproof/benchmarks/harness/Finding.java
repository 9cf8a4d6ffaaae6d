package io.github.ownproof.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/**
 * How one row stands against the baseline.
 *
 * @param change what is now over what was
 * @param failure what is wrong and what to do about it; null if nothing is
 */
record Finding(
    String id,
    @Nullable Estimate was,
    @Nullable Estimate now,
    @Nullable Estimate change,
    String verdict,
    @Nullable String failure) {}
