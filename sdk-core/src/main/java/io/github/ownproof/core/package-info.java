/**
 * Who am I and what went wrong: account, partition and region of the running program, and the one
 * root of every exception Ownproof throws.
 *
 * <p>Everything here is immutable and thread-safe, and nothing here does I/O.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.core;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
