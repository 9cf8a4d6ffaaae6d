package io.github.ownproof.auth.internal;

import static io.github.ownproof.auth.internal.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3629, and the JDK's own decoder as the second opinion. */
class StrictJsonUtf8Test {

  private static final int[] EDGES = {0x7f, 0x80, 0xbf, 0xc0};

  private static final CharsetDecoder JDK =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        // continuation bytes alone
        "80",
        "bf",
        "8080",
        "6180",
        "80c3a9",
        // never in UTF-8
        "c0",
        "c1",
        "f5",
        "f8",
        "fc",
        "fe",
        "ff",
        "f8888080",
        "fc8480808080",
        // overlong
        "c080",
        "c0af",
        "c1bf",
        "e08080",
        "e080af",
        "e09fbf",
        "f0808080",
        "f08080af",
        "f08fbfbf",
        "c1a9",
        "f880808080",
        // surrogates, alone and as a pair (CESU-8)
        "eda080",
        "edadbf",
        "edb080",
        "edbfbf",
        "eda0bdedb880",
        // beyond U+10FFFF
        "f4908080",
        "f4bfbfbf",
        "f5808080",
        "f7bfbfbf",
        // cut short, by the closing quote, by ASCII, by another start
        "c3",
        "c361",
        "e4",
        "e4b8",
        "e4b861",
        "f0",
        "f09f",
        "f09f98",
        "f09f9861",
        "c3c3a9",
        "e4b8c3a9",
        "f09f98f09f9880",
        "e4e4b8ad",
        // legacy encodings
        "e9",
        "fc6e",
        "a4",
        "fffe7b00"
      })
  void string_notUtf8_isMalformed(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    for (String around : new String[] {"{\"x\":\"#\"}", "{\"#\":1}", "{\"x\":[\"a\\n#b\"]}"}) {
      assertThatThrownBy(() -> StrictJson.object(inserted(around, bytes), JsonLimits.TOKEN))
          .isSameAs(MalformedInput.malformed());
      assertThatThrownBy(() -> StrictJson.document(inserted(around, bytes), JsonLimits.DOCUMENT))
          .isSameAs(MalformedInput.malformed());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"efbbbf", "fffe", "feff", "0000feff", "c2a0", "e28080", "80", "00"})
  void beforeOrAfter_markOrOtherSpace_isMalformed(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    for (String around : new String[] {"#{}", "{}#", "{#}", "{\"x\":#1}"}) {
      assertThatThrownBy(() -> StrictJson.object(inserted(around, bytes), JsonLimits.TOKEN))
          .isSameAs(MalformedInput.malformed());
    }
  }

  @Test
  void wholeText_inUtf16OrUtf32_isMalformed() {
    for (String name : new String[] {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"}) {
      byte[] bytes = "{}".getBytes(Charset.forName(name));
      assertThatThrownBy(() -> StrictJson.object(bytes, JsonLimits.TOKEN))
          .isSameAs(MalformedInput.malformed());
    }
  }

  @Test
  void string_everyCodePoint_readsAsItself() throws MalformedInput {
    for (int point = 0x20; point <= Character.MAX_CODE_POINT; point++) {
      if (point == '"' || point == '\\' || (point >= 0xd800 && point <= 0xdfff)) {
        continue;
      }
      String character = Character.toString(point);
      Object read =
          StrictJson.object(utf8("{\"x\":\"" + character + "\"}"), JsonLimits.TOKEN).get("x");
      if (!character.equals(read)) {
        throw new AssertionError(Integer.toHexString(point));
      }
    }
  }

  @Test
  void string_everyUnitEscaped_readsAsItselfUnlessItIsASurrogate() {
    for (int unit = 0; unit <= 0xffff; unit++) {
      String json = "{\"x\":\"\\u" + HexFormat.of().toHexDigits((char) unit) + "\"}";
      String expected = Character.isSurrogate((char) unit) ? null : String.valueOf((char) unit);
      assertReads(utf8(json), expected);
    }
  }

  @Test
  void string_everyTwoBytes_asTheJdkReadsThem() {
    for (int first = 0x20; first <= 0xff; first++) {
      for (int second = 0x20; second <= 0xff; second++) {
        assertReadsAsTheJdk(first, second);
      }
    }
  }

  @Test
  void string_threeAndFourBytesAtTheEdges_asTheJdkReadsThem() {
    for (int first = 0xc0; first <= 0xff; first++) {
      for (int second = 0x7f; second <= 0xff; second++) {
        for (int third : EDGES) {
          assertReadsAsTheJdk(first, second, third);
          for (int fourth : EDGES) {
            assertReadsAsTheJdk(first, second, third, fourth);
          }
        }
      }
    }
  }

  private static void assertReadsAsTheJdk(int... units) {
    byte[] bytes = new byte[units.length];
    for (int i = 0; i < units.length; i++) {
      if (units[i] == '"' || units[i] == '\\') {
        return;
      }
      bytes[i] = (byte) units[i];
    }
    String expected;
    try {
      expected = JDK.decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      expected = null;
    }
    assertReads(inserted("{\"x\":\"#\"}", bytes), expected);
  }

  private static void assertReads(byte[] json, @Nullable String expected) {
    Object read;
    try {
      read = StrictJson.object(json, JsonLimits.TOKEN).get("x");
    } catch (MalformedInput e) {
      read = null;
    }
    if (expected == null ? read != null : !expected.equals(read)) {
      assertThat(read).as(HexFormat.of().formatHex(json)).isEqualTo(expected);
    }
  }

  private static byte[] inserted(String around, byte[] bytes) {
    int at = around.indexOf('#');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8(around.substring(0, at)));
    out.writeBytes(bytes);
    out.writeBytes(utf8(around.substring(at + 1)));
    return out.toByteArray();
  }
}
