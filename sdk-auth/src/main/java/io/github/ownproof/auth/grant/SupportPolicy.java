package io.github.ownproof.auth.grant;

import io.github.ownproof.core.audit.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a customer decided about support access beforehand. The application stores it as the
 * customer's own setting; nobody else's word counts. Immutable and thread-safe.
 */
public final class SupportPolicy {

  private static final SupportPolicy ASK =
      new SupportPolicy(1, Duration.ofHours(8), Trees.ALLOWED, null);

  private enum Trees {
    ALLOWED,
    REFUSED
  }

  /**
   * Consent given beforehand.
   *
   * @param setBy the administrator who gave it; must still be an approver when it is used
   * @param setAt when; only requests made later are approved by it
   * @param scope how much at most; a request for more waits for a person
   */
  public record Consent(Actor.Identified setBy, Instant setAt, AccessScope scope) {}

  private final int approvers;
  private final Duration longest;
  private final Trees trees;
  private final @Nullable Consent consent;

  private SupportPolicy(int approvers, Duration longest, Trees trees, @Nullable Consent consent) {
    this.approvers = approvers;
    this.longest = longest;
    this.trees = trees;
    this.consent = consent;
  }

  /** One administrator is asked each time; nothing is approved without. */
  public static SupportPolicy askEachTime() {
    return ASK;
  }

  /**
   * As many different administrators must agree; two logins of one person count as two, so let only
   * one of them {@linkplain CustomerAccess#approverSince approve}. What they {@linkplain #consent
   * consented to} beforehand is approved without any.
   *
   * @throws InvalidSupportAccessException if it is neither 1 nor 2
   */
  public SupportPolicy approvers(int number) {
    if (number < 1 || number > 2) {
      throw new InvalidSupportAccessException(
          "One or two administrators approve support access, not " + number + ".");
    }
    return new SupportPolicy(number, longest, trees, consent);
  }

  /**
   * No access lasts longer than this.
   *
   * @throws InvalidSupportAccessException if it is not positive whole seconds
   */
  public SupportPolicy longest(Duration limit) {
    if (limit.compareTo(Duration.ofSeconds(1)) < 0
        || !limit.equals(Duration.ofSeconds(limit.toSeconds()))) {
      throw new InvalidSupportAccessException(
          "The longest support access is whole seconds, at least one, not "
              + limit
              + ". To refuse all of it, have no approver.");
    }
    return new SupportPolicy(approvers, limit, trees, consent);
  }

  /** Requests for a resource with everything below it are refused. */
  public SupportPolicy withoutDescendants() {
    return new SupportPolicy(approvers, longest, Trees.REFUSED, consent);
  }

  /** Requests within this are approved without asking anybody. */
  public SupportPolicy consent(Consent given) {
    return new SupportPolicy(approvers, longest, trees, given);
  }

  /** How many must agree. */
  public int approvers() {
    return approvers;
  }

  /** How long access lasts at most. */
  public Duration longest() {
    return longest;
  }

  /** Whether resources may be asked for with everything below them. */
  public boolean allowsDescendants() {
    return trees == Trees.ALLOWED;
  }

  /** What is approved without asking, if anything. */
  public Optional<Consent> consent() {
    return Optional.ofNullable(consent);
  }
}
