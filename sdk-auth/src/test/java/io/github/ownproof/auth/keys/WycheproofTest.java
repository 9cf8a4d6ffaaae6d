package io.github.ownproof.auth.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.ownproof.auth.internal.Base64Url;
import io.github.ownproof.auth.internal.JsonLimits;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.internal.StrictJson;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public test vectors of Project Wycheproof ({@code testvectors_v1} of C2SP/wycheproof at
 * dac1dd4), where the system property {@code ownproof.wycheproof} names the directory they are in.
 * Each case in which we differ from its label is listed with the reason.
 */
class WycheproofTest {

  /** Valid by its label; we verify no HMAC, whoever holds the key could also sign. */
  private static final Set<Integer> HMAC = Set.of(1, 348, 352, 357, 358, 359, 376, 377);

  /**
   * Valid by its label, but the alphabet of base64url has no question mark: 372 in the header, 373
   * in the payload (RFC 7515 section 2).
   */
  private static final Set<Integer> QUESTION_MARK = Set.of(372, 373);

  /** Valid by its label, but the key is for PS256 and the token says PS384 (RFC 7517 4.4). */
  private static final Set<Integer> OTHER_ALG = Set.of(346, 350);

  /** Valid by its label, but the key is for ES521, which is no algorithm (RFC 7518 section 3.1). */
  private static final Set<Integer> ES521 = Set.of(347, 351);

  /** Invalid by its label, but to the byte the same token and key as 357, which is valid. */
  private static final Set<Integer> SAME_AS_VALID = Set.of(367, 370);

  /** Valid by its label; HMAC again. */
  private static final Set<Integer> HMAC_KEYS = Set.of(2, 13, 14, 15);

  /**
   * Where the JDK's own providers differ from the label, in what none but the key's owner can make.
   * 8 is acceptable by its label: PKCS #1 without the NULL of its DigestInfo (RFC 8017 section 9.2
   * allows to accept it). The others are valid, and refused: r is x reduced by the order, which an
   * honest signer meets once in 2<sup>128</sup> signatures; newer JDKs accept them.
   */
  private static final Map<String, Set<Integer>> JDK_DIFFERS =
      Map.of(
          "rsa_signature_2048_sha256_test", Set.of(8),
          "rsa_signature_3072_sha384_test", Set.of(8),
          "rsa_signature_4096_sha512_test", Set.of(8),
          "ecdsa_secp256r1_sha256_p1363_test", Set.of(115, 257),
          "ecdsa_secp384r1_sha384_p1363_test", Set.of(147, 275),
          "ecdsa_secp521r1_sha512_p1363_test", Set.of(184, 313));

  private static Path directory = Path.of("");

  @BeforeAll
  static void find() {
    String property = System.getProperty("ownproof.wycheproof", "");
    assumeTrue(!property.isEmpty(), "-Downproof.wycheproof does not name a directory of vectors");
    directory = Path.of(property);
  }

  static Stream<Arguments> providers() {
    return TestKeys.providers()
        .map(providers -> Arguments.of(providers.describe(JwsAlgorithm.RS256), providers));
  }

  /** Whether each case was accepted, and should have been. */
  private static final class Tally {
    private int cases;
    private int valid;
    private final Set<Integer> wronglyAccepted = new TreeSet<>();
    private final Set<Integer> wronglyRefused = new TreeSet<>();

    void add(Map<String, Object> test, boolean accepted) {
      int id = ((Number) test.get("tcId")).intValue();
      boolean valid = "valid".equals(test.get("result"));
      cases++;
      this.valid += valid ? 1 : 0;
      if (accepted && !valid) {
        wronglyAccepted.add(id);
      } else if (!accepted && valid) {
        wronglyRefused.add(id);
      }
    }

    int agreed() {
      return cases - wronglyAccepted.size() - wronglyRefused.size();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("providers")
  void jsonWebSignature(String name, SignatureProviders providers) throws Exception {
    Tally tally = new Tally();
    for (Map<String, Object> group : groups("json_web_signature_test.json")) {
      KeySet keys = keySet(key(group), providers);
      for (Map<String, Object> test : tests(group)) {
        tally.add(test, accepts(keys, (String) test.get("jws")));
      }
    }

    assertThat(tally.cases).isEqualTo(401);
    assertThat(tally.valid).isEqualTo(46);
    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.wronglyRefused)
        .isEqualTo(union(List.of(HMAC, QUESTION_MARK, OTHER_ALG, ES521)));
    assertThat(tally.agreed()).isEqualTo(387);
  }

  /** With an HMAC of the test's own behind our reading of tokens, for the forms in these groups. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("providers")
  void jsonWebSignature_withHmacOfTheTest(String name, SignatureProviders providers)
      throws Exception {
    Tally tally = new Tally();
    for (Map<String, Object> group : groups("json_web_signature_test.json")) {
      Map<String, Object> jwk = key(group);
      KeySet keys = keySet(jwk, providers);
      for (Map<String, Object> test : tests(group)) {
        String jws = (String) test.get("jws");
        tally.add(test, "oct".equals(jwk.get("kty")) ? acceptsHmac(jwk, jws) : accepts(keys, jws));
      }
    }

    assertThat(tally.wronglyAccepted).isEqualTo(SAME_AS_VALID);
    assertThat(tally.wronglyRefused).isEqualTo(union(List.of(QUESTION_MARK, OTHER_ALG, ES521)));
    assertThat(tally.agreed()).isEqualTo(393);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("providers")
  void jsonWebKey(String name, SignatureProviders providers) throws Exception {
    Tally tally = new Tally();
    for (Map<String, Object> group : groups("json_web_key_test.json")) {
      KeySet keys =
          KeySet.read(
              JSONObjectUtils.toJSONString(key(group)).getBytes(StandardCharsets.UTF_8), providers);
      for (Map<String, Object> test : tests(group)) {
        tally.add(test, accepts(keys, (String) test.get("jws")));
      }
    }

    assertThat(tally.cases).isEqualTo(26);
    assertThat(tally.wronglyAccepted).isEmpty();
    assertThat(tally.wronglyRefused).isEqualTo(HMAC_KEYS);
  }

  /** The asymmetric keys of the set again, judged as if they came without their private part. */
  @Test
  void jsonWebKey_rocaShortAndExponentOne_areIgnoredForThatAndNothingElse() throws Exception {
    Set<String> ignored = new TreeSet<>();
    for (Map<String, Object> group : groups("json_web_key_test.json")) {
      if (group.get("public") != null) {
        KeySet keys =
            KeySet.read(
                JSONObjectUtils.toJSONString(key(group)).getBytes(StandardCharsets.UTF_8),
                new SignatureProviders(null));
        if (keys.usable() == 0) {
          ignored.add((String) tests(group).get(0).get("comment"));
        }
      }
    }

    assertThat(ignored)
        .containsExactlyInAnyOrder(
            "rejectsWrongUse",
            "rejectsKeyWithRocaVulnerability",
            "rejects1024bitRsaKey",
            "rejectsPublicExponent1",
            "mismatchedAlgAndCurve",
            "rejectsModifiedKey");
  }

  static Stream<Arguments> primitives() {
    List<Arguments> rows = new ArrayList<>();
    TestKeys.providers()
        .forEach(
            providers -> {
              String name = providers.describe(JwsAlgorithm.RS256);
              rows.add(row(name, providers, JwsAlgorithm.ED25519, "ed25519_test"));
              rows.add(
                  row(name, providers, JwsAlgorithm.ES256, "ecdsa_secp256r1_sha256_p1363_test"));
              rows.add(
                  row(name, providers, JwsAlgorithm.ES384, "ecdsa_secp384r1_sha384_p1363_test"));
              rows.add(
                  row(name, providers, JwsAlgorithm.ES512, "ecdsa_secp521r1_sha512_p1363_test"));
              rows.add(row(name, providers, JwsAlgorithm.RS256, "rsa_signature_2048_sha256_test"));
              rows.add(row(name, providers, JwsAlgorithm.RS384, "rsa_signature_3072_sha384_test"));
              rows.add(row(name, providers, JwsAlgorithm.RS512, "rsa_signature_4096_sha512_test"));
              rows.add(
                  row(name, providers, JwsAlgorithm.PS256, "rsa_pss_2048_sha256_mgf1_32_test"));
              rows.add(
                  row(name, providers, JwsAlgorithm.PS256, "rsa_pss_3072_sha256_mgf1_32_test"));
              rows.add(
                  row(name, providers, JwsAlgorithm.PS384, "rsa_pss_4096_sha384_mgf1_48_test"));
              rows.add(
                  row(name, providers, JwsAlgorithm.PS512, "rsa_pss_4096_sha512_mgf1_64_test"));
            });
    return rows.stream();
  }

  private static Arguments row(
      String name, SignatureProviders providers, JwsAlgorithm algorithm, String file) {
    return Arguments.of(name, algorithm, file, providers);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("primitives")
  void primitive(String name, JwsAlgorithm algorithm, String file, SignatureProviders providers)
      throws Exception {
    Map<String, Object> vectors = file(file + ".json");
    int cases = 0;
    int weakKeys = 0;
    Set<Integer> different = new TreeSet<>();
    for (Map<String, Object> group : maps(vectors.get("testGroups"))) {
      KeySet keys = keySet(jwkOf(map(group.get("publicKey"))), providers);
      VerificationKey key = keys.find("k");
      for (Map<String, Object> test : tests(group)) {
        cases++;
        if (key == null) {
          weakKeys++;
          continue;
        }
        byte[] message = hex(test, "msg");
        boolean accepted = key.verify(algorithm, message, message.length, hex(test, "sig"));
        if (accepted != "valid".equals(test.get("result"))) {
          different.add(((Number) test.get("tcId")).intValue());
          assertThat(accepted && "invalid".equals(test.get("result"))).isFalse();
        }
      }
    }

    if (name.equals("SunRsaSign")) {
      assertThat(different).isIn(Set.of(), JDK_DIFFERS.getOrDefault(file, Set.of()));
    } else {
      assertThat(different).isEmpty();
    }
    assertThat(weakKeys).isZero();
    assertThat(cases).isEqualTo(((Number) vectors.get("numberOfTests")).intValue());
  }

  private static boolean accepts(KeySet keys, String jws) {
    try {
      String[] parts = parts(jws);
      JsonObject header = header(parts);
      JwsAlgorithm algorithm =
          header.get("alg") instanceof String alg ? JwsAlgorithm.of(alg) : null;
      Object kid = header.has("kid") ? header.get("kid") : "k";
      VerificationKey key = kid instanceof String text ? keys.find(text) : null;
      byte[] input = (parts[0] + "." + parts[1]).getBytes(ISO_8859_1);
      return key != null
          && algorithm != null
          && key.verify(algorithm, input, input.length, Base64Url.decode(parts[2]));
    } catch (MalformedInput e) {
      return false;
    }
  }

  private static boolean acceptsHmac(Map<String, Object> jwk, String jws)
      throws GeneralSecurityException {
    try {
      String[] parts = parts(jws);
      if (!jwk.get("alg").equals(header(parts).get("alg"))) {
        return false;
      }
      Mac mac = Mac.getInstance("HmacSHA" + jwk.get("alg").toString().substring(2));
      mac.init(new SecretKeySpec(Base64Url.decode((String) jwk.get("k")), "HMAC"));
      return MessageDigest.isEqual(
          mac.doFinal((parts[0] + "." + parts[1]).getBytes(ISO_8859_1)),
          Base64Url.decode(parts[2]));
    } catch (MalformedInput e) {
      return false;
    }
  }

  /** As the front door reads them, but for the payload, which is seldom JSON in these vectors. */
  private static String[] parts(String jws) throws MalformedInput {
    String[] parts = jws.split("\\.", -1);
    if (parts.length != 3) {
      throw MalformedInput.malformed();
    }
    assertThat(Base64Url.decode(parts[1])).isNotNull();
    return parts;
  }

  private static JsonObject header(String[] parts) throws MalformedInput {
    JsonObject header = StrictJson.object(Base64Url.decode(parts[0]), JsonLimits.TOKEN);
    if (header.has("crit")) {
      throw MalformedInput.malformed();
    }
    return header;
  }

  /** The set of this key alone; under the id {@code k} if it has none. */
  private static KeySet keySet(Map<String, Object> jwk, SignatureProviders providers)
      throws MalformedInput {
    Map<String, Object> named = jwk.containsKey("kid") ? jwk : TestKeys.with(jwk, "kid", "k");
    return KeySet.read(TestKeys.set(TestKeys.json(named)), providers);
  }

  private static Map<String, Object> jwkOf(Map<String, Object> key) {
    if (key.get("modulus") instanceof String modulus) {
      return Map.of(
          "kty", "RSA", "n", unsigned(modulus), "e", unsigned((String) key.get("publicExponent")));
    }
    if (key.get("pk") instanceof String point) {
      return Map.of(
          "kty", "OKP", "crv", "Ed25519", "x", TestKeys.base64Url(HexFormat.of().parseHex(point)));
    }
    byte[] point = HexFormat.of().parseHex((String) key.get("uncompressed"));
    int bytes = (point.length - 1) / 2;
    Map<String, String> curves =
        Map.of("secp256r1", "P-256", "secp384r1", "P-384", "secp521r1", "P-521");
    return Map.of(
        "kty",
        "EC",
        "crv",
        curves.get((String) key.get("curve")),
        "x",
        TestKeys.base64Url(Arrays.copyOfRange(point, 1, 1 + bytes)),
        "y",
        TestKeys.base64Url(Arrays.copyOfRange(point, 1 + bytes, point.length)));
  }

  private static String unsigned(String hex) {
    return TestKeys.unsigned(new BigInteger(hex, 16));
  }

  private static byte[] hex(Map<String, Object> test, String name) {
    return HexFormat.of().parseHex((String) test.get(name));
  }

  private static Map<String, Object> key(Map<String, Object> group) {
    return map(group.get("public") != null ? group.get("public") : group.get("private"));
  }

  private static List<Map<String, Object>> groups(String file) throws IOException, ParseException {
    return maps(file(file).get("testGroups"));
  }

  private static List<Map<String, Object>> tests(Map<String, Object> group) {
    return maps(group.get("tests"));
  }

  private static Map<String, Object> file(String name) throws IOException, ParseException {
    return JSONObjectUtils.parse(Files.readString(directory.resolve(name)));
  }

  private static List<Map<String, Object>> maps(Object list) {
    return ((List<?>) list).stream().map(WycheproofTest::map).toList();
  }

  @SuppressWarnings("unchecked") // every object that the parser makes has strings for names
  private static Map<String, Object> map(Object object) {
    return (Map<String, Object>) object;
  }

  private static Set<Integer> union(List<Set<Integer>> sets) {
    return sets.stream().flatMap(Set::stream).collect(toCollection(TreeSet::new));
  }
}
