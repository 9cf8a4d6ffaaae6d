package io.github.ownproof.auth.internal;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Writes random objects in random spellings, and what each should be {@link Samples#shown} as. */
final class JsonWriter {

  private static final int[] SPACES = {' ', '\t', '\r', '\n'};

  private final SplittableRandom random;
  private final StringBuilder meant = new StringBuilder();

  JsonWriter(SplittableRandom random) {
    this.random = random;
  }

  String meant() {
    return meant.toString();
  }

  String object(int depth) {
    StringBuilder json = new StringBuilder(space()).append('{').append(space());
    meant.append('{');
    Set<String> names = new LinkedHashSet<>();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 40 : 6); i > 0; i--) {
      names.add(text());
    }
    String separator = "";
    for (String name : names) {
      json.append(separator).append(space()).append(spelled(name)).append(space()).append(':');
      meant.append(separator.isEmpty() ? "" : ", ").append(name).append('=');
      json.append(value(depth + 1)).append(space());
      separator = ",";
    }
    meant.append('}');
    return json.append('}').append(space()).toString();
  }

  private String array(int depth) {
    StringBuilder json = new StringBuilder("[");
    meant.append('[');
    for (int i = random.nextInt(5), n = 0; n < i; n++) {
      json.append(n == 0 ? "" : ",").append(space());
      meant.append(n == 0 ? "" : ", ");
      json.append(value(depth + 1)).append(space());
    }
    meant.append(']');
    return json.append(space()).append(']').toString();
  }

  private String value(int depth) {
    String json;
    switch (random.nextInt(depth > 4 ? 6 : 8)) {
      case 0 -> {
        String text = text();
        meant.append('\'').append(text).append('\'');
        json = spelled(text);
      }
      case 1 -> {
        long whole = random.nextLong(-999_999_999_999_999_999L, 1_000_000_000_000_000_000L);
        json = Long.toString(whole >> random.nextInt(60));
        meant.append(json);
      }
      case 2 -> {
        json = random.nextInt(-999, 999) + "." + random.nextInt(999) + exponent();
        meant.append("dec ").append(new BigDecimal(json));
      }
      case 3 -> json = word("true", "true");
      case 4 -> json = word("false", "false");
      case 5 -> json = word("null", "NULL");
      case 6 -> json = array(depth);
      default -> json = object(depth);
    }
    return space() + json + space();
  }

  private String word(String json, String shown) {
    meant.append(shown);
    return json;
  }

  private String exponent() {
    return switch (random.nextInt(4)) {
      case 0 -> "e" + random.nextInt(300);
      case 1 -> "E+" + random.nextInt(300);
      case 2 -> "e-" + random.nextInt(1000);
      default -> "";
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(4);
    for (int i = random.nextInt(12); i > 0; i--) {
      int point =
          switch (random.nextInt(kind + 1)) {
            case 0 -> random.nextInt('a', 'z' + 1);
            case 1 -> random.nextInt(0x80);
            case 2 -> random.nextInt(0xd800);
            default -> random.nextInt(0xe000, 0x110000);
          };
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  private String spelled(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              boolean must = point < 0x20 || point == '"' || point == '\\';
              if (must || random.nextInt(8) == 0) {
                for (char unit : Character.toChars(point)) {
                  json.append(
                      String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit));
                }
              } else {
                json.appendCodePoint(point);
              }
            });
    return json.append('"').toString();
  }

  private String space() {
    return random.nextInt(6) == 0 ? Character.toString(SPACES[random.nextInt(4)]) : "";
  }
}
