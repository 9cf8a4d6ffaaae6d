/**
 * How often and how long: the SPI that counters and timers go to, and the names of all of them.
 *
 * <p>Metrics never decide anything: a backend that throws does not disturb the call it measures.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.core.telemetry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
