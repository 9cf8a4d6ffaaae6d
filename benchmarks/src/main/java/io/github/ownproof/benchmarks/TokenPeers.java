package io.github.ownproof.benchmarks;

import static io.github.ownproof.benchmarks.SignedTokens.AUDIENCE;
import static io.github.ownproof.benchmarks.SignedTokens.ISSUER;
import static io.github.ownproof.benchmarks.SignedTokens.TYPE;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.Verifier;
import io.fusionauth.jwt.ec.ECVerifier;
import io.fusionauth.jwt.hmac.HMACVerifier;
import io.fusionauth.jwt.rsa.RSAPSSVerifier;
import io.fusionauth.jwt.rsa.RSAVerifier;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Other libraries, each set up as its documentation has it for the least work per token: one
 * algorithm, keys and verifiers made once, nothing fetched, and the type checked where they can.
 */
final class TokenPeers {

  private TokenPeers() {}

  static TokenContender nimbus(String algorithm, Key key) {
    DefaultJWTProcessor<SecurityContext> processor = processor(algorithm, key);
    processor.setJWTClaimsSetVerifier(nimbusClaims());
    return token -> processor.process(token, null);
  }

  /** Its processor has no key selector for Ed25519; the verifier runs on Tink. */
  static TokenContender nimbusEd25519(String publicJwk) throws Exception {
    Ed25519Verifier verifier = new Ed25519Verifier(OctetKeyPair.parse(publicJwk));
    DefaultJWTClaimsVerifier<SecurityContext> claims = nimbusClaims();
    return token -> {
      SignedJWT jwt = SignedJWT.parse(token);
      require(jwt.verify(verifier));
      JWTClaimsSet set = jwt.getJWTClaimsSet();
      claims.verify(set, null);
      return set;
    };
  }

  private static DefaultJWTProcessor<SecurityContext> processor(String algorithm, Key key) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYPE)));
    processor.setJWSKeySelector(new SingleKeyJWSKeySelector<>(JWSAlgorithm.parse(algorithm), key));
    return processor;
  }

  private static DefaultJWTClaimsVerifier<SecurityContext> nimbusClaims() {
    return new DefaultJWTClaimsVerifier<>(
        AUDIENCE, new JWTClaimsSet.Builder().issuer(ISSUER).build(), Set.of("exp"));
  }

  static TokenContender spring(String algorithm, Key key) {
    DefaultJWTProcessor<SecurityContext> processor = processor(algorithm, key);
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    JwtTimestampValidator times = new JwtTimestampValidator(Duration.ofSeconds(60));
    times.setAllowEmptyExpiryClaim(false);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            times, new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(AUDIENCE)));
    return decoder::decode;
  }

  static TokenContender jose4j(String algorithm, Key key) {
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setVerificationKey(key)
            .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, algorithm)
            .setExpectedType(true, TYPE)
            .setExpectedIssuer(ISSUER)
            .setExpectedAudience(AUDIENCE)
            .setRequireExpirationTime()
            .build();
    return consumer::processToClaims;
  }

  static TokenContender javaJwt(String algorithm, PublicKey key) {
    return javaJwt(
        switch (algorithm) {
          case "RS256" -> Algorithm.RSA256((RSAPublicKey) key, null);
          case "PS256" -> Algorithm.RSA256PSS((RSAPublicKey) key, null);
          case "ES256" -> Algorithm.ECDSA256((ECPublicKey) key, null);
          default -> throw new IllegalArgumentException(algorithm);
        });
  }

  static TokenContender javaJwt(Algorithm algorithm) {
    JWTVerifier verifier =
        JWT.require(algorithm)
            .withIssuer(ISSUER)
            .withAudience(AUDIENCE)
            .withClaimPresence("exp")
            .build();
    return verifier::verify;
  }

  static TokenContender jjwt(PublicKey key) {
    return jjwt(
        Jwts.parser().verifyWith(key).requireIssuer(ISSUER).requireAudience(AUDIENCE).build());
  }

  static TokenContender jjwt(SecretKey key) {
    return jjwt(
        Jwts.parser().verifyWith(key).requireIssuer(ISSUER).requireAudience(AUDIENCE).build());
  }

  private static TokenContender jjwt(JwtParser parser) {
    return token -> {
      Claims claims = parser.parseSignedClaims(token).getPayload();
      require(claims.getExpiration() != null);
      return claims;
    };
  }

  static TokenContender fusionAuth(String algorithm, PublicKey key) {
    return fusionAuth(
        switch (algorithm) {
          case "RS256" -> RSAVerifier.newVerifier(key);
          case "PS256" -> RSAPSSVerifier.newVerifier(key);
          case "ES256" -> ECVerifier.newVerifier(key);
          default -> throw new IllegalArgumentException(algorithm);
        });
  }

  static TokenContender fusionAuth(byte[] secret) {
    return fusionAuth(HMACVerifier.newVerifier(secret));
  }

  /** It leaves issuer, audience and the presence of an expiry to the caller. */
  private static TokenContender fusionAuth(Verifier verifier) {
    JWTDecoder decoder = io.fusionauth.jwt.domain.JWT.getDecoder();
    return token -> {
      io.fusionauth.jwt.domain.JWT jwt = decoder.decode(token, verifier);
      require(ISSUER.equals(jwt.issuer) && isForUs(jwt.audience) && jwt.expiration != null);
      return jwt;
    };
  }

  private static boolean isForUs(@Nullable Object audience) {
    return AUDIENCE.equals(audience) || (audience instanceof List<?> all && all.contains(AUDIENCE));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not a token for us");
    }
  }
}
