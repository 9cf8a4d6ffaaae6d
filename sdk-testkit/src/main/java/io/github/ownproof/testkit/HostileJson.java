package io.github.ownproof.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Headers and payloads that are no JSON object in UTF-8, or that two readers read differently. */
final class HostileJson {

  private static final String OBJECT = "RFC 7519 section 7.2";
  private static final String UNIQUE = "RFC 7515 section 4, RFC 7519 section 4";
  private static final String GRAMMAR = "RFC 8259";
  private static final String UTF8 = "RFC 8259 section 8.1, RFC 3629";
  private static final String BOUNDS = "RFC 8259 section 9";

  private HostileJson() {}

  static void addTo(HostileFamily family) {
    addPayloads(family);
    addHeaders(family);
    addDuplicates(family);
    addGrammar(family);
    addBytes(family);
    addBounds(family);
  }

  private static void addPayloads(HostileFamily family) {
    String claims = family.valid().payloadJson();
    Map<String, String> payloads = new LinkedHashMap<>();
    payloads.put("empty", "");
    payloads.put("white space", " ");
    payloads.put("null", "null");
    payloads.put("true", "true");
    payloads.put("a number", "42");
    payloads.put("a string", "\"claims\"");
    payloads.put("a JSON text in a string", JsonText.quoted(claims));
    payloads.put("an array", "[]");
    payloads.put("an array of the claims", "[" + claims + "]");
    payloads.put("an array of pairs", pairs(family));
    payloads.put("a form", "iss=https://login.example.com&sub=user-1");
    payloads.put("not closed", claims.substring(0, claims.length() - 1));
    payloads.put("closed twice", claims + "}");
    payloads.put("twice", claims + claims);
    payloads.put("followed by text", claims + "x");
    payloads.put("followed by a comma", claims + ",");
    payloads.put("followed by a NUL", claims + "\0");
    payloads.put("followed by another value", claims + " null");
    payloads.put("after a comment", "/* */" + claims);
    payloads.put("before a comment", claims + "// x");
    payloads.put("after a byte order mark", "\ufeff" + claims);
    payloads.put("after a no-break space", "\u00a0" + claims);
    payloads.put("after a form feed", "\f" + claims);
    payloads.put("after a guard against scripts", ")]}'\n" + claims);
    payloads.forEach(
        (name, json) ->
            family.add("payload " + name, OBJECT, "MALFORMED", family.valid().rawPayload(json)));
  }

  private static void addHeaders(HostileFamily family) {
    String header = family.valid().headerJson();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("white space", " ");
    headers.put("null", "null");
    headers.put("a string", JsonText.quoted(header));
    headers.put("an array", "[" + header + "]");
    headers.put("an array of pairs", "[[\"alg\",\"RS256\"],[\"typ\",\"at+jwt\"]]");
    headers.put("not closed", header.substring(0, header.length() - 1));
    headers.put("twice", header + header);
    headers.put("followed by text", header + "x");
    headers.put("after a byte order mark", "\ufeff" + header);
    headers.put("with a comment", header.replace("{", "{/**/"));
    headers.put("with single quotes", header.replace('"', '\''));
    headers.put("with a comma too many", header.replace("}", ",}"));
    headers.forEach(
        (name, json) ->
            family.add(
                "header " + name,
                "RFC 7515 section 4",
                "MALFORMED",
                family.valid().rawHeader(json)));
  }

  private static void addDuplicates(HostileFamily family) {
    for (String name : List.of("iss", "sub", "aud", "exp", "client_id", "scope")) {
      String claims = family.valid().claim("scope", "read").payloadJson();
      for (String value : List.of("\"admin\"", "null")) {
        String doubled = claims.replace("}", ",\"" + name + "\":" + value + "}");
        payload(family, "claim " + name + " again, then " + value, UNIQUE, doubled);
      }
    }
    String claims = family.valid().payloadJson();
    payload(family, "sub first, then again", UNIQUE, claims.replace("{", "{\"sub\":\"admin\","));
    payload(family, "sub again, escaped", UNIQUE, claims.replace("}", ",\"s\\u0075b\":\"admin\"}"));
    family.add(
        "a name twice in an object",
        UNIQUE,
        "MALFORMED",
        family.valid().claimJson("roles", "{\"a\":1,\"a\":2}"));
    family.add(
        "a name twice in an object in arrays",
        UNIQUE,
        "MALFORMED",
        family.valid().claimJson("roles", "[[{\"a\":1,\"b\":[],\"a\":1}]]"));
    family.add(
        "the empty name twice",
        UNIQUE,
        "MALFORMED",
        family.valid().claimJson("roles", "{\"\":1,\"\":2}"));
    for (String again : List.of("\"alg\":\"none\"", "\"kid\":\"x\"", "\"typ\":\"JWT\"")) {
      String header = family.valid().headerJson();
      for (String json :
          List.of(header.replace("}", "," + again + "}"), header.replace("{", "{" + again + ","))) {
        family.add("header " + json, UNIQUE, "MALFORMED", family.valid().rawHeader(json));
      }
    }
    family.add(
        "header with a name twice in an object",
        UNIQUE,
        "MALFORMED",
        family.valid().headerJson("ours", "{\"a\":1,\"a\":1}"));
  }

  private static void addGrammar(HostileFamily family) {
    List<String> values =
        List.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "undefined",
            "True",
            "nul",
            "01",
            "-01",
            "+1",
            "1.",
            ".5",
            "-",
            "1e",
            "1e+",
            "0x10",
            "1_000",
            "1 000",
            "1f",
            "'text'",
            "text",
            "\"text",
            "\"\\x41\"",
            "\"\\u12\"",
            "\"\\u12G4\"",
            "\"\\'\"",
            "\"\\\"",
            "\"a\nb\"",
            "\"a\tb\"",
            "\"a\0b\"",
            "\"a\u001fb\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud800x\"",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1;2]",
            "[1}",
            "{\"a\":1,}",
            "{,}",
            "{a:1}",
            "{'a':1}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\" 1}",
            "{\"a\"=1}",
            "{1:1}",
            "{null:1}",
            "{\"a\":1]",
            "/**/1",
            "1/**/",
            "#\n1",
            "`1`",
            "\u00a01",
            "1e9999999999");
    for (String json : values) {
      family.claim(GRAMMAR, "MALFORMED", "extra", json);
    }
  }

  private static void addBytes(HostileFamily family) {
    Map<String, int[]> sequences = new LinkedHashMap<>();
    sequences.put("a byte that is never used", new int[] {0xff});
    sequences.put("a byte of Latin 1", new int[] {0xe9});
    sequences.put("a continuation alone", new int[] {0x80});
    sequences.put("a sequence cut short", new int[] {0xe2, 0x82});
    sequences.put("a slash in two bytes", new int[] {0xc0, 0xaf});
    sequences.put("a NUL in two bytes", new int[] {0xc0, 0x80});
    sequences.put("a quote in two bytes", new int[] {0xc0, 0xa2});
    sequences.put("a letter in three bytes", new int[] {0xe0, 0x81, 0x81});
    sequences.put("a letter in four bytes", new int[] {0xf0, 0x80, 0x81, 0x81});
    sequences.put("a surrogate", new int[] {0xed, 0xa0, 0x80});
    sequences.put("a pair of surrogates", new int[] {0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80});
    sequences.put("a code point above the last", new int[] {0xf4, 0x90, 0x80, 0x80});
    sequences.put("five bytes", new int[] {0xf8, 0x88, 0x80, 0x80, 0x80});
    sequences.forEach(
        (name, bytes) -> {
          byte[] claims = spliced(family.valid().claim("extra", "HERE").payloadJson(), bytes);
          family.add("UTF-8: " + name, UTF8, "MALFORMED", family.valid().rawPayload(claims));
        });
    byte[] header = spliced(family.valid().header("ours", "HERE").headerJson(), new int[] {0xff});
    family.add("UTF-8: not in the header", UTF8, "MALFORMED", family.valid().rawHeader(header));
    String claims = family.valid().payloadJson();
    byte[] wide = claims.getBytes(StandardCharsets.UTF_16BE);
    family.add("UTF-16", UTF8, "MALFORMED", family.valid().rawPayload(wide));
    byte[] little = claims.getBytes(StandardCharsets.UTF_16LE);
    family.add("UTF-16, little end first", UTF8, "MALFORMED", family.valid().rawPayload(little));
  }

  private static void addBounds(HostileFamily family) {
    Map<String, String> values = new LinkedHashMap<>();
    // One level is the payload itself: this makes 33, where 32 are read.
    values.put("33 arrays and objects deep", "[".repeat(32) + "]".repeat(32));
    values.put("4,000 arrays deep", "[".repeat(4_000) + "]".repeat(4_000));
    values.put("4,000 arrays deep and not closed", "[".repeat(4_000));
    values.put("1,000 objects deep", "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000));
    values.put("an array of 4097", "[" + "1,".repeat(4096) + "1]");
    values.put("a member too many", members(257));
    values.put("a number of 65 digits", "1".repeat(65));
    values.put("an exponent of four digits", "1e1000");
    values.forEach(
        (name, json) ->
            family.add(name, BOUNDS, "MALFORMED", family.valid().claimJson("extra", json)));
    ForgedToken wide = family.valid();
    for (int i = 0; i < 257; i++) {
      wide = wide.claim("c" + i, i);
    }
    family.add("264 claims", BOUNDS, "MALFORMED", wide);
    family.add(
        "a header 33 deep",
        BOUNDS,
        "MALFORMED",
        family.valid().headerJson("ours", "[".repeat(32) + "]".repeat(32)));
  }

  private static String members(int count) {
    StringBuilder out = new StringBuilder("{\"m0\":0");
    for (int i = 1; i < count; i++) {
      out.append(",\"m").append(i).append("\":").append(i);
    }
    return out.append('}').toString();
  }

  private static String pairs(HostileFamily family) {
    return JsonText.of(
        List.of(
            List.of("iss", family.forge().issuer()),
            List.of("sub", family.forge().subject()),
            List.of("aud", family.forge().audience())));
  }

  /** The text with these bytes where it says HERE. */
  private static byte[] spliced(String text, int[] bytes) {
    int here = text.indexOf("HERE");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text.substring(0, here).getBytes(StandardCharsets.UTF_8));
    for (int b : bytes) {
      out.write(b);
    }
    out.writeBytes(text.substring(here + 4).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static void payload(HostileFamily family, String name, String rule, String json) {
    family.add(name, rule, "MALFORMED", family.valid().rawPayload(json));
  }
}
