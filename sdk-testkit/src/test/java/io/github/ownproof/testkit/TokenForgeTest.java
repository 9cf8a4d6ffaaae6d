package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenForgeTest {

  private static final MutableClock CLOCK = MutableClock.at("2026-11-22T10:15:30Z");

  private final TokenForge forge = TokenForge.issuer("https://login.example.com").clock(CLOCK);

  @Test
  void token_byDefault_isAnRfc9068AccessToken() throws Exception {
    String[] parts = forge.token().claim("jti", "j").compact().split("\\.", -1);

    assertThat(text(parts[0]))
        .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"forge-RS256\"}");
    assertThat(text(parts[1]))
        .isEqualTo(
            "{\"iss\":\"https://login.example.com\",\"sub\":\"user-1\","
                + "\"aud\":\"https://api.example.com\",\"iat\":1795342530,\"exp\":1795342830,"
                + "\"client_id\":\"client-1\",\"jti\":\"j\"}");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(forge.key().publicKey());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void token_changed_leavesTheOneItCameFrom() {
    ForgedToken token = forge.token();
    String before = token.compact();

    ForgedToken changed =
        token.claim("a", null).header("b", 1).without("sub").expiresIn(Duration.ofSeconds(-1));

    assertThat(token.compact()).isEqualTo(before);
    assertThat(changed.payloadJson()).contains("\"a\":null", "1795342529").doesNotContain("sub");
    assertThat(changed.headerJson()).contains("\"b\":1");
  }

  @Test
  void key_ofTheSameName_isTheSameAndFreshIsNot() {
    ForgedKey key = ForgedKey.of("ES256", "k");

    assertThat(ForgedKey.of("ES256", "k").publicJwk()).isEqualTo(key.publicJwk());
    assertThat(key.fresh().publicJwk()).isNotEqualTo(key.publicJwk());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS384", "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "HS256"})
  void publicJwk_ofAnyKey_hasNoPrivateMember(String algorithm) {
    ForgedKey key = ForgedKey.of(algorithm, "k");

    assertThat(key.publicJwk()).doesNotContain("\"d\"", "\"k\":").contains("\"use\":\"sig\"");
    assertThat(key.privateJwk()).containsAnyOf("\"d\":", "\"k\":");
    assertThat(key.publicJwkWith(Map.of("use", "enc"))).contains("\"use\":\"enc\"");
    assertThat(key.publicJwkWithout("use")).doesNotContain("\"use\"");
  }

  @Test
  void der_ofAConcatenatedSignature_isWhatTheJdkReads() throws Exception {
    ForgedKey key = ForgedKey.of("ES256", "k");
    byte[] data = "data".getBytes(StandardCharsets.US_ASCII);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(key.publicKey());
    signature.update(data);

    assertThat(signature.verify(Jose.der(key.sign(data)))).isTrue();
  }

  @Test
  void quoted_anyText_isEscapedAsJsonNeeds() {
    assertThat(JsonText.quoted("a\"\\\n\ud800é😀")).isEqualTo("\"a\\\"\\\\\\u000a\\ud800é😀\"");
  }

  @Test
  void fixed_shorterOrLongerThanTheNumber_keepsTheLowBytes() {
    assertThat(Arrays.toString(Jose.fixed(java.math.BigInteger.valueOf(255), 3)))
        .isEqualTo("[0, 0, -1]");
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
