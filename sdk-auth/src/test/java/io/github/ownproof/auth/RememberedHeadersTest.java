package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.internal.CompactToken;
import io.github.ownproof.auth.internal.KnownHeaders;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.TokenForge;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Only a token whose signature holds gets its header remembered, and nobody else pushes one out.
 */
class RememberedHeadersTest {

  private static final TokenForge FORGE = ForgeVerifiers.forge();

  private final VerificationPath path =
      new VerificationPath(
          Map.of(
              FORGE.issuer(),
              new AcceptedIssuer(
                  ForgeVerifiers.accessProfile(FORGE),
                  KeySource.pinned(FORGE.jwksOfEveryAlgorithm()),
                  false)),
          FORGE.clock(),
          Duration.ZERO,
          SignatureCheck.BY_KEY);
  private KnownHeaders headers;

  @BeforeEach
  void headersOfThePath() throws Exception {
    Field field = VerificationPath.class.getDeclaredField("headers");
    field.setAccessible(true);
    headers = (KnownHeaders) field.get(path);
  }

  @Test
  void verify_signatureHolds_headerIsRemembered() throws Exception {
    byte[] token = ascii(FORGE.token().compact());

    assertThat(isRemembered(token)).isFalse();
    assertThat(path.verify(token)).isNotNull();
    assertThat(isRemembered(token)).isTrue();
  }

  @Test
  void verify_signatureDoesNotHold_nothingIsRememberedAndNothingPushedOut() throws Exception {
    byte[] good = ascii(FORGE.token().compact());
    assertThat(path.verify(good)).isNotNull();
    ForgedKey foreign = ForgedKey.of("RS256", "x").fresh().withKid(FORGE.key().kid());

    for (int i = 0; i < 300; i++) {
      byte[] forged = ascii(FORGE.token().header("x", i).signature(new byte[256]).compact());
      assertThatThrownBy(() -> path.verify(forged)).isInstanceOf(Refusal.class);
      assertThat(isRemembered(forged)).isFalse();
    }
    byte[] otherKey = ascii(FORGE.token().header("x", "y").signedBy(foreign).compact());
    assertThatThrownBy(() -> path.verify(otherKey)).isInstanceOf(Refusal.class);

    assertThat(isRemembered(otherKey)).isFalse();
    assertThat(isRemembered(good)).isTrue();
  }

  /** What was read before is the same object the next time. */
  private boolean isRemembered(byte[] token) throws Exception {
    Object once = CompactToken.parse(token, headers).header();
    Object again = CompactToken.parse(token, headers).header();
    return once == again;
  }

  private static byte[] ascii(String token) {
    return token.getBytes(StandardCharsets.US_ASCII);
  }
}
