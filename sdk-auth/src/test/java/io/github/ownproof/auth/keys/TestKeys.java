package io.github.ownproof.auth.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.ownproof.auth.internal.MalformedInput;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Key pairs, their JWKs, and signatures of them made by the JDK alone. */
final class TestKeys {

  static final KeyPair RSA = rsaPair(2048);
  static final KeyPair P256 = ecPair("secp256r1");
  static final KeyPair P384 = ecPair("secp384r1");
  static final KeyPair P521 = ecPair("secp521r1");
  static final KeyPair ED25519 = pair("Ed25519");

  private TestKeys() {}

  /** The JDK's, and what is faster if this machine has it. */
  static Stream<SignatureProviders> providers() {
    return Stream.of(new SignatureProviders(null), SignatureProviders.shared());
  }

  static KeyPair pairFor(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, RS384, RS512, PS256, PS384, PS512 -> RSA;
      case ES256 -> P256;
      case ES384 -> P384;
      case ES512 -> P521;
      case ED25519 -> ED25519;
    };
  }

  static Map<String, Object> jwkFor(JwsAlgorithm algorithm, String kid) {
    return jwk(pairFor(algorithm), kid);
  }

  /** Without use, operations or algorithm. */
  static Map<String, Object> jwk(KeyPair pair, String kid) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kid", kid);
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      jwk.put("kty", "RSA");
      jwk.put("n", unsigned(rsa.getModulus()));
      jwk.put("e", unsigned(rsa.getPublicExponent()));
    } else if (pair.getPublic() instanceof ECPublicKey ec) {
      int bits = ec.getParams().getOrder().bitLength();
      jwk.put("kty", "EC");
      jwk.put("crv", "P-" + bits);
      jwk.put("x", unsigned(ec.getW().getAffineX(), (bits + 7) / 8));
      jwk.put("y", unsigned(ec.getW().getAffineY(), (bits + 7) / 8));
    } else if (pair.getPublic() instanceof EdECPublicKey ed) {
      byte[] encoded = ed.getEncoded();
      jwk.put("kty", "OKP");
      jwk.put("crv", "Ed25519");
      jwk.put("x", base64Url(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    }
    return jwk;
  }

  static String json(Map<String, Object> jwk) {
    return JSONObjectUtils.toJSONString(jwk);
  }

  static byte[] set(String... jwks) {
    return Stream.of(jwks).collect(Collectors.joining(",", "{\"keys\":[", "]}")).getBytes(UTF_8);
  }

  static KeySet read(Map<String, Object> jwk) {
    return read(new SignatureProviders(null), json(jwk));
  }

  static KeySet read(SignatureProviders providers, String... jwks) {
    try {
      return KeySet.read(set(jwks), providers);
    } catch (MalformedInput e) {
      throw new AssertionError(e);
    }
  }

  static VerificationKey only(String jwk, SignatureProviders providers) {
    String kid;
    try {
      kid = (String) Objects.requireNonNull(JSONObjectUtils.parse(jwk).get("kid"));
    } catch (java.text.ParseException e) {
      throw new AssertionError(e);
    }
    return Objects.requireNonNull(read(providers, jwk).find(kid), "the key is not usable");
  }

  static VerificationKey keyFor(JwsAlgorithm algorithm, SignatureProviders providers) {
    return only(json(jwkFor(algorithm, "k")), providers);
  }

  static byte[] sign(JwsAlgorithm algorithm, byte[] data) {
    return sign(algorithm, pairFor(algorithm), data);
  }

  static byte[] sign(JwsAlgorithm algorithm, KeyPair pair, byte[] data) {
    String hash = "SHA" + algorithm.value().substring(2);
    try {
      Signature signature =
          switch (algorithm) {
            case RS256, RS384, RS512 -> Signature.getInstance(hash + "withRSA");
            case PS256, PS384, PS512 -> pss(algorithm);
            case ES256, ES384, ES512 ->
                Signature.getInstance(hash + "withECDSAinP1363Format", "SunEC");
            case ED25519 -> Signature.getInstance("Ed25519", "SunEC");
          };
      signature.initSign(pair.getPrivate());
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Signature pss(JwsAlgorithm algorithm) throws GeneralSecurityException {
    int bits = Integer.parseInt(algorithm.value().substring(2));
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(
            "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1));
    return signature;
  }

  static KeyPair rsaPair(int bits) {
    return rsaPair(bits, RSAKeyGenParameterSpec.F4);
  }

  static KeyPair rsaPair(int bits, BigInteger exponent) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ecPair(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair pair(String type) {
    try {
      return KeyPairGenerator.getInstance(type).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String unsigned(BigInteger number) {
    return unsigned(number, (number.bitLength() + 7) / 8);
  }

  static String unsigned(BigInteger number, int length) {
    return base64Url(fixed(number, length));
  }

  static byte[] fixed(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] fixed = new byte[length];
    int used = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - used, fixed, length - used, used);
    return fixed;
  }

  static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static Map<String, Object> with(Map<String, Object> jwk, String name, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(jwk);
    changed.put(name, value);
    return changed;
  }

  static Map<String, Object> without(Map<String, Object> jwk, String name) {
    Map<String, Object> changed = new LinkedHashMap<>(jwk);
    changed.remove(name);
    return changed;
  }

  static final List<JwsAlgorithm> ALL = List.of(JwsAlgorithm.values());
}
