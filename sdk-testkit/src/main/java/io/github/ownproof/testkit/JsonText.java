package io.github.ownproof.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON; it can also be told to write what is none. */
final class JsonText {

  private JsonText() {}

  /** A text that goes into the JSON as it is. */
  record Raw(String text) {}

  /**
   * The JSON of a value: null, a string, boolean or number, a {@link Raw}, a list or a map of
   * these.
   *
   * @throws IllegalArgumentException for anything else
   */
  static String of(@Nullable Object value) {
    if (value == null || value instanceof Boolean || value instanceof Number) {
      return String.valueOf(value);
    }
    if (value instanceof Raw raw) {
      return raw.text();
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof List<?> list) {
      List<String> elements = new ArrayList<>();
      list.forEach(element -> elements.add(of(element)));
      return "[" + String.join(",", elements) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((name, member) -> members.add(quoted(String.valueOf(name)) + ":" + of(member)));
      return "{" + String.join(",", members) + "}";
    }
    throw new IllegalArgumentException("No JSON for a " + value.getClass().getName());
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || (Character.isSurrogate(c) && !paired(text, i))) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private static boolean paired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
