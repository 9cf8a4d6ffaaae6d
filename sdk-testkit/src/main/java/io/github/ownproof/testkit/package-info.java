/**
 * For tests, yours and ours: an S3 with many accounts that enforces bucket owners, tokens of every
 * kind, valid and hostile, a key server that fails on demand, and a clock that is set by hand.
 *
 * <p>Nothing here is meant for production: {@link io.github.ownproof.testkit.S3World} keeps
 * everything in memory, and the servers listen on the loopback only.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.testkit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
