package io.github.ownproof.auth;

import java.util.Optional;

/**
 * How to address the user, as far as the issuer tells: to show and to write to, never to decide by.
 * Everything here can change or change hands. Immutable and thread-safe.
 */
public final class TokenProfile {

  private final Claims claims;

  TokenProfile(Claims claims) {
    this.claims = claims;
  }

  /** A name to show: {@code name}, or {@code preferred_username}. */
  public Optional<String> displayName() {
    return claims.string("name").or(() -> claims.string("preferred_username"));
  }

  /** An address to write to. */
  public Optional<ContactEmail> contactEmail() {
    return claims
        .string("email")
        .map(
            address ->
                new ContactEmail(address, claims.bool("email_verified").orElse(Boolean.FALSE)));
  }

  /** Without any claim. */
  @Override
  public String toString() {
    return "TokenProfile";
  }
}
