package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.valkey.HostAndPort;
import io.valkey.JedisPooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochSettingsTest {

  /** Nobody is there, and nobody is asked. */
  private final JedisPooled client =
      ValkeyRevocationEpochs.client(
          new HostAndPort("127.0.0.1", 1), with -> with.password("of-the-server"));

  @AfterEach
  void close() {
    client.close();
  }

  private ValkeyRevocationEpochs.Builder builder() {
    return ValkeyRevocationEpochs.unauthenticated(client, "a test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a{b}", "a\r\nDEL x", "ä", "*"})
  void keyPrefix_ofAnotherForm_isRefusedWithIt(String prefix) {
    assertThatThrownBy(() -> builder().keyPrefix(prefix))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("1 to 64");
    assertThatThrownBy(() -> builder().keyPrefix("a".repeat(65)))
        .isInstanceOf(InvalidSupportAccessException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT0.901S", "PT0.900000001S", "PT1H"})
  void rememberFor_soLongThatARevocationComesLate_isRefused(Duration time) {
    assertThatThrownBy(() -> builder().rememberFor(time))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining(time.toString());
  }

  @Test
  void settings_withinTheirBounds_areTakenAndShown() {
    assertThat(
            builder()
                .keyPrefix("prod.eu:grants-1_")
                .rememberFor(Duration.ofMillis(900))
                .build()
                .toString())
        .contains("prod.eu:grants-1_", "900 ms", "unauthenticated: 'a test'")
        .doesNotContain("of-the-server");
  }

  @Test
  void unauthenticated_withoutAReason_isRefused() {
    assertThatThrownBy(() -> ValkeyRevocationEpochs.unauthenticated(client, " "))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("reason");
  }

  @Test
  void authenticated_withAShortKey_isRefusedWithoutShowingIt() {
    SecretKey key =
        new SecretKeySpec(
            "0123456789012345678901234567890".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

    assertThatThrownBy(() -> ValkeyRevocationEpochs.authenticated(client, key))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("31")
        .hasMessageNotContaining("0123456789");
  }

  @Test
  void authenticated_withAKeyThatIsNone_isRefused() {
    SecretKey odd =
        new SecretKey() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getAlgorithm() {
            return "none";
          }

          @Override
          public String getFormat() {
            return "X.509";
          }

          @Override
          public byte[] getEncoded() {
            return null;
          }
        };

    assertThatThrownBy(() -> ValkeyRevocationEpochs.authenticated(client, odd))
        .isInstanceOf(InvalidSupportAccessException.class);
  }

  @Test
  void authenticated_showsNoKey() {
    byte[] secret = "01234567890123456789012345678901".getBytes(StandardCharsets.US_ASCII);

    String shown =
        ValkeyRevocationEpochs.authenticated(client, new SecretKeySpec(secret, "HmacSHA256"))
            .build()
            .toString();

    assertThat(shown)
        .contains("authenticated")
        .doesNotContain("0123456789", Base64.getEncoder().encodeToString(secret));
  }
}
