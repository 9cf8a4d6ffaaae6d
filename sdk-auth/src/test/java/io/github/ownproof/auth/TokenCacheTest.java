package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.internal.CompactToken;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.RemoteKeySettings;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.JwksFault;
import io.github.ownproof.testkit.JwksServer;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

  private static final String ISSUER = "https://login.example.com";
  private static final String API = "https://api.example.com";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration SKEW = Duration.ofSeconds(60);

  private final MutableClock clock = MutableClock.at(NOW);
  private final TokenForge forge = TokenForge.issuer(ISSUER).clock(clock);
  private final KeySource keys = KeySource.pinned(forge.jwksOfEveryAlgorithm());
  private final TokenVerifier verifier =
      TokenVerifier.builder().accept(profile()).clock(clock).build();

  private IssuerProfile profile() {
    return IssuerProfiles.oidc(ISSUER).audience(API).accessTokens().keys(keys);
  }

  private Reason reasonFor(String token) {
    return verifier.tryVerify(token).fold(accepted -> null, Verification.Rejected::reason);
  }

  @Test
  void sameTokenTwice_isTheSameVerifiedToken() {
    String token = forge.token().compact();

    assertThat(verifier.verify(token)).isSameAs(verifier.verify(new String(token)));
  }

  @Test
  void verifyEveryTokenAnew_remembersNothing() {
    TokenVerifier anew =
        TokenVerifier.builder().accept(profile()).clock(clock).verifyEveryTokenAnew().build();
    String token = forge.token().compact();

    assertThat(anew.verify(token)).isNotSameAs(anew.verify(token));
  }

  @Test
  void rememberedToken_endsAtItsExpiryAndSkew_andWhenTheClockGoesBack() {
    String token = forge.token().expiresIn(Duration.ofMinutes(5)).claim("nbf", now()).compact();
    assertThat(reasonFor(token)).isNull();

    clock.advance(Duration.ofMinutes(5).plus(SKEW).minusSeconds(1));
    assertThat(reasonFor(token)).isNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(reasonFor(token)).isEqualTo(Reason.EXPIRED);
    clock.advance(Duration.ofMinutes(-5).minus(SKEW).minus(SKEW).minusSeconds(1));
    assertThat(reasonFor(token)).isEqualTo(Reason.NOT_YET_VALID);
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  @Test
  void rememberedToken_diesWithItsKey() {
    String token = forge.token().compact();
    assertThat(reasonFor(token)).isNull();

    keys.evict(forge.key().kid());

    assertThat(reasonFor(token)).isEqualTo(Reason.UNKNOWN_KEY);
  }

  @Test
  void anythingButTheVeryToken_isNotTheRememberedOne() {
    String token = forge.token().compact();
    assertThat(reasonFor(token)).isNull();

    String signature = token.substring(token.lastIndexOf('.') + 1);
    String signed = token.substring(0, token.lastIndexOf('.'));
    List<String> spellings =
        List.of(
            token + "=",
            token + "==",
            " " + token,
            token + " ",
            token + "\n",
            token + "\u0000",
            "\uFEFF" + token,
            token.replace('e', '\u0435'),
            token + ".",
            signed,
            signed + ".",
            signed + "." + "A".repeat(signature.length()),
            signed + "." + signature.substring(0, signature.length() - 1),
            signed + "." + signature + "A",
            token.toLowerCase(java.util.Locale.ROOT));
    assertThat(spellings).allSatisfy(other -> assertThat(reasonFor(other)).isNotNull());
    for (int i = 0; i < token.length(); i += 7) {
      char changed = token.charAt(i) == 'A' ? 'B' : 'A';
      assertThat(reasonFor(token.substring(0, i) + changed + token.substring(i + 1))).isNotNull();
    }
    assertThat(reasonFor(token)).isNull();
  }

  @Test
  void sameClaimsByAnotherKeyOrForAnotherVerifier_areNotTheRememberedOne() {
    assertThat(reasonFor(forge.token().claim("jti", "one").compact())).isNull();

    assertThat(
            reasonFor(
                forge
                    .token()
                    .claim("jti", "one")
                    .signedBy(ForgedKey.of("RS256", "x").fresh().withKid(forge.key().kid()))
                    .compact()))
        .isEqualTo(Reason.SIGNATURE);
    TokenVerifier other =
        TokenVerifier.builder()
            .accept(
                IssuerProfiles.oidc(ISSUER)
                    .audience("https://other.example.com")
                    .accessTokens()
                    .keys(keys))
            .clock(clock)
            .build();
    assertThat(other.tryVerify(forge.token().claim("jti", "one").compact()))
        .isInstanceOfSatisfying(
            Verification.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Reason.AUDIENCE));
  }

  @Test
  void refusedTokens_areNotRemembered() throws Exception {
    TokenCache cache = cache(1 << 20);
    for (int i = 0; i < 50; i++) {
      byte[] forged = ascii(forge.token().claim("jti", i).signature(new byte[256]).compact());
      try {
        cache.verify(forged);
      } catch (Refusal expected) {
        assertThat(expected.reason()).isEqualTo(Reason.SIGNATURE);
      }
    }

    assertThat(cache.weightedSize()).isZero();
  }

  @Test
  void manyTokens_stayWithinTheBound() throws Exception {
    int bound = 256 * 1024;
    TokenCache cache = cache(bound);
    TokenForge fast = forge.key(forge.keyFor("ES256"));
    for (int i = 0; i < 400; i++) {
      cache.verify(ascii(fast.token().claim("jti", "id-" + i).compact()));
    }

    assertThat(cache.weightedSize()).isBetween(bound / 2L, (long) bound);
  }

  /** Uses are told to the cache now and then only; it has to know all the same what is in use. */
  @Test
  void tokensInUse_stayWhileOthersComeAndGo() throws Exception {
    TokenCache cache = cache(256 * 1024);
    TokenForge fast = forge.key(forge.keyFor("ES256"));
    Map<String, VerifiedToken> inUse = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      String token = fast.token().claim("jti", "in-use-" + i).compact();
      inUse.put(token, cache.verify(ascii(token)));
    }
    for (int i = 0; i < 400; i++) {
      cache.verify(ascii(fast.token().claim("jti", "once-" + i).compact()));
      clock.advance(Duration.ofMillis(200));
      for (String token : inUse.keySet()) {
        cache.verify(ascii(token));
      }
    }

    for (Map.Entry<String, VerifiedToken> one : inUse.entrySet()) {
      assertThat(cache.verify(ascii(one.getKey()))).isSameAs(one.getValue());
    }
  }

  @Test
  void oneTokenByManyThreads_isVerifiedOnce() throws Exception {
    verifiedOnce(32, 20);
  }

  @Test
  void oneTokenByAThousandThreads_isVerifiedOnce() throws Exception {
    verifiedOnce(1_000, 1);
  }

  private void verifiedOnce(int threads, int rounds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < rounds; round++) {
        String token = forge.key(forge.keyFor("ES512")).token().claim("jti", "r" + round).compact();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<VerifiedToken>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          all.add(
              pool.submit(
                  () -> {
                    start.await();
                    return verifier.verify(token);
                  }));
        }
        start.countDown();
        VerifiedToken first = all.get(0).get();
        for (Future<VerifiedToken> one : all) {
          assertThat(one.get()).isSameAs(first);
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void oneTokenByTwoThreads_oneInterrupted_theOtherIsVerified() throws Exception {
    RemoteKeySettings settings = RemoteKeySettings.defaults().allowInsecureLoopback("a test");
    try (JwksServer server = JwksServer.start();
        KeySource before = KeySource.jwks(server.jwksUri(), settings);
        KeySource remote = KeySource.jwks(server.jwksUri(), settings)) {
      server.publishRaw(forge.jwksOfEveryAlgorithm().getBytes(StandardCharsets.UTF_8));
      while (!before.warmUp().isUsable()) {
        // The first fetch of a JVM takes longer than the second, which is the one in question.
        Thread.sleep(1);
      }
      server.fault(JwksFault.latency(Duration.ofMillis(200)));
      long fetched = server.fetches();
      TokenCache cache = cache(1 << 20, remote);
      byte[] token = ascii(forge.token().compact());
      Thread first = new Thread(() -> verifyInterrupted(cache, token));
      first.start();
      while (server.fetches() == fetched) {
        Thread.sleep(1);
      }
      FutureTask<Boolean> second =
          new FutureTask<>(() -> cache.verify(token).expiresAt().isAfter(NOW));
      Thread follower = new Thread(second);
      follower.start();
      while (follower.getState() != Thread.State.WAITING && follower.isAlive()) {
        Thread.sleep(1);
      }
      first.interrupt();
      assertThat(second.get()).isTrue();
      first.join();
    }
  }

  private static void verifyInterrupted(TokenCache cache, byte[] token) {
    try {
      assertThat(cache.verify(token)).isNotNull();
    } catch (Refusal expected) {
      assertThat(expected.reason()).isEqualTo(Reason.KEYS_UNAVAILABLE);
    }
  }

  private TokenCache cache(long bytes) {
    return cache(bytes, keys);
  }

  private TokenCache cache(long bytes, KeySource keys) {
    AcceptedIssuer issuer = new AcceptedIssuer(profile(), keys, false);
    return new TokenCache(
        new VerificationPath(Map.of(ISSUER, issuer), clock, SKEW, SignatureCheck.BY_KEY),
        clock,
        SKEW,
        bytes);
  }

  private static byte[] ascii(String token) throws MalformedInput {
    return CompactToken.ascii(token, 16_384);
  }
}
