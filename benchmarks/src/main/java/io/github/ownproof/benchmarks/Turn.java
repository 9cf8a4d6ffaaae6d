package io.github.ownproof.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What a comparison came to in one JVM.
 *
 * @param ratio our time over the peer's; null without a peer
 */
record Turn(Cost ours, @Nullable Cost peer, @Nullable Cost floor, @Nullable Double ratio) {}
