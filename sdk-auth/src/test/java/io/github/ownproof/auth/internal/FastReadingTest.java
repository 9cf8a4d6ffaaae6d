package io.github.ownproof.auth.internal;

import static io.github.ownproof.auth.internal.Samples.encoded;
import static io.github.ownproof.auth.internal.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is done eight bytes at a time, by a table or from memory, beside the plain way to do it. */
class FastReadingTest {

  @Property(tries = 2000)
  void words_anyBytes_findWhatALoopFinds(
      @ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 40) int start) {
    int from = Math.min(start, bytes.length);

    assertThat(Words.indexOf(bytes, '.', from)).isEqualTo(slowIndexOf(bytes, '.', from));
    assertThat(Words.endOfPlainText(bytes, from)).isEqualTo(slowEndOfPlainText(bytes, from));
  }

  /** Each byte at each place, between neighbours that could make a subtraction borrow. */
  @Test
  void words_everyByteEverywhere_isFound() {
    for (int length = 1; length <= 24; length++) {
      for (int at = 0; at < length; at++) {
        for (int value = 0; value < 256; value++) {
          for (char neighbour : new char[] {'!', '#', '/', ']', '~', '-', ' '}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) neighbour);
            bytes[at] = (byte) value;
            // Not by an assertion each: there are hundreds of thousands of them.
            if (Words.endOfPlainText(bytes, 0) != slowEndOfPlainText(bytes, 0)
                || Words.indexOf(bytes, '.', 0) != slowIndexOf(bytes, '.', 0)) {
              throw new AssertionError(
                  value + " at " + at + " of " + length + " between " + neighbour);
            }
          }
        }
      }
    }
  }

  @Test
  void wellKnownName_bytes_isThatOfTheString() {
    for (WellKnownName name : WellKnownName.values()) {
      String text = name.text();
      for (String candidate :
          List.of(
              text,
              text + "x",
              "x" + text,
              text.substring(1),
              text.substring(0, text.length() - 1),
              text.toUpperCase(java.util.Locale.ROOT),
              text + text,
              text + "\0")) {
        for (int padding = 0; padding < 10; padding++) {
          byte[] json = utf8("\"" + candidate + "\"" + " ".repeat(padding));
          assertThat(WellKnownName.of(json, 1, 1 + candidate.length()))
              .as(candidate)
              .isSameAs(WellKnownName.of(candidate));
        }
      }
      assertThat(WellKnownName.of(text)).isSameAs(name);
    }
  }

  /** Every byte counts, also beyond the eighth, and as much in the name that JSON is read to. */
  @Test
  void wellKnownName_oneByteChanged_isAnotherName() throws MalformedInput {
    for (WellKnownName name : WellKnownName.values()) {
      for (int at = 0; at < name.text().length(); at++) {
        for (char other : "aZ_~9".toCharArray()) {
          String changed = name.text().substring(0, at) + other + name.text().substring(at + 1);
          byte[] json = utf8("{\"" + changed + "\":\"v\"}");
          assertThat(WellKnownName.of(json, 2, 2 + changed.length()))
              .as(changed)
              .isSameAs(WellKnownName.of(changed));
          JsonObject object = StrictJson.object(json, JsonLimits.TOKEN);
          assertThat(object.name(0)).isEqualTo(changed);
          assertThat(object.has(name)).as(changed).isEqualTo(changed.equals(name.text()));
        }
      }
    }
  }

  /** Two names that are alike in length and in their first eight bytes stand beside each other. */
  @Test
  void object_nameBesideItsLookAlike_isNoDuplicate() throws MalformedInput {
    JsonObject object =
        StrictJson.object(
            utf8("{\"client_id\":\"a\",\"client_ie\":\"b\",\"email_verifies\":1}"),
            JsonLimits.TOKEN);

    assertThat(object.get(WellKnownName.CLIENT_ID)).isEqualTo("a");
    assertThat(object.get("client_ie")).isEqualTo("b");
    assertThat(object.has(WellKnownName.EMAIL_VERIFIED)).isFalse();
  }

  /** A byte that ends a string, or may not stand in one, at every place of it. */
  @Test
  void string_specialByteAtEachPlace_isSeen() throws MalformedInput {
    for (int at = 0; at <= 16; at++) {
      String before = "{\"k\":\"" + "x".repeat(at);
      String after = "y".repeat(16 - at) + "\"}";
      assertThat(read(before + "\\n" + after)).isEqualTo("x".repeat(at) + "\n" + rest(at));
      assertThat(read(before + "\u00e9" + after)).isEqualTo("x".repeat(at) + "\u00e9" + rest(at));
      assertThat(read(before + "\u007f" + after)).isEqualTo("x".repeat(at) + "\u007f" + rest(at));
      for (String bad : List.of("\"", "\n", "\0", "\u001f", "\\x", "\\")) {
        if (!bad.equals("\\") || at < 16) {
          assertThatThrownBy(() -> read(before + bad + after))
              .as("%s at %s", bad, before)
              .isSameAs(MalformedInput.malformed());
        }
      }
      byte[] notUtf8 = utf8(before + "?" + after);
      notUtf8[before.length()] = (byte) 0xff;
      assertThatThrownBy(() -> StrictJson.object(notUtf8, JsonLimits.TOKEN))
          .isSameAs(MalformedInput.malformed());
    }
  }

  private static Object read(String json) throws MalformedInput {
    return StrictJson.object(utf8(json), JsonLimits.TOKEN).value(0);
  }

  private static String rest(int at) {
    return "y".repeat(16 - at);
  }

  @Test
  void wellKnownNames_haveBitsOfTheirOwn() {
    long seen = 0;
    for (WellKnownName name : WellKnownName.values()) {
      assertThat(seen & name.bit()).as(name.text()).isZero();
      seen |= name.bit();
    }
    assertThat(WellKnownName.values().length).isLessThanOrEqualTo(Long.SIZE);
  }

  /** However a name is spelled, both ways to ask for it give the same. */
  @Property(tries = 300)
  void object_wellKnownAndOtherNames_isAskedEitherWay(@ForAll long seed) throws MalformedInput {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder json = new StringBuilder("{\"first\":0");
    for (WellKnownName name : WellKnownName.values()) {
      if (random.nextBoolean()) {
        json.append(",\"").append(spelled(name.text(), random)).append("\":");
        json.append(random.nextInt(4) == 0 ? "null" : "\"" + name.text() + "\"");
      }
      if (random.nextInt(4) == 0) {
        json.append(",\"").append(name.text()).append("~\":1");
      }
    }
    JsonObject object = StrictJson.object(utf8(json.append('}').toString()), JsonLimits.TOKEN);

    for (WellKnownName name : WellKnownName.values()) {
      assertThat(object.get(name)).isSameAs(object.get(name.text()));
      assertThat(object.has(name)).isEqualTo(object.names().contains(name.text()));
      assertThat(object.hasAny(NameSet.of(name))).isEqualTo(object.has(name));
    }
    for (int i = 0; i < object.size(); i++) {
      assertThat(object.wellKnownName(i)).isSameAs(WellKnownName.of(object.name(i)));
      assertThat(object.value(i)).isSameAs(object.get(object.name(i)));
    }
  }

  @Property(tries = 300)
  void object_anyNameTwice_isMalformedHoweverSpelled(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    WellKnownName[] all = WellKnownName.values();
    String known = all[random.nextInt(all.length)].text();
    String twice = random.nextBoolean() ? known : known + random.nextInt(10);
    StringBuilder json = new StringBuilder("{");
    int members = random.nextInt(2, 40);
    int again = random.nextInt(1, members);
    for (int i = 0; i < members; i++) {
      String name = i == 0 || i == again ? spelled(twice, random) : "claim " + i;
      json.append(i == 0 ? "\"" : ",\"").append(name).append("\":").append(i);
    }

    assertThatThrownBy(() -> StrictJson.object(utf8(json + "}"), JsonLimits.TOKEN))
        .isSameAs(MalformedInput.malformed());
  }

  @Test
  void parse_mutated_endsAsWithoutMemoryAndAsTheDotsSay() throws MalformedInput {
    KnownHeaders headers = new KnownHeaders();
    String token = Samples.token();
    headers.remember(CompactToken.parse(utf8(token)));
    SplittableRandom random = new SplittableRandom(20261123L);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] ascii = utf8(token);
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(random.nextBoolean() ? 80 : ascii.length);
        ascii[at] = (byte) "AQgw._=+-z\n".charAt(random.nextInt(11));
      }
      String outcome = outcome(ascii, null);
      assertThat(outcome(ascii, headers)).isEqualTo(outcome);
      long dots =
          new String(ascii, StandardCharsets.ISO_8859_1).chars().filter(c -> c == '.').count();
      if (dots != 2) {
        assertThat(outcome).isIn("MALFORMED", "ENCRYPTED");
        assertThat(outcome.equals("ENCRYPTED") && dots != 4).isFalse();
      }
      read += outcome.startsWith("{") ? 1 : 0;
    }
    assertThat(read).isBetween(1000, 19_000);
  }

  @Test
  void knownHeaders_thousandsOfThem_giveWhatReadingGivesAndStayFew() throws MalformedInput {
    KnownHeaders headers = new KnownHeaders();
    int found = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] ascii = ascii("{\"alg\":\"RS256\",\"kid\":\"" + i + "\"}");
      CompactToken token = CompactToken.parse(ascii, headers);
      headers.remember(token);
      assertThat(headers.find(ascii, token.headerLength())).isSameAs(token.header());
      assertThat(token.header().get("kid")).isEqualTo("" + i);
    }
    for (int i = 0; i < 5_000; i++) {
      byte[] ascii = ascii("{\"alg\":\"RS256\",\"kid\":\"" + i + "\"}");
      JsonObject known = headers.find(ascii, CompactToken.parse(ascii).headerLength());
      if (known != null) {
        found++;
        assertThat(known.get("kid")).isEqualTo("" + i);
      }
    }
    assertThat(found).isBetween(1, 16);
  }

  @Test
  void knownHeaders_longHeader_isNotRemembered() throws MalformedInput {
    KnownHeaders headers = new KnownHeaders();
    byte[] ascii = ascii("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(600) + "\"}");
    CompactToken token = CompactToken.parse(ascii, headers);
    headers.remember(token);

    assertThat(headers.find(ascii, token.headerLength())).isNull();
  }

  private static byte[] ascii(String header) {
    return utf8(Samples.token(header, Samples.CLAIMS, new byte[] {1}));
  }

  private static String outcome(byte[] ascii, @Nullable KnownHeaders headers) {
    try {
      CompactToken token = CompactToken.parse(ascii.clone(), headers);
      return Samples.shown(token.header())
          + Samples.shown(token.unverifiedPayload())
          + encoded(token.signature())
          + token.headerLength()
          + token.signingInputLength();
    } catch (MalformedInput e) {
      return e.problem().name();
    }
  }

  /** Some characters as escapes. */
  private static String spelled(String name, SplittableRandom random) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(random.nextInt(6) == 0 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return out.toString();
  }

  private static int slowIndexOf(byte[] bytes, char ascii, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == ascii) {
        return i;
      }
    }
    return -1;
  }

  private static int slowEndOfPlainText(byte[] json, int from) {
    int i = from;
    while (i < json.length && json[i] >= ' ' && json[i] != '"' && json[i] != '\\') {
      i++;
    }
    return i;
  }
}
