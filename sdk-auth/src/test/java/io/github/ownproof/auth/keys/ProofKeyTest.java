package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import io.github.ownproof.testkit.ForgedKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofKeyTest {

  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
  private static final ForgedKey KEY = ForgedKey.of("ES256", "proof-key");

  private static Map<String, String> members(ForgedKey key) {
    Map<String, String> members = new HashMap<>();
    try {
      JWK.parse(key.publicJwk())
          .toJSONObject()
          .forEach((name, value) -> members.put(name, String.valueOf(value)));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
    members.keySet().retainAll(List.of("kty", "crv", "x", "y", "n", "e"));
    return members;
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> members = members(KEY);
    members.put(name, value);
    return members;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS512", "ES256", "ES384", "ES512", "Ed25519"})
  void of_publicKey_verifiesItsSignaturesOnly(String name) throws ParseException, JOSEException {
    ForgedKey forged = ForgedKey.of(name, "proof-key");
    JwsAlgorithm algorithm = JwsAlgorithm.of(name);
    ProofKey key = ProofKey.of(algorithm, members(forged)).orElseThrow();
    byte[] signature = forged.sign(DATA);
    assertThat(key.verify(DATA, 4, signature)).isTrue();
    assertThat(key.verify(DATA, 3, signature)).isFalse();
    assertThat(key.verify(DATA, 4, forged.fresh().sign(DATA))).isFalse();
    assertThat(key.verify(DATA, 4, new byte[0])).isFalse();
    assertThat(key.thumbprint())
        .isEqualTo(JWK.parse(forged.publicJwk()).computeThumbprint().toString());
    assertThat(key).hasToString("ProofKey(" + algorithm + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "k", "p", "kid", "alg", "use", "x5c", "", "\"", "kty\":\"oct\",\"a"})
  void of_anyOtherMember_isNone(String name) {
    assertThat(ProofKey.of(JwsAlgorithm.ES256, with(name, "AAAA"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "A=", "A+/", "\"", "\",\"d\":\"AAAA", "\\", "\u00e9", "A\n"})
  void of_anyOtherValue_isNone(String value) {
    assertThat(ProofKey.of(JwsAlgorithm.ES256, with("x", value))).isEmpty();
    assertThat(ProofKey.of(JwsAlgorithm.ES256, with("kty", value))).isEmpty();
  }

  @Test
  void of_keyForAnotherAlgorithm_isNone() {
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      Optional<ProofKey> key = ProofKey.of(algorithm, members(KEY));
      assertThat(key.isPresent()).isEqualTo(algorithm == JwsAlgorithm.ES256);
    }
    assertThat(ProofKey.of(JwsAlgorithm.ES256, Map.of())).isEmpty();
    assertThat(ProofKey.of(JwsAlgorithm.RS256, members(ForgedKey.rsa(1024, "weak")))).isEmpty();
  }
}
