package io.github.ownproof.core.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On what occasion something happened: who acted, when, in which request, on whose ticket and
 * grant, and with whose data. Made once per request and shared by its events. Immutable,
 * thread-safe, compared by value.
 */
public final class Occasion {

  private static final int LONGEST_ID = 128;

  private final Actor actor;
  private final Instant time;
  private final String correlation;
  private final @Nullable String ticketId;
  private final @Nullable String grantId;
  private final @Nullable String customerId;
  private final Actor.@Nullable Identified engineer;

  private Occasion(
      Actor actor,
      Instant time,
      String correlation,
      @Nullable String ticketId,
      @Nullable String grantId,
      @Nullable String customerId,
      Actor.@Nullable Identified engineer) {
    this.actor = actor;
    this.time = time;
    this.correlation = correlation;
    this.ticketId = ticketId;
    this.grantId = grantId;
    this.customerId = customerId;
    this.engineer = engineer;
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
    return new Occasion(actor, time, AuditText.fromOutside(correlation), null, null, null, null);
  }

  /** The same occasion at another moment: the {@link Outcome#DONE} after the {@code ALLOWED}. */
  public Occasion at(Instant later) {
    return new Occasion(actor, later, correlation, ticketId, grantId, customerId, engineer);
  }

  /**
   * The same occasion, on this ticket.
   *
   * @param id the ticket's id, e.g. {@code CASE-4711}
   * @throws InvalidAuditEventException if {@code id} is not 1 to 128 visible ASCII characters
   */
  public Occasion onTicket(String id) {
    String checked = AuditText.id("ticket id", id, LONGEST_ID);
    return new Occasion(actor, time, correlation, checked, grantId, customerId, engineer);
  }

  /**
   * The same occasion, under this support grant.
   *
   * @param id the grant's id
   * @throws InvalidAuditEventException if {@code id} is not 1 to 128 visible ASCII characters
   */
  public Occasion underGrant(String id) {
    String checked = AuditText.id("grant id", id, LONGEST_ID);
    return new Occasion(actor, time, correlation, ticketId, checked, customerId, engineer);
  }

  /**
   * The same occasion, with this customer's data.
   *
   * @param id the customer's, tenant's or account's id
   * @throws InvalidAuditEventException if {@code id} is not 1 to 128 visible ASCII characters
   */
  public Occasion forCustomer(String id) {
    String checked = AuditText.id("customer id", id, LONGEST_ID);
    return new Occasion(actor, time, correlation, ticketId, grantId, checked, engineer);
  }

  /**
   * The same occasion, about this engineer's support access, whoever acts: the customer's
   * administrator approves it, time ends it.
   */
  public Occasion forEngineer(Actor.Identified person) {
    return new Occasion(actor, time, correlation, ticketId, grantId, customerId, person);
  }

  /** The same occasion, with somebody else acting. */
  public Occasion by(Actor other) {
    return new Occasion(other, time, correlation, ticketId, grantId, customerId, engineer);
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

  /** Whose support access it is about, if it is. */
  public Optional<Actor.Identified> engineer() {
    return Optional.ofNullable(engineer);
  }

  /** Whose data the actor used or gets at, if it is a customer's. */
  public Optional<String> customerId() {
    return Optional.ofNullable(customerId);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Occasion that
        && actor.equals(that.actor)
        && time.equals(that.time)
        && correlation.equals(that.correlation)
        && Objects.equals(ticketId, that.ticketId)
        && Objects.equals(grantId, that.grantId)
        && Objects.equals(customerId, that.customerId)
        && Objects.equals(engineer, that.engineer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(actor, time, correlation, ticketId, grantId, customerId, engineer);
  }

  /** Actor, time, correlation, ticket, grant, customer and engineer on one line, for debugging. */
  @Override
  public String toString() {
    return AuditText.word(actor + "@" + time)
        + " correlation="
        + AuditText.word(correlation)
        + " ticket="
        + ticketId
        + " grant="
        + grantId
        + " customer="
        + customerId
        + " engineer="
        + AuditText.word(String.valueOf(engineer));
  }
}
