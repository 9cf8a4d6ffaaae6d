package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.CompactToken;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.VerificationKey;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Everything that {@link VerificationPath} does, with an HMAC in place of the signature: it costs
 * so little that the rest can be measured. No verifier of ours accepts such tokens.
 */
public final class SharedSecretPath {

  private static final int LIMIT = 16_384;

  private final AcceptedIssuer issuer;
  private final SecretKey secret;
  private final Clock clock = Clock.systemUTC();
  private final Duration skew = Duration.ofSeconds(60);

  /** The profile's keys must have one for RS256 with the id that the tokens name. */
  public SharedSecretPath(IssuerProfile profile, SecretKey secret) {
    if (profile.keys() == null) {
      throw new IllegalArgumentException("the profile needs pinned keys");
    }
    this.issuer = new AcceptedIssuer(profile, profile.keys(), false);
    this.secret = secret;
  }

  /** What the token says; an exception if it is not right. */
  public VerifiedToken verify(String compact) throws Exception {
    CompactToken token = CompactToken.parse(CompactToken.ascii(compact, LIMIT));
    JsonObject header = token.header();
    require(
        "HS256".equals(header.get("alg")) && JwsAlgorithm.of("HS256") == null, Reason.ALGORITHM);
    VerificationPath.refuseEmbeddedKeys(header);
    VerificationPath.refuseCriticalHeaders(header);
    require(issuer.profile().issuer().equals(token.unverifiedPayload().get("iss")), Reason.ISSUER);
    issuer.checkType(header);
    VerificationKey key = issuer.key(VerificationPath.keyId(header), JwsAlgorithm.RS256);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(secret);
    mac.update(token.ascii(), 0, token.signingInputLength());
    require(MessageDigest.isEqual(mac.doFinal(), token.signature()), Reason.SIGNATURE);
    VerifiedToken verified = issuer.judge(token.unverifiedPayload(), key, clock, skew);
    verified.times().check(clock.instant(), skew, issuer.profile().maxAge());
    return verified;
  }

  private static void require(boolean holds, Reason otherwise) throws Refusal {
    if (!holds) {
      throw Refusal.of(otherwise);
    }
  }
}
