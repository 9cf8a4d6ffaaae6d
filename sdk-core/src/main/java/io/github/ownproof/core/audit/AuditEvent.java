package io.github.ownproof.core.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One thing that happened, or is about to, that somebody may have to answer for. Events are plain
 * values, immutable and thread-safe; one proves nothing about what happened until a trail has kept
 * it.
 *
 * <p>No event holds a token, a credential or an object's content. New kinds, changes and steps may
 * be added in minor releases: a {@code switch} over them needs a default.
 */
public sealed interface AuditEvent {

  /** The kind of event: {@code access}, {@code grant} or {@code bucket}. */
  String kind();

  /** Who acted, when, in which request, on whose ticket and grant. */
  Occasion occasion();

  /** What was done, or was to be: e.g. {@code orders:read}, {@code grant:approve}. */
  String action();

  /** What it was done to; not escaped. */
  String target();

  /** How it ended, or that it is about to happen. */
  Outcome outcome();

  /**
   * Everything in the event by name, in the order a trail writes it: {@code kind}, {@code time}
   * (ISO 8601, UTC), {@code actor.type}, {@code actor.issuer}, {@code actor.subject}, {@code
   * actor.account}, {@code actor.arn}, {@code action}, {@code target}, {@code outcome}, {@code
   * reason}, {@code ticket}, {@code grant}, {@code customer}, {@code engineer.issuer}, {@code
   * engineer.subject}, {@code correlation}. What the event does not have is absent. Unmodifiable.
   *
   * <p>Values are bounded but not escaped: {@code target} and {@code correlation} may hold line
   * breaks.
   */
  default Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", kind());
    fields.put("time", occasion().time().toString());
    occasion().actor().attributes().forEach((name, value) -> fields.put("actor." + name, value));
    fields.put("action", action());
    fields.put("target", target());
    fields.put("outcome", outcome().result().name());
    outcome().reason().ifPresent(reason -> fields.put("reason", reason));
    occasion().ticketId().ifPresent(id -> fields.put("ticket", id));
    occasion().grantId().ifPresent(id -> fields.put("grant", id));
    occasion().customerId().ifPresent(id -> fields.put("customer", id));
    occasion()
        .engineer()
        .ifPresent(
            engineer -> {
              fields.put("engineer.issuer", engineer.issuer());
              fields.put("engineer.subject", engineer.subject());
            });
    fields.put("correlation", occasion().correlation());
    return Collections.unmodifiableMap(fields);
  }

  /**
   * Somebody used, or tried to use, something: an access decision, a support engineer's read.
   *
   * @param occasion who, when, in which request, on whose ticket and grant
   * @param action the permission or operation, e.g. {@code orders:read} or {@code s3:GetObject}
   * @param target what it was asked of. It may come from outside: any text is taken, and what
   *     exceeds 1024 characters is cut and replaced by a digest
   * @param outcome how it ended
   */
  record Access(Occasion occasion, String action, String target, Outcome outcome)
      implements AuditEvent {

    private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._/-]{0,127}");

    /**
     * Checks the action and bounds the target.
     *
     * @throws InvalidAuditEventException if {@code action} is not 1 to 128 ASCII letters, digits
     *     and {@code : . _ / -}, a letter or digit first: the program chooses it, not its caller
     */
    public Access {
      if (!ACTION.matcher(action).matches()) {
        throw new InvalidAuditEventException(
            "The action of an audit event is 1 to 128 ASCII letters, digits and : . _ / - such as"
                + " orders:read. Put what came from outside into the target.");
      }
      target = AuditText.fromOutside(target);
    }

    @Override
    public String kind() {
      return "access";
    }

    /** The event as one line of JSON. */
    @Override
    public String toString() {
      return EventJson.of(this);
    }
  }

  /**
   * A support grant took a step in its life.
   *
   * @param occasion who, when, in which request; its ticket and grant are the ones that change
   * @param step which step
   * @param target what the grant opens: the resources, or the customer or tenant. Any text is
   *     taken, and what exceeds 1024 characters is cut and replaced by a digest
   * @param outcome how the step ended
   */
  record GrantChange(Occasion occasion, Step step, String target, Outcome outcome)
      implements AuditEvent {

    /** The steps in a support grant's life. */
    public enum Step {
      /** An engineer asks for access. */
      REQUEST,
      /** The customer's administrator agrees, perhaps to less than was asked for. */
      APPROVE,
      /**
       * A request is approved by what the customer decided beforehand; the engineer is the actor.
       */
      APPROVE_BY_POLICY,
      /** The customer's administrator says no. */
      REJECT,
      /** The grant token is made. */
      ISSUE,
      /** The grant is taken back. */
      REVOKE,
      /** The grant, or the request for it, ran out of time. */
      EXPIRE
    }

    /**
     * Checks that ticket and grant are named, and bounds the target.
     *
     * @throws InvalidAuditEventException if the occasion lacks the ticket or the grant id
     */
    public GrantChange {
      if (occasion.ticketId().isEmpty() || occasion.grantId().isEmpty()) {
        throw new InvalidAuditEventException(
            "A change of a support grant names both its ticket and its grant: use"
                + " Occasion.onTicket and Occasion.underGrant.");
      }
      target = AuditText.fromOutside(target);
    }

    @Override
    public String kind() {
      return "grant";
    }

    /** {@code grant:} and the step in lower case, e.g. {@code grant:approve}. */
    @Override
    public String action() {
      return "grant:" + step.name().toLowerCase(Locale.ROOT);
    }

    /** The event as one line of JSON. */
    @Override
    public String toString() {
      return EventJson.of(this);
    }
  }

  /**
   * A bucket itself changed: not what is in it.
   *
   * @param occasion who, when, in which request
   * @param change what changed
   * @param target the bucket's private id, e.g. {@code arn:aws:s3:eu-west-1:111122223333:assets}.
   *     Any text is taken, and what exceeds 1024 characters is cut and replaced by a digest
   * @param outcome how the change ended
   */
  record BucketChange(Occasion occasion, Change change, String target, Outcome outcome)
      implements AuditEvent {

    /** What can change about a bucket. */
    public enum Change {
      /** It is created. */
      CREATE,
      /** Its settings had drifted and are put right. */
      REPAIR,
      /** Part of what it holds is made readable from outside. */
      PROMOTE,
      /** A promotion is undone. */
      DEMOTE,
      /** A predictable name is taken so that nobody else can. */
      CLAIM,
      /** It is deleted, and its name may become free for others. */
      DELETE
    }

    /** Bounds the target. */
    public BucketChange {
      target = AuditText.fromOutside(target);
    }

    @Override
    public String kind() {
      return "bucket";
    }

    /** {@code bucket:} and the change in lower case, e.g. {@code bucket:promote}. */
    @Override
    public String action() {
      return "bucket:" + change.name().toLowerCase(Locale.ROOT);
    }

    /** The event as one line of JSON. */
    @Override
    public String toString() {
      return EventJson.of(this);
    }
  }
}
