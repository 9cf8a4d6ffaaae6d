package io.github.ownproof.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes tokens of one issuer for tests: valid ones, and from them any that are not.
 *
 * <p>{@link #token()} is a valid access token as RFC 9068 has it; change what the test is about.
 * {@link HostileTokens} and {@link ValidTokens} are whole collections. Immutable and thread-safe;
 * every method that changes something gives another forge.
 */
public final class TokenForge {

  private static final List<String> ALGORITHMS =
      List.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
          "Ed25519");

  private final String issuer;
  private final ForgedKey key;
  private final Clock clock;
  private final List<String> audience;
  private final String subject;
  private final String clientId;

  private TokenForge(
      String issuer,
      ForgedKey key,
      Clock clock,
      List<String> audience,
      String subject,
      String clientId) {
    this.issuer = issuer;
    this.key = key;
    this.clock = clock;
    this.audience = audience;
    this.subject = subject;
    this.clientId = clientId;
  }

  /**
   * A forge for this {@code iss}, with the RS256 key {@code forge-RS256}, the system's clock, the
   * audience {@code https://api.example.com}, the subject {@code user-1} and the client {@code
   * client-1}.
   */
  public static TokenForge issuer(String issuer) {
    return new TokenForge(
        issuer,
        ForgedKey.rs256("forge-RS256"),
        Clock.systemUTC(),
        List.of("https://api.example.com"),
        "user-1",
        "client-1");
  }

  /** Signs with this key. */
  public TokenForge key(ForgedKey other) {
    return new TokenForge(issuer, other, clock, audience, subject, clientId);
  }

  /** Takes the time of the tokens from this clock. */
  public TokenForge clock(Clock other) {
    return new TokenForge(issuer, key, other, audience, subject, clientId);
  }

  /** Makes tokens for this {@code aud}: a string if it is one, else an array. */
  public TokenForge audience(String... other) {
    return new TokenForge(issuer, key, clock, List.of(other), subject, clientId);
  }

  /** Makes tokens about this {@code sub}. */
  public TokenForge subject(String other) {
    return new TokenForge(issuer, key, clock, audience, other, clientId);
  }

  /** Makes tokens for this {@code client_id}, which is also the audience of ID tokens. */
  public TokenForge clientId(String other) {
    return new TokenForge(issuer, key, clock, audience, subject, other);
  }

  /** The same forge under another {@code iss}. */
  public TokenForge withIssuer(String other) {
    return new TokenForge(other, key, clock, audience, subject, clientId);
  }

  /** The {@code iss} of the tokens. */
  public String issuer() {
    return issuer;
  }

  /** The key that signs. */
  public ForgedKey key() {
    return key;
  }

  /** Where the time of the tokens comes from. */
  public Clock clock() {
    return clock;
  }

  /** The {@code aud} of the access tokens. */
  public List<String> audience() {
    return audience;
  }

  /** The {@code sub} of the tokens. */
  public String subject() {
    return subject;
  }

  /** The {@code client_id} of the tokens. */
  public String clientId() {
    return clientId;
  }

  /** The JWK Set with the key that signs. */
  public String jwks() {
    return ForgedKey.jwks(key);
  }

  /**
   * The JWK Set with the key that signs and one for every other algorithm, which {@code
   * HostileTokens} and {@link ValidTokens} need.
   */
  public String jwksOfEveryAlgorithm() {
    List<String> jwks = new ArrayList<>();
    for (String algorithm : ALGORITHMS) {
      jwks.add(keyFor(algorithm).publicJwk());
    }
    if (!ALGORITHMS.contains(key.algorithm())) {
      jwks.add(key.publicJwk());
    }
    return ForgedKey.jwkSet(jwks);
  }

  /** The issuer's key for this algorithm: the one that signs, or one beside it. */
  public ForgedKey keyFor(String algorithm) {
    if (key.algorithm().equals(algorithm)) {
      return key;
    }
    // RSA keys are slow to make: two pairs are enough to tell keys apart.
    String pair =
        List.of("RS384", "RS512", "PS384", "PS512").contains(algorithm) ? "PS256" : algorithm;
    return ForgedKey.of(pair, "forge-" + pair)
        .withAlgorithm(algorithm)
        .withKid("forge-" + algorithm);
  }

  /**
   * A valid access token (RFC 9068 section 2): typ {@code at+jwt}, with {@code iss}, {@code sub},
   * {@code aud}, {@code client_id}, {@code iat} now, {@code exp} in five minutes and a random
   * {@code jti}.
   */
  public ForgedToken token() {
    return base("at+jwt", audience)
        .claim("client_id", clientId)
        .claim("jti", UUID.randomUUID().toString());
  }

  /**
   * A valid ID token (OpenID Connect Core section 2): typ {@code JWT}, its {@code aud} the client,
   * with {@code nonce} and {@code auth_time}.
   */
  public ForgedToken idToken() {
    return base("JWT", List.of(clientId))
        .claim("nonce", "n-0S6_WzA2Mj")
        .claim("auth_time", clock.instant().getEpochSecond());
  }

  /** A valid logout token (OpenID Connect Back-Channel Logout section 2.4). */
  public ForgedToken logoutToken() {
    return base("logout+jwt", List.of(clientId))
        .claim("jti", UUID.randomUUID().toString())
        .claimJson("events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}");
  }

  /** A valid security event token (RFC 8417) that says a session was revoked (CAEP 1.0). */
  public ForgedToken securityEventToken() {
    return base("secevent+jwt", audience)
        .without("exp")
        .without("sub")
        .claim("jti", UUID.randomUUID().toString())
        .claim("sub_id", Map.of("format", "iss_sub", "iss", issuer, "sub", subject))
        .claimJson(
            "events",
            "{\"https://schemas.openid.net/secevent/caep/event-type/session-revoked\":{}}");
  }

  /** A status list token (draft-ietf-oauth-status-list) with one byte of zeros. */
  public ForgedToken statusListToken() {
    return base("statuslist+jwt", audience)
        .subject(issuer + "/statuslists/1")
        .claimJson("status_list", "{\"bits\":1,\"lst\":\"eNpjAAAAAQAB\"}");
  }

  /**
   * A DPoP proof (RFC 9449 section 4.2) by this key, which need not be the issuer's; for a proof to
   * go with a token, add {@code ath}.
   */
  public ForgedToken dpopProof(ForgedKey holder, String method, String uri) {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("jti", JsonText.of(UUID.randomUUID().toString()));
    claims.put("htm", JsonText.of(method));
    claims.put("htu", JsonText.of(uri));
    claims.put("iat", JsonText.of(clock.instant().getEpochSecond()));
    Map<String, String> header = new LinkedHashMap<>();
    header.put("typ", JsonText.of("dpop+jwt"));
    header.put("alg", JsonText.of(holder.algorithm()));
    header.put("jwk", holder.publicJwk());
    return ForgedToken.of(holder, clock, header, claims);
  }

  private ForgedToken base(String type, List<String> aud) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("alg", JsonText.of(key.algorithm()));
    header.put("typ", JsonText.of(type));
    header.put("kid", JsonText.of(key.kid()));
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", JsonText.of(issuer));
    claims.put("sub", JsonText.of(subject));
    claims.put("aud", JsonText.of(aud.size() == 1 ? aud.get(0) : aud));
    claims.put("iat", JsonText.of(clock.instant().getEpochSecond()));
    return ForgedToken.of(key, clock, header, claims).expiresIn(Duration.ofMinutes(5));
  }

  /** The issuer and the key. */
  @Override
  public String toString() {
    return "TokenForge(" + issuer + ", " + key + ")";
  }
}
