package io.github.ownproof.auth.internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Inputs, and readings written down so that a table can show them. */
final class Samples {

  static final int LIMIT = 16 * 1024;

  static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"key-2026-11\"}";

  static final String CLAIMS =
      "{\"iss\":\"https://login.example.com\",\"sub\":\"248289761001\",\"aud\":"
          + "[\"https://api.example.com\",\"https://b.example.com\"],\"exp\":1795000000,"
          + "\"iat\":1794996400.5,\"name\":\"J\\u00fcrgen \\ud83d\\ude00 \u00e9\",\"ok\":true,"
          + "\"none\":null,\"address\":{\"zip\":\"1\",\"geo\":{\"lat\":-1.5e1}},\"empty\":[{},[]]}";

  private Samples() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String token(String header, String claims, byte[] signature) {
    return encoded(utf8(header)) + "." + encoded(utf8(claims)) + "." + encoded(signature);
  }

  /** A token with a signature of 256 bytes. */
  static String token() {
    byte[] signature = new byte[256];
    for (int i = 0; i < signature.length; i++) {
      signature[i] = (byte) i;
    }
    return token(HEADER, CLAIMS, signature);
  }

  static CompactToken parse(String token) throws MalformedInput {
    return CompactToken.parse(CompactToken.ascii(token, LIMIT));
  }

  /** The value with its Java type in sight. */
  static String shown(Object value) {
    if (value instanceof String text) {
      return "'" + text + "'";
    }
    if (value instanceof Long whole) {
      return whole.toString();
    }
    if (value instanceof BigDecimal number) {
      return "dec " + number;
    }
    if (value instanceof Boolean || value == JsonObject.Null.NULL) {
      return value.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Samples::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    JsonObject object = (JsonObject) value;
    return object.names().stream()
        .map(name -> name + "=" + shown(object.get(name)))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
