package io.github.ownproof.s3.internal.signing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** A text of ASCII characters that grows, and is emptied to be used again. Not thread-safe. */
final class Bytes {

  private static final byte[] UPPER_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] PLAIN_IN_VALUE = plain("");
  private static final boolean[] PLAIN_IN_PATH = plain("/");

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
    return cut(0);
  }

  /** Forgets what comes after the first {@code kept} bytes. */
  @CanIgnoreReturnValue
  Bytes cut(int kept) {
    length = kept;
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

  /** Writes two digits over what stands at {@code place}. */
  private void putTwoDigits(int place, int number) {
    held[place] = (byte) ('0' + number / 10);
    held[place + 1] = (byte) ('0' + number % 10);
  }

  /** Hexadecimal, in lower case, of a multiple of four bytes. */
  @CanIgnoreReturnValue
  Bytes addHex(byte[] bytes) {
    room(2 * bytes.length);
    for (int i = 0; i < bytes.length; i += 4) {
      LONGS.set(held, length, hex((int) INTS.get(bytes, i)));
      length += 8;
    }
    return this;
  }

  /** Eight digits at once: each half byte moves into a byte of its own and becomes a character. */
  private static long hex(int four) {
    long halves = four & 0xffff_ffffL;
    halves = (halves | (halves << 16)) & 0x0000_ffff_0000_ffffL;
    halves = (halves | (halves << 8)) & 0x00ff_00ff_00ff_00ffL;
    halves = (halves | (halves << 4)) & 0x0f0f_0f0f_0f0f_0f0fL;
    long letters = ((halves + 0x0606_0606_0606_0606L) >>> 4) & 0x0101_0101_0101_0101L;
    return halves + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
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
    boolean[] plain = keepSlashes ? PLAIN_IN_PATH : PLAIN_IN_VALUE;
    byte[] to = held;
    int at = length;
    int start = 0;
    // Most keys are plain to their end.
    for (; start < size; start++) {
      char c = text.charAt(start);
      if (c >= 0x80 || !plain[c]) {
        break;
      }
      to[at++] = (byte) c;
    }
    length = at;
    for (int i = start; i < size; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (plain[c]) {
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

  /** Room for the time of day, to be put there. */
  int addTime() {
    int place = length;
    room(6);
    length += 6;
    return place;
  }

  /** Hours, minutes and seconds, as six digits. */
  void putTime(int place, int secondOfDay) {
    int minutes = secondOfDay / 60;
    putTwoDigits(place, minutes / 60);
    putTwoDigits(place + 2, minutes % 60);
    putTwoDigits(place + 4, secondOfDay % 60);
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

  /** The characters that are not encoded. */
  private static boolean[] plain(String more) {
    boolean[] table = new boolean[0x80];
    String all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" + more;
    for (int i = 0; i < all.length(); i++) {
      table[all.charAt(i)] = true;
    }
    return table;
  }
}
