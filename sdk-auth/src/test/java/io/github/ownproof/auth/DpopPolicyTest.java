package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopPolicyTest {

  @Test
  void describe_policy_saysAllOfIt() {
    assertThat(DpopPolicy.defaults().algorithms(JwsAlgorithm.ES256).describe())
        .isEqualTo(
            "DPoP proofs by ES256, made at most 60000 ms ago, clocks at most 5000 ms ahead,"
                + " each once per verifier, no nonce");
    DpopPolicy other =
        DpopPolicy.defaults()
            .algorithms(JwsAlgorithm.ED25519, JwsAlgorithm.ES256)
            .maxAge(Duration.ofSeconds(10))
            .clocksAhead(Duration.ZERO)
            .replayStore((key, until) -> true)
            .nonces(
                new DpopNonces() {
                  @Override
                  public String current() {
                    return "canary";
                  }

                  @Override
                  public boolean accepts(String nonce) {
                    return true;
                  }
                });
    assertThat(other)
        .hasToString(
            "DpopPolicy(DPoP proofs by ES256 EdDSA Ed25519, made at most 10000 ms ago,"
                + " clocks at most 0 ms ahead, each once per shared store, nonce required)");
  }

  @Test
  void withers_change_onlyTheCopy() {
    DpopPolicy policy = DpopPolicy.defaults();
    assertThat(policy.maxAge(Duration.ofSeconds(1)).maxAge()).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.maxAge()).isEqualTo(Duration.ofMinutes(1));
    assertThat(policy.algorithms()).containsExactly(JwsAlgorithm.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S", "PT10M0.001S", "PT24H"})
  void maxAge_outOfBounds_isRefusedByValue(String age) {
    assertThatThrownBy(() -> DpopPolicy.defaults().maxAge(Duration.parse(age)))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining(Duration.parse(age).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT60.001S", "PT24H"})
  void clocksAhead_outOfBounds_isRefusedByValue(String ahead) {
    assertThatThrownBy(() -> DpopPolicy.defaults().clocksAhead(Duration.parse(ahead)))
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContaining(Duration.parse(ahead).toString());
  }
}
