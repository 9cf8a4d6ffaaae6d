package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.AccessRecord;
import io.github.ownproof.auth.grant.AccessRequestDraft;
import io.github.ownproof.auth.grant.CustomerAccess;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantSigner;
import io.github.ownproof.auth.grant.GrantStore;
import io.github.ownproof.auth.grant.ReadOnlyPermissions;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.auth.grant.SupportAccess;
import io.github.ownproof.auth.grant.SupportAccessChecker;
import io.github.ownproof.auth.grant.SupportDecision;
import io.github.ownproof.auth.grant.SupportGrant;
import io.github.ownproof.auth.grant.SupportOutcome;
import io.github.ownproof.auth.grant.SupportRefusal;
import io.github.ownproof.auth.grant.SupportStaff;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.TokenForge;
import io.valkey.JedisPooled;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A desk and a service that share a server and know of revocations through nothing else. */
class SupportAccessOnValkeyTest {

  private static final CustomerId ACME = CustomerId.of("acme");
  private static final ReadOnlyPermissions READS =
      ReadOnlyPermissions.builder().reads("orders:read").build();
  private static final Customers CUSTOMERS = new Customers();

  private final TokenForge logins =
      TokenForge.issuer("https://login.example.com")
          .key(ForgedKey.of("ES256", "login-1"))
          .clock(Clock.systemUTC())
          .audience("orders-api");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final GrantStore store = GrantStore.inMemory();
  private final VerifiedToken engineer = token("eve");
  private final VerifiedToken admin = token("ada");
  private ValkeyServer server;
  private JedisPooled deskClient;
  private JedisPooled serviceClient;
  private SecretKey key;
  private SupportAccess desk;

  /** Ada decides for acme, whose orders may be read; eve is the engineer. */
  private static final class Customers implements CustomerAccess, SupportStaff {
    private final Instant since = Instant.now().minus(Duration.ofDays(1));

    @Override
    public AccessRecord record(CustomerId customer) {
      return AccessRecord.of(
          new AccessRecord.Statement(Set.of("orders:read"), Resources.treesOf("orders")));
    }

    @Override
    public Optional<Instant> approverSince(CustomerId customer, Actor.Identified person) {
      return person.subject().equals("ada") ? Optional.of(since) : Optional.empty();
    }

    @Override
    public boolean isEngineer(Actor.Identified person) {
      return person.subject().equals("eve");
    }

    @Override
    public boolean isStaffAccount(CustomerId customer) {
      return false;
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = ValkeyServer.start();
    deskClient = server.client();
    serviceClient = server.client();
    key = KeyGenerator.getInstance("HmacSHA256").generateKey();
    KeyPairGenerator signing = KeyPairGenerator.getInstance("EC");
    signing.initialize(new ECGenParameterSpec("secp256r1"));
    desk =
        SupportAccess.builder()
            .signingKey(GrantSigner.of("desk-1", signing.generateKeyPair()))
            .grants(store)
            .epochs(ValkeyRevocationEpochs.authenticated(deskClient, key).build())
            .audit(event -> {})
            .customers(CUSTOMERS)
            .staff(CUSTOMERS)
            .permissions(READS)
            .services("orders-api")
            .stepUp(AuthenticationRequirement.of("mfa").within(Duration.ofMinutes(5)))
            .build();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    deskClient.close();
    serviceClient.close();
    server.close();
  }

  private VerifiedToken token(String person) {
    try (TokenVerifier verifier =
        TokenVerifier.builder()
            .accept(
                IssuerProfiles.oidc(logins.issuer())
                    .audience("orders-api")
                    .accessTokens()
                    .keys(KeySource.pinned(logins.jwks())))
            .build()) {
      return verifier.verify(
          logins
              .subject(person)
              .token()
              .expiresIn(Duration.ofHours(4))
              .claim("acr", "mfa")
              .claim("auth_time", Instant.now().getEpochSecond())
              .compact());
    }
  }

  private SupportAccessChecker service(ValkeyRevocationEpochs.Builder epochs) {
    return SupportAccess.checker(
        SupportAccessChecker.Settings.of(KeySource.pinned(desk.publicKeys()), "orders-api", "eu")
            .customers(CUSTOMERS)
            .permissions(READS)
            .liveness(epochs.build())
            .uses(store)
            .audit(event -> {}));
  }

  private GrantId requested() {
    return desk.request(
            engineer,
            AccessRequestDraft.of(ACME, "CASE-4711")
                .resources("orders/123")
                .permissions("orders:read")
                .residency("eu"))
        .id();
  }

  private SupportDecision check(SupportAccessChecker service, String grant) {
    return service.check(engineer, grant, "GET", "orders/123", "orders:read");
  }

  @Test
  void revoke_atTheDesk_deniesInAnotherProcessWithinASecond() throws Exception {
    SupportAccessChecker service =
        service(ValkeyRevocationEpochs.authenticated(serviceClient, key));
    GrantId id = requested();
    SupportGrant granted = desk.approve(id, admin);
    String grant = desk.issue(id, engineer);
    assertThat(granted.id()).isEqualTo(id);
    CountDownLatch permitted = new CountDownLatch(2);
    List<Future<Long>> lastPermitted = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      lastPermitted.add(
          threads.submit(
              () -> {
                assertThat(check(service, grant).isPermitted()).isTrue();
                permitted.countDown();
                long last;
                long now = System.nanoTime();
                do {
                  last = now;
                  now = System.nanoTime();
                } while (check(service, grant).isPermitted());
                return last;
              }));
    }
    assertThat(permitted.await(20, TimeUnit.SECONDS)).isTrue();

    desk.revoke(id, admin);
    long revoked = System.nanoTime();

    for (Future<Long> last : lastPermitted) {
      assertThat(last.get(20, TimeUnit.SECONDS) - revoked).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }
    assertRefused(check(service, grant), SupportRefusal.REVOKED);
  }

  @Test
  void aServerThatIsDown_refusesApprovalsAndReads_untilTheyAreRepeated() {
    SupportAccessChecker service =
        service(
            ValkeyRevocationEpochs.authenticated(serviceClient, key).rememberFor(Duration.ZERO));
    GrantId id = requested();
    server.stop();

    assertRefused(desk.tryApprove(id, admin));
    assertRefused(desk.tryApprove(id, admin));

    server.startAgain();
    assertThat(desk.tryApprove(id, admin)).isInstanceOf(SupportOutcome.Completed.class);
    String grant = desk.issue(id, engineer);
    assertThat(check(service, grant).isPermitted()).isTrue();

    server.stop();
    assertRefused(check(service, grant), SupportRefusal.STORE_UNAVAILABLE);
    assertRefused(desk.tryRevoke(id, admin));

    server.startAgain();
    assertThat(check(service, grant).isPermitted()).isFalse();
    assertThat(desk.tryRevoke(id, admin)).isInstanceOf(SupportOutcome.Completed.class);
    assertThat(desk.tryApprove(id, admin)).isInstanceOf(SupportOutcome.Refused.class);
    assertThat(check(service, grant).isPermitted()).isFalse();
  }

  @Test
  void aServerThatLostEverything_denies_andNobodyRevivesWhatWasRevoked() {
    SupportAccessChecker service =
        service(
            ValkeyRevocationEpochs.authenticated(serviceClient, key).rememberFor(Duration.ZERO));
    GrantId id = requested();
    desk.approve(id, admin);
    String grant = desk.issue(id, engineer);
    assertThat(check(service, grant).isPermitted()).isTrue();

    server.stop();
    server.startAgain();
    assertThat(check(service, grant).isPermitted()).isFalse();
    desk.approve(id, admin);
    assertThat(check(service, grant).isPermitted()).isTrue();

    desk.revoke(id, admin);
    server.stop();
    server.startAgain();
    assertThat(desk.tryApprove(id, admin)).isInstanceOf(SupportOutcome.Refused.class);
    assertThat(check(service, grant).isPermitted()).isFalse();
  }

  private static void assertRefused(SupportDecision decision, SupportRefusal why) {
    assertThat(decision.<SupportRefusal>fold(yes -> null, SupportDecision.Denied::refusal))
        .isEqualTo(why);
  }

  private static void assertRefused(SupportOutcome<?> outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SupportOutcome.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(SupportRefusal.STORE_UNAVAILABLE));
  }
}
