package io.github.ownproof.auth.internal;

import static io.github.ownproof.auth.internal.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  private static JsonObject read(String json) throws MalformedInput {
    return StrictJson.object(utf8(json), JsonLimits.TOKEN);
  }

  @Test
  void get_byExactNameOnly() throws MalformedInput {
    JsonObject object = read("{\"sub\":\"a\",\"Sub\":\"b\",\"\":\"c\",\"value\":\"sub\"}");

    assertThat(object.get("sub")).isEqualTo("a");
    assertThat(object.get("Sub")).isEqualTo("b");
    assertThat(object.get("")).isEqualTo("c");
    assertThat(object.get("SUB")).isNull();
    assertThat(object.get("sub ")).isNull();
    assertThat(object.get("b")).isNull();
    assertThat(object.has("b")).isFalse();
  }

  @Test
  void null_isAValue() throws MalformedInput {
    JsonObject object = read("{\"exp\":null}");

    assertThat(object.has("exp")).isTrue();
    assertThat(object.get("exp")).isSameAs(JsonObject.Null.NULL);
    assertThat(object.has("nbf")).isFalse();
  }

  @Test
  void names_inOrderAndUnmodifiable() throws MalformedInput {
    JsonObject object = read("{\"b\":1,\"a\":2,\"c\":{\"d\":3}}");

    assertThat(object.names()).containsExactly("b", "a", "c");
    assertThat(object.size()).isEqualTo(3);
    assertThatThrownBy(() -> object.names().set(0, "x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @SuppressWarnings("unchecked")
  void list_isUnmodifiable() throws MalformedInput {
    for (String json : List.of("{\"a\":[]}", "{\"a\":[1]}", "{\"a\":[1,2]}", "{\"a\":[1,2,3]}")) {
      List<Object> list = (List<Object>) read(json).get("a");
      assertThatThrownBy(() -> list.add(1L)).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void toString_showsNothingOfTheContent() throws MalformedInput {
    JsonObject object = read("{\"canary\":\"canary\",\"a\":[{\"canary\":1}]}");

    assertThat(object).hasToString("JsonObject(2 members)");
    assertThat(object.get("a").toString()).doesNotContain("canary");
  }
}
