package io.github.ownproof.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypted tokens: whoever has the public key can make them, so they prove nothing
 * (CVE-2026-29000).
 */
final class HostileEncryption {

  private static final String RULE = "RFC 8725 section 2.6";
  private static final int TAG = 16;

  private HostileEncryption() {}

  static void addTo(HostileFamily family) {
    PublicKey key = family.forge().keyFor("RS256").publicKey();
    ForgedToken token = family.valid();
    String unsigned = token.algorithm("none").signature(new byte[0]).compact();
    add(family, "claims for the issuer's key", encrypted(key, "", token.payloadJson()));
    add(family, "an unsigned token inside", encrypted(key, ",\"cty\":\"JWT\"", unsigned));
    add(family, "a good token inside", encrypted(key, ",\"cty\":\"JWT\"", token.compact()));
    String rest = ".AAAAAAAAAAAAAAAA." + token.payloadPart() + ".AAAAAAAAAAAAAAAAAAAAAA";
    String direct = Jose.base64Url("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}");
    add(family, "claims that are not encrypted", direct + "." + rest);
    String password =
        Jose.base64Url(
            "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A256GCM\",\"p2c\":2147483647,"
                + "\"p2s\":\"AAAAAAAAAAA\"}");
    add(family, "a password hashed two thousand million times", password + ".AAAA" + rest);
    add(family, "five empty parts", "....");
    add(family, "a good token and two parts more", token.compact() + ".AA.AA");
    add(family, "a good token and two empty parts more", token.compact() + "..");
  }

  /** RSA-OAEP-256 with A256GCM (RFC 7516 section 7.1); the keys are of tests, and so all zeros. */
  private static String encrypted(PublicKey key, String moreHeader, String text) {
    String header =
        Jose.base64Url("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"" + moreHeader + "}");
    byte[] contentKey = new byte[32];
    byte[] iv = new byte[12];
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
      rsa.init(
          Cipher.ENCRYPT_MODE,
          key,
          new OAEPParameterSpec(
              "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
      Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
      aes.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(contentKey, "AES"),
          new GCMParameterSpec(TAG * 8, iv));
      aes.updateAAD(header.getBytes(StandardCharsets.US_ASCII));
      byte[] sealed = aes.doFinal(text.getBytes(StandardCharsets.UTF_8));
      int length = sealed.length - TAG;
      return String.join(
          ".",
          header,
          Jose.base64Url(rsa.doFinal(contentKey)),
          Jose.base64Url(iv),
          Jose.base64Url(Arrays.copyOf(sealed, length)),
          Jose.base64Url(Arrays.copyOfRange(sealed, length, sealed.length)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK cannot encrypt", e);
    }
  }

  private static void add(HostileFamily family, String name, String compact) {
    family.add(name, RULE, "ENCRYPTED", compact);
  }
}
