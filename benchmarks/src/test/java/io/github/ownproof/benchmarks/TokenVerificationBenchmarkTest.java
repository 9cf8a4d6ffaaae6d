package io.github.ownproof.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

class TokenVerificationBenchmarkTest {

  private final SignedTokens tokens = SignedTokens.of("ES256");

  /** The setup has each contender refuse tokens that are changed, expired or for others. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        TokenVerificationRs256Benchmark.class,
        TokenVerificationPs256Benchmark.class,
        TokenVerificationEs256Benchmark.class,
        TokenVerificationEdDsaBenchmark.class,
        TokenVerificationParsingBenchmark.class,
        TokenVerificationCachedBenchmark.class,
        GrantCheckBenchmark.class,
        GrantSigningEs256Benchmark.class,
        GrantSigningEdDsaBenchmark.class
      })
  void everyBenchmark_afterItsSetup_runs(Class<?> type) throws Exception {
    Object benchmark = type.getConstructor().newInstance();
    List<String> ran = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(Setup.class)) {
        method.invoke(benchmark);
      }
    }
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(Benchmark.class)) {
        assertThat(method.invoke(benchmark)).as(method.getName()).isNotNull();
        ran.add(method.getName());
      }
    }

    assertThat(ran).hasSizeGreaterThan(1);
  }

  @Test
  void valid_everyAlgorithm_hasTheSameLength() {
    for (String algorithm : List.of("RS256", "PS256", "ES256", "EdDSA")) {
      assertThat(SignedTokens.of(algorithm).valid()).as(algorithm).hasSizeBetween(798, 802);
    }
  }

  @Test
  void check_contenderThatRefusesNothing_fails() {
    assertThatThrownBy(() -> tokens.check("anything goes", token -> token))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("accepts a token: another signature");
  }

  @Test
  void check_contenderThatForgetsOneCheck_fails() {
    TokenContender careful = tokens.verifier()::verify;
    tokens
        .refused()
        .forEach(
            (what, forgotten) ->
                assertThatThrownBy(
                        () ->
                            tokens.check(
                                "careless",
                                token -> token.equals(forgotten) ? token : careful.verify(token)))
                    .as(what)
                    .isInstanceOf(IllegalStateException.class));
  }

  @Test
  void check_contenderThatRefusesTheValidToken_fails() {
    assertThatThrownBy(
            () ->
                tokens.check(
                    "nothing goes",
                    token -> {
                      throw new IllegalArgumentException();
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("refuses the valid token");
  }
}
