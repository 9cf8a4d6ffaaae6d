package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A service with a checker, a desk's key, and one grant that stands: engineer-1 may read the orders
 * 123 and all below 200 of acme, from now for an hour.
 */
final class CheckRig implements CustomerAccess {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final String LOGIN = "https://login.example.com";
  static final CustomerId ACME = CustomerId.of("acme");
  static final GrantId GRANT = GrantId.of("sg-0123456789abcdefghijklmnopqrstuv");
  static final String TICKET = "CASE-4711";
  static final String RESOURCE = "orders/123";
  static final String READ = "orders:read";

  static final ReadOnlyPermissions READS =
      ReadOnlyPermissions.builder()
          .reads(READ, "invoices:read", "notes:read")
          .readEquivalents("orders:write", READ)
          .readEquivalents("admin", READ, "notes:read")
          .build();

  final MutableClock clock = MutableClock.at(NOW);
  final ForgedKey deskKey;
  final TokenForge logins;
  final GrantStore store = GrantStore.inMemory(clock);
  final List<AuditEvent> lines = new CopyOnWriteArrayList<>();
  final List<GrantUse> told = new CopyOnWriteArrayList<>();
  final AccessScope scope =
      new AccessScope(
          new Resources(Set.of(RESOURCE), Set.of("orders/200")),
          Set.of(READ, "notes:read"),
          Duration.ofHours(1));

  AccessRecord record =
      AccessRecord.of(
          new AccessRecord.Statement(Set.of("orders:write"), Resources.treesOf("orders")),
          new AccessRecord.Statement(Set.of("invoices:read"), Resources.treesOf("invoices")));

  CheckRig() {
    this("ES256");
  }

  CheckRig(String algorithm) {
    this.deskKey = ForgedKey.of(algorithm, "desk-1");
    this.logins =
        TokenForge.issuer(LOGIN)
            .key(ForgedKey.of("ES256", "login-1"))
            .clock(clock)
            .audience("orders-api")
            .subject("engineer-1");
    if (!store.create(request())) {
      throw new AssertionError("a store that is not empty");
    }
  }

  AccessState.Granted granted() {
    return new AccessState.Granted(scope, NOW, NOW.plus(scope.duration()), List.of(approval()));
  }

  private Approval approval() {
    return new Approval(
        new Actor.Identified(LOGIN, "admin-of-acme"), NOW, scope, Approval.Way.IN_PERSON);
  }

  AccessRequest request() {
    return new AccessRequest(
        GRANT,
        2,
        new Actor.Identified(LOGIN, "engineer-1"),
        ACME,
        TICKET,
        "They cannot see their order",
        Set.of("orders-api", "notes-api"),
        "eu",
        scope,
        NOW.minusSeconds(60),
        granted());
  }

  VerifiedToken engineer() {
    return login(token -> token);
  }

  VerifiedToken login(UnaryOperator<ForgedToken> change) {
    try (TokenVerifier verifier = verifier(logins)) {
      return verifier.verify(change.apply(logins.token().expiresIn(Duration.ofHours(4))).compact());
    }
  }

  TokenVerifier verifier(TokenForge forge) {
    return TokenVerifier.builder()
        .accept(
            IssuerProfiles.oidc(forge.issuer())
                .audience("orders-api")
                .accessTokens()
                .keys(KeySource.pinned(forge.jwks())))
        .clock(clock)
        .build();
  }

  /** As the desk makes it. */
  String grant() {
    return grant(engineer());
  }

  String grant(VerifiedToken engineer) {
    try {
      return new GrantTokens(signer(deskKey), "support-desk")
          .issue(request(), granted(), engineer, clock.instant(), granted().until());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The same, made by hand, to be changed. */
  ForgedToken forged() {
    return TokenForge.issuer("support-desk")
        .key(deskKey)
        .clock(clock)
        .token()
        .type("support-grant+jwt")
        .without("client_id")
        .claim("aud", List.of("orders-api", "notes-api"))
        .claim("sub", GRANT.value())
        .claim("jti", "AAAAAAAAAAAAAAAAAAAAAA")
        .claim("iat", NOW.getEpochSecond())
        .claim("exp", NOW.plusSeconds(3600).getEpochSecond())
        .claim("engineer", Map.of("iss", LOGIN, "sub", "engineer-1"))
        .claim("customer", ACME.value())
        .claim("ticket", TICKET)
        .claim("residency", "eu")
        .claim("resources", List.of(RESOURCE))
        .claim("trees", List.of("orders/200"))
        .claim("permissions", List.of("notes:read", READ));
  }

  SupportAccessChecker.Settings settings() {
    return SupportAccessChecker.Settings.of(
            KeySource.pinned(ForgedKey.jwks(deskKey, ForgedKey.of("ES256", "desk-2"))),
            "orders-api",
            "eu")
        .customers(this)
        .permissions(READS)
        .grants(store)
        .audit(lines::add)
        .listener(
            new SupportListener() {
              @Override
              public void used(GrantUse use) {
                told.add(use);
              }
            })
        .clock(clock);
  }

  SupportAccessChecker checker() {
    return checker(settings());
  }

  /** Its time goes with the clock alone. */
  SupportAccessChecker checker(SupportAccessChecker.Settings settings) {
    return new SupportAccessChecker(settings, () -> 0);
  }

  SupportDecision check(String grant) {
    return check(engineer(), grant);
  }

  SupportDecision check(VerifiedToken engineer, String grant) {
    return checker().check(engineer, grant, "GET", RESOURCE, READ);
  }

  @Override
  public AccessRecord record(CustomerId customer) {
    return customer.equals(ACME) ? record : AccessRecord.nothing();
  }

  @Override
  public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
    return Optional.empty();
  }

  static SupportRefusal refusal(SupportDecision decision) {
    return decision.fold(
        permitted -> {
          throw new AssertionError("The read is permitted");
        },
        SupportDecision.Denied::refusal);
  }

  /** A signer as a key service is one: it has the private key, we have not. */
  static GrantSigner signer(ForgedKey key) {
    return new GrantSigner() {
      @Override
      public String keyId() {
        return key.kid();
      }

      @Override
      public PublicKey publicKey() {
        return key.publicKey();
      }

      @Override
      public byte[] sign(byte[] message) {
        byte[] signature = key.sign(message);
        return key.algorithm().equals("ES256") ? der(signature) : signature;
      }
    };
  }

  static byte[] der(byte[] both) {
    byte[] r = new BigInteger(1, Arrays.copyOf(both, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(both, 32, 64)).toByteArray();
    byte[] der = new byte[6 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (4 + r.length + s.length);
    der[2] = 0x02;
    der[3] = (byte) r.length;
    System.arraycopy(r, 0, der, 4, r.length);
    der[4 + r.length] = 0x02;
    der[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, der, 6 + r.length, s.length);
    return der;
  }
}
