package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonTest {

  private static Stream<String> explanations() {
    return Arrays.stream(Reason.values()).map(Reason::explanation);
  }

  @Test
  void explanation_ofEachReason_isASentenceOfItsOwn() {
    assertThat(explanations()).doesNotHaveDuplicates();
    assertThat(explanations())
        .allSatisfy(
            text -> assertThat(text).matches("The token was refused: [a-z].*[a-zA-Z0-9)]\\."));
  }

  @Test
  void exception_ofAReason_hasItsCodeAndExplanation() {
    assertThat(new TokenRejectedException(Reason.AUDIENCE, "Bearer"))
        .hasMessage("TOKEN_AUDIENCE: " + Reason.AUDIENCE.explanation())
        .hasMessageContaining("another audience or client than the profile names");
  }
}
