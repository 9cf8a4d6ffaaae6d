package io.github.ownproof.core.audit;

import org.slf4j.LoggerFactory;

/**
 * Keeps audit events. An action that is guarded by a trail is recorded <em>before</em> it happens,
 * and does not happen when {@link #record} throws: no trail, no action.
 *
 * <p>Implementations are thread-safe and return only when the event is kept as safely as they
 * promise; they never queue it in memory and report success. They throw {@link
 * AuditFailedException}; a caller treats anything else that is thrown as the same failure, and
 * {@link #all} turns it into that type.
 */
@FunctionalInterface
public interface AuditTrail {

  /** The logger that {@link #slf4j()} writes to: {@value}. */
  String SLF4J_LOGGER = "io.github.ownproof.audit";

  /**
   * Keeps the event, or throws.
   *
   * @throws AuditFailedException if the event is not kept, or may not be: the guarded action must
   *     not happen
   */
  void record(AuditEvent event);

  /**
   * A trail that records in each of these, in this order, and fails at the first that fails,
   * without asking those after it. The ones before it then hold an event of an action that did not
   * happen; {@link Outcome#ALLOWED} without a later {@link Outcome#DONE} of the same correlation
   * says so. Put the trail that is likeliest to fail first.
   *
   * <p>Whatever a trail throws leaves as {@link AuditFailedException}, except {@link Error}s.
   */
  static AuditTrail all(AuditTrail first, AuditTrail... others) {
    return new EveryTrail(first, others);
  }

  /**
   * A trail that logs one INFO line per event to the logger {@value #SLF4J_LOGGER}, with every
   * {@linkplain AuditEvent#fields() field} as a key-value pair of the logging event and, during the
   * call, as an MDC entry. Keys are the field names after {@code audit.}: {@code audit.kind},
   * {@code audit.time}, {@code audit.actor.type}, {@code audit.actor.issuer}, {@code
   * audit.actor.subject}, {@code audit.actor.account}, {@code audit.actor.arn}, {@code
   * audit.action}, {@code audit.target}, {@code audit.outcome}, {@code audit.reason}, {@code
   * audit.ticket}, {@code audit.grant}, {@code audit.customer}, {@code audit.engineer.issuer},
   * {@code audit.engineer.subject} and {@code audit.correlation}. A key the event has no value for
   * is absent during the call, and the MDC is afterwards as it was before.
   *
   * <p>In values, spaces, double quotes, backslashes and everything but printable ASCII are written
   * as {@code \}{@code uXXXX}, so that a value can forge neither a line nor another key in it.
   *
   * <p>It fails when INFO is off for that logger or no SLF4J provider is present. It cannot tell
   * whether an appender behind SLF4J dropped the line: where that matters, use {@link
   * HashChainedTrail} as well.
   */
  static AuditTrail slf4j() {
    return new Slf4jTrail(LoggerFactory.getLogger(SLF4J_LOGGER));
  }
}
