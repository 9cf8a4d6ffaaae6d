package io.github.ownproof.core.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The rules for text in audit events, and its escaped form in lines. */
final class AuditText {

  /** An S3 object key is at most 1,024 bytes long. */
  static final int LONGEST_FROM_OUTSIDE = 1024;

  private AuditText() {}

  /**
   * A name that something is keyed by: not blank, bounded, and the same to the eye as to equals.
   */
  static String key(String part, String value, int longest) {
    checkLength(part, value, longest);
    if (value.isBlank()) {
      throw new InvalidAuditEventException("The " + part + " of an audit event is blank.");
    }
    int i = 0;
    while (i < value.length()) {
      int c = value.codePointAt(i);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            throw badCharacter(part, c, i, "a control or formatting character");
        default -> i += Character.charCount(c);
      }
    }
    return value;
  }

  /** An id: visible ASCII only. */
  static String id(String part, String value, int longest) {
    checkLength(part, value, longest);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw badCharacter(part, c, i, "not visible ASCII");
      }
    }
    return value;
  }

  /**
   * Text somebody else chose, whatever it holds: refusing it would leave a hostile request without
   * an event. Past the bound it is cut, and the digest of the whole takes the place of the rest.
   */
  static String fromOutside(String value) {
    if (value.length() <= LONGEST_FROM_OUTSIDE) {
      return value;
    }
    int cut = LONGEST_FROM_OUTSIDE;
    if (Character.isHighSurrogate(value.charAt(cut - 1))) {
      cut--;
    }
    String digest = HexFormat.of().formatHex(sha256(value.getBytes(StandardCharsets.UTF_8)));
    return value.substring(0, cut)
        + "[cut: "
        + value.length()
        + " characters, SHA-256 "
        + digest
        + "]";
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  /** Appends a JSON string (RFC 8259 section 7) in visible ASCII and spaces. */
  static void appendJson(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        appendUnicodeEscape(out, c);
      }
    }
    out.append('"');
  }

  /** The value as one word: it holds no space, quote or line break, and can be undone. */
  static String word(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > ' ' && c < 0x7f && c != '"' && c != '\\') {
        out.append(c);
      } else {
        appendUnicodeEscape(out, c);
      }
    }
    return out.toString();
  }

  private static void appendUnicodeEscape(StringBuilder out, char c) {
    out.append("\\u").append(HexFormat.of().toHexDigits(c));
  }

  private static void checkLength(String part, String value, int longest) {
    if (value.isEmpty() || value.length() > longest) {
      throw new InvalidAuditEventException(
          "The "
              + part
              + " of an audit event has "
              + value.length()
              + " characters; it has 1 to "
              + longest
              + ".");
    }
  }

  private static InvalidAuditEventException badCharacter(String part, int c, int at, String what) {
    return new InvalidAuditEventException(
        "The "
            + part
            + " of an audit event has U+"
            + Integer.toHexString(c).toUpperCase(Locale.ROOT)
            + " at index "
            + at
            + ", which is "
            + what
            + ".");
  }
}
