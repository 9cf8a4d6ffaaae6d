package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.RemoteKeySettings;
import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.core.telemetry.Telemetry;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.JwksServer;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every string of these tokens is a canary, and none may sing anywhere but where it is asked for.
 */
class RedactionTest {

  private static final String ISSUER = "https://login.example.com";
  private static final String API = "https://api.example.com";
  private static final URI TARGET = URI.create("https://api.example.com/orders/1");
  private static final ForgedKey KEY = ForgedKey.of("ES256", canary("kid"));
  private static final ForgedKey HOLDER = ForgedKey.of("ES256", canary("holder"));

  private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-22T12:00:00Z"));
  private final List<String> metrics = Collections.synchronizedList(new ArrayList<>());
  private final List<AutoCloseable> opened = new ArrayList<>();

  private final Telemetry telemetry =
      new Telemetry() {
        @Override
        public void count(String name, long delta, Tag... tags) {
          metrics.add(name + Arrays.toString(tags));
        }

        @Override
        public void time(String name, Duration elapsed, Tag... tags) {
          metrics.add(name + Arrays.toString(tags));
        }
      };

  private static String canary(String what) {
    return "zqCanary-" + what;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  /** A valid token, all of it canaries but what must be configured. */
  private ForgedToken token() {
    return TokenForge.issuer(ISSUER)
        .clock(clock)
        .key(KEY)
        .audience(API, canary("aud"))
        .subject(canary("sub"))
        .clientId(canary("client"))
        .token()
        .claim("jti", canary("jti"))
        .claim("sid", canary("sid"))
        .claim("scope", canary("scope1") + " " + canary("scope2"))
        .claim("acr", canary("acr"))
        .claim("amr", List.of(canary("amr")))
        .claim("name", canary("name"))
        .claim("preferred_username", canary("username"))
        .claim("email", canary("mailbox") + "@" + canary("host") + ".example")
        .claim("email_verified", true)
        .claim(canary("claim"), Map.of(canary("inner"), List.of(canary("value"), 1, true)))
        .header(canary("header"), canary("headerValue"));
  }

  private TokenVerifier.Builder builder() {
    return builder(profile());
  }

  private TokenVerifier.Builder builder(IssuerProfile profile) {
    return TokenVerifier.builder().accept(profile).clock(clock).telemetry(telemetry);
  }

  private static IssuerProfile profile() {
    return IssuerProfiles.oidc(ISSUER)
        .audience(API)
        .accessTokens()
        .keys(KeySource.pinned(ForgedKey.jwks(KEY)));
  }

  private static void assertSilent(String what, String text) {
    assertThat(WatchedLogs.holdsSecret(text)).as("%s tells: %s", what, text).isFalse();
  }

  private static void assertSilent(String what, List<String> texts) {
    texts.forEach(text -> assertSilent(what, text));
  }

  @Test
  void acceptedToken_tellsNothingByItself() {
    TokenVerifier verifier =
        builder().revocations(Revocations.inMemory(Duration.ofDays(1))).build();
    VerifiedToken token = verifier.verify(token().compact());

    assertThat(token.identity().subject()).isEqualTo(canary("sub"));
    assertThat(token.scopes()).contains(canary("scope1"));
    assertThat(Telling.reachable(token)).isGreaterThan(8);
    assertSilent("the token", Telling.of(token));
    assertSilent("the outcome", Telling.of(verifier.tryVerify(token().compact())));
    assertThat(Telling.of(verifier)).anyMatch(told -> told.contains("VerifiedToken"));
    assertSilent("the verifier", Telling.of(verifier));
    assertSilent("the description", verifier.describe());
    assertSilent("the health", verifier.health().toString());
    assertSilent("the metrics", metrics);
    assertThat(metrics).isNotEmpty();
  }

  @Test
  void revocations_tellNothingOfWhatIsRevoked() {
    Revocations revocations = Revocations.inMemory(Duration.ofDays(1));
    revocations.revokeToken(ISSUER, canary("jti"));
    revocations.revokeSession(ISSUER, canary("sid"));
    revocations.revokeSubject(ISSUER, canary("sub"));

    assertSilent("the revocations", Telling.of(revocations));
  }

  @Test
  void subject_tellsNothingOnItsWay() throws Refusal {
    assertSilent(
        "the subject",
        StableSubject.of(canary("sub"), IdentityKind.USER)
            .checkForm()
            .checkAtSign(true)
            .toString());
  }

  @Test
  void missingScopeOrLogin_namesWhatIsAskedFor_andNothingOfTheToken() {
    VerifiedToken token = builder().build().verify(token().compact());

    assertSilent("the scope", thrownBy(() -> token.requireScope("orders")));
    assertSilent(
        "the login", thrownBy(() -> token.requireAuthentication("high", Duration.ofMinutes(1))));
  }

  @Test
  void header_thatIsNoBearer_isNotRepeated() {
    for (String header :
        List.of(
            "Basic " + canary("basic"),
            "Bearer " + canary("a") + " " + canary("b"),
            canary("alone"),
            "Bearer " + canary("comma") + ",Bearer x")) {
      assertSilent("the header", thrownBy(() -> BearerTokens.fromHeader(header)));
    }
    assertSilent("the token", Telling.of(BearerTokens.fromHeader("Bearer " + token().compact())));
  }

  private static String thrownBy(Supplier<?> call) {
    return thrownBy(
        () -> {
          var unused = call.get();
        });
  }

  private static String thrownBy(Runnable call) {
    TokenRejectedException refused = catchThrowableOfType(TokenRejectedException.class, call::run);
    assertThat(refused).isNotNull();
    return WatchedLogs.tellAll(refused) + refused.code() + refused.challenge() + refused.reason();
  }

  /** One way to be refused. */
  private record Way(TokenVerifier.Builder verifier, PresentedToken presented) {}

  private Way way(ForgedToken token) {
    return new Way(builder(), PresentedToken.bearer(token.compact()));
  }

  private Way way(TokenVerifier.Builder verifier) {
    return new Way(verifier, PresentedToken.bearer(token().compact()));
  }

  private Way raw(String token) {
    return new Way(builder(), PresentedToken.bearer(token));
  }

  private ForgedToken bound() {
    return token().claim("cnf", Map.of("jkt", ProofForge.thumbprint(HOLDER)));
  }

  private Way dpop(DpopPolicy policy, ForgedToken token, String ath) {
    ForgedToken proof =
        TokenForge.issuer(ISSUER)
            .clock(clock)
            .dpopProof(HOLDER, "GET", TARGET.toString())
            .claim("ath", ath)
            .claim("jti", canary("proof"))
            .claim("nonce", canary("nonce"))
            .claim(canary("proofClaim"), canary("proofValue"));
    return new Way(
        builder().dpop(policy),
        PresentedToken.dpop(
            token.compact(), DpopProof.of(List.of(proof.compact()), "GET", TARGET)));
  }

  private Way dpop(DpopPolicy policy) {
    ForgedToken token = fixed(bound());
    return dpop(policy, token, ProofForge.hash(token.compact()));
  }

  /** The same token each time; an ECDSA signature differs each time it is made. */
  private static ForgedToken fixed(ForgedToken token) {
    return token.signature(token.signature());
  }

  private Way keysFrom(IssuerProfile withKeys) {
    return way(builder(withKeys));
  }

  private static IllegalStateException failure() {
    IllegalStateException failure =
        new IllegalStateException(canary("message"), new RuntimeException(canary("cause")));
    failure.addSuppressed(new RuntimeException(canary("suppressed")));
    return failure;
  }

  private Map<Reason, List<Way>> ways() {
    long now = clock.instant().getEpochSecond();
    String good = token().compact();
    Map<Reason, List<Way>> ways = new LinkedHashMap<>();
    ways.put(Reason.TOO_LARGE, List.of(raw(canary("x").repeat(3000))));
    ways.put(
        Reason.MALFORMED,
        List.of(
            raw(canary("x")),
            raw("Bearer " + good),
            raw(good + "="),
            way(token().rawPayload("{\"" + canary("a") + "\":")),
            way(token().rawHeader("{\"alg\":\"" + canary("a") + "\",\"alg\":1}"))));
    ways.put(Reason.ENCRYPTED, List.of(raw(good + "." + canary("a") + "." + canary("b"))));
    ways.put(Reason.ALGORITHM, List.of(way(token().algorithm(canary("alg")))));
    ways.put(Reason.EMBEDDED_KEY, List.of(way(token().header("jku", canary("jku")))));
    ways.put(Reason.CRITICAL_HEADER, List.of(way(token().header("crit", List.of(canary("c"))))));
    ways.put(Reason.TYPE, List.of(way(token().type(canary("typ")))));
    ways.put(Reason.KEY_ID, List.of(way(token().header("kid", canary("k").repeat(99)))));
    ways.put(Reason.ISSUER, List.of(way(token().claim("iss", "https://" + canary("iss")))));
    ways.put(Reason.UNKNOWN_KEY, List.of(way(token().header("kid", canary("other")))));
    ways.put(
        Reason.SIGNATURE,
        List.of(way(token().signedBy(KEY.fresh())), way(token().signature(new byte[64]))));
    ways.put(
        Reason.CLAIMS,
        List.of(
            way(token().claim("exp", canary("exp"))),
            way(token().claim("jti", List.of(canary("jti"))))));
    ways.put(Reason.EXPIRED, List.of(way(token().claim("exp", now - 61))));
    ways.put(Reason.NOT_YET_VALID, List.of(way(token().claim("nbf", now + 61))));
    ways.put(Reason.ISSUED_IN_FUTURE, List.of(way(token().claim("iat", now + 61))));
    ways.put(Reason.LIFETIME, List.of(way(builder(profile().maxLifetime(Duration.ofSeconds(1))))));
    ways.put(
        Reason.TOO_OLD,
        List.of(
            new Way(
                builder(profile().maxAge(Duration.ofSeconds(1))),
                PresentedToken.bearer(token().claim("iat", now - 100).compact()))));
    ways.put(Reason.AUDIENCE, List.of(way(token().audience(canary("aud")))));
    ways.put(Reason.KIND, List.of(way(token().claim("nonce", canary("nonce")))));
    ways.put(
        Reason.TENANT,
        List.of(
            new Way(
                builder(
                    IssuerProfiles.googleWorkspace("example.com", "c")
                        .keys(KeySource.pinned(ForgedKey.jwks(KEY)))
                        .algorithms(io.github.ownproof.auth.keys.JwsAlgorithm.ES256)),
                PresentedToken.bearer(
                    token()
                        .type("JWT")
                        .claim("iss", "https://accounts.google.com")
                        .audience("c")
                        .claim("hd", canary("hd"))
                        .compact()))));
    ways.put(Reason.SUBJECT, List.of(way(token().subject(canary("sub\u200b")))));
    ways.put(Reason.EMAIL_SUBJECT, List.of(way(token().subject(canary("a") + "@b.example"))));
    ways.put(
        Reason.IMPERSONATION,
        List.of(
            way(token().claim("act", Map.of("sub", canary("actor")))),
            way(token().claim("impersonated_by_" + canary("x"), canary("y")))));
    ways.put(Reason.PROOF_MISSING, List.of(way(bound())));
    ways.put(
        Reason.CONFIRMATION, List.of(way(token().claim("cnf", Map.of(canary("m"), canary("v"))))));
    ways.put(Reason.DPOP_PROOF, List.of(dpop(DpopPolicy.defaults(), bound(), canary("ath"))));
    ways.put(
        Reason.DPOP_REPLAY,
        List.of(dpop(DpopPolicy.defaults().replayStore((key, until) -> false))));
    ways.put(Reason.DPOP_NONCE, List.of(dpop(DpopPolicy.defaults().nonces(nonces(false)))));
    ways.put(
        Reason.REPLAY_UNAVAILABLE,
        List.of(
            dpop(
                DpopPolicy.defaults()
                    .replayStore(
                        (key, until) -> {
                          throw failure();
                        })),
            dpop(DpopPolicy.defaults().nonces(nonces(true)))));
    ways.put(
        Reason.CERTIFICATE,
        List.of(
            new Way(
                builder(),
                PresentedToken.bearer(
                        token()
                            .claim("cnf", Map.of("x5t#S256", TestCertificates.CLIENT_THUMBPRINT))
                            .compact())
                    .withClientCertificate(TestCertificates.OTHER))));
    ways.put(Reason.REVOKED, List.of(way(builder().revocations(token -> true))));
    ways.put(
        Reason.REVOCATION_UNAVAILABLE,
        List.of(
            way(
                builder()
                    .revocations(
                        token -> {
                          throw failure();
                        }))));
    ways.put(Reason.INTERNAL, List.of(way(builder().clock(brokenClock()))));
    ways.put(Reason.KEYS_UNAVAILABLE, unavailableKeys());
    return ways;
  }

  private List<Way> unavailableKeys() {
    JwksServer garbage = JwksServer.start();
    opened.add(garbage);
    garbage.publishRaw(
        ("{\"keys\":[{\"" + canary("member") + "\":\"" + canary("jwk") + "\"}")
            .getBytes(StandardCharsets.UTF_8));
    RemoteKeySettings local =
        RemoteKeySettings.defaults().telemetry(telemetry).allowInsecureLoopback("a test's server");
    KeySource remote = KeySource.jwks(garbage.jwksUri(), local);
    KeySource discovered = KeySource.discovered(garbage.issuer() + "/nowhere", local);
    opened.add(remote);
    opened.add(discovered);
    return List.of(keysFrom(profile().keys(remote)), keysFrom(profile().keys(discovered)));
  }

  private static DpopNonces nonces(boolean broken) {
    return new DpopNonces() {
      @Override
      public String current() {
        return "ours";
      }

      @Override
      public boolean accepts(String nonce) {
        if (broken) {
          throw failure();
        }
        return false;
      }
    };
  }

  private static Clock brokenClock() {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        throw failure();
      }
    };
  }

  @Test
  void everyRefusal_tellsItsReason_andNothingOfTheToken() {
    long lines = WatchedLogs.lines();
    ways()
        .forEach(
            (reason, ways) ->
                ways.forEach(
                    way -> {
                      TokenVerifier verifier = way.verifier().build();
                      Verification outcome = verifier.tryVerify(way.presented());
                      assertThat(outcome)
                          .isInstanceOfSatisfying(
                              Verification.Rejected.class,
                              no -> assertThat(no.reason()).isEqualTo(reason));
                      assertSilent("the outcome", Telling.of(outcome));
                      assertSilent("the exception", thrownBy(outcome::orThrow));
                      assertSilent(
                          "the other exception", thrownBy(() -> verifier.verify(way.presented())));
                      assertSilent("the verifier", Telling.of(verifier));
                      assertSilent("the description", verifier.describe());
                      assertSilent("the health", verifier.health().toString());
                      assertSilent("what was presented", way.presented().toString());
                    }));

    assertSilent("the metrics", metrics);
    assertThat(metrics.stream().collect(Collectors.joining()))
        .contains("email_subject", "revocation_unavailable");
    assertThat(WatchedLogs.lines()).as("lines that were searched").isGreaterThan(lines + 2);
    assertThat(WatchedLogs.takeFindings()).isEmpty();
  }

  @Test
  void everyRefusal_isTried() {
    Set<Reason> elsewhere =
        EnumSet.of(
            Reason.MISSING,
            Reason.INVALID_REQUEST,
            Reason.INSUFFICIENT_AUTHENTICATION,
            Reason.INSUFFICIENT_SCOPE);

    assertThat(ways().keySet())
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(elsewhere)));
  }
}
