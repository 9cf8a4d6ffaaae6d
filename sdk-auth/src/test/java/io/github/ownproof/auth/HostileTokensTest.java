package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.HostileToken;
import io.github.ownproof.testkit.HostileTokens;
import io.github.ownproof.testkit.TokenForge;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HostileTokensTest {

  private static final TokenForge FORGE = ForgeVerifiers.forge();
  private static final List<HostileToken> TOKENS = HostileTokens.all(FORGE);

  private final TokenVerifier verifier = ForgeVerifiers.accessTokens(FORGE);

  @TestFactory
  Stream<DynamicTest> tryVerify_hostileToken_isRefusedForItsReason() {
    return TOKENS.stream()
        .map(
            token ->
                DynamicTest.dynamicTest(
                    token.name(),
                    () ->
                        assertThat(ForgeVerifiers.outcome(verifier.tryVerify(token.compact())))
                            .as(token.rule())
                            .isEqualTo(token.expected())));
  }

  /** A token that was accepted must not make a later one acceptable. */
  @Test
  void tryVerify_hostileTokensAfterTheValidOne_areRefusedAsBefore() {
    assertThat(ForgeVerifiers.outcome(verifier.tryVerify(FORGE.token().compact())))
        .isEqualTo("ACCEPTED");

    for (int round = 0; round < 2; round++) {
      assertThat(TOKENS)
          .allSatisfy(
              token ->
                  assertThat(ForgeVerifiers.outcome(verifier.tryVerify(token.compact())))
                      .isEqualTo(token.expected()));
    }
  }

  @Test
  void verify_hostileToken_throwsOneTypeAndRepeatsNothingOfIt() {
    assertThat(TOKENS)
        .allSatisfy(
            token ->
                assertThatThrownBy(() -> verifier.verify(token.compact()).identity())
                    .isExactlyInstanceOf(TokenRejectedException.class)
                    .hasNoCause()
                    .satisfies(
                        e ->
                            assertThat(e.toString())
                                .contains(token.expected())
                                .doesNotContain("user-1", "forge-RS256", "admin", "evil")));
  }

  /** Where a trick leaves the token as it was, it is no hostile one. */
  @Test
  void all_forALoopbackIssuerWithAPlainKeyId_holdsNoValidToken() {
    TokenForge forge =
        TokenForge.issuer("http://127.0.0.1:8443")
            .clock(FORGE.clock())
            .key(FORGE.key().withKid("k"));
    TokenVerifier local =
        ForgeVerifiers.of(
            forge, ForgeVerifiers.accessProfile(forge).allowInsecureLoopback("it is a test"));

    assertThat(HostileTokens.all(forge))
        .allSatisfy(
            token ->
                assertThat(ForgeVerifiers.outcome(local.tryVerify(token.compact())))
                    .as(token.name())
                    .isEqualTo(token.expected()));
  }

  @Test
  void all_tokens_areManyAndNamedOnceAndExpectReasonsThatExist() {
    assertThat(TOKENS).hasSizeGreaterThanOrEqualTo(500);
    assertThat(TOKENS.stream().map(HostileToken::name)).doesNotHaveDuplicates();
    assertThat(TOKENS.stream().map(HostileToken::compact)).doesNotHaveDuplicates();
    assertThat(TOKENS.stream().map(HostileToken::expected).distinct())
        .isSubsetOf(Arrays.stream(Reason.values()).map(Reason::name).toList());
  }
}
