package io.github.ownproof.benchmarks;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.ownproof.auth.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Setup;

/** What the suites of signing have in common: a desk, the raw signature, and who else signs. */
public abstract class GrantSigningRace {

  final KeyPair key;
  final GrantOnTheBench desk;
  final GrantPeers peers;
  private final String algorithm;
  private final SignedTokens tokens = SignedTokens.of("RS256");
  private final VerifiedToken engineer = tokens.rememberingVerifier().verify(tokens.valid());
  private final Signature signature;
  private final byte[] signingInput;
  private final Map<String, Object> claims;
  private final Map<String, GrantContender> contenders = new LinkedHashMap<>();

  GrantSigningRace(String algorithm) {
    this.algorithm = algorithm;
    try {
      this.key = keyPair(algorithm);
      this.desk = new GrantOnTheBench(tokens, engineer, key);
      String issued = desk.issue();
      this.signingInput =
          issued.substring(0, issued.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
      this.claims = claims(issued);
      this.signature = signature(algorithm);
      signature.initSign(key.getPrivate());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    this.peers = new GrantPeers(claims);
    contenders.put("Ownproof", desk::issue);
  }

  private static KeyPair keyPair(String algorithm) throws GeneralSecurityException {
    if (algorithm.equals("ES256")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    }
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  /** Of the JVM's first provider, which is the one that ours takes where a class path has one. */
  private static Signature signature(String algorithm) throws GeneralSecurityException {
    return Signature.getInstance(algorithm.equals("ES256") ? "SHA256withECDSA" : "Ed25519");
  }

  private static Map<String, Object> claims(String issued) throws Exception {
    JWTClaimsSet set = SignedJWT.parse(issued).getJWTClaimsSet();
    Map<String, Object> claims = new LinkedHashMap<>(set.toJSONObject());
    claims.put("aud", set.getAudience());
    return claims;
  }

  final GrantContender enter(String name, GrantContender contender) {
    contenders.put(name, contender);
    return contender;
  }

  /** Who signs something else, or not at all, is not compared. */
  @Setup
  public final void checkContenders() throws Exception {
    for (Map.Entry<String, GrantContender> contender : contenders.entrySet()) {
      String made = contender.getValue().issue();
      checkSignature(contender.getKey(), made);
      Map<String, Object> signed = claims(made);
      if (!withoutId(signed).equals(withoutId(claims))) {
        throw new IllegalStateException(contender.getKey() + " signs other claims: " + signed);
      }
    }
    String ours = desk.issue();
    if (!desk.checker()
        .check(engineer, ours, "GET", GrantOnTheBench.RESOURCE, GrantOnTheBench.PERMISSION)
        .isPermitted()) {
      throw new IllegalStateException("the grant opens nothing");
    }
    if (desk.issue().equals(ours)) {
      throw new IllegalStateException("Ownproof hands out the same token twice");
    }
  }

  /** Each token has an id and a time of its own. */
  private static Map<String, Object> withoutId(Map<String, Object> claims) {
    Map<String, Object> rest = new LinkedHashMap<>(claims);
    rest.keySet().removeAll(List.of("jti", "iat"));
    return rest;
  }

  private void checkSignature(String name, String made) throws Exception {
    SignedJWT jwt = SignedJWT.parse(made);
    Provider jdk = Security.getProvider("SunEC");
    Signature check =
        algorithm.equals("ES256")
            ? Signature.getInstance("SHA256withECDSAinP1363Format", jdk)
            : Signature.getInstance("Ed25519", jdk);
    check.initVerify(key.getPublic());
    check.update(jwt.getSigningInput());
    if (!algorithm.equals(jwt.getHeader().getAlgorithm().getName())
        || !check.verify(jwt.getSignature().decode())) {
      throw new IllegalStateException(name + " makes a signature that does not hold");
    }
  }

  final byte[] sign() throws GeneralSecurityException {
    signature.update(signingInput);
    return signature.sign();
  }
}
