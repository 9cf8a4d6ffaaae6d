package io.github.ownproof.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures and encodings of JOSE (RFC 7515, RFC 7518), with the JDK alone. */
final class Jose {

  private Jose() {}

  static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String base64Url(String text) {
    return base64Url(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number in as few bytes as it needs (RFC 7518 section 2). */
  static String base64Url(BigInteger number) {
    return base64Url(fixed(number, (number.bitLength() + 7) / 8));
  }

  /** The number in exactly so many bytes (RFC 7518 section 6.2.1.2). */
  static byte[] fixed(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] out = new byte[length];
    int from = Math.max(0, bytes.length - length);
    System.arraycopy(
        bytes, from, out, length - (bytes.length - from), Math.min(bytes.length - from, length));
    return out;
  }

  static byte[] sign(String algorithm, PrivateKey key, byte[] data) {
    try {
      Signature signature = signature(algorithm);
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Cannot sign with " + algorithm + " and this key", e);
    }
  }

  static byte[] mac(String algorithm, byte[] secret, byte[] data) {
    try {
      String name = "HmacSHA" + hash(algorithm);
      Mac mac = Mac.getInstance(name);
      // A key of no bytes is refused by the JDK; for HMAC it is the same as one zero byte.
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, name));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Cannot sign with " + algorithm, e);
    }
  }

  /** The two numbers of an ECDSA signature as ASN.1 has them, which JOSE does not allow. */
  static byte[] der(byte[] concatenated) {
    int half = concatenated.length / 2;
    byte[] r = new BigInteger(1, Arrays.copyOf(concatenated, half)).toByteArray();
    byte[] s =
        new BigInteger(1, Arrays.copyOfRange(concatenated, half, concatenated.length))
            .toByteArray();
    byte[] out = new byte[6 + r.length + s.length];
    out[0] = 0x30;
    out[1] = (byte) (4 + r.length + s.length);
    out[2] = 2;
    out[3] = (byte) r.length;
    System.arraycopy(r, 0, out, 4, r.length);
    out[4 + r.length] = 2;
    out[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, out, 6 + r.length, s.length);
    return out;
  }

  private static Signature signature(String algorithm) throws GeneralSecurityException {
    String hash = hash(algorithm);
    return switch (algorithm.substring(0, 2)) {
      case "RS" -> Signature.getInstance("SHA" + hash + "withRSA");
      case "ES" -> Signature.getInstance("SHA" + hash + "withECDSAinP1363Format");
      case "Ed" -> Signature.getInstance("Ed25519");
      case "PS" -> {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
            new PSSParameterSpec(
                "SHA-" + hash,
                "MGF1",
                new MGF1ParameterSpec("SHA-" + hash),
                Integer.parseInt(hash) / 8,
                PSSParameterSpec.TRAILER_FIELD_BC));
        yield signature;
      }
      default -> throw new IllegalArgumentException("Not a signature algorithm: " + algorithm);
    };
  }

  private static String hash(String algorithm) {
    return algorithm.substring(algorithm.length() - 3);
  }
}
