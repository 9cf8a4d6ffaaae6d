package io.github.ownproof.testkit;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Algorithms the issuer does not sign with, and keys used for another algorithm than their own. */
final class HostileAlgorithms {

  private static final String ALLOWED = "RFC 8725 section 3.1";
  private static final String NONE = "RFC 8725 section 2.1";
  private static final String CONFUSED = "RFC 8725 section 3.1 (one key, one algorithm)";

  private HostileAlgorithms() {}

  static void addTo(HostileFamily family) {
    addNone(family);
    addUnknown(family);
    addHmac(family);
    addConfused(family);
  }

  private static void addNone(HostileFamily family) {
    List<String> spellings =
        List.of("none", "None", "NONE", "nOnE", "NonE", "none ", " none", "none\0", "", "null");
    for (String none : spellings) {
      ForgedToken token = family.valid().header("alg", none);
      family.add(
          "unsigned as " + JsonText.of(none), NONE, "ALGORITHM", token.signature(new byte[0]));
    }
    ForgedToken none = family.valid().algorithm("none");
    family.add("none, with a good signature", NONE, "ALGORITHM", none);
    family.add("none, with one byte", NONE, "ALGORITHM", none.signature(new byte[1]));
    family.add(
        "none, alone in the header",
        NONE,
        "ALGORITHM",
        none.rawHeader("{\"alg\":\"none\"}").signature(new byte[0]));
    family.add(
        "unsigned, without an algorithm",
        NONE,
        "ALGORITHM",
        family.valid().withoutHeader("alg").signature(new byte[0]));
  }

  private static void addUnknown(HostileFamily family) {
    List<String> values =
        List.of(
            "",
            "null",
            "256",
            "true",
            "[\"RS256\"]",
            "{\"RS256\":1}",
            "\"rs256\"",
            "\"Rs256\"",
            "\"RS256 \"",
            "\"RS256\\u0000\"",
            "\"RS1\"",
            "\"RS255\"",
            "\"RS2560\"",
            "\"RSA\"",
            "\"SHA256withRSA\"",
            "\"ES256K\"",
            "\"ES521\"",
            "\"Ed448\"",
            "\"EDDSA\"",
            "\"ML-DSA-65\"",
            "\"dir\"",
            "\"RSA-OAEP\"",
            "\"RSA1_5\"",
            "\"A128KW\"",
            "\"PBES2-HS256+A128KW\"");
    for (String json : values) {
      family.header(ALLOWED, "ALGORITHM", "alg", json);
    }
  }

  /** The public key as an HMAC secret (CVE-2015-9235, CVE-2016-10555 and many since). */
  private static void addHmac(HostileFamily family) {
    ForgedKey key = family.forge().keyFor("RS256");
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    secrets.put("the public key in PEM", bytes(key.pem()));
    secrets.put("the public key in PEM, without the last newline", bytes(key.pem().strip()));
    secrets.put("the public key in PEM, on one line", bytes(key.pem().replace("\n", "")));
    secrets.put("the public key in PEM, after a space", bytes(" " + key.pem()));
    secrets.put("the public key in DER", key.publicKey().getEncoded());
    secrets.put("the JWK", bytes(key.publicJwk()));
    secrets.put("the JWK Set", bytes(family.forge().jwks()));
    secrets.put("the modulus", ((RSAPublicKey) key.publicKey()).getModulus().toByteArray());
    secrets.put("an empty secret", new byte[0]);
    secrets.put("the secret 'secret'", bytes("secret"));
    secrets.put("the key id", bytes(key.kid()));
    secrets.forEach((name, secret) -> addHmac(family, "HS256", name, secret));
    addHmac(family, "HS384", "the public key in PEM", bytes(key.pem()));
    addHmac(family, "HS512", "the public key in PEM", bytes(key.pem()));
    ForgedKey lower = ForgedKey.hmac("HS256", key.kid(), bytes(key.pem()));
    family.add(
        "hs256 with the public key in PEM",
        "RFC 8725 section 2.1",
        "ALGORITHM",
        family.valid("RS256").algorithm("hs256").signedBy(lower));
  }

  private static void addHmac(HostileFamily family, String algorithm, String name, byte[] secret) {
    ForgedKey hmac = ForgedKey.hmac(algorithm, "any", secret);
    family.add(
        algorithm + " with " + name,
        "RFC 8725 section 2.1",
        "ALGORITHM",
        family.valid("RS256").algorithm(algorithm).signedBy(hmac));
  }

  private static void addConfused(HostileFamily family) {
    ForgedKey rsa = family.forge().keyFor("RS256");
    for (String other : List.of("RS384", "RS512", "PS256", "PS384", "PS512")) {
      family.add(
          other + " by the RS256 key",
          CONFUSED,
          "UNKNOWN_KEY",
          family.valid("RS256").algorithm(other).signedBy(rsa.withAlgorithm(other)));
    }
    List<String> ofOtherTypes = List.of("ES256", "ES384", "ES512", "EdDSA", "Ed25519");
    for (String other : ofOtherTypes) {
      family.add(
          other + " under the RS256 key's id",
          CONFUSED,
          "UNKNOWN_KEY",
          family.valid("RS256").algorithm(other).signedBy(family.forge().keyFor(other)));
      family.add(
          "RS256 under the " + other + " key's id",
          CONFUSED,
          "UNKNOWN_KEY",
          family.valid(other).algorithm("RS256").signedBy(rsa));
    }
    family.add(
        "ES384 under the ES256 key's id",
        CONFUSED,
        "UNKNOWN_KEY",
        family.valid("ES256").algorithm("ES384").signedBy(family.forge().keyFor("ES384")));
    family.add(
        "RS256 by the PS256 key",
        CONFUSED,
        "UNKNOWN_KEY",
        family
            .valid("PS256")
            .algorithm("RS256")
            .signedBy(family.forge().keyFor("PS256").withAlgorithm("RS256")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
