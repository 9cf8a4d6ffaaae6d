package io.github.ownproof.auth.internal;

import static io.github.ownproof.auth.internal.Samples.shown;
import static io.github.ownproof.auth.internal.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "[{}]",
        "[[\"iss\",\"a\"]]",
        "\"a\"",
        "1",
        "null",
        "true",
        "{}{}",
        "{},{}",
        "{},",
        "{} x",
        "{}\u0000",
        "{} {",
        "{}//",
        "{}/**/",
        "/**/{}",
        "\ufeff{}",
        "\u00a0{}",
        "{}]",
        "x{}",
        "{",
        "}",
        "{\"a\":1",
        "\u0000{}"
      })
  void object_notOneObject_isMalformed(String json) {
    assertMalformed(json);
  }

  @Test
  void object_whiteSpaceAround_isRead() throws MalformedInput {
    assertThat(StrictJson.object(utf8(" \t\r\n{} \t\r\n"), JsonLimits.TOKEN).size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":2,\"a\":3}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"\":1,\"\":2}",
        "{\"/\":1,\"\\/\":2}",
        "{\"\u00e9\":1,\"\\u00E9\":2}",
        "{\"\ud83d\ude00\":1,\"\\ud83d\\ude00\":2}",
        "{\"a\":null,\"a\":null}",
      })
  void duplicateNames_atAnyDepth_areMalformed(String object) throws MalformedInput {
    assertMalformed(object);
    assertThatThrownBy(() -> StrictJson.document(utf8(object), JsonLimits.DOCUMENT))
        .isSameAs(MalformedInput.malformed());
    for (String around :
        List.of("{\"x\":#}", "{\"x\":[#]}", "{\"x\":{\"y\":#}}", "{\"x\":[1,[{\"y\":[#,2]}]]}")) {
      String json = around.replace("#", object);
      assertThatThrownBy(() -> StrictJson.object(utf8(json), JsonLimits.TOKEN))
          .isSameAs(MalformedInput.malformed());
      assertThat(shown(StrictJson.document(utf8(json), JsonLimits.DOCUMENT)))
          .isEqualTo(
              shown(StrictJson.document(utf8(around.replace("#", "null")), JsonLimits.TOKEN)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 15, 16, 17, 18, 100, 255, 256})
  void duplicateNames_whereverTheyStand_areFound(int members) throws MalformedInput {
    assertThat(StrictJson.object(utf8(members(names(members))), JsonLimits.TOKEN).size())
        .isEqualTo(members);
    for (int first : new int[] {0, (members - 1) / 2, members - 2}) {
      for (int second : new int[] {first + 1, members - 1}) {
        List<String> names = names(members);
        names.set(second, names.get(first));
        assertMalformed(members(names));
      }
    }
  }

  @Test
  void duplicateNames_ofOneHashCode_areToldApart() throws MalformedInput {
    List<String> names =
        IntStream.range(0, 256)
            .mapToObj(
                i ->
                    IntStream.range(0, 8)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
            .collect(Collectors.toList());
    assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);

    assertThat(StrictJson.object(utf8(members(names)), JsonLimits.TOKEN).names()).isEqualTo(names);
    names.set(255, names.get(100));
    assertMalformed(members(names));
  }

  @Test
  void document_duplicatesInOneElement_theOthersSurvive() throws MalformedInput {
    String json =
        "{\"keys\":[{\"kid\":\"a\"},{\"kid\":\"b\",\"kid\":\"c\",\"x\":[1]},{\"kid\":\"d\"}]}";

    assertThat(shown(StrictJson.document(utf8(json), JsonLimits.DOCUMENT)))
        .isEqualTo("{keys=[{kid='a'}, NULL, {kid='d'}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\":[{\"a\":1,\"a\":}]}",
        "{\"x\":[{\"a\":1,\"a\":01}]}",
        "{\"x\":[{\"a\":1,\"a\":2]}",
        "{\"x\":[{\"a\":1,\"a\":2}}",
        "{\"x\":[{\"a\":1,\"a\":\"\\ud800\"}]}",
      })
  void document_duplicatesAndNotJson_isMalformed(String json) {
    assertThatThrownBy(() -> StrictJson.document(utf8(json), JsonLimits.DOCUMENT))
        .isSameAs(MalformedInput.malformed());
  }

  @Test
  void depth_upToTheLimit_isReadAndNoFurther() throws MalformedInput {
    for (String[] brackets : new String[][] {{"[", "]"}, {"{\"x\":", "}"}}) {
      String inner = brackets[0].startsWith("{") ? "0" : "";
      JsonObject deepest = StrictJson.object(utf8(nested(31, brackets, inner)), JsonLimits.TOKEN);
      assertThat(deepest.size()).isEqualTo(1);
      assertMalformed(nested(32, brackets, inner));
      assertMalformed(nested(10_000, brackets, inner));
      assertMalformed("{\"x\":" + brackets[0].repeat(1_000_000));
    }
    assertThat(StrictJson.object(utf8("{}"), new JsonLimits(1, 1, 1)).size()).isZero();
    assertThatThrownBy(() -> StrictJson.object(utf8("{\"a\":[]}"), new JsonLimits(1, 1, 1)))
        .isSameAs(MalformedInput.malformed());
  }

  @Test
  void depth_manyBesideEachOther_isNotDepth() throws MalformedInput {
    String json = "{\"x\":[" + "[[]],".repeat(255) + "{}]}";

    assertThat((List<?>) StrictJson.object(utf8(json), JsonLimits.TOKEN).get("x")).hasSize(256);
  }

  @Test
  void members_upToTheLimit_areReadAndNoMore() throws MalformedInput {
    assertThat(StrictJson.object(utf8(members(names(256))), JsonLimits.TOKEN).size())
        .isEqualTo(256);
    assertMalformed(members(names(257)));
    assertThat(StrictJson.document(utf8(members(names(1024))), JsonLimits.DOCUMENT).size())
        .isEqualTo(1024);
    assertThatThrownBy(() -> StrictJson.document(utf8(members(names(1025))), JsonLimits.DOCUMENT))
        .isSameAs(MalformedInput.malformed());
  }

  @Test
  void elements_upToTheLimit_areReadAndNoMore() throws MalformedInput {
    String most = "{\"x\":[" + "0,".repeat(4095) + "0]}";

    assertThat((List<?>) StrictJson.object(utf8(most), JsonLimits.TOKEN).get("x")).hasSize(4096);
    assertMalformed(most.replace("[", "[0,"));
  }

  @Test
  void document_duplicatesBeyondTheMembers_areMalformed() {
    String json = "{\"x\":{" + "\"a\":1,".repeat(1024) + "\"a\":1}}";

    assertThatThrownBy(() -> StrictJson.document(utf8(json), JsonLimits.DOCUMENT))
        .isSameAs(MalformedInput.malformed());
  }

  @Test
  void cutShort_atEveryByte_isMalformed() throws MalformedInput {
    byte[] whole = utf8(Samples.CLAIMS);
    assertThat(StrictJson.object(whole, JsonLimits.TOKEN).size()).isEqualTo(10);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> StrictJson.object(cut, JsonLimits.TOKEN))
          .isSameAs(MalformedInput.malformed());
    }
  }

  @Test
  void malformed_tellsNothing() {
    MalformedInput refused =
        catchThrowableOfType(
            MalformedInput.class,
            () -> StrictJson.object(utf8("{\"canary\":\"canary\"x"), JsonLimits.TOKEN));

    assertThat(refused.problem()).isEqualTo(MalformedInput.Problem.MALFORMED);
    assertThat(refused).hasMessage("MALFORMED").hasNoCause();
    assertThat(refused.getStackTrace()).isEmpty();
    refused.addSuppressed(new IllegalStateException("canary"));
    assertThat(refused).hasNoSuppressedExceptions();
  }

  private static void assertMalformed(String json) {
    assertThatThrownBy(() -> StrictJson.object(utf8(json), JsonLimits.TOKEN))
        .isSameAs(MalformedInput.malformed());
  }

  private static String nested(int levels, String[] brackets, String inner) {
    return "{\"x\":" + brackets[0].repeat(levels) + inner + brackets[1].repeat(levels) + "}";
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "name" + i).collect(Collectors.toList());
  }

  private static String members(List<String> names) {
    return names.stream()
        .map(name -> "\"" + name + "\":0")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
