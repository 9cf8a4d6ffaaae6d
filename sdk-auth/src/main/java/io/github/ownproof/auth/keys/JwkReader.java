package io.github.ownproof.auth.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.ownproof.auth.internal.Base64Url;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.MalformedInput;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON Web Key (RFC 7517, RFC 7518 section 6, RFC 8037) and judges it: of use to us, or
 * not. Why not is nobody's business but the issuer's, who can see its own keys.
 */
final class JwkReader {

  private static final int MAX_KID_CHARACTERS = 256;

  /** Of a private or a symmetric key (RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1, RFC 8037). */
  private static final List<String> SECRET_MEMBERS =
      List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final JsonObject jwk;
  private final SignatureProviders providers;

  private JwkReader(JsonObject jwk, SignatureProviders providers) {
    this.jwk = jwk;
    this.providers = providers;
  }

  /** The key this element of a JWK Set is; null if it is of no use to us. */
  static @Nullable VerificationKey read(@Nullable Object element, SignatureProviders providers) {
    if (!(element instanceof JsonObject jwk)) {
      return null;
    }
    try {
      return new JwkReader(jwk, providers).read();
    } catch (MalformedInput | JOSEException | GeneralSecurityException | RuntimeException e) {
      // Runtime exceptions too, which are how several JOSE and JCA classes refuse a key.
      return null;
    }
  }

  private VerificationKey read() throws MalformedInput, JOSEException, GeneralSecurityException {
    String kid = kid();
    requireForVerifying();
    return switch (string("kty")) {
      case "RSA" -> rsa(kid);
      case "EC" -> ec(kid);
      case "OKP" -> okp(kid);
      default -> throw MalformedInput.malformed();
    };
  }

  private VerificationKey rsa(String kid)
      throws MalformedInput, JOSEException, GeneralSecurityException {
    BigInteger modulus = unsigned("n");
    BigInteger exponent = unsigned("e");
    require(RsaStrength.isAcceptable(modulus, exponent));
    RSAKey model = new RSAKey.Builder(encoded("n"), encoded("e")).build();
    RSAPublicKey key = model.toRSAPublicKey();
    return key(
        kid,
        model.computeThumbprint(),
        EnumSet.range(JwsAlgorithm.RS256, JwsAlgorithm.PS512),
        key,
        SignatureForm.rsa(modulus));
  }

  private VerificationKey ec(String kid)
      throws MalformedInput, JOSEException, GeneralSecurityException {
    Curve curve = Curve.parse(string("crv"));
    JwsAlgorithm algorithm;
    int bytes;
    if (curve.equals(Curve.P_256)) {
      algorithm = JwsAlgorithm.ES256;
      bytes = 32;
    } else if (curve.equals(Curve.P_384)) {
      algorithm = JwsAlgorithm.ES384;
      bytes = 48;
    } else if (curve.equals(Curve.P_521)) {
      algorithm = JwsAlgorithm.ES512;
      bytes = 66;
    } else {
      throw MalformedInput.malformed();
    }
    // Full size, leading zeros included (RFC 7518 section 6.2.1.2).
    require(bytes("x").length == bytes && bytes("y").length == bytes);
    // The builder refuses a point that is not on the curve.
    ECKey model = new ECKey.Builder(curve, encoded("x"), encoded("y")).build();
    ECPublicKey key = model.toECPublicKey();
    // One point, one spelling: the coordinates are elements of the field (SEC 1 section 2.3.5).
    BigInteger prime = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
    require(new BigInteger(1, bytes("x")).compareTo(prime) < 0);
    require(new BigInteger(1, bytes("y")).compareTo(prime) < 0);
    return key(
        kid,
        model.computeThumbprint(),
        EnumSet.of(algorithm),
        key,
        SignatureForm.ecdsa(key.getParams().getOrder(), bytes));
  }

  private VerificationKey okp(String kid)
      throws MalformedInput, JOSEException, GeneralSecurityException {
    require(string("crv").equals("Ed25519"));
    require(!jwk.has("y"));
    PublicKey key = Ed25519Point.decode(bytes("x")).key();
    return key(
        kid,
        new OctetKeyPair.Builder(Curve.Ed25519, encoded("x")).build().computeThumbprint(),
        EnumSet.of(JwsAlgorithm.ED25519),
        key,
        SignatureForm.ed25519());
  }

  private VerificationKey key(
      String kid,
      Base64URL thumbprint,
      Set<JwsAlgorithm> ofItsType,
      PublicKey key,
      SignatureForm form)
      throws MalformedInput, GeneralSecurityException {
    Set<JwsAlgorithm> algorithms = ofItsType;
    if (jwk.has("alg")) {
      JwsAlgorithm only = JwsAlgorithm.of(string("alg"));
      if (only == null || !ofItsType.contains(only)) {
        throw MalformedInput.malformed();
      }
      algorithms = EnumSet.of(only);
    }
    if (jwk.has("x5c")) {
      CertifiedKey.requireSame(strings("x5c"), key);
    }
    return new VerificationKey(
        kid,
        thumbprint.toString(),
        jwk.has("issuer") ? string("issuer") : null,
        algorithms,
        key,
        form,
        providers);
  }

  /** Without an id no token can point to the key (RFC 7517 section 4.5). */
  private String kid() throws MalformedInput {
    String kid = string("kid");
    require(!kid.isEmpty() && kid.length() <= MAX_KID_CHARACTERS);
    require(kid.chars().noneMatch(Character::isISOControl));
    return kid;
  }

  /** RFC 7517 sections 4.2 and 4.3; and a key whose secret part is published is nobody's. */
  private void requireForVerifying() throws MalformedInput {
    for (String secret : SECRET_MEMBERS) {
      require(!jwk.has(secret));
    }
    require(!jwk.has("use") || string("use").equals("sig"));
    if (jwk.has("key_ops")) {
      List<String> operations = strings("key_ops");
      require(new HashSet<>(operations).size() == operations.size());
      require(operations.contains("verify"));
      require(List.of("sign", "verify").containsAll(operations));
    }
  }

  private String string(String name) throws MalformedInput {
    if (jwk.get(name) instanceof String value) {
      return value;
    }
    throw MalformedInput.malformed();
  }

  private List<String> strings(String name) throws MalformedInput {
    if (!(jwk.get(name) instanceof List<?> values) || values.isEmpty()) {
      throw MalformedInput.malformed();
    }
    for (Object value : values) {
      require(value instanceof String);
    }
    return values.stream().map(String.class::cast).toList();
  }

  private byte[] bytes(String name) throws MalformedInput {
    return Base64Url.decode(string(name));
  }

  private Base64URL encoded(String name) throws MalformedInput {
    return new Base64URL(string(name));
  }

  /** In as few bytes as it takes (RFC 7518 section 2, Base64urlUInt). */
  private BigInteger unsigned(String name) throws MalformedInput {
    byte[] bytes = bytes(name);
    require(bytes.length > 0 && bytes[0] != 0);
    return new BigInteger(1, bytes);
  }

  private static void require(boolean fulfilled) throws MalformedInput {
    if (!fulfilled) {
      throw MalformedInput.malformed();
    }
  }
}
