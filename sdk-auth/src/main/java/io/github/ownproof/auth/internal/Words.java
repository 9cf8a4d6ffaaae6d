package io.github.ownproof.auth.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at once, the first of them lowest. */
final class Words {

  private static final VarHandle LITTLE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOWS = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private Words() {}

  /** The eight bytes from here. */
  static long at(byte[] bytes, int index) {
    return (long) LITTLE.get(bytes, index);
  }

  /** The first place of this ASCII character in {@code bytes[from, length)}; negative if none. */
  static int indexOf(byte[] bytes, char ascii, int from) {
    long all = LOWS * ascii;
    int at = from;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      long found = zeros(at(bytes, at) ^ all);
      if (found != 0) {
        return at + firstMarked(found);
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] == ascii) {
        return at;
      }
    }
    return -1;
  }

  /**
   * The first byte from here on that does not stand for itself in a JSON string: a quote, a
   * backslash, a control character, or one that is not ASCII. The length if there is none.
   */
  static int endOfPlainText(byte[] json, int from) {
    int at = from;
    for (; at <= json.length - Long.BYTES; at += Long.BYTES) {
      long word = at(json, at);
      long found =
          zeros(word ^ (LOWS * '"'))
              | zeros(word ^ (LOWS * '\\'))
              | ((word - LOWS * ' ') & ~word & HIGHS)
              | (word & HIGHS);
      if (found != 0) {
        return at + firstMarked(found);
      }
    }
    for (; at < json.length; at++) {
      byte next = json[at];
      if (next == '"' || next == '\\' || next < ' ') {
        return at;
      }
    }
    return at;
  }

  /**
   * Marks bytes that are zero by their highest bit. The lowest mark is right; one above it may be
   * there because a subtraction borrowed.
   */
  private static long zeros(long word) {
    return (word - LOWS) & ~word & HIGHS;
  }

  private static int firstMarked(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
