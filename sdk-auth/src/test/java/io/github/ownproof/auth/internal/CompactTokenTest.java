package io.github.ownproof.auth.internal;

import static io.github.ownproof.auth.internal.Samples.CLAIMS;
import static io.github.ownproof.auth.internal.Samples.HEADER;
import static io.github.ownproof.auth.internal.Samples.encoded;
import static io.github.ownproof.auth.internal.Samples.parse;
import static io.github.ownproof.auth.internal.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactTokenTest {

  private static final String H = encoded(utf8(HEADER));
  private static final String P = encoded(utf8(CLAIMS));
  private static final String TOKEN = H + "." + P + ".AQID";

  @Test
  void parse_wellFormed_givesItsParts() throws MalformedInput {
    byte[] ascii = CompactToken.ascii(TOKEN, 10_000);
    CompactToken token = CompactToken.parse(ascii);

    assertThat(token.header().get("alg")).isEqualTo("RS256");
    assertThat(token.unverifiedPayload().get("sub")).isEqualTo("248289761001");
    assertThat(token.unverifiedPayload().get("aud"))
        .isEqualTo(List.of("https://api.example.com", "https://b.example.com"));
    assertThat(token.signature()).containsExactly(1, 2, 3);
    assertThat(token.ascii()).isSameAs(ascii);
    assertThat(new String(token.ascii(), 0, token.signingInputLength(), StandardCharsets.US_ASCII))
        .isEqualTo(H + "." + P);
  }

  /** RFC 7515 appendix A.1, whose JSON has line breaks in it. */
  @Test
  void parse_rfc7515AppendixA1_isRead() throws MalformedInput {
    CompactToken token =
        parse(
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    assertThat(token.header().names()).containsExactly("typ", "alg");
    assertThat(token.unverifiedPayload().get("iss")).isEqualTo("joe");
    assertThat(token.unverifiedPayload().get("exp")).isEqualTo(1300819380L);
    assertThat(token.unverifiedPayload().get("http://example.com/is_root")).isEqualTo(true);
    assertThat(token.signature()).hasSize(32);
  }

  @Test
  void parse_unsecured_hasAnEmptySignature() throws MalformedInput {
    CompactToken token = parse(encoded(utf8("{\"alg\":\"none\"}")) + "." + P + ".");

    assertThat(token.signature()).isEmpty();
    assertThat(token.header().get("alg")).isEqualTo("none");
  }

  static List<String> malformed() {
    List<String> bad = new ArrayList<>();
    // parts
    bad.addAll(
        List.of(
            "",
            ".",
            "..",
            "...",
            ".....",
            H,
            H + ".",
            H + "." + P,
            "." + P + ".AQID",
            H + "..AQID",
            H + ".",
            "." + TOKEN,
            TOKEN + ".",
            TOKEN + ".AQID",
            TOKEN + "....",
            TOKEN + "." + TOKEN,
            H + "." + P + ".AQID.AQID",
            TOKEN + ".AA.AA.AA",
            "..AQID",
            ".".repeat(1000)));
    // around
    for (String around :
        List.of(
            " ", "\n", "\r\n", "\t", "\0", "\"", "'", "Bearer ", "bearer ", "DPoP ", "=", "\ufeff",
            "\u00a0", "\u200b", ",", ";", "?", "#", "%", "~", "@")) {
      bad.add(around + TOKEN);
      bad.add(TOKEN + around);
      bad.add(H + around + "." + P + ".AQID");
      bad.add(H + "." + around + P + ".AQID");
      bad.add(H + "." + P + "." + around + "AQID");
      bad.add(H + "." + P + ".AQ" + around + "ID");
    }
    // padding, the other alphabet, unused bits, impossible lengths
    for (String signature :
        List.of(
            "AQ==", "AQ=", "AQI=", "AQID=", "A+ID", "A/ID", "AR", "AB", "AQJ", "AQL", "A", "AQIDA",
            "AQIDAR", "AQIDAQJ", "====", "=")) {
      bad.add(H + "." + P + "." + signature);
    }
    bad.add(H + "=." + P + ".AQID");
    bad.add(H + "." + P + "=.AQID");
    // look-alikes of a letter, a dot, a hyphen, an underscore
    bad.add(TOKEN.replaceFirst("e", "\u0435"));
    bad.add(TOKEN.replaceFirst("J", "\uff2a"));
    bad.add(TOKEN.replaceFirst("J", "\u014a"));
    bad.add(TOKEN.replaceFirst("\\.", ".."));
    bad.add(TOKEN.replaceFirst("\\.", "\uff0e"));
    bad.add(TOKEN.replaceFirst("\\.", "\u2024"));
    bad.add(TOKEN.replaceFirst("\\.", "\u012e"));
    bad.add(TOKEN.replaceFirst("\\.", "\u00ae"));
    bad.add(TOKEN.replaceFirst("\\.", "\u3002"));
    bad.add(H + "." + P + ".AQI\u2010");
    bad.add(H + "." + P + ".AQI\ud83d\ude00");
    bad.add(H + "." + P + ".AQI\ud83d");
    bad.add(H + "." + P + ".\u00c1QID");
    // what is encrypted would be all of the alphabet
    bad.add("AA.AA.AA.AA.A ");
    bad.add("AA.AA.AA.AA.A=");
    bad.add("A\u0410.AA.AA.AA.AA");
    // header and payload that are no objects
    for (String json :
        List.of(
            "[]",
            "[[\"alg\",\"RS256\"]]",
            "null",
            "\"a\"",
            "1",
            " ",
            "{}{}",
            "{",
            "{\"a\":1,}",
            "\ufeff{}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":{\"b\":1,\"b\":1}}",
            "{\"a\":\"\\ud800\"}",
            "{'a':1}",
            "{}\0",
            "hello")) {
      bad.add(encoded(utf8(json)) + "." + P + ".AQID");
      bad.add(H + "." + encoded(utf8(json)) + ".AQID");
    }
    bad.add(H + "." + encoded(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}) + ".AQID");
    // the JSON serialization, and an encoded token
    bad.add("{\"payload\":\"" + P + "\",\"protected\":\"" + H + "\",\"signature\":\"AQID\"}");
    bad.add(encoded(utf8(TOKEN)));
    bad.add(TOKEN.replace(".", "%2E"));
    return bad;
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void parse_anyOtherForm_isMalformed(String token) {
    assertThatThrownBy(() -> parse(token)).isSameAs(MalformedInput.malformed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AA.AA.AA.AA.AA", "eyJhbGciOiJkaXIifQ..AA.AA.AA", "a.b.c.d.e", "AA....AA"})
  void parse_fiveParts_isEncrypted(String token) {
    assertThatThrownBy(() -> parse(token)).isSameAs(MalformedInput.encrypted());
  }

  @Test
  void parse_aMillionDots_isMalformed() {
    assertThatThrownBy(() -> CompactToken.parse(utf8(".".repeat(1_000_000))))
        .isSameAs(MalformedInput.malformed());
  }

  @Test
  void parse_duplicateNamesInTheHeaderOrTheClaims_areMalformed() {
    String twice = encoded(utf8("{\"alg\":\"none\",\"alg\":\"RS256\"}"));

    assertThatThrownBy(() -> parse(twice + "." + P + ".AQID")).isSameAs(MalformedInput.malformed());
    assertThatThrownBy(() -> parse(H + "." + twice + ".AQID")).isSameAs(MalformedInput.malformed());
  }

  @Test
  void ascii_longerThanTheLimit_isTooLarge() throws MalformedInput {
    assertThat(CompactToken.ascii("a".repeat(100), 100)).hasSize(100);
    assertThatThrownBy(() -> CompactToken.ascii("a".repeat(101), 100))
        .isSameAs(MalformedInput.tooLarge());
    assertThatThrownBy(() -> CompactToken.ascii("\u4e2d".repeat(101), 100))
        .isSameAs(MalformedInput.tooLarge());
    assertThatThrownBy(() -> CompactToken.ascii(TOKEN, TOKEN.length() - 1))
        .isSameAs(MalformedInput.tooLarge());
    assertThat(CompactToken.ascii(TOKEN, TOKEN.length())).isEqualTo(utf8(TOKEN));
  }

  @Test
  void parse_everySingleCharacterReplaced_isRefusedOrAnotherToken() throws MalformedInput {
    for (int place = 0; place < TOKEN.length(); place++) {
      for (char other = 0; other < 0x180; other++) {
        if (other == TOKEN.charAt(place)) {
          continue;
        }
        String changed = TOKEN.substring(0, place) + other + TOKEN.substring(place + 1);
        try {
          FrontDoorFuzzTest.assertOneSpelling(changed, parse(changed));
        } catch (MalformedInput refused) {
          continue;
        }
        assertThat(other).isLessThan((char) 0x7f);
      }
    }
  }

  @Test
  void toString_showsNothingOfTheContent() throws MalformedInput {
    assertThat(parse(TOKEN)).hasToString("CompactToken");
  }
}
