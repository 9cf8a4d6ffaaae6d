package io.github.ownproof.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.ownproof.testkit.TokenForge;
import java.text.ParseException;
import java.util.Date;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Two verifiers of other makers, told to accept what ours is. */
final class SecondOpinions {

  /**
   * A second more than ours has: at the very instant of {@code nbf} opinions differ, and that
   * instant has tests of its own.
   */
  private static final int SKEW = 61;

  private final DefaultJWTProcessor<SecurityContext> nimbus = new DefaultJWTProcessor<>();
  private final JwtConsumer jose4j;

  SecondOpinions(TokenForge forge) {
    String jwks = forge.jwksOfEveryAlgorithm();
    Date now = Date.from(forge.clock().instant());
    try {
      nimbus.setJWSTypeVerifier(
          new DefaultJOSEObjectTypeVerifier<>(
              new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
      nimbus.setJWSKeySelector(
          new JWSVerificationKeySelector<>(
              Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256),
              new ImmutableJWKSet<>(JWKSet.parse(jwks))));
      DefaultJWTClaimsVerifier<SecurityContext> claims =
          new DefaultJWTClaimsVerifier<>(
              forge.audience().get(0),
              new JWTClaimsSet.Builder().issuer(forge.issuer()).build(),
              Set.of("sub", "exp")) {
            @Override
            protected Date currentTime() {
              return now;
            }
          };
      claims.setMaxClockSkew(SKEW);
      nimbus.setJWTClaimsSetVerifier(claims);
      jose4j =
          new JwtConsumerBuilder()
              .setExpectedIssuer(forge.issuer())
              .setExpectedAudience(forge.audience().get(0))
              .setExpectedType(true, "at+jwt")
              .setRequireSubject()
              .setRequireExpirationTime()
              .setEvaluationTime(NumericDate.fromSeconds(forge.clock().instant().getEpochSecond()))
              .setAllowedClockSkewInSeconds(SKEW)
              .setJwsAlgorithmConstraints(
                  new AlgorithmConstraints(
                      ConstraintType.PERMIT, "RS256", "PS256", "ES256", "EdDSA"))
              .setVerificationKeyResolver(
                  new JwksVerificationKeyResolver(new JsonWebKeySet(jwks).getJsonWebKeys()))
              .build();
    } catch (ParseException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What Nimbus has against it; null if nothing. It cannot verify Ed25519. */
  @Nullable Exception nimbus(String token) {
    try {
      nimbus.process(token, null).getClaims();
      return null;
    } catch (BadJOSEException | JOSEException | ParseException | RuntimeException e) {
      return e;
    }
  }

  /** What jose4j has against it; null if nothing. */
  @Nullable Exception jose4j(String token) {
    try {
      jose4j.processToClaims(token).getClaimsMap();
      return null;
    } catch (InvalidJwtException | RuntimeException e) {
      return e;
    }
  }
}
