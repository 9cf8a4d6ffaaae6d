/**
 * Hot paths beside their peers, measured in one run. A new hot path is one class here: a JMH
 * benchmark whose own method says with {@link io.github.ownproof.benchmarks.Compared} what it is
 * held against, and with {@link io.github.ownproof.benchmarks.Scales} that threads do not get into
 * each other's way.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.benchmarks;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
