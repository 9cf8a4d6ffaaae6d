package io.github.ownproof.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.TokenForge;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** DPoP proofs for one token and request, and what a verifier makes of them. */
public final class ProofForge {

  static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyLTEifQ.c2lnbmF0dXJl";
  static final String METHOD = "GET";
  static final String URL = "https://api.example.com/orders/1";
  static final ForgedKey HOLDER = ForgedKey.of("ES256", "holder");
  static final ForgedKey THIEF = ForgedKey.of("ES256", "thief");

  private final Clock clock;
  private final SenderConstraint constraint;

  ProofForge(DpopPolicy policy, Clock clock) {
    this.clock = clock;
    this.constraint = new SenderConstraint(policy, clock);
  }

  /** A proof that holds. */
  ForgedToken valid() {
    return by(HOLDER, METHOD, URL);
  }

  ForgedToken by(ForgedKey key, String method, String url) {
    return TokenForge.issuer("https://login.example.com")
        .clock(clock)
        .dpopProof(key, method, url)
        .claim("ath", hash(TOKEN));
  }

  /** The reason for which the holder's token is refused with this proof; empty if it is not. */
  Optional<Reason> check(ForgedToken proof) {
    return check(List.of(proof.compact()));
  }

  Optional<Reason> check(List<String> headers) {
    return check(headers, HOLDER, METHOD, URL);
  }

  Optional<Reason> check(List<String> headers, ForgedKey boundTo, String method, String url) {
    return check(
        PresentedToken.dpop(TOKEN, DpopProof.of(headers, method, URI.create(url))),
        "{\"jkt\":\"" + thumbprint(boundTo) + "\"}");
  }

  /** The same for a token of this confirmation; null for none. */
  Optional<Reason> check(PresentedToken presented, String cnf) {
    String claims = cnf == null ? "{}" : "{\"cnf\":" + cnf + "}";
    try {
      constraint.check(presented, MintedTokens.with(claims, clock, Duration.ZERO));
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.of(e.reason());
    }
  }

  /** A second opinion on what the thumbprint is. */
  public static String thumbprint(ForgedKey key) {
    try {
      return JWK.parse(key.publicJwk()).computeThumbprint().toString();
    } catch (ParseException | JOSEException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** SHA-256 in base64url, as {@code ath} is. */
  public static String hash(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
