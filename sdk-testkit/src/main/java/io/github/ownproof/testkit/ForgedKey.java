package io.github.ownproof.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key pair for tests, with its key id and algorithm: signs tokens, and shows itself as a JWK (RFC
 * 7517).
 *
 * <p>The pair is made when it is first needed. Keys of the same type and key id are the same pair
 * throughout the process, because making RSA keys is slow; {@link #fresh()} is another one. Never
 * use one outside of tests. Immutable and thread-safe.
 */
public final class ForgedKey {

  private static final Map<String, String> TYPES =
      Map.of(
          "RS256", "RSA-2048",
          "RS384", "RSA-2048",
          "RS512", "RSA-2048",
          "PS256", "RSA-2048",
          "PS384", "RSA-2048",
          "PS512", "RSA-2048",
          "ES256", "P-256",
          "ES384", "P-384",
          "ES512", "P-521");

  private final String algorithm;
  private final String kid;
  private final LazyKeyPair pair;

  private ForgedKey(String algorithm, String kid, LazyKeyPair pair) {
    this.algorithm = algorithm;
    this.kid = kid;
    this.pair = pair;
  }

  /** A key for RSASSA-PKCS1-v1_5 with SHA-256, of 2048 bits. */
  public static ForgedKey rs256(String kid) {
    return of("RS256", kid);
  }

  /**
   * A key for this algorithm: {@code RS}, {@code PS} or {@code ES} with 256, 384 or 512, {@code
   * EdDSA} or {@code Ed25519}, {@code HS256}, {@code HS384} or {@code HS512}.
   *
   * @throws IllegalArgumentException for any other algorithm
   */
  public static ForgedKey of(String algorithm, String kid) {
    return new ForgedKey(algorithm, kid, LazyKeyPair.shared(typeOf(algorithm), kid));
  }

  /** An RS256 key of so many bits, such as 1024 for one that is too weak (RFC 7518 section 3.3). */
  public static ForgedKey rsa(int bits, String kid) {
    return new ForgedKey("RS256", kid, LazyKeyPair.shared("RSA-" + bits, kid));
  }

  /** A key for HMAC, of these bytes: to try what happens when a verifier takes one. */
  public static ForgedKey hmac(String algorithm, String kid, byte[] secret) {
    return new ForgedKey(algorithm, kid, LazyKeyPair.secret(secret));
  }

  /** The key id. */
  public String kid() {
    return kid;
  }

  /** The algorithm, as in the {@code alg} header. */
  public String algorithm() {
    return algorithm;
  }

  /** Another key pair of the same type, under the same key id and algorithm. */
  public ForgedKey fresh() {
    return new ForgedKey(algorithm, kid, pair.fresh());
  }

  /** The same key pair under another key id. */
  public ForgedKey withKid(String other) {
    return new ForgedKey(algorithm, other, pair);
  }

  /** The same key pair for another algorithm, such as PS256 instead of RS256. */
  public ForgedKey withAlgorithm(String other) {
    return new ForgedKey(other, kid, pair);
  }

  /**
   * The public key.
   *
   * @throws IllegalStateException for an HMAC key
   */
  public PublicKey publicKey() {
    return keyPair().getPublic();
  }

  /**
   * Signs as the algorithm says (RFC 7518 section 3.1).
   *
   * @throws IllegalArgumentException if the key is not of the type the algorithm needs
   */
  public byte[] sign(byte[] data) {
    byte[] secret = pair.secret();
    return secret != null
        ? Jose.mac(algorithm, secret, data)
        : Jose.sign(algorithm, keyPair().getPrivate(), data);
  }

  /** The public key as a JWK with {@code kid}, {@code alg} and {@code use}. */
  public String publicJwk() {
    return JsonText.of(publicMembers());
  }

  /**
   * The same with these members added or replaced, as a broken issuer would publish it.
   *
   * @param members strings, numbers, booleans, nulls, and lists or maps of these
   */
  public String publicJwkWith(Map<String, ? extends @Nullable Object> members) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(publicMembers());
    all.putAll(members);
    return JsonText.of(all);
  }

  /** The same without this member. */
  public String publicJwkWithout(String member) {
    Map<String, Object> all = publicMembers();
    all.remove(member);
    return JsonText.of(all);
  }

  /** The private key as a JWK, as nobody must ever publish it; for HMAC, the secret. */
  public String privateJwk() {
    Map<String, Object> all = publicMembers();
    byte[] secret = pair.secret();
    if (secret != null) {
      all.put("k", Jose.base64Url(secret));
    } else if (keyPair().getPrivate() instanceof RSAPrivateCrtKey rsa) {
      all.put("d", Jose.base64Url(rsa.getPrivateExponent()));
      all.put("p", Jose.base64Url(rsa.getPrimeP()));
      all.put("q", Jose.base64Url(rsa.getPrimeQ()));
      all.put("dp", Jose.base64Url(rsa.getPrimeExponentP()));
      all.put("dq", Jose.base64Url(rsa.getPrimeExponentQ()));
      all.put("qi", Jose.base64Url(rsa.getCrtCoefficient()));
    } else if (keyPair().getPrivate() instanceof ECPrivateKey ec) {
      int length = (ec.getParams().getOrder().bitLength() + 7) / 8;
      all.put("d", Jose.base64Url(Jose.fixed(ec.getS(), length)));
    } else {
      all.put("d", Jose.base64Url(last32(keyPair().getPrivate().getEncoded())));
    }
    return JsonText.of(all);
  }

  /** A JWK Set of these keys' public JWKs (RFC 7517 section 5). */
  public static String jwks(ForgedKey... keys) {
    return jwkSet(Stream.of(keys).map(ForgedKey::publicJwk).toList());
  }

  /** A JWK Set of these texts, which need not be JWKs. */
  public static String jwkSet(List<String> jwks) {
    return jwks.stream().collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  /** The public key in PEM, as many servers publish it. */
  String pem() {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(publicKey().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  private Map<String, Object> publicMembers() {
    Map<String, Object> members = new LinkedHashMap<>();
    if (pair.secret() != null) {
      members.put("kty", "oct");
    } else if (publicKey() instanceof RSAPublicKey rsa) {
      members.put("kty", "RSA");
      members.put("n", Jose.base64Url(rsa.getModulus()));
      members.put("e", Jose.base64Url(rsa.getPublicExponent()));
    } else if (publicKey() instanceof ECPublicKey ec) {
      ECPoint point = ec.getW();
      int bits = ec.getParams().getCurve().getField().getFieldSize();
      members.put("kty", "EC");
      members.put("crv", "P-" + bits);
      members.put("x", coordinate(point.getAffineX(), bits));
      members.put("y", coordinate(point.getAffineY(), bits));
    } else {
      members.put("kty", "OKP");
      members.put("crv", "Ed25519");
      members.put("x", Jose.base64Url(last32(publicKey().getEncoded())));
    }
    members.put("kid", kid);
    members.put("alg", algorithm);
    members.put("use", "sig");
    return members;
  }

  private KeyPair keyPair() {
    return pair.get();
  }

  private static String coordinate(BigInteger value, int bits) {
    return Jose.base64Url(Jose.fixed(value, (bits + 7) / 8));
  }

  /** Where X.509 and PKCS #8 have the bytes of an Ed25519 key (RFC 8410). */
  private static byte[] last32(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static String typeOf(String algorithm) {
    if (algorithm.equals("EdDSA") || algorithm.equals("Ed25519")) {
      return "Ed25519";
    }
    if (List.of("HS256", "HS384", "HS512").contains(algorithm)) {
      return "secret";
    }
    String type = TYPES.get(algorithm);
    if (type == null) {
      throw new IllegalArgumentException("No keys for the algorithm " + algorithm);
    }
    return type;
  }

  /** The key id and algorithm. */
  @Override
  public String toString() {
    return "ForgedKey(" + kid + ", " + algorithm + ")";
  }
}
