package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.VerificationKey;
import io.github.ownproof.testkit.ForgedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Verified tokens of any person, for what happens after a token was verified. */
public final class MintedPeople {

  private static final KeySource KEYS =
      KeySource.pinned(ForgedKey.jwks(ForgedKey.of("ES256", "minted")));

  private MintedPeople() {}

  /** Of this subject at {@code https://login.example.com}, an access token of a user. */
  public static VerifiedToken token(
      String subject, String claimsJson, Instant expiresAt, Clock clock) {
    return token(subject, claimsJson, expiresAt, clock, IdentityKind.USER, TokenKind.ACCESS);
  }

  /** Of any kind. */
  public static VerifiedToken token(
      String subject,
      String claimsJson,
      Instant expiresAt,
      Clock clock,
      IdentityKind identity,
      TokenKind kind) {
    return new VerifiedToken(
        new Identity("https://login.example.com", subject, identity),
        kind,
        MintedTokens.claims(claimsJson),
        new TokenTimes(expiresAt, null, null),
        null,
        (VerificationKey) KEYS.find("minted"),
        clock,
        Duration.ZERO);
  }
}
