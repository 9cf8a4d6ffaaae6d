package io.github.ownproof.auth.keys;

import static io.github.ownproof.auth.keys.TestKeys.ED25519;
import static io.github.ownproof.auth.keys.TestKeys.P256;
import static io.github.ownproof.auth.keys.TestKeys.P384;
import static io.github.ownproof.auth.keys.TestKeys.RSA;
import static io.github.ownproof.auth.keys.TestKeys.json;
import static io.github.ownproof.auth.keys.TestKeys.jwk;
import static io.github.ownproof.auth.keys.TestKeys.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.internal.MalformedInput;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

  private static final SignatureProviders JDK = new SignatureProviders(null);

  private static KeySet read(String... jwks) {
    return TestKeys.read(JDK, jwks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"keys\":null}",
        "{\"keys\":{}}",
        "{\"keys\":\"\"}",
        "{\"Keys\":[]}",
        "{\"keys\":[]",
        "{\"keys\":[]}x",
        "{\"keys\":[],\"keys\":[]}"
      })
  void read_notAJwkSet_isMalformed(String text) {
    assertThatThrownBy(() -> KeySet.read(text.getBytes(UTF_8), JDK))
        .isInstanceOf(MalformedInput.class);
  }

  @Test
  void read_unknownMembersOfTheSet_areIgnored() throws MalformedInput {
    assertThat(KeySet.read("{\"a\":{},\"keys\":[]}".getBytes(UTF_8), JDK).usable()).isZero();
  }

  @Test
  void read_sameKidForDifferentKeys_givesNeither() {
    KeySet keys =
        read(
            json(jwk(P256, "twice")),
            json(jwk(P384, "twice")),
            json(jwk(RSA, "twice")),
            json(jwk(ED25519, "once")));

    assertThat(keys.find("twice")).isNull();
    assertThat(keys.find("once")).isNotNull();
    assertThat(keys.usable()).isEqualTo(1);
    assertThat(keys.ignored()).isEqualTo(3);
  }

  @Test
  void read_sameKidAndMaterialForDifferentAlgorithms_givesNeither() {
    KeySet keys =
        read(json(with(jwk(RSA, "k"), "alg", "RS256")), json(with(jwk(RSA, "k"), "alg", "PS256")));

    assertThat(keys.find("k")).isNull();
    assertThat(keys.ignored()).isEqualTo(2);
  }

  @Test
  void read_identicalKeys_countOnce() {
    KeySet keys = read(json(jwk(P256, "k")), json(with(jwk(P256, "k"), "use", "sig")));

    assertThat(keys.find("k")).isNotNull();
    assertThat(keys.usable()).isEqualTo(1);
    assertThat(keys.ignored()).isZero();
  }

  @Test
  void read_encryptionKeyOfTheSameKid_doesNotMatter() {
    KeySet keys = read(json(jwk(P256, "k")), json(with(jwk(P384, "k"), "use", "enc")));

    assertThat(keys.find("k")).isNotNull();
    assertThat(keys.ignored()).isEqualTo(1);
  }

  @Test
  void read_moreThanTheLimit_ignoresTheRest() {
    String[] jwks =
        IntStream.rangeClosed(1, KeySet.MAX_KEYS + 5)
            .mapToObj(i -> json(jwk(P256, "k" + i)))
            .toArray(String[]::new);

    KeySet keys = read(jwks);

    assertThat(keys.usable()).isEqualTo(KeySet.MAX_KEYS);
    assertThat(keys.ignored()).isEqualTo(5);
    assertThat(keys.find("k" + KeySet.MAX_KEYS)).isNotNull();
    assertThat(keys.find("k" + (KeySet.MAX_KEYS + 1))).isNull();
  }

  @Test
  void find_otherCase_isAnotherKid() {
    assertThat(read(json(jwk(P256, "k"))).find("K")).isNull();
  }

  @Test
  void carryOver_unchangedKey_isTheInstanceFromBefore() {
    KeySet before = read(json(jwk(P256, "same")), json(jwk(RSA, "changed")), "{}");
    KeySet fetched =
        read(
            json(jwk(ED25519, "new")),
            json(with(jwk(RSA, "changed"), "alg", "RS256")),
            json(with(jwk(P256, "same"), "use", "sig")));

    KeySet after = fetched.carryOver(before);

    assertThat(after.find("same")).isNotNull().isSameAs(before.find("same"));
    assertThat(after.find("changed")).isSameAs(fetched.find("changed"));
    assertThat(after.find("new")).isSameAs(fetched.find("new"));
    assertThat(after.usable()).isEqualTo(3);
    assertThat(after.ignored()).isZero();
  }

  @Test
  void carryOver_removedKey_isGone() {
    KeySet before = read(json(jwk(P256, "removed")), json(jwk(RSA, "kept")));
    VerificationKey removed = before.find("removed");
    assertThat(removed).isNotNull();

    KeySet after = read(json(jwk(RSA, "kept"))).carryOver(before);

    assertThat(after.find("removed")).isNull();
    assertThat(after.holds(removed)).isFalse();
  }

  @Test
  void carryOver_otherKeyUnderTheSameKid_isTheNewOne() {
    KeySet before = read(json(jwk(P256, "k")));
    KeySet fetched = read(json(jwk(TestKeys.ecPair("secp256r1"), "k")));

    assertThat(fetched.carryOver(before).find("k")).isSameAs(fetched.find("k"));
  }

  @Test
  void holds_equalKeyOfAnotherSet_isNotTheInstance() {
    KeySet one = read(json(jwk(P256, "k")));
    VerificationKey other = read(json(jwk(P256, "k"))).find("k");
    VerificationKey own = one.find("k");
    assertThat(other).isNotNull();
    assertThat(own).isNotNull();

    assertThat(one.holds(own)).isTrue();
    assertThat(one.holds(other)).isFalse();
  }

  @Test
  void toString_anySet_showsNoKidAndNoKey() {
    KeySet keys = read(json(jwk(P256, "secret-kid")));

    assertThat(keys).hasToString("KeySet(1 usable, 0 ignored)");
    assertThat(keys.find("secret-kid")).hasToString("VerificationKey[ES256]");
  }
}
