package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.MalformedInput;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The {@code x5c} member of a JWK. No trust comes of it; but it must not contradict the key. */
final class CertifiedKey {

  private CertifiedKey() {}

  /**
   * Requires that the first certificate is of this key (RFC 7517 section 4.7). The others, and
   * whether they are valid, do not concern us.
   */
  static void requireSame(List<String> x5c, PublicKey key)
      throws MalformedInput, CertificateException {
    byte[] der = Base64.getDecoder().decode(x5c.get(0));
    PublicKey certified =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der))
            .getPublicKey();
    if (!isSame(certified, key)) {
      throw MalformedInput.malformed();
    }
  }

  private static boolean isSame(PublicKey certified, PublicKey key) {
    if (certified instanceof RSAPublicKey one && key instanceof RSAPublicKey other) {
      return one.getModulus().equals(other.getModulus())
          && one.getPublicExponent().equals(other.getPublicExponent());
    }
    if (certified instanceof ECPublicKey one && key instanceof ECPublicKey other) {
      return one.getW().equals(other.getW())
          && one.getParams().getOrder().equals(other.getParams().getOrder());
    }
    return Arrays.equals(certified.getEncoded(), key.getEncoded());
  }
}
