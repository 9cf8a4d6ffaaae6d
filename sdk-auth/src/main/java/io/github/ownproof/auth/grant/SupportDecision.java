package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Instant;
import java.util.function.Function;

/**
 * What a checker decided about one read. Holding a {@link Permitted} proves that this read, of this
 * resource, by this engineer, is allowed by a grant that stood at that moment, and that it is in
 * the audit trail; nothing about any other read, or the same one later. Immutable and thread-safe.
 */
public abstract sealed class SupportDecision {

  SupportDecision() {}

  /** The read may happen. */
  public static final class Permitted extends SupportDecision {

    private final GrantUse use;
    private final Instant until;

    Permitted(GrantUse use, Instant until) {
      this.use = use;
      this.until = until;
    }

    /** Under which grant. */
    public GrantId grant() {
      return use.grant();
    }

    /** Whose data: the customer to read the resource of, and no other. */
    public CustomerId customer() {
      return use.customer();
    }

    /** Who reads: the engineer, under their own identity. */
    public Actor.Identified engineer() {
      return use.engineer();
    }

    /** On which support case. */
    public String ticket() {
      return use.ticket();
    }

    /** The one resource that may be read. */
    public String resource() {
      return use.resource();
    }

    /** The one permission it takes. */
    public String permission() {
      return use.permission();
    }

    /** When the grant ends, at the latest. */
    public Instant until() {
      return until;
    }
  }

  /** The read must not happen. */
  public static final class Denied extends SupportDecision {

    private final SupportRefusal refusal;

    Denied(SupportRefusal refusal) {
      this.refusal = refusal;
    }

    /** Why. */
    public SupportRefusal refusal() {
      return refusal;
    }
  }

  /** One of the two, by outcome. */
  public final <T> T fold(Function<Permitted, T> permitted, Function<Denied, T> denied) {
    return this instanceof Permitted yes ? permitted.apply(yes) : denied.apply((Denied) this);
  }

  /** Whether the read may happen. */
  public final boolean isPermitted() {
    return this instanceof Permitted;
  }

  /**
   * The permission to read.
   *
   * @throws SupportAccessRefusedException if there is none
   */
  public final Permitted orThrow() {
    return fold(
        yes -> yes,
        no -> {
          throw new SupportAccessRefusedException(
              no.refusal(), "The read is refused: " + no.refusal().explanation() + ".");
        });
  }

  /** The outcome alone. */
  @Override
  public final String toString() {
    return fold(yes -> "SupportDecision(permitted)", no -> "SupportDecision(" + no.refusal() + ")");
  }
}
