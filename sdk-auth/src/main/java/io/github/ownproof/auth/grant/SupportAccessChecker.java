package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
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
    this.grants = new GrantReader(settings.parts.deskKeys, settings.parts.issuer);
    this.time = new SteadyTime(settings.parts.clock, nanoTicker);
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

    final Parts parts;

    private Settings(Parts parts) {
      this.parts = parts;
    }

    /** All settings; written to while a copy is made, and never again. */
    static final class Parts implements Cloneable {
      final KeySource deskKeys;
      final String service;
      final String residency;
      @Nullable CustomerAccess customers;
      @Nullable ReadOnlyPermissions permissions;
      @Nullable GrantLiveness liveness;
      @Nullable GrantUses uses;
      @Nullable SupportStaff staff;
      AuditTrail audit = AuditTrail.slf4j();
      SupportListener listener = new SupportListener() {};
      String issuer = "support-desk";
      Clock clock = Clock.systemUTC();
      Duration skew = Duration.ofSeconds(5);

      private Parts(KeySource deskKeys, String service, String residency) {
        this.deskKeys = deskKeys;
        this.service = service;
        this.residency = residency;
      }

      @Override
      protected Parts clone() {
        try {
          return (Parts) super.clone();
        } catch (CloneNotSupportedException e) {
          throw new AssertionError(e);
        }
      }
    }

    private Settings with(Consumer<Parts> change) {
      Parts copy = parts.clone();
      change.accept(copy);
      return new Settings(copy);
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
          new Parts(
              Objects.requireNonNull(deskKeys, "deskKeys"),
              AccessRequestDraft.word("service's name", service),
              AccessRequestDraft.word("residency", residency)));
    }

    /** What the customers' own records allow. */
    public Settings customers(CustomerAccess access) {
      Objects.requireNonNull(access, "access");
      return with(parts -> parts.customers = access);
    }

    /** Which permissions are reads in this service. */
    public Settings permissions(ReadOnlyPermissions map) {
      Objects.requireNonNull(map, "map");
      return with(parts -> parts.permissions = map);
    }

    /** Where grants are and uses go: both {@link #liveness} and {@link #uses}. */
    public Settings grants(GrantStore store) {
      return liveness(store).uses(store);
    }

    /** Who knows which grants still stand. */
    public Settings liveness(GrantLiveness source) {
      Objects.requireNonNull(source, "source");
      return with(parts -> parts.liveness = source);
    }

    /** Who keeps every use for the customer. */
    public Settings uses(GrantUses ledger) {
      Objects.requireNonNull(ledger, "ledger");
      return with(parts -> parts.uses = ledger);
    }

    /**
     * Also asks, at every check, who works in support: who left is refused from then on, and so is
     * every read of what has become a staff account. Without it such access lasts until it is
     * revoked, or until the engineer's own token or the grant ends.
     */
    public Settings staff(SupportStaff people) {
      Objects.requireNonNull(people, "people");
      return with(parts -> parts.staff = people);
    }

    /** Where every decision is recorded before it takes effect; {@link AuditTrail#slf4j()}. */
    public Settings audit(AuditTrail trail) {
      Objects.requireNonNull(trail, "trail");
      return with(parts -> parts.audit = trail);
    }

    /** Who is told of every use. */
    public Settings listener(SupportListener told) {
      Objects.requireNonNull(told, "told");
      return with(parts -> parts.listener = told);
    }

    /**
     * The desk's name, as {@link SupportAccess.Builder#issuer} has it: grants of a desk of another
     * name are {@link SupportRefusal#MALFORMED} here.
     *
     * @throws InvalidSupportAccessException if it is not 1 to 255 visible ASCII characters
     */
    public Settings issuer(String name) {
      String issuer = SupportAccess.Builder.checkedIssuer(name);
      return with(parts -> parts.issuer = issuer);
    }

    /** What time it is; the system's clock. */
    public Settings clock(Clock other) {
      Objects.requireNonNull(other, "other");
      return with(parts -> parts.clock = other);
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
      return with(parts -> parts.skew = most);
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
      if (parts.customers == null) {
        missing.add("customers(...)");
      }
      if (parts.permissions == null) {
        missing.add("permissions(...)");
      }
      if (parts.liveness == null && parts.uses == null) {
        missing.add("grants(...)");
      } else if (parts.liveness == null) {
        missing.add("liveness(...)");
      } else if (parts.uses == null) {
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
      return "SupportAccessChecker.Settings(" + parts.service + ", " + parts.residency + ")";
    }
  }
}
