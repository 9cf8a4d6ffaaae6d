package io.github.ownproof.benchmarks;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.AccessRecord;
import io.github.ownproof.auth.grant.AccessRequestDraft;
import io.github.ownproof.auth.grant.CustomerAccess;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantSigner;
import io.github.ownproof.auth.grant.GrantStore;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.grant.GrantUses;
import io.github.ownproof.auth.grant.ReadOnlyPermissions;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.auth.grant.SupportAccessChecker;
import io.github.ownproof.auth.grant.SupportStaff;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.Actor;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A support desk as a program sets it up, with a store in memory and a trail that keeps nothing; a
 * grant for two orders that a customer's approver gave; and a checker that writes nowhere.
 */
final class GrantOnTheBench {

  static final String RESOURCE = "orders/ord_01HZX3K5M8Q2";
  static final String PERMISSION = "orders:read";

  private static final ReadOnlyPermissions READS =
      ReadOnlyPermissions.builder()
          .reads(PERMISSION, "invoices:read")
          .readEquivalents("orders:write", PERMISSION)
          .build();

  private final VerifiedToken engineer;
  private final SupportAccess desk;
  private final GrantId grant;
  private final SupportAccessChecker checker;

  /** For the engineer of this token, signed with this key. */
  GrantOnTheBench(SignedTokens tokens, VerifiedToken engineer, KeyPair key) {
    this.engineer = engineer;
    GrantStore store = GrantStore.inMemory();
    OneCustomer customer = new OneCustomer();
    this.desk =
        SupportAccess.builder()
            .signingKey(GrantSigner.of("2026-11-desk-1", key))
            .grants(store)
            .audit(event -> {})
            .customers(customer)
            .staff(new OneEngineer(engineer.identity().subject()))
            .permissions(READS)
            .services("orders-api", "invoices-api")
            .stepUp(AuthenticationRequirement.of("mfa").within(Duration.ofHours(1)))
            .build();
    this.grant =
        desk.request(
                engineer,
                AccessRequestDraft.of(CustomerId.of("acme"), "CASE-4711")
                    .resources(RESOURCE, "orders/ord_01HZX3K5M8Q3")
                    .permissions(PERMISSION, "invoices:read")
                    .residency("eu")
                    .justification("the order of the case")
                    .duration(Duration.ofHours(8)))
            .id();
    if (!desk.approve(grant, tokens.approver()).id().equals(grant)) {
      throw new IllegalStateException("another grant than was asked for");
    }
    this.checker =
        SupportAccess.checker(
            SupportAccessChecker.Settings.of(
                    KeySource.pinned(desk.publicKeys()), "orders-api", "eu")
                .customers(customer)
                .permissions(READS)
                .liveness(store)
                .uses(new NoUses())
                .audit(event -> {}));
  }

  SupportAccessChecker checker() {
    return checker;
  }

  String issue() {
    return desk.issue(grant, engineer);
  }

  private record OneEngineer(String subject) implements SupportStaff {

    @Override
    public boolean isEngineer(Actor.Identified person) {
      return person.subject().equals(subject);
    }

    @Override
    public boolean isStaffAccount(CustomerId customer) {
      return false;
    }
  }

  private static final class OneCustomer implements CustomerAccess {

    private final Instant since = Clock.systemUTC().instant().minus(Duration.ofDays(1));
    private final AccessRecord record =
        AccessRecord.of(
            new AccessRecord.Statement(Set.of("invoices:read"), Resources.treesOf("orders")),
            new AccessRecord.Statement(Set.of("orders:write"), Resources.treesOf("orders")));

    @Override
    public AccessRecord record(CustomerId customer) {
      return record;
    }

    @Override
    public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
      return Optional.of(since);
    }
  }

  private static final class NoUses implements GrantUses {

    @Override
    public void record(GrantUse use) {}

    @Override
    public List<GrantUse> uses(CustomerId customer, Instant since) {
      return List.of();
    }
  }
}
