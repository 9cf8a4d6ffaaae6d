package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, in a service that opted in, whether an engineer may do one read under a grant. The only
 * thing that understands grants. Immutable and thread-safe; make one and share it.
 *
 * <p>A read is permitted when the grant is signed by the desk, for this service, residency and
 * engineer (and bound to the same key as the engineer's own token), not expired, not taken back,
 * names the resource and the permission, the permission is a read here, the method is one too, the
 * customer's own record allows it now, and the audit trail and the customer's list have kept it.
 * Everything else is denied with a {@link SupportRefusal}; nothing is ever thrown for what came in.
 */
public final class SupportAccessChecker {

  private static final Logger LOG = LoggerFactory.getLogger(SupportAccessChecker.class);

  private final GrantReader grants;
  private final ReadRules rules;
  private final UseRecorder recorder;
  private final SteadyTime time;

  SupportAccessChecker(Settings settings) {
    this(settings, System::nanoTime);
  }

  SupportAccessChecker(Settings settings, LongSupplier nanoTicker) {
    this.rules = new ReadRules(settings);
    this.recorder = new UseRecorder(settings);
    this.grants = new GrantReader(settings.deskKeys, settings.issuer);
    this.time = new SteadyTime(settings.clock, nanoTicker);
  }

  /**
   * Decides about one read, and records it: every decision is one line of the audit trail before it
   * is returned, and one use in the customer's list if the grant is the desk's. Where a read is
   * allowed and then cannot be kept in that list, a second line denies it.
   *
   * @param engineer the engineer's own access token, verified for this request
   * @param grant the support grant that came with it, compact; null if none did
   * @param method the HTTP method, exactly as received
   * @param resource the one resource, in the form the grants name it: {@code orders/123}, without a
   *     slash before it
   * @param permission what the service asks for that resource, e.g. {@code orders:read}
   */
  public SupportDecision check(
      VerifiedToken engineer,
      @Nullable String grant,
      String method,
      String resource,
      String permission) {
    ReadAttempt attempt = recorder.attempt(engineer, time.now(), method, resource, permission);
    try {
      VerifiedGrant verified = grants.read(grant);
      attempt = attempt.under(verified);
      rules.check(attempt, verified);
      return recorder.permit(attempt, verified);
    } catch (GrantDenial denial) {
      return recorder.deny(attempt, denial.refusal());
    } catch (RuntimeException unforeseen) {
      // Its message may hold anything of the token, so only its kind is told.
      LOG.error(
          "Checking a support grant failed with {}; the read was refused",
          unforeseen.getClass().getName());
      return recorder.deny(attempt, SupportRefusal.INTERNAL);
    }
  }

  /**
   * What a checker needs to know. Immutable: every method gives another. Needed are {@link
   * #customers}, {@link #permissions} and {@link #grants}, or {@link #liveness} and {@link #uses}.
   */
  public static final class Settings {

    private static final Duration MOST_SKEW = Duration.ofSeconds(60);

    final KeySource deskKeys;
    final String service;
    final String residency;
    final @Nullable CustomerAccess customers;
    final @Nullable ReadOnlyPermissions permissions;
    final @Nullable GrantLiveness liveness;
    final @Nullable GrantUses uses;
    final @Nullable SupportStaff staff;
    final AuditTrail audit;
    final SupportListener listener;
    final String issuer;
    final Clock clock;
    final Duration skew;

    private Settings(
        KeySource deskKeys,
        String service,
        String residency,
        @Nullable CustomerAccess customers,
        @Nullable ReadOnlyPermissions permissions,
        @Nullable GrantLiveness liveness,
        @Nullable GrantUses uses,
        @Nullable SupportStaff staff,
        AuditTrail audit,
        SupportListener listener,
        String issuer,
        Clock clock,
        Duration skew) {
      this.deskKeys = deskKeys;
      this.service = service;
      this.residency = residency;
      this.customers = customers;
      this.permissions = permissions;
      this.liveness = liveness;
      this.uses = uses;
      this.staff = staff;
      this.audit = audit;
      this.listener = listener;
      this.issuer = issuer;
      this.clock = clock;
      this.skew = skew;
    }

    /**
     * For a service.
     *
     * @param deskKeys the desk's public keys: {@link SupportAccess#publicKeys()} pinned, or where
     *     the desk publishes them. The program closes them when it ends
     * @param service this service's name, as the desk knows it
     * @param residency where this service's data is, e.g. {@code eu}
     * @throws InvalidSupportAccessException if a name is not 1 to 64 ASCII letters, digits and
     *     {@code . _ -}, a letter or digit first
     */
    public static Settings of(KeySource deskKeys, String service, String residency) {
      return new Settings(
          Objects.requireNonNull(deskKeys, "deskKeys"),
          AccessRequestDraft.word("service's name", service),
          AccessRequestDraft.word("residency", residency),
          null,
          null,
          null,
          null,
          null,
          AuditTrail.slf4j(),
          new SupportListener() {},
          "support-desk",
          Clock.systemUTC(),
          Duration.ofSeconds(5));
    }

    /** What the customers' own records allow. */
    public Settings customers(CustomerAccess access) {
      return new Settings(
          deskKeys,
          service,
          residency,
          Objects.requireNonNull(access, "access"),
          permissions,
          liveness,
          uses,
          staff,
          audit,
          listener,
          issuer,
          clock,
          skew);
    }

    /** Which permissions are reads in this service. */
    public Settings permissions(ReadOnlyPermissions map) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          Objects.requireNonNull(map, "map"),
          liveness,
          uses,
          staff,
          audit,
          listener,
          issuer,
          clock,
          skew);
    }

    /** Where grants are and uses go: both {@link #liveness} and {@link #uses}. */
    public Settings grants(GrantStore store) {
      return liveness(store).uses(store);
    }

    /** Who knows which grants still stand. */
    public Settings liveness(GrantLiveness source) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          Objects.requireNonNull(source, "source"),
          uses,
          staff,
          audit,
          listener,
          issuer,
          clock,
          skew);
    }

    /** Who keeps every use for the customer. */
    public Settings uses(GrantUses ledger) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          liveness,
          Objects.requireNonNull(ledger, "ledger"),
          staff,
          audit,
          listener,
          issuer,
          clock,
          skew);
    }

    /**
     * Also asks, at every check, who works in support: who left is refused from then on, and so is
     * every read of what has become a staff account. Without it such access lasts until it is
     * revoked, or until the engineer's own token or the grant ends.
     */
    public Settings staff(SupportStaff people) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          liveness,
          uses,
          Objects.requireNonNull(people, "people"),
          audit,
          listener,
          issuer,
          clock,
          skew);
    }

    /** Where every decision is recorded before it takes effect; {@link AuditTrail#slf4j()}. */
    public Settings audit(AuditTrail trail) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          liveness,
          uses,
          staff,
          Objects.requireNonNull(trail, "trail"),
          listener,
          issuer,
          clock,
          skew);
    }

    /** Who is told of every use. */
    public Settings listener(SupportListener told) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          liveness,
          uses,
          staff,
          audit,
          Objects.requireNonNull(told, "told"),
          issuer,
          clock,
          skew);
    }

    /**
     * The desk's name, as {@link SupportAccess.Builder#issuer} has it: grants of a desk of another
     * name are {@link SupportRefusal#MALFORMED} here.
     *
     * @throws InvalidSupportAccessException if it is not 1 to 255 visible ASCII characters
     */
    public Settings issuer(String name) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          liveness,
          uses,
          staff,
          audit,
          listener,
          SupportAccess.Builder.checkedIssuer(name),
          clock,
          skew);
    }

    /** What time it is; the system's clock. */
    public Settings clock(Clock other) {
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          liveness,
          uses,
          staff,
          audit,
          listener,
          issuer,
          Objects.requireNonNull(other, "other"),
          skew);
    }

    /**
     * How much the desk's clock and this one may differ, 0 to 60 seconds; 5 by default. It works
     * against the grant: that ends so much earlier.
     *
     * @throws InvalidSupportAccessException if it is not between 0 and 60 seconds
     */
    public Settings clockSkew(Duration most) {
      if (most.isNegative() || most.compareTo(MOST_SKEW) > 0) {
        throw new InvalidSupportAccessException(
            "A clock skew of "
                + most
                + " is not between 0 and 60 seconds: set the clocks instead.");
      }
      return new Settings(
          deskKeys,
          service,
          residency,
          customers,
          permissions,
          liveness,
          uses,
          staff,
          audit,
          listener,
          issuer,
          clock,
          most);
    }

    /**
     * One of the settings that there is no default for.
     *
     * @throws InvalidSupportAccessException if any of them is missing; the message names all
     */
    <T> T needed(@Nullable T setting) {
      if (setting != null) {
        return setting;
      }
      List<String> missing = new ArrayList<>();
      if (customers == null) {
        missing.add("customers(...)");
      }
      if (permissions == null) {
        missing.add("permissions(...)");
      }
      if (liveness == null && uses == null) {
        missing.add("grants(...)");
      } else if (liveness == null) {
        missing.add("liveness(...)");
      } else if (uses == null) {
        missing.add("uses(...)");
      }
      throw new InvalidSupportAccessException(
          "A checker of support grants cannot decide without "
              + String.join(", ", missing)
              + ": call "
              + (missing.size() == 1 ? "that" : "those")
              + " on its Settings.");
    }

    /** The service alone. */
    @Override
    public String toString() {
      return "SupportAccessChecker.Settings(" + service + ", " + residency + ")";
    }
  }
}
