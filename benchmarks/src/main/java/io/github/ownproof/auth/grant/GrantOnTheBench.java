package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.Actor;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A grant for two orders, its tokens, and a checker that writes nowhere. */
public final class GrantOnTheBench {

  public static final String RESOURCE = "orders/ord_01HZX3K5M8Q2";
  public static final String PERMISSION = "orders:read";

  private static final CustomerId CUSTOMER = CustomerId.of("acme");
  private static final AccessScope SCOPE =
      new AccessScope(
          Resources.exactly(RESOURCE, "orders/ord_01HZX3K5M8Q3"),
          Set.of(PERMISSION, "invoices:read"),
          Duration.ofHours(8));

  private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
  private final AccessRequest request;
  private final AccessState.Granted granted;
  private final GrantTokens tokens;
  private final SupportAccessChecker checker;

  /** For the engineer of this token, signed with this key. */
  public GrantOnTheBench(VerifiedToken engineer, KeyPair key) {
    Actor.Identified person =
        new Actor.Identified(engineer.identity().issuer(), engineer.identity().subject());
    this.granted = new AccessState.Granted(SCOPE, now, now.plus(SCOPE.duration()), List.of());
    this.request =
        new AccessRequest(
            GrantId.of("sg-0123456789abcdefghijklmnopqrstuv"),
            2,
            person,
            CUSTOMER,
            "CASE-4711",
            "",
            Set.of("orders-api", "invoices-api"),
            "eu",
            SCOPE,
            now,
            granted);
    this.tokens = new GrantTokens(GrantSigner.of("2026-11-desk-1", key), "support-desk");
    GrantStore store = GrantStore.inMemory();
    if (!store.create(request)) {
      throw new IllegalStateException("a new store is empty");
    }
    this.checker =
        SupportAccess.checker(
            SupportAccessChecker.Settings.of(
                    KeySource.pinned(tokens.publicJwkSet()), "orders-api", "eu")
                .customers(new OneCustomer())
                .permissions(
                    ReadOnlyPermissions.builder()
                        .reads(PERMISSION, "invoices:read")
                        .readEquivalents("orders:write", PERMISSION)
                        .build())
                .liveness(store)
                .uses(new NoUses())
                .audit(event -> {}));
  }

  public SupportAccessChecker checker() {
    return checker;
  }

  public String issue(VerifiedToken engineer) {
    try {
      return tokens.issue(request, granted, engineer, now, granted.until());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class OneCustomer implements CustomerAccess {

    private final AccessRecord record =
        AccessRecord.of(
            new AccessRecord.Statement(Set.of("invoices:read"), Resources.treesOf("invoices")),
            new AccessRecord.Statement(Set.of("orders:write"), Resources.treesOf("orders")));

    @Override
    public AccessRecord record(CustomerId customer) {
      return record;
    }

    @Override
    public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
      return Optional.empty();
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
