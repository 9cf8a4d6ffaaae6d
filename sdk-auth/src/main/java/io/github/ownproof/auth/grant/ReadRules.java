package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.IdentityKind;
import io.github.ownproof.auth.TokenKind;
import io.github.ownproof.auth.VerifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must hold for a read under a grant that the desk signed. Immutable and thread-safe. */
final class ReadRules {

  private static final Logger LOG = LoggerFactory.getLogger(ReadRules.class);

  private final String service;
  private final String residency;
  private final Duration skew;
  private final CustomerAccess customers;
  private final ReadOnlyPermissions permissions;
  private final GrantLiveness liveness;
  private final @Nullable SupportStaff staff;

  ReadRules(SupportAccessChecker.Settings settings) {
    this.service = settings.parts.service;
    this.residency = settings.parts.residency;
    // In whole seconds, as our time is, and not less than was asked for.
    this.skew = Duration.ofSeconds(settings.parts.skew.plusNanos(999_999_999).toSeconds());
    this.customers = settings.needed(settings.parts.customers);
    this.permissions = settings.needed(settings.parts.permissions);
    this.liveness = settings.needed(settings.parts.liveness);
    this.staff = settings.parts.staff;
  }

  /** Others are asked last: they cost the most, and need not know of what is refused anyway. */
  void check(ReadAttempt attempt, VerifiedGrant grant) throws GrantDenial {
    checkPerson(attempt);
    checkBinding(attempt, grant);
    checkTimes(attempt.at(), grant);
    checkRead(attempt, grant);
    checkLiveness(grant);
    checkStaff(grant);
    checkRecord(attempt, grant);
  }

  private static void checkPerson(ReadAttempt attempt) throws GrantDenial {
    VerifiedToken engineer = attempt.engineer();
    // Whatever the verifier was told to accept: a grant is a person's own.
    GrantDenial.unless(!engineer.hasImpersonationMarker(), SupportRefusal.IMPERSONATION);
    GrantDenial.unless(
        engineer.kind() == TokenKind.ACCESS && engineer.identity().kind() == IdentityKind.USER,
        SupportRefusal.NOT_A_PERSON);
    // Our time is in whole seconds, so the end must be too, to be no later than it says.
    Instant end = engineer.expiresAt().truncatedTo(ChronoUnit.SECONDS);
    GrantDenial.unless(attempt.at().isBefore(end), SupportRefusal.TOKEN_EXPIRED);
  }

  private void checkBinding(ReadAttempt attempt, VerifiedGrant grant) throws GrantDenial {
    GrantDenial.unless(grant.isFor(attempt.engineer().identity()), SupportRefusal.OTHER_ENGINEER);
    GrantDenial.unless(grant.isBoundLike(attempt.engineer()), SupportRefusal.CONFIRMATION);
    GrantDenial.unless(grant.services().contains(service), SupportRefusal.SERVICE);
    GrantDenial.unless(grant.residency().equals(residency), SupportRefusal.RESIDENCY);
  }

  /** The desk's clock may be ahead or behind; either way the access is not a second longer. */
  private void checkTimes(Instant now, VerifiedGrant grant) throws GrantDenial {
    Instant latest = now.plus(skew);
    GrantDenial.unless(latest.isBefore(grant.until()), SupportRefusal.EXPIRED);
    GrantDenial.unless(!latest.isBefore(grant.from()), SupportRefusal.NOT_YET_VALID);
  }

  private void checkRead(ReadAttempt attempt, VerifiedGrant grant) throws GrantDenial {
    GrantDenial.unless(
        attempt.method().equals("GET") || attempt.method().equals("HEAD"), SupportRefusal.METHOD);
    GrantDenial.unless(
        grant.scope().resources().cover(attempt.resource()), SupportRefusal.RESOURCE);
    GrantDenial.unless(permissions.isRead(attempt.permission()), SupportRefusal.NOT_READ_ONLY);
    GrantDenial.unless(
        grant.scope().permissions().contains(attempt.permission()), SupportRefusal.PERMISSION);
  }

  private void checkLiveness(VerifiedGrant grant) throws GrantDenial {
    boolean live;
    try {
      live = liveness.isLive(grant.id());
    } catch (RuntimeException e) {
      throw unavailable("whether a grant stands", e);
    }
    GrantDenial.unless(live, SupportRefusal.REVOKED);
  }

  private void checkStaff(VerifiedGrant grant) throws GrantDenial {
    if (staff == null) {
      return;
    }
    boolean isEngineer;
    boolean isStaffAccount;
    try {
      isEngineer = staff.isEngineer(grant.engineer());
      isStaffAccount = staff.isStaffAccount(grant.customer());
    } catch (RuntimeException e) {
      throw unavailable("who works in support", e);
    }
    GrantDenial.unless(isEngineer, SupportRefusal.NOT_ENGINEER);
    GrantDenial.unless(!isStaffAccount, SupportRefusal.STAFF_ACCOUNT);
  }

  private void checkRecord(ReadAttempt attempt, VerifiedGrant grant) throws GrantDenial {
    boolean allowed;
    try {
      AccessRecord record = customers.record(grant.customer());
      allowed = permissions.allowsRead(record, attempt.permission(), attempt.resource());
    } catch (RuntimeException e) {
      throw unavailable("what a customer's record allows", e);
    }
    GrantDenial.unless(allowed, SupportRefusal.NOT_IN_RECORD);
  }

  private static GrantDenial unavailable(String what, RuntimeException e) {
    // What an SPI's exception says may be anybody's data.
    LOG.error("Asking {} failed with {}; the read was refused", what, e.getClass().getName());
    return GrantDenial.of(SupportRefusal.STORE_UNAVAILABLE);
  }
}
