package io.github.ownproof.auth;

import static io.github.ownproof.auth.HostileProofs.key;
import static io.github.ownproof.auth.HostileProofs.with;
import static io.github.ownproof.auth.ProofForge.HOLDER;
import static io.github.ownproof.auth.ProofForge.METHOD;
import static io.github.ownproof.auth.ProofForge.URL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.HostileProofs.Hostile;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 section 4.3, check by check. */
class DpopProofTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final long SECOND = NOW.getEpochSecond();
  private static final String GOOD_PROOF =
      new ProofForge(DpopPolicy.defaults(), MutableClock.at(NOW)).valid().compact();

  private final MutableClock clock = MutableClock.at(NOW);
  private final ProofForge proofs = new ProofForge(DpopPolicy.defaults(), clock);

  static List<Hostile> hostileProofs() {
    return HostileProofs.all();
  }

  @ParameterizedTest
  @MethodSource("hostileProofs")
  void check_oneRuleViolated_isRefused(Hostile hostile) {
    assertThat(proofs.check(hostile.headers())).contains(Reason.DPOP_PROOF);
    // And used up nothing: the good one still is.
    assertThat(proofs.check(proofs.valid())).isEmpty();
  }

  record Valid(String what, ForgedKey key, ForgedToken proof, String method, String url) {

    @Override
    public String toString() {
      return what;
    }
  }

  static List<Valid> validProofs() {
    ProofForge forge = new ProofForge(DpopPolicy.defaults(), MutableClock.at(NOW));
    ForgedToken good = forge.valid();
    List<Valid> all = new ArrayList<>();
    for (String alg :
        List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
            "EdDSA", "Ed25519")) {
      ForgedKey key = ForgedKey.of(alg, "dpop-holder");
      all.add(new Valid(alg, key, forge.by(key, METHOD, URL), METHOD, URL));
    }
    ForgedKey older = ForgedKey.of("EdDSA", "holder-of-both");
    all.add(
        valid(
            "one name of Ed25519 in the key, the other in the header",
            older,
            forge.by(older, METHOD, URL).algorithm("Ed25519")));
    all.add(valid("typ in capitals", HOLDER, good.type("DPoP+JWT")));
    all.add(valid("typ in full", HOLDER, good.type("application/dpop+jwt")));
    all.add(valid("jwk of four members", HOLDER, key(good, bare(HOLDER))));
    all.add(
        valid(
            "jwk as browsers export it",
            HOLDER,
            key(good, HOLDER.publicJwkWith(Map.of("key_ops", List.of("verify"), "ext", true)))));
    all.add(valid("jwk with a member nobody knows", HOLDER, with(good, "note", Map.of("a", 1))));
    all.add(valid("kid in the header, which says nothing", HOLDER, good.header("kid", "other")));
    all.add(valid("iat with a fraction", HOLDER, good.claimJson("iat", (SECOND - 1) + ".25")));
    all.add(valid("iat with an exponent", HOLDER, good.claimJson("iat", SECOND + "e0")));
    all.add(valid("60 s old", HOLDER, good.claim("iat", SECOND - 60)));
    all.add(valid("5 s ahead", HOLDER, good.claim("iat", SECOND + 5)));
    all.add(valid("jti of 256 characters", HOLDER, good.claim("jti", "j".repeat(256))));
    all.add(valid("jti beyond ASCII", HOLDER, good.claim("jti", "\u00e9\ud83d\ude00")));
    all.add(valid("a nonce nobody asked for", HOLDER, good.claim("nonce", "old")));
    all.add(valid("claims nobody asked for", HOLDER, good.claim("exp", 1).claim("iss", "me")));
    all.add(valid("htu with a query", HOLDER, good.claim("htu", URL + "?a=b#c")));
    all.add(new Valid("query in the request", HOLDER, good, METHOD, URL + "?a=b"));
    all.add(
        valid(
            "htu with the port",
            HOLDER,
            good.claim("htu", "HTTPS://API.example.com:443/orders/1")));
    all.add(
        new Valid("method of one's own", HOLDER, good.claim("htm", "M-SEARCH"), "M-SEARCH", URL));
    return all;
  }

  @ParameterizedTest
  @MethodSource("validProofs")
  void check_everyRuleKept_isAccepted(Valid valid) {
    assertThat(
            proofs.check(
                List.of(valid.proof().compact()), valid.key(), valid.method(), valid.url()))
        .isEmpty();
  }

  @Test
  void check_tables_areAsLongAsPlanned() {
    assertThat(hostileProofs()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(validProofs()).hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void check_targetThatIsNoHttpUri_isRefused() {
    ForgedToken proof = proofs.valid().claim("htu", "unknown:target");
    assertThat(proofs.check(List.of(proof.compact()), HOLDER, METHOD, "unknown:target"))
        .contains(Reason.DPOP_PROOF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256", "EdDSA"})
  void algorithms_oneAllowed_othersAreRefused(String alg) {
    ForgedKey key = ForgedKey.of(alg, "dpop-holder");
    JwsAlgorithm own = JwsAlgorithm.of(alg);
    JwsAlgorithm[] others =
        Arrays.stream(JwsAlgorithm.values()).filter(a -> a != own).toArray(JwsAlgorithm[]::new);
    ProofForge only = new ProofForge(DpopPolicy.defaults().algorithms(own), clock);
    ProofForge without =
        new ProofForge(
            DpopPolicy.defaults().algorithms(others[0], Arrays.copyOfRange(others, 1, 9)), clock);
    List<String> proof = List.of(only.by(key, METHOD, URL).compact());
    assertThat(only.check(proof, key, METHOD, URL)).isEmpty();
    assertThat(without.check(proof, key, METHOD, URL)).contains(Reason.DPOP_PROOF);
  }

  @Test
  void check_weakRsaKey_isRefused() {
    ForgedKey weak = ForgedKey.rsa(1024, "weak");
    List<String> proof = List.of(proofs.by(weak, METHOD, URL).compact());
    assertThat(proofs.check(proof, weak, METHOD, URL)).contains(Reason.DPOP_PROOF);
  }

  @Test
  void maxAge_set_holdsToTheNanosecond() {
    DpopPolicy policy =
        DpopPolicy.defaults().maxAge(Duration.ofSeconds(10)).clocksAhead(Duration.ZERO);
    ForgedToken proof = proofs.valid();
    assertThat(after(policy, Duration.ofSeconds(10), proof)).isTrue();
    assertThat(after(policy, Duration.ofSeconds(10).plusNanos(1), proof)).isFalse();
    assertThat(after(policy, Duration.ZERO, proof)).isTrue();
    assertThat(after(policy, Duration.ofNanos(-1), proof)).isFalse();
  }

  private static boolean after(DpopPolicy policy, Duration time, ForgedToken proof) {
    return new ProofForge(policy, MutableClock.at(NOW.plus(time))).check(proof).isEmpty();
  }

  @Property(tries = 300)
  void check_anyCharacterChanged_isRefused(
      @ForAll @IntRange(max = 10_000) int position, @ForAll @AlphaChars char other) {
    String good = GOOD_PROOF;
    int at = position % good.length();
    String changed = good.substring(0, at) + other + good.substring(at + 1);
    ProofForge forge = new ProofForge(DpopPolicy.defaults(), MutableClock.at(NOW));
    Optional<Reason> expected =
        changed.equals(good) ? Optional.empty() : Optional.of(Reason.DPOP_PROOF);
    assertThat(forge.check(List.of(changed))).isEqualTo(expected);
  }

  @Property(tries = 500)
  void check_anyHeaders_areRefusedWithoutAnythingElse(
      @ForAll List<String> headers, @ForAll @Size(max = 2) List<@NumericChars String> parts) {
    ProofForge forge = new ProofForge(DpopPolicy.defaults(), MutableClock.at(NOW));
    assertThat(forge.check(headers)).contains(Reason.DPOP_PROOF);
    String parted = String.join(".", parts) + GOOD_PROOF.substring(GOOD_PROOF.indexOf('.'));
    assertThat(forge.check(List.of(parted))).contains(Reason.DPOP_PROOF);
  }

  private static Valid valid(String what, ForgedKey key, ForgedToken proof) {
    return new Valid(what, key, proof, METHOD, URL);
  }

  private static String bare(ForgedKey key) {
    return key.publicJwk().replaceAll(",\"(kid|alg|use)\":\"[^\"]*\"", "");
  }
}
