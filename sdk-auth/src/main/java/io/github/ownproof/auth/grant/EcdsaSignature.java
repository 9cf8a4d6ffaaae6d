package io.github.ownproof.auth.grant;

import java.security.SignatureException;

/** ECDSA signatures on P-256, from the form of JCA and key services to that of tokens. */
final class EcdsaSignature {

  private static final int COORDINATE = 32;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private final byte[] der;
  private int at;

  private EcdsaSignature(byte[] der) {
    this.der = der;
  }

  /**
   * R and S, 32 bytes each (RFC 7518 section 3.4), of an ECDSA-Sig-Value in DER (RFC 3279 section
   * 2.2.3).
   *
   * @throws SignatureException if it is not DER, or a number does not fit
   */
  static byte[] fromDer(byte[] der) throws SignatureException {
    return new EcdsaSignature(der).read();
  }

  private byte[] read() throws SignatureException {
    take(SEQUENCE);
    // Below 128 a length has one form, and two numbers of P-256 need no more than 70.
    require(next() == der.length - at);
    byte[] both = new byte[2 * COORDINATE];
    integer(both, COORDINATE);
    integer(both, 2 * COORDINATE);
    require(at == der.length);
    return both;
  }

  /** Writes the next number so that it ends before that place. */
  private void integer(byte[] out, int end) throws SignatureException {
    take(INTEGER);
    int length = next();
    require(length > 0 && length <= COORDINATE + 1 && length <= der.length - at);
    // Positive, and not a zero more than its sign needs (X.690 section 8.3.2).
    require(der[at] >= 0);
    if (der[at] == 0 && length > 1) {
      require(der[at + 1] < 0);
      at++;
      length--;
    }
    require(length <= COORDINATE);
    System.arraycopy(der, at, out, end - length, length);
    at += length;
  }

  private void take(int tag) throws SignatureException {
    require(next() == tag);
  }

  private int next() throws SignatureException {
    require(at < der.length);
    return der[at++] & 0xff;
  }

  private static void require(boolean fulfilled) throws SignatureException {
    if (!fulfilled) {
      throw new SignatureException(
          "The signer's signature is not an ECDSA signature on P-256 in DER; a key of AWS KMS gives"
              + " one for ECDSA_SHA_256");
    }
  }
}
