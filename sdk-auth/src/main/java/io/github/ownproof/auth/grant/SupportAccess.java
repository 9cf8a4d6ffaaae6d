package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The support desk: requests for access to a customer's data, the customer's approvals, the grants
 * that come of them, and what the customer sees of it all. Thread-safe; make one and share it.
 * Several processes may each have one over the same store.
 *
 * <p>Every step is a transition of {@link AccessState}: recorded in the audit trail before it
 * happens, won by exactly one of those who try at once, and the same again if it is repeated. A
 * step that cannot be recorded or stored is refused; only taking access away is tried all the same.
 */
public final class SupportAccess {

  private final Desk desk;

  private SupportAccess(Desk desk) {
    this.desk = desk;
  }

  /**
   * A builder that needs {@link Builder#signingKey}, {@link Builder#grants}, {@link Builder#audit},
   * {@link Builder#customers}, {@link Builder#staff}, {@link Builder#permissions}, {@link
   * Builder#services} and {@link Builder#stepUp}.
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What understands grants in a service that opts in.
   *
   * @throws InvalidSupportAccessException if a setting is missing; the message names it
   */
  public static SupportAccessChecker checker(SupportAccessChecker.Settings settings) {
    return new SupportAccessChecker(settings);
  }

  /**
   * {@link #tryRequest}, the refusal as an exception.
   *
   * @throws SupportAccessRefusedException if it is refused
   * @throws InvalidSupportAccessException if the draft lacks something
   */
  public AccessRequest request(VerifiedToken engineer, AccessRequestDraft draft) {
    return tryRequest(engineer, draft).orThrow();
  }

  /**
   * Asks the customer for access. The same draft again, while the first is open, is the same
   * request. Where the customer's policy consents, the request comes back granted.
   *
   * @param engineer the engineer's own access token
   * @param draft what for
   * @throws InvalidSupportAccessException if the draft lacks something
   */
  public SupportOutcome<AccessRequest> tryRequest(
      VerifiedToken engineer, AccessRequestDraft draft) {
    return desk.request(engineer, draft);
  }

  /**
   * {@link #tryApprove(GrantId, VerifiedToken)}, anything but a grant as an exception.
   *
   * @throws SupportAccessRefusedException if it is refused; or if it is kept and another approver
   *     is needed, which is {@link SupportRefusal#PENDING}
   */
  public SupportGrant approve(GrantId id, VerifiedToken approver) {
    return tryApprove(id, approver).orThrow();
  }

  /**
   * {@link #tryApprove(GrantId, VerifiedToken, AccessScope)}, all but a grant as an exception.
   *
   * @throws SupportAccessRefusedException if it is refused; or if it is kept and another approver
   *     is needed, which is {@link SupportRefusal#PENDING}
   */
  public SupportGrant approve(GrantId id, VerifiedToken approver, AccessScope narrowed) {
    return tryApprove(id, approver, narrowed).orThrow();
  }

  /**
   * Agrees to all that was asked for. The outcome is {@link SupportOutcome.Waiting} while another
   * approver must agree, and {@link SupportRefusal#STEP_UP} with the challenge to answer with (RFC
   * 9470) if the approver must log in again.
   *
   * @param id the request's id
   * @param approver the access token of the customer's administrator, freshly logged in
   */
  public SupportOutcome<SupportGrant> tryApprove(GrantId id, VerifiedToken approver) {
    return desk.approve(id, approver, null);
  }

  /**
   * Agrees to part of what was asked for. Where two must agree, what is granted is what both agreed
   * to.
   *
   * @param id the request's id
   * @param approver the access token of the customer's administrator, freshly logged in
   * @param narrowed how much, within what was asked for
   */
  public SupportOutcome<SupportGrant> tryApprove(
      GrantId id, VerifiedToken approver, AccessScope narrowed) {
    // Never "all of it" because a program had nothing to pass.
    return desk.approve(id, approver, Objects.requireNonNull(narrowed, "narrowed"));
  }

  /**
   * {@link #tryDeny}, the refusal as an exception.
   *
   * @throws SupportAccessRefusedException if it is refused
   */
  public AccessRequest deny(GrantId id, VerifiedToken approver) {
    return tryDeny(id, approver).orThrow();
  }

  /** Says no to a request that waits. Takes an approver, but no fresh login. */
  public SupportOutcome<AccessRequest> tryDeny(GrantId id, VerifiedToken approver) {
    return desk.deny(id, approver);
  }

  /**
   * {@link #tryIssue}, the refusal as an exception.
   *
   * @throws SupportAccessRefusedException if it is refused
   */
  public String issue(GrantId id, VerifiedToken engineer) {
    return tryIssue(id, engineer).orThrow();
  }

  /**
   * Makes a {@code support-grant+jwt} for the engineer the grant is for: bound to their identity
   * and to the key of their own token if that has one, useless without it, and not valid longer
   * than it. May be repeated as long as the grant stands.
   */
  public SupportOutcome<String> tryIssue(GrantId id, VerifiedToken engineer) {
    return desk.issue(id, engineer);
  }

  /**
   * {@link #tryRevoke}, the refusal as an exception.
   *
   * @throws SupportAccessRefusedException if it is refused
   */
  public AccessRequest revoke(GrantId id, VerifiedToken person) {
    return tryRevoke(id, person).orThrow();
  }

  /**
   * Takes a grant back, or a request that waits: at once in this process, within a second in every
   * other. Any approver of the customer may, and any engineer; no fresh login is needed. It is done
   * even if the audit trail does not answer; then the outcome says so, and repeating it records it.
   */
  public SupportOutcome<AccessRequest> tryRevoke(GrantId id, VerifiedToken person) {
    return desk.revoke(id, person);
  }

  /**
   * The request of this id as it stands now.
   *
   * @throws GrantStoreException if it cannot be read
   */
  public Optional<AccessRequest> find(GrantId id) {
    return desk.find(id);
  }

  /**
   * Every request for this customer's data as it stands now, the oldest first. Who may see it is
   * the application's to decide: the customer.
   *
   * @throws GrantStoreException if they cannot be read
   */
  public List<AccessRequest> requests(CustomerId customer) {
    return desk.requests(customer);
  }

  /**
   * Every grant to this customer's data that stands now, the oldest first.
   *
   * @throws GrantStoreException if they cannot be read
   */
  public List<SupportGrant> grants(CustomerId customer) {
    return desk.grants(customer);
  }

  /**
   * Every use of this customer's data under a grant, and every attempt, the oldest first.
   *
   * @throws GrantStoreException if they cannot be read
   */
  public List<GrantUse> uses(CustomerId customer) {
    return uses(customer, Instant.EPOCH);
  }

  /**
   * The same, from an instant on.
   *
   * @throws GrantStoreException if they cannot be read
   */
  public List<GrantUse> uses(CustomerId customer, Instant since) {
    return desk.uses(customer, since);
  }

  /**
   * The desk's public key as a JWK Set (RFC 7517 section 5), for checkers. When the desk gets a new
   * key, let them know both before it signs, and the old one for 8 hours after.
   */
  public String publicKeys() {
    return desk.publicKeys();
  }

  /** Nothing of what it knows. */
  @Override
  public String toString() {
    return "SupportAccess";
  }

  /** Puts a desk together. Not thread-safe. */
  public static final class Builder {

    private static final Duration LONGEST_PENDING = Duration.ofDays(14);
    private static final Duration LONGEST_ACCESS = Duration.ofHours(8);

    private @Nullable GrantSigner signer;
    private @Nullable GrantStore store;
    private @Nullable RevocationEpochs epochs;
    private @Nullable AuditTrail audit;
    private @Nullable CustomerAccess customers;
    private @Nullable SupportStaff staff;
    private @Nullable ReadOnlyPermissions permissions;
    private Set<String> services = Set.of();
    private @Nullable AuthenticationRequirement stepUp;
    private Pattern ticketForm = Pattern.compile("[A-Z][A-Z0-9]*-[0-9]+");
    private Duration pending = Duration.ofHours(24);
    private Duration cap = LONGEST_ACCESS;
    private SupportListener listener = new SupportListener() {};
    private String issuer = "support-desk";
    private Clock clock = Clock.systemUTC();
    private LongSupplier ticker = System::nanoTime;

    private Builder() {}

    /** What signs grants. */
    public Builder signingKey(GrantSigner key) {
      signer = key;
      return this;
    }

    /** Where requests, grants and uses are kept. */
    public Builder grants(GrantStore grants) {
      store = grants;
      return this;
    }

    /** What tells every process of revocations at once; without, checkers ask the store. */
    public Builder epochs(RevocationEpochs shared) {
      epochs = shared;
      return this;
    }

    /** Where every step is recorded before it happens. */
    public Builder audit(AuditTrail trail) {
      audit = trail;
      return this;
    }

    /** What the customers' records allow, and who decides for them. */
    public Builder customers(CustomerAccess access) {
      customers = access;
      return this;
    }

    /** Who works in support. */
    public Builder staff(SupportStaff people) {
      staff = people;
      return this;
    }

    /** Which permissions are reads. */
    public Builder permissions(ReadOnlyPermissions reads) {
      permissions = reads;
      return this;
    }

    /**
     * The services that opted in, by the names they check under.
     *
     * @throws InvalidSupportAccessException if a name is not 1 to 64 ASCII letters, digits and
     *     {@code . _ -}
     */
    public Builder services(String first, String... others) {
      Set<String> names = new TreeSet<>();
      names.add(AccessRequestDraft.word("service's name", first));
      for (String other : others) {
        names.add(AccessRequestDraft.word("service's name", other));
      }
      services = Collections.unmodifiableSet(names);
      return this;
    }

    /**
     * How an approver must have logged in (RFC 9470): both an {@code acr} and a longest time since
     * {@code auth_time}.
     *
     * @throws InvalidSupportAccessException if it lacks one of them
     */
    public Builder stepUp(AuthenticationRequirement login) {
      if (login.acrValues().isEmpty() || login.maxAge().isEmpty()) {
        throw new InvalidSupportAccessException(
            "An approver logs in strongly and freshly: stepUp takes both, such as"
                + " AuthenticationRequirement.of(\"mfa\").within(Duration.ofMinutes(5)).");
      }
      stepUp = login;
      return this;
    }

    /** The form of ticket ids; {@code [A-Z][A-Z0-9]*-[0-9]+} by default, such as CASE-4711. */
    public Builder ticketForm(Pattern form) {
      ticketForm = form;
      return this;
    }

    /**
     * How long a request waits for the customer, up to 14 days; 24 hours by default.
     *
     * @throws InvalidSupportAccessException if it is longer, or not positive whole seconds
     */
    public Builder pendingFor(Duration time) {
      pending = checked("A request waits", time, LONGEST_PENDING);
      return this;
    }

    /**
     * How long access lasts at most, whatever anybody asks or approves; 8 hours, never more.
     *
     * @throws InvalidSupportAccessException if it is more, or not positive whole seconds
     */
    public Builder longestAccess(Duration most) {
      cap = checked("Support access lasts", most, LONGEST_ACCESS);
      return this;
    }

    /** Who is told of every step. */
    public Builder listener(SupportListener told) {
      listener = told;
      return this;
    }

    /**
     * The desk's name in grants ({@code iss}); {@code support-desk} by default.
     *
     * @throws InvalidSupportAccessException if it is not 1 to 255 visible ASCII characters
     */
    public Builder issuer(String name) {
      issuer = checkedIssuer(name);
      return this;
    }

    static String checkedIssuer(String name) {
      if (name.isEmpty()
          || name.length() > 255
          || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new InvalidSupportAccessException(
            "A desk's name is 1 to 255 visible ASCII characters, such as support-desk, not "
                + OwnproofException.quote(name)
                + ".");
      }
      return name;
    }

    /** What time it is; the system's clock. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /** Nanoseconds that only grow. */
    Builder ticker(LongSupplier other) {
      ticker = other;
      return this;
    }

    /**
     * The desk. Does no I/O.
     *
     * @throws InvalidSupportAccessException if something it needs is missing; the message names it
     */
    public SupportAccess build() {
      GrantSigner key = needed("signingKey", signer);
      GrantStore grants = needed("grants", store);
      AuditTrail trail = needed("audit", audit);
      DeskRules rules =
          new DeskRules(
              needed("customers", customers),
              needed("staff", staff),
              needed("permissions", permissions),
              needed("services", services.isEmpty() ? null : services),
              needed("stepUp", stepUp),
              ticketForm,
              cap);
      SteadyTime time = new SteadyTime(clock, ticker);
      GrantSteps steps = new GrantSteps(grants, epochs, new GrantAudit(trail), listener, time);
      return new SupportAccess(
          new Desk(rules, steps, grants, new GrantTokens(key, issuer), pending));
    }

    private static <T> T needed(String name, @Nullable T value) {
      if (value == null) {
        throw new InvalidSupportAccessException(
            "A support desk needs " + name + ": call " + name + "(...) before build().");
      }
      return value;
    }

    private static Duration checked(String what, Duration time, Duration most) {
      if (time.compareTo(Duration.ofSeconds(1)) < 0
          || time.compareTo(most) > 0
          || !time.equals(Duration.ofSeconds(time.toSeconds()))) {
        throw new InvalidSupportAccessException(
            what
                + " whole seconds, at least one and at most "
                + Spans.words(most)
                + ", not "
                + Spans.words(time)
                + ".");
      }
      return time;
    }
  }
}
