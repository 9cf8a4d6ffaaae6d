package io.github.ownproof.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;

/** Signatures that are not the issuer's over this header and payload. */
final class HostileSignatures {

  private static final String VALID = "RFC 7515 section 5.2";
  private static final String ECDSA = "RFC 7518 section 3.4";
  private static final String EDDSA = "RFC 8037 section 3.1";

  private HostileSignatures() {}

  static void addTo(HostileFamily family) {
    for (String algorithm : List.of("RS256", "PS256", "ES256", "ES512", "EdDSA")) {
      addDamaged(family, algorithm);
    }
    addSwapped(family);
    addForeign(family);
    addRsa(family);
    addEcdsa(family);
    addEdDsa(family);
  }

  private static void addDamaged(HostileFamily family, String algorithm) {
    ForgedToken token = family.valid(algorithm);
    byte[] good = token.signature();
    byte[] ones = new byte[good.length];
    Arrays.fill(ones, (byte) 0xff);
    add(family, algorithm + ", empty", token.signature(new byte[0]));
    add(family, algorithm + ", one zero byte", token.signature(new byte[1]));
    add(family, algorithm + ", all zeros", token.signature(new byte[good.length]));
    add(family, algorithm + ", all ones", token.signature(ones));
    add(family, algorithm + ", one byte short", token.signature(resized(good, good.length - 1)));
    add(family, algorithm + ", one byte long", token.signature(resized(good, good.length + 1)));
    add(family, algorithm + ", half", token.signature(resized(good, good.length / 2)));
    add(family, algorithm + ", first bit flipped", token.signature(flipped(good, 0, 0x80)));
    add(
        family,
        algorithm + ", last bit flipped",
        token.signature(flipped(good, good.length - 1, 1)));
  }

  private static void addSwapped(HostileFamily family) {
    ForgedToken token = family.valid();
    byte[] good = token.signature();
    add(family, "of another subject", token.subject("admin").signature(good));
    add(family, "of another expiry", token.claim("exp", 4102444800L).signature(good));
    add(family, "of another scope", token.claim("scope", "admin").signature(good));
    add(family, "of another header", token.header("cty", "JWT").signature(good));
    add(family, "of another type", token.type("application/at+jwt").signature(good));
    add(
        family,
        "of the same claims in another spelling",
        token.rawPayload(token.payloadJson() + " ").signature(good));
    add(family, "of the header alone", token.signature(sign(family, token.headerPart())));
    add(family, "of the payload alone", token.signature(sign(family, token.payloadPart())));
    add(
        family,
        "of the decoded JSON",
        token.signature(sign(family, token.headerJson() + "." + token.payloadJson())));
    add(family, "in hexadecimal", token.signature(ascii(new BigInteger(1, good).toString(16))));
    add(family, "encoded twice", token.signature(ascii(Jose.base64Url(good))));
    add(family, "the text 'null'", token.signature(ascii("null")));
  }

  private static void addForeign(HostileFamily family) {
    String own = "RFC 8725 section 3.8";
    for (String algorithm : List.of("RS256", "PS256", "ES256", "EdDSA")) {
      family.add(
          algorithm + ", by another key of the same id",
          own,
          "SIGNATURE",
          family.valid(algorithm).signedBy(family.forge().keyFor(algorithm).fresh()));
    }
    TokenForge other = otherIssuer(family);
    family.add(
        "by another issuer's key, under this issuer's key id",
        own,
        "SIGNATURE",
        family.valid().signedBy(other.key()));
    family.add(
        "by another issuer's key, under its own id",
        own,
        "UNKNOWN_KEY",
        family.valid().header("kid", other.key().kid()).signedBy(other.key()));
    family.add("another issuer's token", own, "ISSUER", other.token());
    family.add(
        "by a weak key of the same id",
        "RFC 7518 section 3.3",
        "SIGNATURE",
        family.valid("RS256").signedBy(ForgedKey.rsa(1024, "weak")));
  }

  private static TokenForge otherIssuer(HostileFamily family) {
    ForgedKey key = ForgedKey.of(family.forge().key().algorithm(), "other-issuer-key");
    return family.forge().withIssuer("https://other-issuer.example.com").key(key);
  }

  private static void addRsa(HostileFamily family) {
    ForgedKey key = family.forge().keyFor("RS256");
    ForgedToken token = family.valid("RS256");
    BigInteger modulus = ((RSAPublicKey) key.publicKey()).getModulus();
    int length = (modulus.bitLength() + 7) / 8;
    for (String other : List.of("RS384", "RS512", "PS256")) {
      add(family, "RS256, made as " + other, token.signedBy(key.withAlgorithm(other)));
    }
    add(family, "RS256, one", token.signature(Jose.fixed(BigInteger.ONE, length)));
    add(
        family,
        "RS256, the modulus less one",
        token.signature(Jose.fixed(modulus.subtract(BigInteger.ONE), length)));
    add(family, "RS256, the modulus", token.signature(Jose.fixed(modulus, length)));
    BigInteger above = new BigInteger(1, token.signature()).add(modulus);
    add(
        family,
        "RS256, the modulus added",
        token.signature(Jose.fixed(above, (above.bitLength() + 7) / 8)));
    byte[] zeroBefore = new byte[length + 1];
    System.arraycopy(token.signature(), 0, zeroBefore, 1, length);
    add(family, "RS256, a zero byte before", token.signature(zeroBefore));
  }

  /** The zeros of CVE-2022-21449 are among the damaged ones. */
  private static void addEcdsa(HostileFamily family) {
    ForgedToken token = family.valid("ES256");
    ECPublicKey key = (ECPublicKey) family.forge().keyFor("ES256").publicKey();
    byte[] order = Jose.fixed(key.getParams().getOrder(), 32);
    byte[] zero = new byte[32];
    byte[] good = token.signature();
    byte[] r = Arrays.copyOf(good, 32);
    byte[] s = Arrays.copyOfRange(good, 32, 64);
    family.add("ES256, r zero", ECDSA, "SIGNATURE", token.signature(both(zero, s)));
    family.add("ES256, s zero", ECDSA, "SIGNATURE", token.signature(both(r, zero)));
    family.add("ES256, the order twice", ECDSA, "SIGNATURE", token.signature(both(order, order)));
    family.add("ES256, r the order", ECDSA, "SIGNATURE", token.signature(both(order, s)));
    family.add("ES256, r and s swapped", ECDSA, "SIGNATURE", token.signature(both(s, r)));
    family.add("ES256, in DER", ECDSA, "SIGNATURE", token.signature(Jose.der(good)));
    family.add(
        "ES256, zeros in DER",
        ECDSA,
        "SIGNATURE",
        token.signature(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}));
    byte[] wide = new byte[66];
    System.arraycopy(r, 0, wide, 1, 32);
    System.arraycopy(s, 0, wide, 34, 32);
    family.add("ES256, each number a byte wider", ECDSA, "SIGNATURE", token.signature(wide));
    ForgedKey p384 = family.forge().keyFor("ES384");
    family.add("ES256, made as ES384", ECDSA, "SIGNATURE", token.signedBy(p384));
  }

  private static void addEdDsa(HostileFamily family) {
    ForgedToken token = family.valid("EdDSA");
    byte[] good = token.signature();
    byte[] neutral = new byte[64];
    neutral[0] = 1;
    family.add("EdDSA, the neutral point", EDDSA, "SIGNATURE", token.signature(neutral));
    family.add("EdDSA, s raised by the order", EDDSA, "SIGNATURE", token.signature(raised(good)));
    family.add(
        "EdDSA, both halves swapped",
        EDDSA,
        "SIGNATURE",
        token.signature(both(Arrays.copyOfRange(good, 32, 64), Arrays.copyOf(good, 32))));
  }

  /** The same signature to a verifier that does not compare s with the order (RFC 8032 5.1.7). */
  private static byte[] raised(byte[] signature) {
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] more = Jose.fixed(new BigInteger(1, s).add(order), 32);
    return both(Arrays.copyOf(signature, 32), reversed(more));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      out[i] = bytes[bytes.length - 1 - i];
    }
    return out;
  }

  private static byte[] both(byte[] first, byte[] second) {
    byte[] out = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, out, first.length, second.length);
    return out;
  }

  private static byte[] resized(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] flipped(byte[] bytes, int index, int mask) {
    byte[] out = bytes.clone();
    out[index] = (byte) (out[index] ^ mask);
    return out;
  }

  private static byte[] sign(HostileFamily family, String text) {
    return family.forge().key().sign(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void add(HostileFamily family, String name, ForgedToken token) {
    family.add(name, VALID, "SIGNATURE", token);
  }
}
