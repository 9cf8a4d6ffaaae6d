package io.github.ownproof.s3.internal.signing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** A text of ASCII characters that grows, and is emptied to be used again. Not thread-safe. */
final class Bytes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] UNRESERVED = unreserved();

  private byte[] held;
  private int length;

  Bytes(int capacity) {
    held = new byte[capacity];
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  int length() {
    return length;
  }

  int capacity() {
    return held.length;
  }

  @CanIgnoreReturnValue
  Bytes clear() {
    length = 0;
    return this;
  }

  @CanIgnoreReturnValue
  Bytes add(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, held, length, bytes.length);
    length += bytes.length;
    return this;
  }

  @CanIgnoreReturnValue
  Bytes add(Bytes other) {
    return add(other, 0, other.length);
  }

  @CanIgnoreReturnValue
  Bytes add(Bytes other, int start, int end) {
    room(end - start);
    System.arraycopy(other.held, start, held, length, end - start);
    length += end - start;
    return this;
  }

  @CanIgnoreReturnValue
  Bytes add(char character) {
    room(1);
    held[length++] = (byte) character;
    return this;
  }

  /** ASCII as it is. */
  @CanIgnoreReturnValue
  Bytes addPlain(String text) {
    int size = text.length();
    room(size);
    for (int i = 0; i < size; i++) {
      held[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  @CanIgnoreReturnValue
  Bytes addNumber(long number) {
    return addPlain(Long.toString(number));
  }

  @CanIgnoreReturnValue
  Bytes addTwoDigits(int number) {
    room(2);
    held[length++] = (byte) ('0' + number / 10);
    held[length++] = (byte) ('0' + number % 10);
    return this;
  }

  @CanIgnoreReturnValue
  Bytes addHex(byte[] bytes) {
    room(2 * bytes.length);
    for (byte one : bytes) {
      held[length++] = HEX[(one >> 4) & 0xf];
      held[length++] = HEX[one & 0xf];
    }
    return this;
  }

  /**
   * Percent-encodes UTF-8, as Signature Version 4 has it.
   *
   * @param keepSlashes whether this is a path
   * @throws IllegalArgumentException if the text holds half a surrogate pair
   */
  @CanIgnoreReturnValue
  Bytes addEncoded(String text, boolean keepSlashes) {
    int size = text.length();
    // A character takes at most three bytes of UTF-8, and each of those three characters.
    room(9 * size);
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (UNRESERVED[c] || (keepSlashes && c == '/')) {
          held[length++] = (byte) c;
        } else {
          percent(c);
        }
      } else if (c < 0x800) {
        percent(0xc0 | (c >> 6));
        percent(0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        percent(0xe0 | (c >> 12));
        percent(0x80 | ((c >> 6) & 0x3f));
        percent(0x80 | (c & 0x3f));
      } else {
        i++;
        if (i == size || !Character.isSurrogatePair(c, text.charAt(i))) {
          throw new IllegalArgumentException("half a surrogate pair");
        }
        int point = Character.toCodePoint(c, text.charAt(i));
        percent(0xf0 | (point >> 18));
        percent(0x80 | ((point >> 12) & 0x3f));
        percent(0x80 | ((point >> 6) & 0x3f));
        percent(0x80 | (point & 0x3f));
      }
    }
    return this;
  }

  private void percent(int value) {
    held[length++] = '%';
    held[length++] = UPPER_HEX[value >> 4];
    held[length++] = UPPER_HEX[value & 0xf];
  }

  void into(MessageDigest digest) {
    digest.update(held, 0, length);
  }

  void into(Mac mac) {
    mac.update(held, 0, length);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(held, length);
  }

  /** The text; never for a log: what is built here ends as a signed URL. */
  String text() {
    return new String(held, 0, length, StandardCharsets.ISO_8859_1);
  }

  private void room(int more) {
    if (held.length - length < more) {
      held = Arrays.copyOf(held, Math.max(2 * held.length, length + more));
    }
  }

  private static boolean[] unreserved() {
    boolean[] table = new boolean[0x80];
    String all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (int i = 0; i < all.length(); i++) {
      table[all.charAt(i)] = true;
    }
    return table;
  }
}
