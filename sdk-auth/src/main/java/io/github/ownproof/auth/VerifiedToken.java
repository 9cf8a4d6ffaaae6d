package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.VerificationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A token that was verified: holding one proves that an accepted issuer signed it, for us, as this
 * kind of token, that it was valid when it was verified, and that whoever presented it proved to be
 * its sender where it is bound to one. It does not prove that it is valid now: do not keep it
 * beyond the request. Immutable and thread-safe.
 */
public final class VerifiedToken {

  private final Identity identity;
  private final TokenKind kind;
  private final Claims claims;
  private final TokenTimes times;
  private final @Nullable String clientId;
  private final VerificationKey key;
  private final Clock clock;
  private final Duration skew;
  private final boolean bound;

  /** Found out when first asked, by whoever asks: claims do not change. */
  private final AtomicReference<@Nullable Boolean> impersonation = new AtomicReference<>();

  VerifiedToken(
      Identity identity,
      TokenKind kind,
      Claims claims,
      TokenTimes times,
      @Nullable String clientId,
      VerificationKey key,
      Clock clock,
      Duration skew) {
    this.identity = identity;
    this.kind = kind;
    this.claims = claims;
    this.times = times;
    this.clientId = clientId;
    this.key = key;
    this.clock = clock;
    this.skew = skew;
    this.bound = claims.has("cnf");
  }

  /** Who it is about: the only thing to key users by. */
  public Identity identity() {
    return identity;
  }

  /** What it is for. */
  public TokenKind kind() {
    return kind;
  }

  /** How to address the user; never who it is. */
  public TokenProfile profile() {
    return new TokenProfile(claims);
  }

  /** All claims. */
  public Claims claims() {
    return claims;
  }

  /** The end of its validity ({@code exp}), without any allowance for skew. */
  public Instant expiresAt() {
    return times.expiresAt();
  }

  /** When it was issued ({@code iat}), if it says. */
  public Optional<Instant> issuedAt() {
    return Optional.ofNullable(times.issuedAt());
  }

  /** Its own id ({@code jti}), if it has one. */
  public Optional<String> id() {
    return claims.string("jti");
  }

  /** The login session it belongs to ({@code sid}), if it says. */
  public Optional<String> sessionId() {
    return claims.string("sid");
  }

  /**
   * The client it was issued to ({@code client_id}, {@code azp} or what the provider has), if it
   * says.
   */
  public Optional<String> clientId() {
    return Optional.ofNullable(clientId);
  }

  /** Whom it is for ({@code aud}); empty where the provider has none. */
  public List<String> audience() {
    return claims.strings("aud");
  }

  /**
   * The scopes it was granted: {@code scope} split at spaces (RFC 9068 section 2.2.3), or {@code
   * scp} as a string or an array.
   */
  public Set<String> scopes() {
    Object scope = claims.has("scope") ? claims.json().get("scope") : claims.json().get("scp");
    return scope instanceof String text
        ? text.isBlank() ? Set.of() : Set.copyOf(Arrays.asList(text.strip().split(" +")))
        : Set.copyOf(Claims.strings(scope));
  }

  /**
   * Does nothing if the token has all these scopes.
   *
   * @throws TokenRejectedException otherwise, as 403 {@code insufficient_scope} (RFC 6750 section
   *     3.1), the challenge naming the scopes
   * @throws InvalidVerifierException if a scope has characters that none can have
   */
  public void requireScope(String... scopes) {
    List<String> required = List.of(scopes);
    Challenges.checkScopes(required);
    if (!scopes().containsAll(required)) {
      throw new TokenRejectedException(
          Reason.INSUFFICIENT_SCOPE, Challenges.insufficientScope(required));
    }
  }

  /**
   * Does nothing if the user logged in as strongly and as lately as this (RFC 9470).
   *
   * @param acr the {@code acr} that will do
   * @param maxAge the longest time since {@code auth_time}
   * @throws TokenRejectedException otherwise, or if the token does not say, as 401 {@code
   *     insufficient_user_authentication}, the challenge naming both
   */
  public void requireAuthentication(String acr, Duration maxAge) {
    require(AuthenticationRequirement.of(acr).within(maxAge));
  }

  /**
   * Does nothing if the user logged in as this asks for (RFC 9470).
   *
   * @throws TokenRejectedException otherwise, or if the token does not say, as 401 {@code
   *     insufficient_user_authentication} with the challenge
   */
  public void require(AuthenticationRequirement requirement) {
    if (!requirement.isMetBy(claims, clock.instant(), skew)) {
      throw new TokenRejectedException(Reason.INSUFFICIENT_AUTHENTICATION, requirement.challenge());
    }
  }

  /**
   * Whether a claim says that somebody acts as somebody else, also one that its verifier was told
   * to accept: for decisions that are a person's own to make.
   */
  public boolean hasImpersonationMarker() {
    Boolean known = impersonation.get();
    if (known == null) {
      known = findsImpersonationMarker();
      impersonation.set(known);
    }
    return known;
  }

  private boolean findsImpersonationMarker() {
    try {
      ImpersonationMarkers.check(claims.json(), Set.of());
      return false;
    } catch (Refusal marked) {
      return true;
    }
  }

  /** Whether it names a key that whoever presents it must hold ({@code cnf}). */
  boolean isBound() {
    return bound;
  }

  TokenTimes times() {
    return times;
  }

  VerificationKey key() {
    return key;
  }

  /** The kind alone. */
  @Override
  public String toString() {
    return "VerifiedToken(" + kind + ")";
  }
}
