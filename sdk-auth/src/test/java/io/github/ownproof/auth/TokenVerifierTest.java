package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

  private static final String ISSUER = "https://login.example.com";
  private static final String API = "https://api.example.com";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final MutableClock clock = MutableClock.at(NOW);
  private final TokenForge forge = TokenForge.issuer(ISSUER).clock(clock);

  private IssuerProfile profile() {
    return IssuerProfiles.oidc(ISSUER)
        .audience(API)
        .accessTokens()
        .keys(KeySource.pinned(forge.jwksOfEveryAlgorithm()));
  }

  private TokenVerifier verifier(IssuerProfile profile) {
    return TokenVerifier.builder().accept(profile).clock(clock).build();
  }

  private Reason reasonFor(TokenVerifier verifier, String token) {
    return verifier.tryVerify(token).fold(accepted -> null, Verification.Rejected::reason);
  }

  @Test
  void verify_validToken_saysWhoItIsAbout() {
    VerifiedToken token = verifier(profile()).verify(forge.token().compact());

    assertThat(token.identity().issuer()).isEqualTo(ISSUER);
    assertThat(token.identity().subject()).isEqualTo("user-1");
    assertThat(token.identity().kind()).isEqualTo(IdentityKind.USER);
    assertThat(token.kind()).isEqualTo(TokenKind.ACCESS);
    assertThat(token.clientId()).contains("client-1");
    assertThat(token.audience()).containsExactly(API);
    assertThat(token.id()).isPresent();
    assertThat(token.sessionId()).isEmpty();
    assertThat(token.issuedAt()).contains(NOW);
    assertThat(token.expiresAt()).isAfter(NOW);
  }

  @Test
  void verify_subjectIsTheClient_isAService() {
    String token = forge.subject("client-1").token().compact();

    assertThat(verifier(profile()).verify(token).identity().kind()).isEqualTo(IdentityKind.SERVICE);
  }

  @Test
  void verify_refusedToken_throwsWithReasonStatusAndChallenge_butNothingOfTheToken() {
    String token = forge.token().claim("iss", "https://evil.example.com").compact();

    assertThatThrownBy(() -> verifier(profile()).verify(token))
        .isInstanceOfSatisfying(
            TokenRejectedException.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(Reason.ISSUER);
              assertThat(rejected.code()).isEqualTo("TOKEN_ISSUER");
              assertThat(rejected.status()).isEqualTo(401);
              assertThat(rejected.challenge()).isEqualTo("Bearer error=\"invalid_token\"");
              assertThat(rejected.getMessage()).doesNotContain("evil").doesNotContain("ey");
            });
  }

  @Test
  void maxTokenLength_raised_countsForTokensOutOfHeadersToo() {
    String header = "Bearer " + forge.token().claim("groups", "g".repeat(20_000)).compact();
    PresentedToken presented = BearerTokens.fromHeader(header);
    TokenVerifier roomy =
        TokenVerifier.builder().clock(clock).accept(profile()).maxTokenLength(40_000).build();

    assertThat(ForgeVerifiers.outcome(roomy.tryVerify(presented))).isEqualTo("ACCEPTED");
    assertThat(ForgeVerifiers.outcome(verifier(profile()).tryVerify(presented)))
        .isEqualTo("TOO_LARGE");
  }

  @Test
  void twoIssuers_eachTokenIsJudgedByItsOwnIssuersKeysAndRules() {
    TokenForge other =
        TokenForge.issuer("https://other.example.com")
            .clock(clock)
            .key(ForgedKey.of("ES256", "other-key"));
    TokenVerifier both =
        TokenVerifier.builder()
            .clock(clock)
            .accept(profile())
            .accept(
                IssuerProfiles.oidc(other.issuer())
                    .audience(API)
                    .accessTokens()
                    .keys(KeySource.pinned(other.jwks())))
            .build();

    Identity one = both.verify(forge.token().compact()).identity();
    Identity two = both.verify(other.token().compact()).identity();

    assertThat(one.subject()).isEqualTo(two.subject());
    assertThat(one).isNotEqualTo(two);
    assertThat(reasonFor(both, other.withIssuer(ISSUER).token().compact()))
        .isEqualTo(Reason.UNKNOWN_KEY);
    assertThat(
            reasonFor(
                both, forge.token().signedBy(ForgedKey.of("ES256", forge.key().kid())).compact()))
        .isIn(Reason.SIGNATURE, Reason.UNKNOWN_KEY);
  }

  @Test
  void maxLifetime_boundsExpMinusIat() {
    TokenVerifier hour = verifier(profile().maxLifetime(Duration.ofHours(1)));

    assertThat(reasonFor(hour, forge.token().expiresIn(Duration.ofHours(1)).compact())).isNull();
    assertThat(reasonFor(hour, forge.token().expiresIn(Duration.ofSeconds(3601)).compact()))
        .isEqualTo(Reason.LIFETIME);
    assertThat(reasonFor(hour, forge.token().without("iat").compact())).isEqualTo(Reason.CLAIMS);
  }

  @Test
  void maxAge_boundsTheTimeSinceIat_alsoOfRememberedTokens() {
    TokenVerifier young = verifier(profile().maxAge(Duration.ofMinutes(10)));
    String token = forge.token().expiresIn(Duration.ofHours(1)).compact();

    assertThat(reasonFor(young, token)).isNull();
    clock.advance(Duration.ofMinutes(11));
    assertThat(reasonFor(young, token)).isNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(reasonFor(young, token)).isEqualTo(Reason.TOO_OLD);
    assertThat(reasonFor(young, forge.token().without("iat").compact())).isEqualTo(Reason.CLAIMS);
  }

  @Test
  void algorithms_restrictsWhatTheIssuerMayUse() {
    TokenVerifier es256 =
        verifier(profile().algorithms(io.github.ownproof.auth.keys.JwsAlgorithm.ES256));

    assertThat(reasonFor(es256, forge.key(forge.keyFor("ES256")).token().compact())).isNull();
    assertThat(reasonFor(es256, forge.token().compact())).isEqualTo(Reason.ALGORITHM);
  }

  @Test
  void clockSkew_zero_leavesNoLeeway() {
    TokenVerifier exact =
        TokenVerifier.builder().accept(profile()).clock(clock).clockSkew(Duration.ZERO).build();
    String token = forge.token().expiresIn(Duration.ofMinutes(5)).compact();

    clock.advance(Duration.ofSeconds(299));
    assertThat(reasonFor(exact, token)).isNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(reasonFor(exact, token)).isEqualTo(Reason.EXPIRED);
  }

  @Test
  void maxTokenLength_isCheckedBeforeAnythingElse() {
    TokenVerifier small = TokenVerifier.builder().accept(profile()).maxTokenLength(256).build();

    assertThat(reasonFor(small, "!".repeat(257))).isEqualTo(Reason.TOO_LARGE);
    assertThat(reasonFor(small, "!".repeat(256))).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void acceptUntypedAccessTokens_acceptsJwtAndNothing_butNoOtherType() {
    TokenVerifier lax = verifier(profile().acceptUntypedAccessTokens("legacy issuer"));

    assertThat(reasonFor(lax, forge.token().type("JWT").compact())).isNull();
    assertThat(reasonFor(lax, forge.token().withoutHeader("typ").compact())).isNull();
    assertThat(reasonFor(lax, forge.token().type("at+jwt").compact())).isNull();
    assertThat(reasonFor(lax, forge.token().type("logout+jwt").compact())).isEqualTo(Reason.TYPE);
    assertThat(reasonFor(lax, forge.token().type("").compact())).isEqualTo(Reason.TYPE);
    assertThat(reasonFor(lax, forge.idToken().audience(API).claim("nonce", "n").compact()))
        .isEqualTo(Reason.KIND);
  }

  @Test
  void acceptImpersonationClaims_keepsTheSubject_andRefusesOtherMarkers() {
    TokenVerifier delegating =
        verifier(profile().acceptImpersonationClaims("our own agents", "act"));

    VerifiedToken token =
        delegating.verify(forge.token().claimJson("act", "{\"sub\":\"agent\"}").compact());
    assertThat(token.identity().subject()).isEqualTo("user-1");
    assertThat(reasonFor(delegating, forge.token().claim("impersonator", "x").compact()))
        .isEqualTo(Reason.IMPERSONATION);
  }

  @Test
  void acceptEmailShapedSubjects_acceptsThem() {
    String token = forge.subject("alice@example.com").token().compact();

    assertThat(reasonFor(verifier(profile()), token)).isEqualTo(Reason.EMAIL_SUBJECT);
    assertThat(reasonFor(verifier(profile().acceptEmailShapedSubjects("never reused")), token))
        .isNull();
  }

  @Test
  void requireClaims_refusesTokensWithoutOne() {
    TokenVerifier strict = verifier(profile().requireClaims("jti").requireClaims("iat"));

    assertThat(reasonFor(strict, forge.token().compact())).isNull();
    assertThat(reasonFor(strict, forge.token().without("jti").compact())).isEqualTo(Reason.CLAIMS);
    assertThat(reasonFor(strict, forge.token().without("iat").compact())).isEqualTo(Reason.CLAIMS);
    assertThat(reasonFor(verifier(profile()), forge.token().without("jti").compact())).isNull();
    assertThat(strict.describe()).contains("with the claims iat, jti");
    assertThatThrownBy(() -> profile().requireClaims())
        .isInstanceOf(InvalidVerifierException.class);
  }

  @Test
  void requireClaims_null_isNoClaim() {
    TokenVerifier strict = verifier(profile().requireClaims("tenant"));

    assertThat(reasonFor(strict, forge.token().claim("tenant", "t1").compact())).isNull();
    assertThat(reasonFor(strict, forge.token().claimJson("tenant", "null").compact()))
        .isEqualTo(Reason.CLAIMS);
  }

  @Test
  void verify_noToken_isMissing() {
    assertThat(reasonFor(verifier(profile()), null)).isEqualTo(Reason.MISSING);
    assertThat(reasonFor(verifier(profile()), "")).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void maxTokenLength_raised_holdsForHeadersToo() {
    TokenVerifier large =
        TokenVerifier.builder().accept(profile()).clock(clock).maxTokenLength(65_536).build();
    String token = forge.token().claim("x", "a".repeat(30_000)).compact();

    assertThat(large.verify(BearerTokens.fromHeader("Bearer " + token)).kind())
        .isEqualTo(TokenKind.ACCESS);
    assertThat(reasonFor(verifier(profile()), token)).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void maxLifetimeAndAge_beyondReckoning_areRefused() {
    Duration forEver = java.time.temporal.ChronoUnit.FOREVER.getDuration();

    assertThatThrownBy(() -> profile().maxLifetime(forEver))
        .isInstanceOf(InvalidVerifierException.class);
    assertThatThrownBy(() -> profile().maxAge(forEver))
        .isInstanceOf(InvalidVerifierException.class);
    assertThat(
            reasonFor(verifier(profile().maxAge(Duration.ofDays(36_500))), forge.token().compact()))
        .isNull();
  }

  @Test
  void requireClaim_refusesOtherValues() {
    TokenVerifier main = verifier(profile().requireClaim("ref", "main", "release"));

    assertThat(reasonFor(main, forge.token().claim("ref", "main").compact())).isNull();
    assertThat(reasonFor(main, forge.token().claim("ref", "release").compact())).isNull();
    for (String json : List.of("\"Main\"", "\"main2\"", "[\"main\"]", "null", "1", "{}")) {
      assertThat(reasonFor(main, forge.token().claimJson("ref", json).compact()))
          .isEqualTo(Reason.CLAIMS);
    }
    assertThat(reasonFor(main, forge.token().compact())).isEqualTo(Reason.CLAIMS);
    assertThat(main.describe()).contains("with ref main or release");
    assertThatThrownBy(() -> profile().requireClaim("ref"))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining("ref");
  }

  @Test
  void requireSenderConstrained_refusesUnboundTokens() {
    assertThat(reasonFor(verifier(profile().requireSenderConstrained()), forge.token().compact()))
        .isEqualTo(Reason.CONFIRMATION);
  }

  @Test
  void describe_tellsWhatIsAcceptedAndEveryOptOutWithItsReason() {
    String text =
        verifier(
                profile()
                    .acceptUntypedAccessTokens("legacy issuer")
                    .acceptEmailShapedSubjects("never reused")
                    .acceptImpersonationClaims("our agents", "act")
                    .maxLifetime(Duration.ofHours(1)))
            .describe();

    assertThat(text)
        .contains(ISSUER, API, "legacy issuer", "never reused", "our agents", "3600 s", "RS256 is");
  }

  @Test
  void close_isFinal() {
    TokenVerifier verifier = verifier(profile());
    verifier.close();
    verifier.close();

    assertThatThrownBy(() -> verifier.verify(forge.token().compact()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void builder_limitsThatMakeNoSense_areRefused() {
    for (int length : new int[] {255, 65_537}) {
      assertThatThrownBy(() -> TokenVerifier.builder().maxTokenLength(length))
          .isInstanceOf(InvalidVerifierException.class)
          .hasMessageContaining(String.valueOf(length));
    }
    assertThatThrownBy(() -> TokenVerifier.builder().rememberTokens(65_535))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining("65535");
    for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofMillis(60_001))) {
      assertThatThrownBy(() -> TokenVerifier.builder().clockSkew(skew))
          .isInstanceOf(InvalidVerifierException.class);
    }
    assertThat(
            TokenVerifier.builder()
                .maxTokenLength(65_536)
                .rememberTokens(65_536)
                .clockSkew(Duration.ofSeconds(60))
                .accept(profile())
                .build())
        .hasToString("TokenVerifier(issuers: 1)");
  }

  @Test
  void verify_presentedToken_isTheSame() {
    VerifiedToken token =
        verifier(profile()).verify(PresentedToken.bearer(forge.token().compact()));

    assertThat(token.identity().subject()).isEqualTo("user-1");
  }

  @Test
  void claims_ofAnotherTypeThanAskedFor_areAbsent() {
    Claims claims =
        verifier(profile())
            .verify(
                forge
                    .token()
                    .claimJson("whole", "12345678901234567")
                    .claimJson("part", "1.50")
                    .claimJson("yes", "true")
                    .claimJson("inner", "{\"a\":\"b\"}")
                    .claimJson("list", "[\"x\",\"y\"]")
                    .claimJson("mixed", "[\"x\",1]")
                    .compact())
            .claims();

    assertThat(claims.number("whole")).contains(new BigDecimal("12345678901234567"));
    assertThat(claims.number("part")).contains(new BigDecimal("1.50"));
    assertThat(claims.number("yes")).isEmpty();
    assertThat(claims.bool("yes")).contains(true);
    assertThat(claims.bool("part")).isEmpty();
    assertThat(claims.object("inner").orElseThrow().string("a")).contains("b");
    assertThat(claims.object("list")).isEmpty();
    assertThat(claims.strings("list")).containsExactly("x", "y");
    assertThat(claims.strings("mixed")).isEmpty();
    assertThat(claims.strings("sub")).containsExactly("user-1");
    assertThat(claims.string("whole")).isEmpty();
    assertThat(claims.has("inner")).isTrue();
    assertThat(claims.has("outer")).isFalse();
    assertThat(claims.names()).contains("whole", "part", "inner").doesNotContain("a");
    assertThat(claims).hasToString("Claims(" + claims.names().size() + ")");
  }

  @Test
  void close_leavesKeysItWasGivenOpen() {
    KeySource shared = KeySource.pinned(forge.jwks());
    verifier(profile().keys(shared)).close();

    assertThat(reasonFor(verifier(profile().keys(shared)), forge.token().compact())).isNull();
  }

  @Test
  void keyId_isAtMost256Characters() {
    TokenVerifier verifier = verifier(profile());

    assertThat(reasonFor(verifier, forge.token().header("kid", "k".repeat(256)).compact()))
        .isEqualTo(Reason.UNKNOWN_KEY);
    assertThat(reasonFor(verifier, forge.token().header("kid", "k".repeat(257)).compact()))
        .isEqualTo(Reason.KEY_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cty", "x5t", "x5t#S256"})
  void headerWeDoNotUse_hasTheRightType(String name) {
    TokenVerifier verifier = verifier(profile());

    assertThat(reasonFor(verifier, forge.token().header(name, "text").compact())).isNull();
    assertThat(reasonFor(verifier, forge.token().header(name, 1).compact()))
        .isEqualTo(Reason.MALFORMED);
    assertThat(reasonFor(verifier, forge.token().headerJson(name, "null").compact()))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void profile_saysWhatItIsFor() {
    assertThat(profile().kind()).isEqualTo(TokenKind.ACCESS);
    assertThat(profile().issuer()).isEqualTo(ISSUER);
    assertThat(profile()).hasToString("IssuerProfile(OpenID Connect, " + ISSUER + ", ACCESS)");
  }

  @Test
  void build_withoutIssuer_isRefused() {
    assertThatThrownBy(() -> TokenVerifier.builder().build())
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining("accept(");
  }

  @Test
  void build_sameIssuerTwice_isRefused() {
    assertThatThrownBy(() -> TokenVerifier.builder().accept(profile()).accept(profile()).build())
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining(ISSUER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "login.example.com",
        "http://login.example.com",
        "https://",
        "https://a@b.example",
        "https://login.example.com?x",
        "https://login.example.com#x",
        "HTTPS://login.example.com",
        "https://login example.com",
        "ftp://login.example.com"
      })
  void oidc_whatCannotBeAnIssuer_isRefused(String issuer) {
    assertThatThrownBy(() -> IssuerProfiles.oidc(issuer))
        .isInstanceOf(InvalidVerifierException.class);
  }

  @Test
  void build_httpToThisHost_needsTheOptOut() {
    IssuerProfile local =
        IssuerProfiles.oidc("http://localhost:8080/realm").audience(API).accessTokens();

    assertThatThrownBy(() -> TokenVerifier.builder().accept(local).build())
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining("allowInsecureLoopback");
    assertThatThrownBy(
            () ->
                TokenVerifier.builder()
                    .accept(
                        IssuerProfiles.oidc(ISSUER)
                            .audience(API)
                            .accessTokens()
                            .jwksUri(URI.create("http://keys.example.com/jwks"))
                            .allowInsecureLoopback("no such luck"))
                    .build())
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining("https://");
  }

  @Test
  void requireScope_missing_is403WithTheScopes() {
    VerifiedToken token =
        verifier(profile()).verify(forge.token().claim("scope", "read write").compact());

    token.requireScope("read");
    token.requireScope("write", "read");
    assertThat(token.scopes()).containsExactlyInAnyOrder("read", "write");
    assertThatThrownBy(() -> token.requireScope("read", "admin"))
        .isInstanceOfSatisfying(
            TokenRejectedException.class,
            rejected -> {
              assertThat(rejected.status()).isEqualTo(403);
              assertThat(rejected.challenge())
                  .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"read admin\"");
            });
  }

  @Test
  void identity_isEqualByIssuerAndSubjectAlone() {
    TokenVerifier verifier = verifier(profile());
    Identity user = verifier.verify(forge.token().compact()).identity();

    assertThat(verifier.verify(forge.token().claim("email", "a@b.c").compact()).identity())
        .isEqualTo(user)
        .hasSameHashCodeAs(user);
    assertThat(verifier.verify(forge.subject("User-1").token().compact()).identity())
        .isNotEqualTo(user);
    assertThat(user.toString()).doesNotContain("user-1").doesNotContain("example");
  }

  @Test
  void contactEmail_cannotBeComparedHashedOrPrinted() {
    ContactEmail email =
        verifier(profile())
            .verify(
                forge
                    .token()
                    .claim("email", "alice@example.com")
                    .claim("email_verified", true)
                    .compact())
            .profile()
            .contactEmail()
            .orElseThrow();

    assertThat(email.address()).isEqualTo("alice@example.com");
    assertThat(email.isVerifiedByIssuer()).isTrue();
    assertThat(email.toString()).doesNotContain("alice");
    assertThatThrownBy(email::hashCode).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> List.of(email).contains(email))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
