package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevocationsTest {

  private static final String ISSUER = "https://login.example.com";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final MutableClock clock = MutableClock.at(NOW);
  private final TokenForge forge = TokenForge.issuer(ISSUER).clock(clock);
  private final Revocations revocations = Revocations.inMemory(DAY, 3, clock);
  private final TokenVerifier verifier = verifier(revocations);

  private TokenVerifier verifier(RevocationCheck check) {
    return TokenVerifier.builder()
        .clock(clock)
        .revocations(check)
        .accept(
            IssuerProfiles.oidc(ISSUER)
                .audience("https://api.example.com")
                .accessTokens()
                .keys(KeySource.pinned(forge.jwks())))
        .build();
  }

  private Reason reasonFor(String token) {
    return verifier.tryVerify(token).fold(accepted -> null, Verification.Rejected::reason);
  }

  @Test
  void revokeToken_refusesThatTokenAtOnce_alsoWhenRemembered() {
    String one = forge.token().claim("jti", "one").compact();
    String two = forge.token().claim("jti", "two").compact();
    assertThat(reasonFor(one)).isNull();

    revocations.revokeToken(ISSUER, "one");

    assertThat(reasonFor(one)).isEqualTo(Reason.REVOKED);
    assertThat(reasonFor(two)).isNull();
  }

  @Test
  void revokeToken_ofAnotherIssuer_changesNothing() {
    revocations.revokeToken("https://other.example.com", "one");

    assertThat(reasonFor(forge.token().claim("jti", "one").compact())).isNull();
  }

  @Test
  void revokeSession_refusesAllItsTokens() {
    revocations.revokeSession(ISSUER, "s1");

    assertThat(reasonFor(forge.token().claim("sid", "s1").compact())).isEqualTo(Reason.REVOKED);
    assertThat(reasonFor(forge.token().claim("sid", "s2").compact())).isNull();
    assertThat(reasonFor(forge.token().claim("jti", "s1").compact())).isNull();
  }

  @Test
  void revokeSubject_refusesWhatWasIssuedSoFar_andAcceptsWhatIsIssuedLater() {
    String before = forge.token().compact();
    assertThat(reasonFor(before)).isNull();

    revocations.revokeSubject(ISSUER, "user-1");

    assertThat(reasonFor(before)).isEqualTo(Reason.REVOKED);
    assertThat(reasonFor(forge.token().without("iat").compact())).isEqualTo(Reason.REVOKED);
    assertThat(reasonFor(forge.subject("user-2").token().compact())).isNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(reasonFor(forge.token().compact())).isNull();
    assertThat(reasonFor(before)).isEqualTo(Reason.REVOKED);
  }

  @Test
  void revokeSubject_byIdentity_isTheSame() {
    VerifiedToken token = verifier.verify(forge.token().compact());

    revocations.revokeSubject(token.identity());

    assertThat(reasonFor(forge.token().compact())).isEqualTo(Reason.REVOKED);
    assertThat(reasonFor(forge.subject("user-2").token().compact())).isNull();
  }

  @Test
  void revokeSubject_again_movesTheEpoch_andNeverBack() {
    revocations.revokeSubject(ISSUER, "user-1");
    clock.advance(Duration.ofSeconds(10));
    String later = forge.token().compact();
    revocations.revokeSubject(ISSUER, "user-1");
    assertThat(reasonFor(later)).isEqualTo(Reason.REVOKED);

    clock.advance(Duration.ofSeconds(-10));
    revocations.revokeSubject(ISSUER, "user-1");
    assertThat(reasonFor(later)).isEqualTo(Reason.REVOKED);
  }

  @Test
  void tokenThatOutlivesTheMemory_countsAsRevoked() {
    assertThat(reasonFor(forge.token().expiresIn(DAY).compact())).isNull();
    assertThat(reasonFor(forge.token().expiresIn(DAY.plusSeconds(1)).compact()))
        .isEqualTo(Reason.REVOKED);
    assertThat(reasonFor(forge.token().without("iat").expiresIn(DAY.plusSeconds(1)).compact()))
        .isEqualTo(Reason.REVOKED);
  }

  @Test
  void tokenThatDoesNotSayWhenItWasIssued_countsAsRevoked_alsoNearItsEnd() {
    String token = forge.token().without("iat").expiresIn(DAY.multipliedBy(2)).compact();
    assertThat(reasonFor(token)).isEqualTo(Reason.REVOKED);

    clock.advance(DAY.plusHours(1));

    assertThat(reasonFor(token)).isEqualTo(Reason.REVOKED);
  }

  @Test
  void full_saysSo_andForgetsNothingThatStillMatters() {
    for (String id : new String[] {"1", "2", "3", "3"}) {
      revocations.revokeToken(ISSUER, id);
    }

    assertThatThrownBy(() -> revocations.revokeToken(ISSUER, "4"))
        .isInstanceOf(RevocationsFullException.class)
        .hasMessageContaining("3 places");
    assertThat(reasonFor(forge.token().claim("jti", "1").compact())).isEqualTo(Reason.REVOKED);

    clock.advance(DAY.plusMinutes(6));
    revocations.revokeToken(ISSUER, "4");
    assertThat(reasonFor(forge.token().claim("jti", "4").compact())).isEqualTo(Reason.REVOKED);
  }

  @Test
  void entry_isKeptAsLongAsATokenOfThatTimeCanLive() {
    String token = forge.token().expiresIn(DAY).claim("jti", "one").compact();
    revocations.revokeToken(ISSUER, "one");
    clock.advance(DAY);
    for (String id : new String[] {"2", "3"}) {
      revocations.revokeToken(ISSUER, id);
    }
    assertThatThrownBy(() -> revocations.revokeToken(ISSUER, "4"))
        .isInstanceOf(RevocationsFullException.class);

    assertThat(reasonFor(token)).isEqualTo(Reason.REVOKED);
  }

  @Test
  void checkThatThrows_refusesAs503() {
    Verification verification =
        verifier(
                token -> {
                  throw new IllegalStateException("down");
                })
            .tryVerify(forge.token().compact());

    assertThat(verification)
        .isEqualTo(new Verification.Rejected(Reason.REVOCATION_UNAVAILABLE, ""));
    assertThat(Reason.REVOCATION_UNAVAILABLE.status()).isEqualTo(503);
  }

  @Test
  void inMemory_withoutTimeOrRoom_isRefused() {
    assertThatThrownBy(() -> Revocations.inMemory(Duration.ZERO))
        .isInstanceOf(InvalidVerifierException.class);
    assertThatThrownBy(() -> Revocations.inMemory(Duration.ofSeconds(-1)))
        .isInstanceOf(InvalidVerifierException.class);
    assertThatThrownBy(
            () -> Revocations.inMemory(java.time.temporal.ChronoUnit.FOREVER.getDuration()))
        .isInstanceOf(InvalidVerifierException.class);
    assertThatThrownBy(() -> Revocations.inMemory(DAY, 0, clock))
        .isInstanceOf(InvalidVerifierException.class);
  }

  @Test
  void toString_showsNoEntry() {
    revocations.revokeSubject(ISSUER, "user-1");

    assertThat(revocations.toString()).isEqualTo("Revocations(1)");
  }
}
