package io.github.ownproof.auth.keys;

import static io.github.ownproof.auth.keys.TestKeys.ED25519;
import static io.github.ownproof.auth.keys.TestKeys.P256;
import static io.github.ownproof.auth.keys.TestKeys.P521;
import static io.github.ownproof.auth.keys.TestKeys.RSA;
import static io.github.ownproof.auth.keys.TestKeys.base64Url;
import static io.github.ownproof.auth.keys.TestKeys.json;
import static io.github.ownproof.auth.keys.TestKeys.jwk;
import static io.github.ownproof.auth.keys.TestKeys.unsigned;
import static io.github.ownproof.auth.keys.TestKeys.with;
import static io.github.ownproof.auth.keys.TestKeys.without;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which JSON Web Keys are of use, each bad one beside a good one. */
class JwkReadingTest {

  private static final SignatureProviders JDK = new SignatureProviders(null);

  private static final Map<String, Object> RSA_JWK = jwk(RSA, "bad");
  private static final Map<String, Object> EC_JWK = jwk(P256, "bad");
  private static final Map<String, Object> ED_JWK = jwk(ED25519, "bad");
  private static final BigInteger N = ((RSAPublicKey) RSA.getPublic()).getModulus();

  /** A certificate of the key {@link #certified} gives, and one of another key. */
  private static final String CERTIFICATE =
      "MIIBcTCCARegAwIBAgIUKGZ/pv2pLna7j3VyDrkt4m8VQewwCgYIKoZIzj0EAwIwDTELMAkG"
          + "A1UEAwwCdDEwIBcNMjYxMTIyMTU0NjAyWhgPMjEyNjEwMjkxNTQ2MDJaMA0xCzAJBgNVBAMM"
          + "AnQxMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAET5mNNp7JiGDm0eJNWs1VmI+jNZWDYExV"
          + "yQ2nksraDDuIuPxn+BfFMWJbOhmulZJMpwJ+7vR78jUqXM5S/GSNJqNTMFEwHQYDVR0OBBYE"
          + "FEQeIC3wheQeSwSYRNFsMvhW8ksKMB8GA1UdIwQYMBaAFEQeIC3wheQeSwSYRNFsMvhW8ksK"
          + "MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAPsq+rfD3sAyB+6R3BEr89Z2"
          + "n3Z6KpDz5BSDxXq2TbXkAiBg8pk9DeXbFMzXabGY4mIsYlfiYpnEWmomZg4CRcl1ag==";

  private static final String OTHER_CERTIFICATE =
      "MIIBcDCCARegAwIBAgIUWH6BG2itrCocycKALKYv24OIicgwCgYIKoZIzj0EAwIwDTELMAkG"
          + "A1UEAwwCdDIwIBcNMjYxMTIyMTU0NjAyWhgPMjEyNjEwMjkxNTQ2MDJaMA0xCzAJBgNVBAMM"
          + "AnQyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAENTkKPA6yv+jjVsXrlMWtWQvbaokm2qBo"
          + "V5KogR/TwHv1071xQaDJHiEPBVMnJMRBwOGyIMvZDNV3t1Q7HIpL2KNTMFEwHQYDVR0OBBYE"
          + "FG+zaUgdzLDsz2PMZuaJpJaMDEPjMB8GA1UdIwQYMBaAFG+zaUgdzLDsz2PMZuaJpJaMDEPj"
          + "MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgHSbMNiSuiKl276wLN9EvRKHs"
          + "abJk256K1Bme7CTkWr0CIHidM/wXxuD7/LBH6dFi32iMd02fEqtZAoyK7krvL0mt";

  private static Map<String, Object> certified(Object x5c) {
    Map<String, Object> jwk = with(EC_JWK, "x", "T5mNNp7JiGDm0eJNWs1VmI-jNZWDYExVyQ2nksraDDs");
    return with(with(jwk, "y", "iLj8Z_gXxTFiWzoZrpWSTKcCfu70e_I1KlzOUvxkjSY"), "x5c", x5c);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
            notKeys(), identified(), uses(), algorithms(), rsa(), rsaText(), ec(), okp(), x5c())
        .flatMap(rows -> rows);
  }

  private static Arguments row(String rule, Map<String, Object> jwk) {
    return Arguments.of(rule, json(jwk));
  }

  private static Stream<Arguments> notKeys() {
    return Stream.concat(
        Stream.of("17", "\"key\"", "true", "null", "[]", "{}", "[{}]")
            .map(element -> Arguments.of("RFC 7517 5: not a key: " + element, element)),
        Stream.of(
            row("RFC 7517 4.1: no kty", without(EC_JWK, "kty")),
            row("RFC 7517 4.1: kty a number", with(EC_JWK, "kty", 1)),
            row("RFC 7517 4.1: kty null", with(EC_JWK, "kty", null)),
            row("RFC 7517 4.1: kty in other case", with(EC_JWK, "kty", "ec")),
            row("RFC 7517 4.1: kty unknown", with(EC_JWK, "kty", "AKP")),
            row("RFC 7517 4.1: kty of another key", with(EC_JWK, "kty", "RSA")),
            Arguments.of(
                "RFC 7517 4: duplicate name", json(EC_JWK).replaceFirst("\\{", "{\"kty\":\"EC\",")),
            row("RFC 7518 6.4: symmetric", Map.of("kid", "bad", "kty", "oct", "k", "c2VjcmV0")),
            row("RFC 7518 6.2.2: private EC", with(EC_JWK, "d", "AQ")),
            row("RFC 8037 2: private OKP", with(ED_JWK, "d", "AQ")),
            row("RFC 7518 6.3.2.1: d", with(RSA_JWK, "d", "AQ")),
            row("RFC 7518 6.3.2.2: p", with(RSA_JWK, "p", "AQ")),
            row("RFC 7518 6.3.2.3: q", with(RSA_JWK, "q", "AQ")),
            row("RFC 7518 6.3.2.4: dp", with(RSA_JWK, "dp", "AQ")),
            row("RFC 7518 6.3.2.5: dq", with(RSA_JWK, "dq", "AQ")),
            row("RFC 7518 6.3.2.6: qi", with(RSA_JWK, "qi", "AQ")),
            row("RFC 7518 6.3.2.7: oth", with(RSA_JWK, "oth", List.of())),
            row("RFC 7518 6.4.1: k in a public key", with(RSA_JWK, "k", "AQ")),
            row("RFC 7518 6.2.2: d that is null", with(EC_JWK, "d", null))));
  }

  private static Stream<Arguments> identified() {
    return Stream.of(
        row("RFC 7517 4.5: no kid", without(EC_JWK, "kid")),
        row("RFC 7517 4.5: kid a number", with(EC_JWK, "kid", 7)),
        row("RFC 7517 4.5: kid null", with(EC_JWK, "kid", null)),
        row("RFC 7517 4.5: kid a list", with(EC_JWK, "kid", List.of("bad"))),
        row("RFC 7517 4.5: kid empty", with(EC_JWK, "kid", "")),
        row("RFC 7517 4.5: kid of 257", with(EC_JWK, "kid", "k".repeat(257))),
        row("RFC 7517 4.5: kid with a new line", with(EC_JWK, "kid", "bad\n")),
        row("RFC 7517 4.5: kid with NUL", with(EC_JWK, "kid", "bad\0")),
        row("RFC 7517 4.5: kid with a C1 control", with(EC_JWK, "kid", "bad\u0085")));
  }

  private static Stream<Arguments> uses() {
    return Stream.of(
        row("RFC 7517 4.2: use enc", with(EC_JWK, "use", "enc")),
        row("RFC 7517 4.2: use in other case", with(EC_JWK, "use", "SIG")),
        row("RFC 7517 4.2: use a number", with(EC_JWK, "use", 1)),
        row("RFC 7517 4.2: use null", with(EC_JWK, "use", null)),
        row("RFC 7517 4.2: use a list", with(EC_JWK, "use", List.of("sig"))),
        row("RFC 7517 4.3: no operations", with(EC_JWK, "key_ops", List.of())),
        row("RFC 7517 4.3: sign only", with(EC_JWK, "key_ops", List.of("sign"))),
        row("RFC 7517 4.3: encrypt", with(EC_JWK, "key_ops", List.of("encrypt"))),
        row("RFC 7517 4.3: twice", with(EC_JWK, "key_ops", List.of("verify", "verify"))),
        row("RFC 7517 4.3: unrelated", with(EC_JWK, "key_ops", List.of("verify", "encrypt"))),
        row(
            "RFC 7517 4.3: against use",
            with(with(EC_JWK, "use", "sig"), "key_ops", List.of("wrapKey"))),
        row("RFC 7517 4.3: a string", with(EC_JWK, "key_ops", "verify")),
        row("RFC 7517 4.3: a number in it", with(EC_JWK, "key_ops", List.of("verify", 1))),
        row("RFC 7517 4.3: null", with(EC_JWK, "key_ops", null)));
  }

  private static Stream<Arguments> algorithms() {
    return Stream.of(
        row("RFC 7517 4.4: RS256 on EC", with(EC_JWK, "alg", "RS256")),
        row("RFC 7517 4.4: ES256 on RSA", with(RSA_JWK, "alg", "ES256")),
        row("RFC 7518 3.4: ES384 on P-256", with(EC_JWK, "alg", "ES384")),
        row("RFC 7518 3.4: ES256 on P-521", with(jwk(P521, "bad"), "alg", "ES256")),
        row("RFC 7518 3.4: ES521", with(jwk(P521, "bad"), "alg", "ES521")),
        row("RFC 8037 3.1: EdDSA on EC", with(EC_JWK, "alg", "EdDSA")),
        row("RFC 8037 3.1: ES256 on OKP", with(ED_JWK, "alg", "ES256")),
        row("RFC 9864 2.2: Ed448 on Ed25519", with(ED_JWK, "alg", "Ed448")),
        row("RFC 7518 3.2: HS256 on RSA", with(RSA_JWK, "alg", "HS256")),
        row("RFC 7518 3.6: none", with(RSA_JWK, "alg", "none")),
        row("RFC 7518 4.3: RSA-OAEP", with(RSA_JWK, "alg", "RSA-OAEP")),
        row("RFC 7518 4.6: ECDH-ES", with(EC_JWK, "alg", "ECDH-ES")),
        row("RFC 7515 4.1.1: other case", with(RSA_JWK, "alg", "rs256")),
        row("RFC 7517 4.4: a number", with(RSA_JWK, "alg", 256)),
        row("RFC 7517 4.4: null", with(RSA_JWK, "alg", null)));
  }

  private static Stream<Arguments> rsa() {
    return Stream.of(
        row("RFC 7518 3.3: 1024 bits", withModulus(N.shiftRight(1024).setBit(0))),
        row("RFC 7518 3.3: 2047 bits", withModulus(sound(2047))),
        row("bound on work: 8193 bits", withModulus(sound(8193))),
        row("RFC 8017 3.1: even modulus", withModulus(N.clearBit(0))),
        row("RFC 8017 3.1: a factor of 3", withModulus(multipleOf(3))),
        row("RFC 8017 3.1: a factor of 167", withModulus(multipleOf(167))),
        row("CVE-2017-15361", withModulus(fingerprinted())),
        row("RFC 8017 3.1: exponent 0", with(RSA_JWK, "e", "AA")),
        row("RFC 8017 3.1: exponent 1", with(RSA_JWK, "e", "AQ")),
        row("RFC 8017 3.1: exponent 2", with(RSA_JWK, "e", "Ag")),
        row("RFC 8017 3.1: even exponent", with(RSA_JWK, "e", unsigned(BigInteger.valueOf(65536)))),
        row(
            "bound on work: exponent of 65 bits",
            with(RSA_JWK, "e", unsigned(BigInteger.ONE.shiftLeft(64).setBit(0)))),
        row("bound on work: exponent as long as the modulus", with(RSA_JWK, "e", unsigned(N))));
  }

  private static Stream<Arguments> rsaText() {
    String n = Objects.requireNonNull((String) RSA_JWK.get("n"));
    byte[] longer = TestKeys.fixed(N, 257);
    return Stream.of(
        row("RFC 7518 6.3.1.1: no n", without(RSA_JWK, "n")),
        row("RFC 7518 6.3.1.2: no e", without(RSA_JWK, "e")),
        row("RFC 7518 6.3.1.1: n a number", with(RSA_JWK, "n", 65537)),
        row("RFC 7518 6.3.1.2: e a number", with(RSA_JWK, "e", 65537)),
        row("RFC 7518 6.3.1.1: n empty", with(RSA_JWK, "n", "")),
        row("RFC 7518 6.3.1.2: e empty", with(RSA_JWK, "e", "")),
        row("RFC 7518 2: n with a leading zero", with(RSA_JWK, "n", base64Url(longer))),
        row("RFC 7518 2: e with a leading zero", with(RSA_JWK, "e", "AAEAAQ")),
        row("RFC 7515 2: n padded", with(RSA_JWK, "n", n + "==")),
        row(
            "RFC 7515 2: n with white space",
            with(RSA_JWK, "n", n.substring(0, 8) + "\n" + n.substring(8))),
        row("RFC 7515 2: n in the other alphabet", with(RSA_JWK, "n", "+/" + n.substring(2))),
        row("RFC 7515 2: e with a character outside", with(RSA_JWK, "e", "AQAB!")),
        row(
            "RFC 4648 3.5: n with unused bits",
            with(RSA_JWK, "n", n.substring(0, 341) + next(n.charAt(341)))));
  }

  private static Stream<Arguments> ec() {
    ECPublicKey key = (ECPublicKey) P256.getPublic();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    BigInteger p =
        new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    BigInteger rootOfB =
        key.getParams().getCurve().getB().modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    return Stream.of(
        row("RFC 7518 6.2.1.1: no crv", without(EC_JWK, "crv")),
        row("RFC 7518 6.2.1.1: crv a number", with(EC_JWK, "crv", 256)),
        row("RFC 7518 6.2.1.1: crv in other case", with(EC_JWK, "crv", "p-256")),
        row("RFC 7518 6.2.1.1: crv by another name", with(EC_JWK, "crv", "secp256r1")),
        row("RFC 8812 3.1: secp256k1", with(EC_JWK, "crv", "secp256k1")),
        row("RFC 7518 6.2.1.1: crv unknown", with(EC_JWK, "crv", "P-257")),
        row("RFC 7518 6.2.1.1: P-384 for a point of P-256", with(EC_JWK, "crv", "P-384")),
        row(
            "RFC 7518 6.2.1.2: P-384 for a point of P-256, padded",
            with(with(with(EC_JWK, "crv", "P-384"), "x", unsigned(x, 48)), "y", unsigned(y, 48))),
        row("RFC 7518 6.2.1.2: no x", without(EC_JWK, "x")),
        row("RFC 7518 6.2.1.3: no y", without(EC_JWK, "y")),
        row("RFC 7518 6.2.1.2: x a number", with(EC_JWK, "x", 5)),
        row("RFC 7518 6.2.1.2: x one byte longer", with(EC_JWK, "x", unsigned(x, 33))),
        row("RFC 7518 6.2.1.3: y one byte longer", with(EC_JWK, "y", unsigned(y, 33))),
        row("RFC 7518 6.2.1.2: x without its leading zero", shortX()),
        row("RFC 7515 2: x padded", with(EC_JWK, "x", EC_JWK.get("x") + "=")),
        row("SEC 1 3.2.2.1: not on the curve", with(EC_JWK, "y", unsigned(y.flipBit(0), 32))),
        row(
            "SEC 1 3.2.2.1: x and y exchanged",
            with(with(EC_JWK, "x", unsigned(y, 32)), "y", unsigned(x, 32))),
        row(
            "SEC 1 3.2.2.1: 0, 0",
            with(with(EC_JWK, "x", base64Url(new byte[32])), "y", base64Url(new byte[32]))),
        row(
            "SEC 1 3.2.2.1: x not below the prime",
            with(with(EC_JWK, "x", unsigned(p, 32)), "y", unsigned(rootOfB, 32))));
  }

  private static Stream<Arguments> okp() {
    String small = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    return Stream.concat(
        Stream.of(
            row("RFC 8037 2: no crv", without(ED_JWK, "crv")),
            row("RFC 8037 3.2: X25519 does not sign", with(ED_JWK, "crv", "X25519")),
            row("RFC 8037 2: Ed448 is not supported", with(ED_JWK, "crv", "Ed448")),
            row("RFC 8037 2: no x", without(ED_JWK, "x")),
            row("RFC 8037 2: y", with(ED_JWK, "y", "AQ")),
            row("RFC 8032 5.1.2: 31 bytes", with(ED_JWK, "x", base64Url(new byte[31]))),
            row("RFC 8032 5.1.2: 33 bytes", with(ED_JWK, "x", base64Url(new byte[33]))),
            row("RFC 7515 2: x padded", with(ED_JWK, "x", ED_JWK.get("x") + "=")),
            row("RFC 8032 5.1.3: no such point", point("02" + "00".repeat(31)))),
        Stream.of(
                "00".repeat(32),
                "00".repeat(31) + "80",
                "01" + "00".repeat(31),
                "01" + "00".repeat(30) + "80",
                "ec" + "ff".repeat(30) + "7f",
                "ec" + "ff".repeat(31),
                small,
                small.substring(0, 62) + "85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "ed" + "ff".repeat(30) + "7f",
                "ee" + "ff".repeat(30) + "7f",
                "f0" + "ff".repeat(30) + "7f",
                "ff".repeat(32))
            .map(hex -> row("RFC 8032 5.1.3 and 5.1.7: small order, or y too large", point(hex))));
  }

  private static Stream<Arguments> x5c() {
    return Stream.of(
        row("RFC 7517 4.7: of another key", certified(List.of(OTHER_CERTIFICATE))),
        row(
            "RFC 7517 4.7: the right one second",
            certified(List.of(OTHER_CERTIFICATE, CERTIFICATE))),
        row("RFC 7517 4.7: empty", certified(List.of())),
        row("RFC 7517 4.7: a string", certified(CERTIFICATE)),
        row("RFC 7517 4.7: a number in it", certified(List.of(CERTIFICATE, 1))),
        row("RFC 7517 4.7: not base64", certified(List.of("!"))),
        row("RFC 7517 4.7: no certificate", certified(List.of("AQAB"))),
        row("RFC 7517 4.7: null", certified(null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void read_badKeyBesideAGoodOne_isIgnoredAndTheGoodOneVerifies(String rule, String bad) {
    String good = json(jwk(ED25519, "good"));
    byte[] data = rule.getBytes(US_ASCII);
    byte[] signature = TestKeys.sign(JwsAlgorithm.ED25519, data);

    for (String[] order : List.of(new String[] {bad, good}, new String[] {good, bad})) {
      KeySet keys = TestKeys.read(JDK, order);

      assertThat(keys.find("bad")).isNull();
      assertThat(keys.usable()).isEqualTo(1);
      assertThat(keys.ignored()).isEqualTo(1);
      VerificationKey key = Objects.requireNonNull(keys.find("good"));
      assertThat(key.verify(JwsAlgorithm.ED25519, data, data.length, signature)).isTrue();
    }
  }

  @Test
  void bad_rows_areAtLeastSixtyAndDiffer() {
    assertThat(bad().map(row -> row.get()[1]).distinct().count()).isGreaterThan(100);
  }

  static Stream<Arguments> good() {
    Set<JwsAlgorithm> rsa =
        Set.of(
            JwsAlgorithm.RS256,
            JwsAlgorithm.RS384,
            JwsAlgorithm.RS512,
            JwsAlgorithm.PS256,
            JwsAlgorithm.PS384,
            JwsAlgorithm.PS512);
    Set<JwsAlgorithm> es256 = Set.of(JwsAlgorithm.ES256);
    Set<JwsAlgorithm> ed = Set.of(JwsAlgorithm.ED25519);
    return Stream.of(
        Arguments.of("RSA", json(RSA_JWK), rsa),
        Arguments.of("RSA of 3072 bits", json(withModulus(sound(3072))), rsa),
        Arguments.of("RSA of 8192 bits", json(withModulus(sound(8192))), rsa),
        Arguments.of("RSA with exponent 3", json(with(RSA_JWK, "e", "Aw")), rsa),
        Arguments.of(
            "RSA with alg", json(with(RSA_JWK, "alg", "PS384")), Set.of(JwsAlgorithm.PS384)),
        Arguments.of("P-256", json(EC_JWK), es256),
        Arguments.of("P-384", json(jwk(TestKeys.P384, "bad")), Set.of(JwsAlgorithm.ES384)),
        Arguments.of("P-521", json(jwk(P521, "bad")), Set.of(JwsAlgorithm.ES512)),
        Arguments.of("P-256 with alg", json(with(EC_JWK, "alg", "ES256")), es256),
        Arguments.of("Ed25519", json(ED_JWK), ed),
        Arguments.of("Ed25519, old name", json(with(ED_JWK, "alg", "EdDSA")), ed),
        Arguments.of("Ed25519, new name", json(with(ED_JWK, "alg", "Ed25519")), ed),
        Arguments.of("use", json(with(EC_JWK, "use", "sig")), es256),
        Arguments.of("operation", json(with(EC_JWK, "key_ops", List.of("verify"))), es256),
        Arguments.of(
            "both",
            json(with(with(EC_JWK, "use", "sig"), "key_ops", List.of("verify", "sign"))),
            es256),
        Arguments.of("unknown members", json(with(with(EC_JWK, "issuer", "x"), "x5t", 1)), es256),
        Arguments.of("its certificate", json(certified(List.of(CERTIFICATE))), es256),
        Arguments.of(
            "its certificate first",
            json(certified(List.of(CERTIFICATE, OTHER_CERTIFICATE))),
            es256));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("good")
  void read_goodKey_hasTheAlgorithmsOfItsType(
      String name, String jwk, Set<JwsAlgorithm> algorithms) {
    VerificationKey key = TestKeys.only(jwk, JDK);

    assertThat(key.algorithms()).as(name).isEqualTo(algorithms);
    assertThat(key.kid()).isEqualTo("bad");
  }

  @Test
  void read_kidOf256Characters_isUsed() {
    assertThat(TestKeys.read(with(EC_JWK, "kid", "k".repeat(256))).usable()).isEqualTo(1);
  }

  private static Map<String, Object> withModulus(BigInteger modulus) {
    return with(RSA_JWK, "n", unsigned(modulus));
  }

  /** Passes for a modulus of this length, without the time it takes to find two primes. */
  private static BigInteger sound(int bits) {
    BigInteger candidate = BigInteger.ONE.shiftLeft(bits - 1).add(N.shiftRight(100)).setBit(0);
    while (!candidate.gcd(smallPrimes()).equals(BigInteger.ONE)) {
      candidate = candidate.add(BigInteger.TWO);
    }
    return candidate;
  }

  private static BigInteger multipleOf(int prime) {
    BigInteger factor = BigInteger.valueOf(prime);
    BigInteger multiple = N.subtract(N.mod(factor));
    return multiple.testBit(0) ? multiple : multiple.add(factor);
  }

  /** A modulus that leaves powers of 65537 modulo all small primes. */
  private static BigInteger fingerprinted() {
    BigInteger primes = smallPrimes();
    return N.subtract(N.mod(primes))
        .add(BigInteger.valueOf(65537).modPow(BigInteger.valueOf(4711), primes));
  }

  /** The product of the primes up to 167. */
  private static BigInteger smallPrimes() {
    return IntStream.rangeClosed(2, 167)
        .mapToObj(BigInteger::valueOf)
        .filter(number -> number.isProbablePrime(50))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** A point of the curve, its x written in 31 bytes. */
  private static Map<String, Object> shortX() {
    BigInteger x =
        new BigInteger("80000000000000000000000000000000000000000000000000000000003039", 16);
    BigInteger y =
        new BigInteger("dd1f51125a92cc1f6358c4a6deec59df04761eca065604b4d4b8c8ea0d9f05b8", 16);
    assertThat(TestKeys.read(with(with(EC_JWK, "x", unsigned(x, 32)), "y", unsigned(y, 32))))
        .extracting(KeySet::usable)
        .isEqualTo(1);
    return with(with(EC_JWK, "x", unsigned(x, 31)), "y", unsigned(y, 32));
  }

  private static Map<String, Object> point(String hex) {
    return with(ED_JWK, "x", base64Url(HexFormat.of().parseHex(hex)));
  }

  private static char next(char base64) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return alphabet.charAt(alphabet.indexOf(base64) + 1);
  }
}
