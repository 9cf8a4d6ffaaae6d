package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonLimits;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.internal.StrictJson;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.VerificationKey;
import io.github.ownproof.testkit.ForgedKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Verified tokens of any claims, for what happens after a token was verified. */
public final class MintedTokens {

  private static final KeySource KEYS =
      KeySource.pinned(ForgedKey.jwks(ForgedKey.of("ES256", "minted")));

  private MintedTokens() {}

  /** With these claims, of the subject {@code user-1}. */
  public static VerifiedToken with(String claimsJson, Clock clock, Duration skew) {
    return new VerifiedToken(
        new Identity("https://login.example.com", "user-1", IdentityKind.USER),
        TokenKind.ACCESS,
        claims(claimsJson),
        new TokenTimes(clock.instant().plusSeconds(300), null, null),
        null,
        (VerificationKey) KEYS.find("minted"),
        clock,
        skew);
  }

  static Claims claims(String json) {
    try {
      return new Claims(StrictJson.object(json.getBytes(StandardCharsets.UTF_8), JsonLimits.TOKEN));
    } catch (MalformedInput e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
