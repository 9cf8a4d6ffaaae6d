package io.github.ownproof.auth.internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The bytes of a JSON text, read once from the first to the last. Not thread-safe. */
final class JsonScanner {

  /** What {@link #peek()} says at the end; no byte reads as this. */
  static final int END = -1;

  /** The longest integer that fits a {@code long} whatever its digits are. */
  private static final int LONG_DIGITS = 18;

  /** Together these two keep every number cheap to make, to compare and to convert. */
  private static final int NUMBER_CHARACTERS = 64;

  private static final int EXPONENT = 999;

  private final byte[] json;
  private int position;

  JsonScanner(byte[] json) {
    this.json = json;
  }

  /** Takes the byte that {@link #peek()} showed. */
  void skip() {
    position++;
  }

  /** Takes this byte, after white space. */
  void take(char expected) throws MalformedInput {
    if (peek() != expected) {
      throw MalformedInput.malformed();
    }
    position++;
  }

  /** The next byte that is not white space, not taken; {@link #END} at the end. */
  int peek() {
    int at = position;
    for (; at < json.length; at++) {
      byte next = json[at];
      if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t')) {
        position = at;
        return next & 0xff;
      }
    }
    position = at;
    return END;
  }

  /** The value, if the word for it is next. */
  Object literal(String name, Object value) throws MalformedInput {
    int length = name.length();
    if (json.length - position < length) {
      throw MalformedInput.malformed();
    }
    for (int i = 1; i < length; i++) {
      if (json[position + i] != name.charAt(i)) {
        throw MalformedInput.malformed();
      }
    }
    position += length;
    return value;
  }

  /**
   * The number that is next: a {@link Long}, or a {@link BigDecimal} within what a double holds.
   */
  Object number() throws MalformedInput {
    int start = position;
    boolean negative = byteAt(position) == '-';
    if (negative) {
      position++;
    }
    int firstDigit = position;
    long whole = 0;
    // The value is wrong beyond 18 digits, and then not used.
    int at = firstDigit;
    for (; at < json.length && isDigit(json[at]); at++) {
      whole = whole * 10 + (json[at] - '0');
    }
    position = at;
    int digits = position - firstDigit;
    if (digits == 0 || (digits > 1 && json[firstDigit] == '0')) {
      throw MalformedInput.malformed();
    }
    boolean integer = true;
    if (byteAt(position) == '.') {
      integer = false;
      position++;
      digits();
    }
    if ((byteAt(position) | 0x20) == 'e') {
      integer = false;
      position++;
      exponent();
    }
    if (integer && digits <= LONG_DIGITS) {
      return negative ? -whole : whole;
    }
    int length = position - start;
    if (length > NUMBER_CHARACTERS) {
      throw MalformedInput.malformed();
    }
    BigDecimal number =
        new BigDecimal(new String(json, start, length, StandardCharsets.ISO_8859_1));
    // Many readers take it for infinite, and few for this number (RFC 7493 section 2.2).
    if (Double.isInfinite(number.doubleValue())) {
      throw MalformedInput.malformed();
    }
    return number;
  }

  private void exponent() throws MalformedInput {
    int sign = byteAt(position);
    if (sign == '+' || sign == '-') {
      position++;
    }
    int start = position;
    digits();
    int exponent = 0;
    for (int i = start; i < position && exponent <= EXPONENT; i++) {
      exponent = exponent * 10 + (json[i] - '0');
    }
    if (exponent > EXPONENT) {
      throw MalformedInput.malformed();
    }
  }

  /** Takes one digit or more. */
  private void digits() throws MalformedInput {
    int start = position;
    while (isDigit(byteAt(position))) {
      position++;
    }
    if (position == start) {
      throw MalformedInput.malformed();
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private int byteAt(int at) {
    return at < json.length ? json[at] & 0xff : END;
  }

  /** The string whose opening quote is next. */
  String string() throws MalformedInput {
    int start = position + 1;
    int end = endOfPlainText(start);
    if (json[end] != '"') {
      return decodedString(start, end);
    }
    position = end + 1;
    return new String(json, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** The same, of which a {@link WellKnownName} is given for what is spelled like one. */
  Object name() throws MalformedInput {
    int start = position + 1;
    int end = endOfPlainText(start);
    if (json[end] != '"') {
      String decoded = decodedString(start, end);
      WellKnownName known = WellKnownName.of(decoded);
      return known == null ? decoded : known;
    }
    position = end + 1;
    WellKnownName known = WellKnownName.of(json, start, end);
    return known == null
        ? new String(json, start, end - start, StandardCharsets.ISO_8859_1)
        : known;
  }

  private int endOfPlainText(int start) throws MalformedInput {
    int end = Words.endOfPlainText(json, start);
    if (end == json.length) {
      throw MalformedInput.malformed();
    }
    return end;
  }

  /** The string from {@code start}, of which everything before {@code special} is plain ASCII. */
  private String decodedString(int start, int special) throws MalformedInput {
    StringBuilder text =
        new StringBuilder(special - start + 16)
            .append(new String(json, start, special - start, StandardCharsets.ISO_8859_1));
    position = special;
    while (true) {
      int next = takeByte();
      if (next == '"') {
        return text.toString();
      }
      if (next == '\\') {
        text.appendCodePoint(escaped());
      } else if (next >= 0x80) {
        text.appendCodePoint(multiByte(next));
      } else if (next >= ' ') {
        text.append((char) next);
      } else {
        throw MalformedInput.malformed();
      }
    }
  }

  private int escaped() throws MalformedInput {
    int letter = takeByte();
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> escapedUnicode();
      default -> throw MalformedInput.malformed();
    };
  }

  private int escapedUnicode() throws MalformedInput {
    char unit = hexadecimal();
    if (!Character.isSurrogate(unit)) {
      return unit;
    }
    if (Character.isHighSurrogate(unit) && takeByte() == '\\' && takeByte() == 'u') {
      char low = hexadecimal();
      if (Character.isLowSurrogate(low)) {
        return Character.toCodePoint(unit, low);
      }
    }
    throw MalformedInput.malformed();
  }

  private char hexadecimal() throws MalformedInput {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int character = takeByte();
      int lower = character | 0x20;
      if (isDigit(character)) {
        unit = (unit << 4) + character - '0';
      } else if (lower >= 'a' && lower <= 'f') {
        unit = (unit << 4) + lower - 'a' + 10;
      } else {
        throw MalformedInput.malformed();
      }
    }
    return (char) unit;
  }

  /** The code point that starts with this byte; only the shortest form of it (RFC 3629). */
  private int multiByte(int lead) throws MalformedInput {
    int more;
    int least;
    int point;
    if (lead >= 0xc2 && lead <= 0xdf) {
      more = 1;
      least = 0x80;
      point = lead & 0x1f;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      more = 2;
      least = 0x800;
      point = lead & 0x0f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      more = 3;
      least = 0x10000;
      point = lead & 0x07;
    } else {
      throw MalformedInput.malformed();
    }
    for (; more > 0; more--) {
      int next = takeByte();
      if ((next & 0xc0) != 0x80) {
        throw MalformedInput.malformed();
      }
      point = (point << 6) | (next & 0x3f);
    }
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (point < least || point > Character.MAX_CODE_POINT || surrogate) {
      throw MalformedInput.malformed();
    }
    return point;
  }

  /** Takes a byte, white space or not. */
  private int takeByte() throws MalformedInput {
    if (position == json.length) {
      throw MalformedInput.malformed();
    }
    return json[position++] & 0xff;
  }
}
