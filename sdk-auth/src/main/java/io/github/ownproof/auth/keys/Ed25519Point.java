package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.MalformedInput;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * A public key of Ed25519 that is what RFC 8032 section 5.1.3 decodes: canonical, on the curve, and
 * not one of the eight points under which forged signatures hold.
 *
 * @param xOdd whether x is odd
 * @param y the other coordinate
 */
record Ed25519Point(boolean xOdd, BigInteger y) {

  static Ed25519Point decode(byte[] encoded) throws MalformedInput {
    if (encoded.length != 32) {
      throw MalformedInput.malformed();
    }
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = encoded[31 - i];
    }
    boolean xOdd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    BigInteger y = new BigInteger(1, bigEndian);
    BigInteger prime = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    if (y.compareTo(prime) >= 0 || isOfSmallOrder(y, prime) || !isOnCurve(y, prime)) {
      throw MalformedInput.malformed();
    }
    return new Ed25519Point(xOdd, y);
  }

  PublicKey key() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(xOdd, y)));
  }

  private static boolean isOfSmallOrder(BigInteger y, BigInteger prime) {
    BigInteger ofOrderEight =
        new BigInteger("5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);
    return Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            prime.subtract(BigInteger.ONE),
            ofOrderEight,
            prime.subtract(ofOrderEight))
        .contains(y);
  }

  /** Whether x² = (y² - 1) / (dy² + 1) has a root; with d = -121665/121666. */
  private static boolean isOnCurve(BigInteger y, BigInteger prime) {
    BigInteger d =
        BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(prime));
    BigInteger ySquared = y.multiply(y).mod(prime);
    BigInteger numerator = ySquared.subtract(BigInteger.ONE);
    BigInteger denominator = d.multiply(ySquared).add(BigInteger.ONE).mod(prime);
    // A quotient has a root exactly if the product has one.
    BigInteger product = numerator.multiply(denominator).mod(prime);
    BigInteger half = prime.subtract(BigInteger.ONE).shiftRight(1);
    return product.modPow(half, prime).equals(BigInteger.ONE);
  }
}
