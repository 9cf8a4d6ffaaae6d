/**
 * What happened: audit events, and the trails that keep them.
 *
 * <p>An action is guarded by its trail: the event is recorded first, and when that fails the action
 * does not happen. {@link AuditTrail} is the SPI; {@link HashChainedTrail} and {@link
 * AuditTrail#slf4j()} are what comes with it.
 */
@NullMarked
@CheckReturnValue
package io.github.ownproof.core.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
