package io.github.ownproof.auth.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), canonical only. */
public final class Base64Url {

  static final byte[] EMPTY = {};

  /** The six bits of each byte of the alphabet; negative for every other byte. */
  private static final byte[] SEXTETS = sextets();

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Base64Url() {}

  /**
   * Decodes {@code ascii[from, to)}.
   *
   * @throws MalformedInput for any byte outside the alphabet, an impossible length, or unused bits
   *     that are not zero
   */
  public static byte[] decode(byte[] ascii, int from, int to) throws MalformedInput {
    int length = to - from;
    if (length == 0) {
      return EMPTY;
    }
    int rest = length & 3;
    if (rest == 1) {
      throw MalformedInput.malformed();
    }
    // Not by the JDK's decoder: where it takes the widest instructions, what comes next is slowed.
    byte[] decoded = new byte[(length >> 2) * 3 + (rest == 0 ? 0 : rest - 1)];
    int in = from;
    int out = 0;
    // Two bytes more than eight characters hold are written; what comes next is written over them.
    for (; in + 8 <= to && out + 8 <= decoded.length; in += 8, out += 6) {
      long eight = (long) LONGS.get(ascii, in);
      int high = bits(eight, 32);
      int low = bits(eight, 0);
      if ((high | low) < 0) {
        throw MalformedInput.malformed();
      }
      LONGS.set(decoded, out, (long) high << 40 | (long) low << 16);
    }
    for (; in + 4 <= to; in += 4, out += 3) {
      int bits = bits((int) INTS.get(ascii, in), 0);
      if (bits < 0) {
        throw MalformedInput.malformed();
      }
      decoded[out] = (byte) (bits >> 16);
      decoded[out + 1] = (byte) (bits >> 8);
      decoded[out + 2] = (byte) bits;
    }
    if (rest != 0) {
      decodeRest(ascii, in, rest, decoded, out);
    }
    return decoded;
  }

  /** What the four characters that begin at this bit stand for; negative if one is foreign. */
  private static int bits(long characters, int shift) {
    return SEXTETS[(int) (characters >>> (shift + 24)) & 0xff] << 18
        | SEXTETS[(int) (characters >>> (shift + 16)) & 0xff] << 12
        | SEXTETS[(int) (characters >>> (shift + 8)) & 0xff] << 6
        | SEXTETS[(int) (characters >>> shift) & 0xff];
  }

  private static void decodeRest(byte[] ascii, int in, int rest, byte[] decoded, int out)
      throws MalformedInput {
    int bits = sextet(ascii[in]) << 12 | sextet(ascii[in + 1]) << 6;
    int unused = 0x3ff;
    if (rest == 3) {
      bits |= sextet(ascii[in + 2]);
      unused = 0x3;
    }
    if (bits < 0 || (bits & unused) != 0) {
      throw MalformedInput.malformed();
    }
    decoded[out] = (byte) (bits >> 10);
    if (rest == 3) {
      decoded[out + 1] = (byte) (bits >> 2);
    }
  }

  /** Decodes the whole string, as strictly. */
  public static byte[] decode(String text) throws MalformedInput {
    // What is not Latin-1 becomes '?', which is not in the alphabet.
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    return decode(ascii, 0, ascii.length);
  }

  /** Encodes without padding. */
  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether this byte is a letter, a digit, {@code -} or {@code _}. */
  static boolean inAlphabet(byte ascii) {
    return sextet(ascii) >= 0;
  }

  private static int sextet(byte ascii) {
    return SEXTETS[ascii & 0xff];
  }

  private static byte[] sextets() {
    byte[] sextets = new byte[256];
    Arrays.fill(sextets, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      sextets[alphabet.charAt(i)] = (byte) i;
    }
    return sextets;
  }
}
