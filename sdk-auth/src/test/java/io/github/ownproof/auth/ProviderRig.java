package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.time.Instant;
import org.junit.jupiter.api.DynamicTest;

/** A verifier of one profile, and tokens as the profile's provider issues them. */
final class ProviderRig {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final MutableClock clock = MutableClock.at(NOW);
  private final ForgedKey key;
  private final TokenVerifier verifier;

  private ProviderRig(IssuerProfile profile, ForgedKey key) {
    this.key = key;
    this.verifier =
        TokenVerifier.builder()
            .accept(profile.keys(KeySource.pinned(ForgedKey.jwks(key))))
            .clock(clock)
            .verifyEveryTokenAnew()
            .build();
  }

  static ProviderRig of(IssuerProfile profile) {
    return new ProviderRig(profile, ForgedKey.rs256("provider-key"));
  }

  static ProviderRig of(IssuerProfile profile, String algorithm) {
    return new ProviderRig(profile, ForgedKey.of(algorithm, "provider-" + algorithm));
  }

  static long now() {
    return NOW.getEpochSecond();
  }

  /**
   * A token with {@code iat} now, {@code exp} in five minutes, and these claims alone.
   *
   * @param type the {@code typ} header; empty for none
   */
  ForgedToken token(String issuer, String type, Object... namesAndValues) {
    ForgedToken token =
        TokenForge.issuer(issuer)
            .clock(clock)
            .key(key)
            .token()
            .without("sub")
            .without("aud")
            .without("client_id")
            .without("jti");
    token = type.isEmpty() ? token.withoutHeader("typ") : token.type(type);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      token = token.claim((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return token;
  }

  VerifiedToken verify(ForgedToken token) {
    return verifier.verify(token.compact());
  }

  Identity identity(ForgedToken token) {
    return verify(token).identity();
  }

  /** Why it is refused; null if it is not. */
  Reason reason(ForgedToken token) {
    return verifier.tryVerify(token.compact()).fold(yes -> null, Verification.Rejected::reason);
  }

  /** Of these characters: {@code ACCEPTED}, or why not. */
  String outcome(String compact) {
    return verifier
        .tryVerify(compact)
        .fold(yes -> "ACCEPTED", rejected -> rejected.reason().name());
  }

  void accepts(ForgedToken token, String issuer, String subject, IdentityKind kind) {
    Identity identity = identity(token);
    assertThat(identity.issuer()).isEqualTo(issuer);
    assertThat(identity.subject()).isEqualTo(subject);
    assertThat(identity.kind()).isEqualTo(kind);
  }

  DynamicTest refuses(String what, ForgedToken token, Reason reason) {
    return DynamicTest.dynamicTest(
        what, () -> assertThat(reason(token)).as(what).isEqualTo(reason));
  }
}
