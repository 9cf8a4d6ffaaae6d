package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.TokenForge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every type of JSON in every claim and header that has a meaning. */
class ClaimTypesFuzzTest {

  private static final TokenForge FORGE = ForgeVerifiers.forge();

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "\"str\"",
          "\"\"",
          "0",
          "-1",
          "1.5",
          "1e300",
          "[]",
          "{}",
          "[\"str\"]",
          "[\"\"]",
          "[null]",
          "[0]",
          "[[]]",
          "[{}]",
          "{\"str\":null}",
          "{\"sub\":\"str\"}");

  private static final Set<String> NONE = Set.of();
  private static final Set<String> ANY = Set.copyOf(VALUES);
  private static final Set<String> STRINGS = Set.of("\"str\"", "\"\"");
  private static final Set<String> STRING_ARRAYS = Set.of("[]", "[\"str\"]", "[\"\"]");
  private static final Set<String> STRING_OR_ARRAY =
      Set.of("\"str\"", "\"\"", "[]", "[\"str\"]", "[\"\"]");
  private static final Set<String> PAST_DATES = Set.of("0", "1.5");
  private static final Set<String> NOBODY_ACTS = Set.of("null", "false");

  /** Which of the values are good in an access token. */
  private static final Map<String, Set<String>> CLAIMS =
      Map.ofEntries(
          Map.entry("iss", NONE),
          Map.entry("sub", Set.of("\"str\"")),
          Map.entry("aud", NONE),
          Map.entry("exp", NONE),
          Map.entry("nbf", PAST_DATES),
          Map.entry("iat", PAST_DATES),
          Map.entry("auth_time", PAST_DATES),
          Map.entry("jti", STRINGS),
          Map.entry("client_id", STRINGS),
          Map.entry("azp", STRINGS),
          Map.entry("sid", STRINGS),
          Map.entry("acr", STRINGS),
          Map.entry("amr", STRING_ARRAYS),
          Map.entry("scope", STRING_OR_ARRAY),
          Map.entry("scp", STRING_OR_ARRAY),
          Map.entry("nonce", NONE),
          Map.entry("at_hash", NONE),
          Map.entry("c_hash", NONE),
          Map.entry("s_hash", NONE),
          Map.entry("events", NONE),
          Map.entry("toe", NONE),
          Map.entry("cnf", NONE),
          Map.entry("act", NOBODY_ACTS),
          Map.entry("may_act", NOBODY_ACTS),
          Map.entry("impersonator", NOBODY_ACTS),
          Map.entry("generated_by", NOBODY_ACTS),
          Map.entry("email_verified", Set.of("true", "false", "\"str\"", "\"\"")),
          Map.entry("email", ANY),
          Map.entry("name", ANY),
          Map.entry("roles", ANY),
          Map.entry("unknown", ANY));

  private static final Map<String, Set<String>> HEADERS =
      Map.ofEntries(
          Map.entry("alg", NONE),
          Map.entry("typ", NONE),
          Map.entry("kid", NONE),
          Map.entry("crit", NONE),
          Map.entry("b64", NONE),
          Map.entry("jwk", NONE),
          Map.entry("jku", NONE),
          Map.entry("x5c", NONE),
          Map.entry("x5u", NONE),
          Map.entry("zip", NONE),
          Map.entry("enc", NONE),
          Map.entry("cty", STRINGS),
          Map.entry("x5t", STRINGS),
          Map.entry("x5t#S256", STRINGS),
          Map.entry("unknown", ANY));

  private final TokenVerifier verifier = ForgeVerifiers.accessTokens(FORGE);

  @TestFactory
  Stream<DynamicTest> tryVerify_claimOfAnyType_isAcceptedOnlyIfDocumented() {
    return CLAIMS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(VALUES)
                            .allSatisfy(
                                json ->
                                    assertOutcome(
                                        FORGE.token().claimJson(entry.getKey(), json),
                                        entry.getValue().contains(json)))));
  }

  @TestFactory
  Stream<DynamicTest> tryVerify_headerOfAnyType_isAcceptedOnlyIfDocumented() {
    return HEADERS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertThat(VALUES)
                            .allSatisfy(
                                json ->
                                    assertOutcome(
                                        FORGE.token().headerJson(entry.getKey(), json),
                                        entry.getValue().contains(json)))));
  }

  /** Several at once, and with the values of ID tokens and providers mixed in. */
  @Property(tries = 300)
  void tryVerify_anyClaimsTogether_isAcceptedOnlyIfEachIs(
      @ForAll("members") Map<String, String> members) {
    ForgedToken token = FORGE.token();
    boolean good = true;
    for (Map.Entry<String, String> member : members.entrySet()) {
      token = token.claimJson(member.getKey(), member.getValue());
      good &= CLAIMS.getOrDefault(member.getKey(), ANY).contains(member.getValue());
    }

    assertOutcome(token, good);
  }

  @Provide
  Arbitrary<Map<String, String>> members() {
    // What is good is as likely as what is not, or hardly a token would be.
    Arbitrary<Tuple.Tuple2<String, String>> good =
        Arbitraries.of(
            CLAIMS.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(json -> Tuple.of(e.getKey(), json)))
                .toList());
    Arbitrary<Tuple.Tuple2<String, String>> any =
        Arbitraries.of(List.copyOf(CLAIMS.keySet()))
            .flatMap(name -> Arbitraries.of(VALUES).map(json -> Tuple.of(name, json)));
    return Arbitraries.frequencyOf(Tuple.of(6, good), Tuple.of(1, any))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(
            pairs ->
                pairs.stream()
                    .collect(
                        java.util.stream.Collectors.toMap(
                            Tuple.Tuple1::get1, Tuple.Tuple2::get2, (a, b) -> b)));
  }

  private void assertOutcome(ForgedToken token, boolean good) {
    String outcome = ForgeVerifiers.outcome(verifier.tryVerify(token.compact()));
    if (good) {
      assertThat(outcome).as(token.payloadJson()).isEqualTo("ACCEPTED");
    } else {
      assertThat(outcome)
          .as(token.headerJson() + token.payloadJson())
          .isNotIn("ACCEPTED", Reason.INTERNAL.name());
    }
  }
}
