package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.ForgedKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkWriterTest {

  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "RS256, RS256",
    "ES256, ES256",
    "ES384, ES384",
    "ES512, ES512",
    "EdDSA, ED25519",
  })
  void jwkSet_ofAPublicKey_verifiesWhatThePrivateOneSigned(
      String algorithm, JwsAlgorithm expected) {
    ForgedKey key = ForgedKey.of(algorithm, "desk \"1\"");

    try (KeySource source = KeySource.pinned(key.kid(), key.publicKey())) {
      assertThat(source.find(key.kid()))
          .isInstanceOfSatisfying(
              VerificationKey.class,
              read -> {
                assertThat(read.kid()).isEqualTo(key.kid());
                assertThat(read.verify(expected, MESSAGE, MESSAGE.length, key.sign(MESSAGE)))
                    .isTrue();
              });
    }
  }

  @Test
  void jwkSet_ofEd25519_whoseFirstOrLastByteIsZero_isWhole() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    for (int i = 0; i < 50; i++) {
      PublicKey key = generator.generateKeyPair().getPublic();

      assertThat(KeySource.pinned("k", key).find("k")).isInstanceOf(VerificationKey.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed448", "X25519", "DSA", "DH"})
  void jwkSet_ofAKeyThatCannotVerifyTokens_isRefused(String algorithm)
      throws GeneralSecurityException {
    PublicKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();

    assertThatThrownBy(() -> JwkWriter.jwkSet("k", key))
        .isInstanceOf(InvalidKeysException.class)
        .hasMessageContaining("Ed25519");
  }

  @Test
  void jwkSet_ofAWeakKeyOrWithoutAnId_isRefused() {
    PublicKey weak = ForgedKey.rsa(1024, "weak").publicKey();
    PublicKey good = ForgedKey.of("ES256", "good").publicKey();

    assertThatThrownBy(() -> JwkWriter.jwkSet("k", weak)).isInstanceOf(InvalidKeysException.class);
    assertThatThrownBy(() -> JwkWriter.jwkSet("", good)).isInstanceOf(InvalidKeysException.class);
    assertThatThrownBy(() -> JwkWriter.jwkSet("k".repeat(257), good))
        .isInstanceOf(InvalidKeysException.class);
  }
}
