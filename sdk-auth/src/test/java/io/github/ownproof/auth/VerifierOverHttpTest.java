package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.keys.KeyHealth;
import io.github.ownproof.auth.keys.RemoteKeySettings;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.JwksFault;
import io.github.ownproof.testkit.JwksServer;
import io.github.ownproof.testkit.TokenForge;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole path, with keys that come over HTTP from an issuer with troubles. */
class VerifierOverHttpTest {

  private final JwksServer server = JwksServer.start();
  private final AtomicLong ticker = new AtomicLong();
  private final ForgedKey first = ForgedKey.of("ES256", "first");
  private final TokenForge forge = TokenForge.issuer(server.issuer()).key(first);
  private TokenVerifier verifier =
      TokenVerifier.builder()
          .accept(
              IssuerProfiles.oidc(server.issuer())
                  .audience("https://api.example.com")
                  .accessTokens()
                  .keySettings(RemoteKeySettings.defaults().ticker(ticker::get))
                  .allowInsecureLoopback("a test"))
          .build();

  @AfterEach
  void close() {
    verifier.close();
    server.close();
  }

  private Reason reasonFor(String token) {
    return verifier.tryVerify(token).fold(accepted -> null, Verification.Rejected::reason);
  }

  /** Until the background has done its work; a cold JVM takes its time for the first request. */
  private Reason settledReasonFor(String token) {
    Reason reason = reasonFor(token);
    for (int i = 0; i < 100 && reason == Reason.KEYS_UNAVAILABLE; i++) {
      pause();
      reason = reasonFor(token);
    }
    return reason;
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void issuerDownAtStart_is503_andHealsByItself() {
    server.publish(first.publicJwk());
    server.down();

    assertThat(verifier.tryVerify(forge.token().compact()))
        .isEqualTo(new Verification.Rejected(Reason.KEYS_UNAVAILABLE, ""));
    assertThat(verifier.health().get(server.issuer()).state())
        .isEqualTo(KeyHealth.State.UNAVAILABLE);
    server.up();

    ticker.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(settledReasonFor(forge.token().compact())).isNull();
  }

  @Test
  void warmUp_fetchesTheKeys_beforeTheFirstToken() {
    server.publish(first.publicJwk());

    Map<String, KeyHealth> health = verifier.warmUp(Duration.ofSeconds(30));

    assertThat(health.get(server.issuer()).state()).isEqualTo(KeyHealth.State.FRESH);
    long fetches = server.fetches();
    assertThat(reasonFor(forge.token().compact())).isNull();
    assertThat(server.fetches()).isEqualTo(fetches);
  }

  @Test
  void warmUp_issuerDown_givesUpInTime() {
    server.down();

    assertThat(verifier.warmUp(Duration.ofMillis(10)).get(server.issuer()).isUsable()).isFalse();
  }

  @Test
  void close_endsTheFetchingItBegan() {
    server.publish(first.publicJwk());
    assertThat(settledReasonFor(forge.token().compact())).isNull();

    verifier.close();

    assertThat(verifier.health().get(server.issuer()).state())
        .isEqualTo(KeyHealth.State.UNAVAILABLE);
  }

  @Test
  void newKey_isFoundAtOnce_andTheOldTokenStaysGoodWhilePublished() {
    server.publish(first.publicJwk());
    String old = forge.token().compact();
    assertThat(settledReasonFor(old)).isNull();
    ForgedKey second = ForgedKey.of("ES256", "second");
    server.publish(first.publicJwk(), second.publicJwk());

    assertThat(settledReasonFor(forge.key(second).token().compact())).isNull();
    assertThat(reasonFor(old)).isNull();
  }

  @Test
  void removedKey_diesWithTheTimeToLive_alsoForRememberedTokens() {
    server.publish(first.publicJwk());
    String token = forge.token().expiresIn(Duration.ofHours(1)).compact();
    assertThat(settledReasonFor(token)).isNull();
    server.publish(ForgedKey.of("ES256", "second").publicJwk());

    ticker.addAndGet(Duration.ofMinutes(6).toNanos());
    assertThat(settledReasonFor(token)).isEqualTo(Reason.UNKNOWN_KEY);
  }

  @Test
  void outage_failsNoTokenOfAKnownKey_untilTheStaleBound() {
    server.publish(first.publicJwk());
    String remembered = forge.token().expiresIn(Duration.ofHours(24)).compact();
    assertThat(settledReasonFor(remembered)).isNull();
    server.fault(JwksFault.status(500));

    for (int hour = 0; hour < 6; hour++) {
      ticker.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(reasonFor(remembered)).isNull();
      assertThat(reasonFor(forge.token().claim("hour", hour).compact())).isNull();
    }
    ticker.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(reasonFor(remembered)).isEqualTo(Reason.KEYS_UNAVAILABLE);
    assertThat(reasonFor(forge.token().compact())).isEqualTo(Reason.KEYS_UNAVAILABLE);
  }

  @Test
  void garbageWithUnknownKeyIds_costsTwoFetchesAtMost() {
    server.publish(first.publicJwk());
    assertThat(settledReasonFor(forge.token().compact())).isNull();
    long before = server.fetches();

    for (int i = 0; i < 300; i++) {
      assertThat(
              reasonFor(
                  forge.token().header("kid", "nobody-" + i).signature(new byte[64]).compact()))
          .isEqualTo(Reason.UNKNOWN_KEY);
    }
    assertThat(server.fetches() - before).isLessThanOrEqualTo(2);
    assertThat(reasonFor(forge.token().compact())).isNull();
  }
}
