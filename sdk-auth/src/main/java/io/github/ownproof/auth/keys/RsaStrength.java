package io.github.ownproof.auth.keys;

import java.math.BigInteger;

/** Which RSA public keys are worth verifying with. */
final class RsaStrength {

  /** RFC 7518 section 3.3. */
  private static final int MIN_BITS = 2048;

  /** Twice the largest in use; the cost of one verification grows with the square. */
  private static final int MAX_BITS = 8192;

  private static final int MAX_EXPONENT_BITS = 64;

  /** Up to the largest prime whose powers of 65537 the weak generator leaves a trace in. */
  private static final int MAX_SMALL_PRIME = 167;

  private RsaStrength() {}

  static boolean isAcceptable(BigInteger modulus, BigInteger exponent) {
    return modulus.bitLength() >= MIN_BITS
        && modulus.bitLength() <= MAX_BITS
        && modulus.testBit(0)
        && exponent.testBit(0)
        && exponent.bitLength() >= 2
        && exponent.bitLength() <= MAX_EXPONENT_BITS
        && !hasWeakResidues(modulus);
  }

  /**
   * Whether a small prime divides the modulus, or modulo every small prime it is a power of 65537:
   * the fingerprint of keys that can be factored (CVE-2017-15361). About one sound key in 2<sup>
   * 27</sup> has it by chance.
   */
  private static boolean hasWeakResidues(BigInteger modulus) {
    boolean powersOnly = true;
    for (int prime = 3; prime <= MAX_SMALL_PRIME; prime += 2) {
      if (!isPrime(prime)) {
        continue;
      }
      int residue = modulus.mod(BigInteger.valueOf(prime)).intValue();
      if (residue == 0) {
        return true;
      }
      powersOnly &= isPowerOf65537(residue, prime);
    }
    return powersOnly;
  }

  private static boolean isPowerOf65537(int residue, int prime) {
    int generator = 65537 % prime;
    int power = 1;
    do {
      if (power == residue) {
        return true;
      }
      power = power * generator % prime;
    } while (power != 1);
    return false;
  }

  private static boolean isPrime(int odd) {
    for (int divisor = 3; divisor * divisor <= odd; divisor += 2) {
      if (odd % divisor == 0) {
        return false;
      }
    }
    return true;
  }
}
