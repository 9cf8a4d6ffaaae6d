package io.github.ownproof.auth.keys;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the signatures of a key look like, whatever they are over. It is our own check, made before
 * any provider sees the signature.
 */
@FunctionalInterface
interface SignatureForm {

  /** Whether a signature of this key could be these bytes. */
  boolean fits(byte[] signature);

  /** As long as the modulus (RFC 8017 sections 8.1.2 and 8.2.2), and a number below it. */
  static SignatureForm rsa(BigInteger modulus) {
    byte[] bound = unsigned(modulus, (modulus.bitLength() + 7) / 8);
    return signature ->
        signature.length == bound.length && Arrays.compareUnsigned(signature, bound) < 0;
  }

  /**
   * R and S, each of the curve's full length (RFC 7518 section 3.4) and from 1 to the order less 1
   * (FIPS 186-5 section 6.4.2).
   */
  static SignatureForm ecdsa(BigInteger order, int coordinateBytes) {
    byte[] bound = unsigned(order, coordinateBytes);
    return signature ->
        signature.length == 2 * coordinateBytes
            && isPositiveBelow(signature, 0, bound)
            && isPositiveBelow(signature, coordinateBytes, bound);
  }

  /**
   * R, then S below the group's order, both 32 bytes and little-endian (RFC 8032 section 5.1.7).
   */
  static SignatureForm ed25519() {
    byte[] order =
        HexFormat.of().parseHex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");
    return signature -> {
      if (signature.length != 64) {
        return false;
      }
      for (int i = 0; i < 32; i++) {
        int difference = Byte.compareUnsigned(signature[63 - i], order[i]);
        if (difference != 0) {
          return difference < 0;
        }
      }
      return false;
    };
  }

  private static boolean isPositiveBelow(byte[] signature, int from, byte[] bound) {
    int to = from + bound.length;
    if (Arrays.compareUnsigned(signature, from, to, bound, 0, bound.length) >= 0) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (signature[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private static byte[] unsigned(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] unsigned = new byte[length];
    int used = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - used, unsigned, length - used, used);
    return unsigned;
  }
}
