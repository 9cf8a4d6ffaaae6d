package io.github.ownproof.auth.keys;

import static io.github.ownproof.auth.keys.TestKeys.ED25519;
import static io.github.ownproof.auth.keys.TestKeys.P256;
import static io.github.ownproof.auth.keys.TestKeys.json;
import static io.github.ownproof.auth.keys.TestKeys.jwk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedKeysTest {

  private static final String SET =
      new String(TestKeys.set(json(jwk(P256, "one")), json(jwk(ED25519, "two")), "{}"), UTF_8);

  private static VerificationKey find(KeySource source, String kid) {
    return (VerificationKey) source.find(kid);
  }

  @Test
  void pinned_someUsableKeys_areFoundAndFresh() {
    KeySource source = KeySource.pinned(SET);

    assertThat(find(source, "one").kid()).isEqualTo("one");
    assertThat(source.find("three")).isEqualTo(KeyLookup.Absent.UNKNOWN);
    assertThat(source.trusts(find(source, "one"))).isTrue();
    assertThat(source.warmUp()).isEqualTo(source.health());
    assertThat(source.health().state()).isEqualTo(KeyHealth.State.FRESH);
    assertThat(source.health().usableKeys()).isEqualTo(2);
    assertThat(source.health().ignoredKeys()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "{\"keys\":3}", "\uFEFF{\"keys\":[]}", "{\"\uD83D\":1}"})
  void pinned_notAJwkSet_isInvalid(String text) {
    assertThatThrownBy(() -> KeySource.pinned(text))
        .isInstanceOf(InvalidKeysException.class)
        .hasMessageContaining("Not a JWK Set");
  }

  @Test
  void pinned_halfASurrogatePair_isNotReplaced() {
    assertThatThrownBy(() -> KeySource.pinned(SET.replace("one", "one\uD83D")))
        .isInstanceOf(InvalidKeysException.class);
  }

  @Test
  void pinned_noUsableKey_saysHowManyAndNothingOfThem() {
    assertThatThrownBy(
            () -> KeySource.pinned("{\"keys\":[{\"kid\":\"secret-kid\",\"kty\":\"oct\"},{}]}"))
        .isInstanceOf(InvalidKeysException.class)
        .hasMessageContaining("ignored: 2")
        .hasMessageNotContaining("secret-kid");
  }

  @Test
  void evict_key_isNeitherFoundNorTrusted() {
    KeySource source = KeySource.pinned(SET);
    VerificationKey one = find(source, "one");
    VerificationKey two = find(source, "two");

    source.evict("one");
    source.evict("one");
    source.evict("never heard of");

    assertThat(source.find("one")).isEqualTo(KeyLookup.Absent.UNKNOWN);
    assertThat(source.trusts(one)).isFalse();
    assertThat(source.trusts(two)).isTrue();
    assertThat(source.health().usableKeys()).isEqualTo(1);
  }

  @Test
  void evict_lastKey_isUnavailable() {
    KeySource source = KeySource.pinned(SET);

    source.evict("one");
    source.evict("two");

    assertThat(source.health().isUsable()).isFalse();
  }

  @Test
  void trusts_equalKeyOfAnotherSource_isFalse() {
    VerificationKey other = find(KeySource.pinned(SET), "one");

    assertThat(KeySource.pinned(SET).trusts(other)).isFalse();
  }

  @Test
  void close_thenFind_isAnError() {
    KeySource source = KeySource.pinned(SET);
    VerificationKey one = find(source, "one");

    source.close();
    source.close();

    assertThatThrownBy(() -> source.find("one")).isInstanceOf(IllegalStateException.class);
    assertThat(source.trusts(one)).isFalse();
    assertThat(source.health().isUsable()).isFalse();
  }

  @Test
  void toString_anySource_showsNoKid() {
    assertThat(KeySource.pinned(SET)).hasToString("PinnedKeys(2)");
  }
}
