package io.github.ownproof.benchmarks;

import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.TokenForge;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One token of 800 characters that every contender must accept, and those each must refuse. */
final class SignedTokens {

  static final String ISSUER = "https://login.example.com";
  static final String AUDIENCE = "https://api.example.com";
  static final String TYPE = "at+jwt";

  private static final int LENGTH = 800;
  private static final Duration LIFE = Duration.ofHours(12);

  private final ForgedKey key;
  private final TokenForge forge;
  private final String valid;
  private final Map<String, String> refused;

  SignedTokens(ForgedKey key) {
    this.key = key;
    this.forge =
        TokenForge.issuer(ISSUER)
            .key(key)
            .audience(AUDIENCE, "https://id.example.com")
            .subject("5f0c6f2e-1c8e-4f0f-9a7b-3d1f9d6c2b10");
    this.valid = ofFullLength(token()).compact();
    this.refused = Collections.unmodifiableMap(wrongTokens());
  }

  static SignedTokens of(String algorithm) {
    return new SignedTokens(ForgedKey.of(algorithm, "2026-11-key-1"));
  }

  private ForgedToken token() {
    return forge.token().expiresIn(LIFE).claim("scope", "orders:read orders:write");
  }

  /** Signatures differ in length; what is read should not. */
  private static ForgedToken ofFullLength(ForgedToken token) {
    int missing = LENGTH - token.claim("tenant", "").compact().length();
    return token.claim("tenant", "t".repeat(Math.max(0, missing * 3 / 4)));
  }

  String valid() {
    return valid;
  }

  /** Somebody else's, who has just logged in strongly. */
  VerifiedToken approver() {
    return rememberingVerifier()
        .verify(
            token()
                .subject("9b1d6f0a-7c53-4a4e-8d0e-2f4f6d1c7a55")
                .claim("acr", "mfa")
                .claim("auth_time", forge.clock().instant().getEpochSecond())
                .compact());
  }

  PublicKey publicKey() {
    return key.publicKey();
  }

  ForgedKey key() {
    return key;
  }

  byte[] signingInput() {
    return valid.substring(0, valid.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
  }

  byte[] signature() {
    return Base64.getUrlDecoder().decode(valid.substring(valid.lastIndexOf('.') + 1));
  }

  /** Ours, remembering nothing. */
  TokenVerifier verifier() {
    return builder().verifyEveryTokenAnew().build();
  }

  /** Ours, as it comes. */
  TokenVerifier rememberingVerifier() {
    return builder().build();
  }

  private TokenVerifier.Builder builder() {
    return TokenVerifier.builder()
        .accept(
            IssuerProfiles.oidc(ISSUER)
                .audience(AUDIENCE)
                .accessTokens()
                .keys(KeySource.pinned(ForgedKey.jwks(key))));
  }

  /** By what is wrong with them. */
  Map<String, String> refused() {
    return refused;
  }

  private Map<String, String> wrongTokens() {
    Map<String, String> wrong = new LinkedHashMap<>();
    int last = valid.length() - 10;
    char other = valid.charAt(last) == 'A' ? 'B' : 'A';
    wrong.put("another signature", valid.substring(0, last) + other + valid.substring(last + 1));
    wrong.put(
        "another payload",
        valid.substring(0, valid.indexOf('.') + 1)
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                    token()
                        .claim("sub", "somebody-else")
                        .payloadJson()
                        .getBytes(StandardCharsets.UTF_8))
            + valid.substring(valid.lastIndexOf('.')));
    wrong.put("expired", token().expiresIn(Duration.ofHours(-2)).compact());
    wrong.put("no expiry", token().without("exp").compact());
    wrong.put("another audience", token().audience("https://other.example.com").compact());
    wrong.put("another issuer", token().claim("iss", "https://evil.example.com").compact());
    return wrong;
  }

  /** Only those that verify are compared. */
  void check(String name, TokenContender contender) {
    try {
      if (contender.verify(valid) == null) {
        throw new IllegalStateException(name + " says nothing of the valid token");
      }
    } catch (Exception e) {
      throw new IllegalStateException(name + " refuses the valid token", e);
    }
    refused.forEach(
        (what, token) -> {
          if (accepts(contender, token)) {
            throw new IllegalStateException(name + " accepts a token: " + what);
          }
        });
  }

  private static boolean accepts(TokenContender contender, String token) {
    try {
      return contender.verify(token) != null;
    } catch (Exception refusal) {
      return false;
    }
  }
}
