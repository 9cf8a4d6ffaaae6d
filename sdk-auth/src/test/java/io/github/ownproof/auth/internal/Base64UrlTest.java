package io.github.ownproof.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** RFC 4648 section 10, without the padding. */
  @ParameterizedTest
  @CsvSource({
    "'',''",
    "f,Zg",
    "fo,Zm8",
    "foo,Zm9v",
    "foob,Zm9vYg",
    "fooba,Zm9vYmE",
    "foobar,Zm9vYmFy"
  })
  void vectors_bothWays(String plain, String encoded) throws MalformedInput {
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);

    assertThat(Base64Url.decode(encoded)).isEqualTo(bytes);
    assertThat(Base64Url.encode(bytes)).isEqualTo(encoded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "AAAAA",
        "Zg==",
        "Zg=",
        "Zm8=",
        "=",
        "==",
        "====",
        "Zm9v=",
        "+A",
        "/A",
        "-+",
        "AA/A",
        " Zg",
        "Zg ",
        "Z g",
        "Zg\n",
        "Zg\r\n",
        "\tZg",
        "Zm9v\n",
        "Z.g",
        "AAAA.",
        "AA\u0000",
        "A\u0000",
        "\u00c1A",
        "\u0410A",
        "\uff21A",
        "A\u00ad",
        "\ud83d\ude00AA",
        "AA,A",
        "AA:A",
        "AA@A",
        "AA[A",
        "AA`A",
        "AA{A",
        "AA?A",
        "AA%A"
      })
  void decode_notCanonical_isMalformed(String text) {
    assertThatThrownBy(() -> Base64Url.decode(text)).isSameAs(MalformedInput.malformed());
  }

  /** Long enough for two of the eights that are decoded at a time, and any rest. */
  @Test
  void decode_everyByteInEveryPlace_onlyTheAlphabet() {
    for (int length = 2; length <= 23; length++) {
      for (int place = 0; place < length; place++) {
        for (int value = 0; value < 256; value++) {
          byte[] ascii = new byte[length];
          Arrays.fill(ascii, (byte) 'A');
          ascii[place] = (byte) value;
          assertAsTheJdk(ascii);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0,64", "1,0", "2,4", "3,16"})
  void decode_everyLastCharacter_onlyWithoutUnusedBits(int rest, int accepted) {
    long count =
        ALPHABET
            .chars()
            .filter(last -> decoded("AAAA" + "A".repeat((rest + 3) % 4) + (char) last) != null)
            .count();

    assertThat(count).isEqualTo(accepted);
  }

  @Test
  void decode_range_readsNothingBeside() throws MalformedInput {
    byte[] ascii = "..Zm9v=Zg".getBytes(StandardCharsets.US_ASCII);

    assertThat(Base64Url.decode(ascii, 2, 6)).isEqualTo(new byte[] {'f', 'o', 'o'});
    assertThat(Base64Url.decode(ascii, 7, 9)).isEqualTo(new byte[] {'f'});
    assertThat(Base64Url.decode(ascii, 2, 2)).isEmpty();
    assertThatThrownBy(() -> Base64Url.decode(ascii, 2, 7)).isSameAs(MalformedInput.malformed());
    assertThatThrownBy(() -> Base64Url.decode(ascii, 1, 5)).isSameAs(MalformedInput.malformed());
  }

  @Property(tries = 2000)
  void encode_anyBytes_decodesToThem(@ForAll byte[] bytes) throws MalformedInput {
    String encoded = Base64Url.encode(bytes);

    assertThat(encoded).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    assertThat(Base64Url.decode(encoded)).isEqualTo(bytes);
  }

  @Property(tries = 2000)
  void decode_anyText_asTheJdkIfCanonical(@ForAll("nearlyEncoded") String text) {
    assertAsTheJdk(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Provide
  Arbitrary<String> nearlyEncoded() {
    Arbitrary<String> clean =
        Arbitraries.strings().withChars(ALPHABET.toCharArray()).ofMaxLength(50);
    Arbitrary<String> dirty =
        Arbitraries.strings().withChars((ALPHABET + "+/=. \n\u00e9").toCharArray()).ofMaxLength(40);
    return Arbitraries.oneOf(clean, dirty);
  }

  /** Canonical is what encoding again gives back. */
  private static void assertAsTheJdk(byte[] ascii) {
    byte[] expected;
    try {
      expected = Base64.getUrlDecoder().decode(ascii);
      byte[] again = Base64.getUrlEncoder().withoutPadding().encode(expected);
      expected = Arrays.equals(again, ascii) ? expected : null;
    } catch (IllegalArgumentException e) {
      expected = null;
    }
    byte[] actual = decoded(new String(ascii, StandardCharsets.ISO_8859_1));
    if (!Arrays.equals(actual, expected)) {
      assertThat(actual).as(Arrays.toString(ascii)).isEqualTo(expected);
    }
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      return Base64Url.decode(text);
    } catch (MalformedInput e) {
      return null;
    }
  }
}
