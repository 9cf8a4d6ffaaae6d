package io.github.ownproof.core.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On what occasion something happened: who acted, when, in which request, and on whose ticket and
 * grant. Made once per request and shared by its events. Immutable, thread-safe, compared by value.
 */
public final class Occasion {

  private static final int LONGEST_ID = 128;

  private final Actor actor;
  private final Instant time;
  private final String correlation;
  private final @Nullable String ticketId;
  private final @Nullable String grantId;

  private Occasion(
      Actor actor,
      Instant time,
      String correlation,
      @Nullable String ticketId,
      @Nullable String grantId) {
    this.actor = actor;
    this.time = time;
    this.correlation = correlation;
    this.ticketId = ticketId;
    this.grantId = grantId;
  }

  /**
   * An occasion without ticket or grant.
   *
   * @param actor who acted
   * @param time when, from the caller's clock
   * @param correlation what ties the events of one request together, such as a trace id. It may
   *     come from outside: any text is taken, and what exceeds 1024 characters is cut and replaced
   *     by a digest
   */
  public static Occasion of(Actor actor, Instant time, String correlation) {
    return new Occasion(actor, time, AuditText.fromOutside(correlation), null, null);
  }

  /** The same occasion at another moment: the {@link Outcome#DONE} after the {@code ALLOWED}. */
  public Occasion at(Instant later) {
    return new Occasion(actor, later, correlation, ticketId, grantId);
  }

  /**
   * The same occasion, on this ticket.
   *
   * @param id the ticket's id, e.g. {@code CASE-4711}
   * @throws InvalidAuditEventException if {@code id} is not 1 to 128 visible ASCII characters
   */
  public Occasion onTicket(String id) {
    String checked = AuditText.id("ticket id", id, LONGEST_ID);
    return new Occasion(actor, time, correlation, checked, grantId);
  }

  /**
   * The same occasion, under this support grant.
   *
   * @param id the grant's id
   * @throws InvalidAuditEventException if {@code id} is not 1 to 128 visible ASCII characters
   */
  public Occasion underGrant(String id) {
    String checked = AuditText.id("grant id", id, LONGEST_ID);
    return new Occasion(actor, time, correlation, ticketId, checked);
  }

  /** Who acted. */
  public Actor actor() {
    return actor;
  }

  /** When. */
  public Instant time() {
    return time;
  }

  /** What ties the events of one request together; not escaped. */
  public String correlation() {
    return correlation;
  }

  /** The ticket the actor worked on, if any. */
  public Optional<String> ticketId() {
    return Optional.ofNullable(ticketId);
  }

  /** The support grant the actor used or changed, if any. */
  public Optional<String> grantId() {
    return Optional.ofNullable(grantId);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Occasion that
        && actor.equals(that.actor)
        && time.equals(that.time)
        && correlation.equals(that.correlation)
        && Objects.equals(ticketId, that.ticketId)
        && Objects.equals(grantId, that.grantId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(actor, time, correlation, ticketId, grantId);
  }

  /** Actor, time, correlation, ticket and grant on one line, for debugging. */
  @Override
  public String toString() {
    return AuditText.word(actor + "@" + time)
        + " correlation="
        + AuditText.word(correlation)
        + " ticket="
        + ticketId
        + " grant="
        + grantId;
  }
}
