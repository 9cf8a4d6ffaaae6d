package io.github.ownproof.benchmarks;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.jsonwebtoken.Jwts;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;

/**
 * Other libraries that sign the claims of a grant, each with its signer made once. Like ours they
 * write the claims out for every token.
 */
final class GrantPeers {

  private static final String TYPE = "support-grant+jwt";
  private static final String KEY_ID = "2026-11-desk-1";
  private static final int ED25519_BYTES = 32;

  private final Map<String, Object> claims;

  /** Of the grant whose claims they sign, numbers of seconds for times. */
  GrantPeers(Map<String, Object> claims) {
    this.claims = claims;
  }

  GrantContender nimbus(KeyPair key) throws Exception {
    return nimbus(JWSAlgorithm.ES256, new ECDSASigner((ECPrivateKey) key.getPrivate()));
  }

  /** Over Tink. */
  GrantContender nimbusEd25519(KeyPair key) throws Exception {
    OctetKeyPair jwk =
        new OctetKeyPair.Builder(Curve.Ed25519, last32(key.getPublic().getEncoded()))
            .d(last32(key.getPrivate().getEncoded()))
            .build();
    return nimbus(JWSAlgorithm.EdDSA, new Ed25519Signer(jwk));
  }

  /** Both encodings of RFC 8410 end with the key itself. */
  private static Base64URL last32(byte[] encoded) {
    return Base64URL.encode(
        Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length));
  }

  private GrantContender nimbus(JWSAlgorithm algorithm, JWSSigner signer) {
    JWSHeader header =
        new JWSHeader.Builder(algorithm).type(new JOSEObjectType(TYPE)).keyID(KEY_ID).build();
    return () -> {
      JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
      claims.forEach(set::claim);
      SignedJWT jwt = new SignedJWT(header, set.build());
      jwt.sign(signer);
      return jwt.serialize();
    };
  }

  GrantContender javaJwt(KeyPair key) {
    Algorithm algorithm =
        Algorithm.ECDSA256((ECPublicKey) key.getPublic(), (ECPrivateKey) key.getPrivate());
    Map<String, Object> header = Map.of("typ", TYPE, "kid", KEY_ID);
    return () -> JWT.create().withHeader(header).withPayload(claims).sign(algorithm);
  }

  GrantContender jjwt(PrivateKey key) {
    return () ->
        Jwts.builder()
            .header()
            .type(TYPE)
            .keyId(KEY_ID)
            .and()
            .claims(claims)
            .signWith(key)
            .compact();
  }

  GrantContender jose4j(String algorithm, PrivateKey key) {
    return () -> {
      JwtClaims set = new JwtClaims();
      claims.forEach(set::setClaim);
      JsonWebSignature jws = new JsonWebSignature();
      jws.setHeader("typ", TYPE);
      jws.setKeyIdHeaderValue(KEY_ID);
      jws.setAlgorithmHeaderValue(algorithm);
      jws.setPayload(set.toJson());
      jws.setKey(key);
      return jws.getCompactSerialization();
    };
  }
}
