package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.WellKnownName;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An OpenID Connect issuer of which it is not yet said for whom its tokens must be; see {@link
 * IssuerProfiles#oidc}. Immutable.
 */
public final class OidcIssuer {

  private final String issuer;

  OidcIssuer(String issuer) {
    this.issuer = issuer;
  }

  /**
   * For whom tokens must be: of access tokens, any of these in {@code aud}; of ID tokens, nothing
   * but these.
   *
   * @param audience the identifiers of this API, or for ID tokens the ids of this client; compared
   *     exactly
   * @throws InvalidVerifierException if there are none, or one is blank
   */
  public WithAudience audience(String... audience) {
    return new WithAudience(issuer, Accepted.of("audience", audience));
  }

  /** An issuer and an audience, of which the kind of token is not yet said. Immutable. */
  public static final class WithAudience {

    private final String issuer;
    private final Set<String> audience;

    WithAudience(String issuer, Set<String> audience) {
      this.issuer = issuer;
      this.audience = audience;
    }

    /**
     * Access tokens as in RFC 9068: {@code typ} is {@code at+jwt}. For issuers that do not say so,
     * see {@link IssuerProfile#acceptUntypedAccessTokens}.
     */
    public IssuerProfile accessTokens() {
      return profile(
          TokenKind.ACCESS,
          Set.of("at+jwt"),
          List.of(ProviderRules.audienceAmong(audience), ProviderRules.notForLogin()));
    }

    /**
     * ID tokens (OpenID Connect Core section 3.1.3.7), for a client that logs users in. One with
     * scopes is refused: it is an access token. The {@code nonce} is for the client to compare,
     * which alone knows what it sent.
     */
    public IssuerProfile idTokens() {
      return profile(
          TokenKind.ID,
          Set.of("", "jwt"),
          List.of(
              ProviderRules.issuedToClients(audience),
              ProviderRules.notForApis(),
              ProviderRules.notAnEvent(),
              ProviderRules.saysWhenIssued()));
    }

    private IssuerProfile profile(
        TokenKind kind, Set<String> types, List<ProviderRules.ClaimRule> rules) {
      return IssuerProfile.of(
          new ProviderRules(
              "OpenID Connect",
              issuer,
              Set.of(issuer),
              kind,
              types,
              EnumSet.allOf(JwsAlgorithm.class),
              "aud " + String.join(" or ", audience),
              rules,
              OidcIssuer::subject,
              ProviderRules.clientIn(WellKnownName.CLIENT_ID, WellKnownName.AZP),
              null));
    }
  }

  /** RFC 9068 section 2.2: where no user is involved, the subject is the client. */
  static StableSubject subject(io.github.ownproof.auth.internal.JsonObject claims) throws Refusal {
    Object sub = claims.get(WellKnownName.SUB);
    boolean isClient = sub != null && sub.equals(claims.get(WellKnownName.CLIENT_ID));
    return StableSubject.of(sub, isClient ? IdentityKind.SERVICE : IdentityKind.USER);
  }
}
