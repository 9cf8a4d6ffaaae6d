package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.internal.Base64Url;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.testkit.TokenForge;
import io.github.ownproof.testkit.ValidToken;
import io.github.ownproof.testkit.ValidTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever we accept, two verifiers of other makers accept, too. */
class DifferentialTest {

  private static final TokenForge FORGE = ForgeVerifiers.forge();

  private final int count = Integer.getInteger("ownproof.differential.tokens", 3_000);
  private final long seed = Long.getLong("ownproof.differential.seed", 20261122L);

  private final SecondOpinions others = new SecondOpinions(FORGE);
  private final TokenVerifier verifier = ForgeVerifiers.accessTokens(FORGE);

  @Test
  void tryVerify_changedTokens_areAcceptedOnlyIfOthersDo() throws IOException {
    TokenMutations mutations = new TokenMutations(FORGE, seed);
    Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
    List<String> breaches = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      String token = mutations.next();
      Verification verification = verifier.tryVerify(token);
      if (verification instanceof Verification.Rejected rejected) {
        refused.merge(rejected.reason(), 1, Integer::sum);
      } else {
        accepted++;
        breaches.addAll(objections(token));
      }
    }
    Files.writeString(
        Path.of("target", "differential.txt"),
        count + " tokens, seed " + seed + ": " + accepted + " accepted, refused " + refused + "\n");

    assertThat(breaches).isEmpty();
    assertThat(refused).doesNotContainKey(Reason.INTERNAL);
    // Otherwise nothing was compared, or only one reason to refuse was seen.
    assertThat(accepted).isGreaterThan(count / 25);
    assertThat(refused).hasSizeGreaterThan(8);
  }

  @Test
  void validTokens_allOfThem_areAcceptedByOthers() {
    assertThat(ValidTokens.all(FORGE).stream().filter(DifferentialTest::isKnownToOthers))
        .hasSizeGreaterThan(60)
        .allSatisfy(token -> assertThat(objections(token.compact())).isEmpty());
  }

  /** Not those they lack, nor those they were not asked for here. */
  private static boolean isKnownToOthers(ValidToken token) {
    return List.of("RS256", "PS256", "ES256", "EdDSA").contains(algorithm(token.compact()));
  }

  private List<String> objections(String token) {
    List<String> objections = new ArrayList<>();
    String algorithm = algorithm(token);
    if (!algorithm.equals("EdDSA")) {
      add(objections, token, "Nimbus", others.nimbus(token));
    }
    add(objections, token, "jose4j", others.jose4j(token));
    return objections;
  }

  private static void add(
      List<String> objections, String token, String who, @Nullable Exception objection) {
    if (objection != null) {
      objections.add(who + ": " + objection + "\n" + json(token, 0) + json(token, 1));
    }
  }

  private static String algorithm(String token) {
    return json(token, 0).replaceAll("(?s).*\"alg\" *: *\"(\\w+)\".*", "$1");
  }

  private static String json(String token, int part) {
    try {
      return new String(Base64Url.decode(token.split("\\.", -1)[part]), StandardCharsets.UTF_8);
    } catch (MalformedInput e) {
      throw new AssertionError("We accepted what cannot be decoded", e);
    }
  }
}
