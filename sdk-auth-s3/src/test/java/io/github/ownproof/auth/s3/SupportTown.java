package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.AccessRecord;
import io.github.ownproof.auth.grant.AccessRequestDraft;
import io.github.ownproof.auth.grant.CustomerAccess;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantSigner;
import io.github.ownproof.auth.grant.GrantStore;
import io.github.ownproof.auth.grant.ReadOnlyPermissions;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.auth.grant.SupportAccessChecker;
import io.github.ownproof.auth.grant.SupportStaff;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.Outcome;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The customer acme with its administrators ada and bob, and the engineer eve; and desks and
 * checkers for them, each on a store of its own, as so many processes have them.
 */
final class SupportTown implements CustomerAccess, SupportStaff {

  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  static final String LOGIN = "https://login.example.com";
  static final String ORDER = "orders/123";
  static final String READ = "orders:read";

  private static final ForgedKey LOGIN_KEY = ForgedKey.of("ES256", "login-1");
  private static final KeyPair DESK_KEY = key();
  private static final ReadOnlyPermissions READS =
      ReadOnlyPermissions.builder().reads(READ).readEquivalents("orders:write", READ).build();

  /** What all of them recorded. */
  final List<AuditEvent> lines = new CopyOnWriteArrayList<>();

  SupportAccess desk(GrantStore store, Clock clock) {
    return SupportAccess.builder()
        .signingKey(GrantSigner.of("desk-1", DESK_KEY))
        .grants(store)
        .audit(lines::add)
        .customers(this)
        .staff(this)
        .permissions(READS)
        .services("orders-api")
        .stepUp(AuthenticationRequirement.of("mfa").within(Duration.ofMinutes(5)))
        .clock(clock)
        .build();
  }

  SupportAccessChecker checker(GrantStore store, SupportAccess desk, Clock clock) {
    return SupportAccess.checker(
        SupportAccessChecker.Settings.of(KeySource.pinned(desk.publicKeys()), "orders-api", "eu")
            .customers(this)
            .permissions(READS)
            .grants(store)
            .audit(lines::add)
            .clock(clock));
  }

  static AccessRequestDraft draft(String ticket) {
    return AccessRequestDraft.of(Requests.ACME, ticket)
        .resources(ORDER)
        .permissions(READ)
        .residency("eu");
  }

  /** Of this person, freshly and strongly logged in at that time. */
  static VerifiedToken token(String person, Instant at) {
    TokenForge forge =
        TokenForge.issuer(LOGIN)
            .key(LOGIN_KEY)
            .clock(MutableClock.at(at))
            .audience("orders-api")
            .subject(person);
    try (TokenVerifier verifier =
        TokenVerifier.builder()
            .accept(
                IssuerProfiles.oidc(LOGIN)
                    .audience("orders-api")
                    .accessTokens()
                    .keys(KeySource.pinned(forge.jwks())))
            .clock(forge.clock())
            .build()) {
      return verifier.verify(
          forge
              .token()
              .claim("acr", "mfa")
              .claim("auth_time", at.getEpochSecond())
              .expiresIn(Duration.ofHours(2))
              .compact());
    }
  }

  static Actor.Identified person(String subject) {
    return new Actor.Identified(LOGIN, subject);
  }

  /** Who took this step, once for each line that says it is done. */
  List<Actor> doneBy(Step step) {
    return lines.stream()
        .filter(
            line ->
                line instanceof AuditEvent.GrantChange change
                    && change.step() == step
                    && change.outcome().equals(Outcome.DONE))
        .map(line -> line.occasion().actor())
        .toList();
  }

  @Override
  public AccessRecord record(CustomerId customer) {
    return AccessRecord.of(
        new AccessRecord.Statement(Set.of("orders:write"), Resources.treesOf("orders")));
  }

  @Override
  public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
    return person.equals(person("ada")) || person.equals(person("bob"))
        ? Optional.of(START.minusSeconds(86_400))
        : Optional.empty();
  }

  @Override
  public boolean isEngineer(Actor.Identified person) {
    return person.equals(person("eve"));
  }

  @Override
  public boolean isStaffAccount(CustomerId customer) {
    return false;
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
