package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import java.time.Duration;

/** One forge, and verifiers that accept its tokens. */
final class ForgeVerifiers {

  static final String NOW = "2026-11-22T10:15:30Z";
  static final String ISSUER = "https://login.example.com";

  private ForgeVerifiers() {}

  static TokenForge forge() {
    return TokenForge.issuer(ISSUER).clock(MutableClock.at(NOW));
  }

  static IssuerProfile accessProfile(TokenForge forge) {
    return IssuerProfiles.oidc(forge.issuer())
        .audience(forge.audience().toArray(String[]::new))
        .accessTokens()
        .keys(KeySource.pinned(forge.jwksOfEveryAlgorithm()));
  }

  static IssuerProfile idProfile(TokenForge forge) {
    return IssuerProfiles.oidc(forge.issuer())
        .audience(forge.clientId())
        .idTokens()
        .keys(KeySource.pinned(forge.jwksOfEveryAlgorithm()));
  }

  static TokenVerifier accessTokens(TokenForge forge) {
    return of(forge, accessProfile(forge));
  }

  static TokenVerifier idTokens(TokenForge forge) {
    return of(forge, idProfile(forge));
  }

  static TokenVerifier of(TokenForge forge, IssuerProfile profile) {
    return TokenVerifier.builder().accept(profile).clock(forge.clock()).build();
  }

  static TokenVerifier withoutSkew(TokenForge forge) {
    return TokenVerifier.builder()
        .accept(accessProfile(forge))
        .clock(forge.clock())
        .clockSkew(Duration.ZERO)
        .build();
  }

  /** {@code ACCEPTED}, or the reason's name. */
  static String outcome(Verification verification) {
    return verification.fold(token -> "ACCEPTED", rejected -> rejected.reason().name());
  }
}
