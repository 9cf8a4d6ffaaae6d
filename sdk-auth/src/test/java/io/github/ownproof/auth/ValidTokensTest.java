package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.TokenForge;
import io.github.ownproof.testkit.ValidToken;
import io.github.ownproof.testkit.ValidTokens;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ValidTokensTest {

  private static final TokenForge FORGE = ForgeVerifiers.forge();
  private static final List<ValidToken> TOKENS = ValidTokens.all(FORGE);

  private final TokenVerifier verifier = ForgeVerifiers.accessTokens(FORGE);

  @TestFactory
  Stream<DynamicTest> verify_validToken_isAcceptedForItsSubject() {
    return TOKENS.stream()
        .map(
            token ->
                DynamicTest.dynamicTest(
                    token.name(),
                    () -> {
                      VerifiedToken verified = verifier.verify(token.compact());
                      assertThat(verified.identity().subject()).isEqualTo(token.subject());
                      assertThat(verified.identity().issuer()).isEqualTo(FORGE.issuer());
                      assertThat(verified.kind()).isEqualTo(TokenKind.ACCESS);
                    }));
  }

  @Test
  void verify_validTokenTwice_isTheSameIdentity() {
    assertThat(TOKENS)
        .allSatisfy(
            token ->
                assertThat(verifier.verify(token.compact()).identity())
                    .isEqualTo(verifier.verify(token.compact()).identity()));
  }

  @Test
  void all_tokens_areManyAndNamedOnce() {
    assertThat(TOKENS).hasSizeGreaterThanOrEqualTo(70);
    assertThat(TOKENS.stream().map(ValidToken::name)).doesNotHaveDuplicates();
    assertThat(TOKENS.stream().map(ValidToken::compact)).doesNotHaveDuplicates();
  }
}
