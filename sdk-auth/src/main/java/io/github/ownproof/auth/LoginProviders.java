package io.github.ownproof.auth;

import static io.github.ownproof.auth.ProviderRules.audienceAmong;
import static io.github.ownproof.auth.ProviderRules.claim;
import static io.github.ownproof.auth.ProviderRules.claimAmong;
import static io.github.ownproof.auth.ProviderRules.clientIn;
import static io.github.ownproof.auth.ProviderRules.issuedToClients;
import static io.github.ownproof.auth.ProviderRules.names;
import static io.github.ownproof.auth.ProviderRules.notAnEvent;
import static io.github.ownproof.auth.ProviderRules.notForApis;
import static io.github.ownproof.auth.ProviderRules.notForLogin;
import static io.github.ownproof.auth.ProviderRules.saysWhenIssued;

import io.github.ownproof.auth.ProviderRules.ClaimRule;
import io.github.ownproof.auth.ProviderRules.SubjectRule;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.WellKnownName;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Auth0, Authress, Keycloak, Okta. */
final class LoginProviders {

  private static final Set<String> UNTYPED = Set.of("", "jwt");
  private static final Set<String> ANY_ACCESS = Set.of("", "jwt", "at+jwt");
  private static final Set<JwsAlgorithm> RS256 = Set.of(JwsAlgorithm.RS256);
  private static final String CLIENTS = "@clients";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  private LoginProviders() {}

  static IssuerProfile auth0(String domain, String... audience) {
    Set<String> accepted = Accepted.of("audience", audience);
    return auth0(
        domain,
        TokenKind.ACCESS,
        Set.of("jwt", "at+jwt"),
        accepted,
        List.of(audienceAmong(accepted), notForLogin()));
  }

  static IssuerProfile auth0IdTokens(String domain, String... clients) {
    Set<String> accepted = Accepted.of("client id", clients);
    return auth0(
        domain,
        TokenKind.ID,
        UNTYPED,
        accepted,
        List.of(issuedToClients(accepted), notForApis(), notAnEvent(), saysWhenIssued()));
  }

  private static IssuerProfile auth0(
      String domain,
      TokenKind kind,
      Set<String> types,
      Set<String> audience,
      List<ClaimRule> rules) {
    String issuer = "https://" + Accepted.host("Auth0 domain", domain) + "/";
    return profile(
        "Auth0", issuer, kind, types, RS256, audience, rules, LoginProviders::auth0Subject, null);
  }

  /** Auth0: a client's own token is about the client; users whose name ends so are none. */
  private static StableSubject auth0Subject(JsonObject claims) throws Refusal {
    Object sub = claims.get(WellKnownName.SUB);
    String client = clientIn(WellKnownName.AZP, WellKnownName.CLIENT_ID).of(claims);
    return sub instanceof String id && client != null && id.equals(client + CLIENTS)
        ? new StableSubject(id, IdentityKind.SERVICE, true)
        : StableSubject.of(sub, IdentityKind.USER);
  }

  static IssuerProfile okta(String org, String server, String... audience) {
    Set<String> accepted = Accepted.of("audience", audience);
    return okta(
        org,
        server,
        TokenKind.ACCESS,
        ANY_ACCESS,
        accepted,
        List.of(audienceAmong(accepted), oktaVersion(), names("cid", Reason.KIND), notForLogin()),
        LoginProviders::oktaSubject);
  }

  static IssuerProfile oktaIdTokens(String org, String server, String... clients) {
    Set<String> accepted = Accepted.of("client id", clients);
    return okta(
        org,
        server,
        TokenKind.ID,
        UNTYPED,
        accepted,
        List.of(
            issuedToClients(accepted),
            oktaVersion(),
            claims -> {
              if (claims.has("cid") || claims.has(WellKnownName.SCP)) {
                throw Refusal.of(Reason.KIND);
              }
            },
            notAnEvent(),
            saysWhenIssued()),
        OidcIssuer::subject);
  }

  private static IssuerProfile okta(
      String org,
      String server,
      TokenKind kind,
      Set<String> types,
      Set<String> audience,
      List<ClaimRule> rules,
      SubjectRule subject) {
    String host = Accepted.host("Okta org", org);
    Accepted.matching("authorization server id", server, NAME, "default or aus1a2b3c4d5e6f7g8h9");
    String issuer = "https://" + host + "/oauth2/" + server;
    return profile("Okta", issuer, kind, types, RS256, audience, rules, subject, null);
  }

  private static ClaimRule oktaVersion() {
    return claims -> {
      if (!Long.valueOf(1).equals(claims.get("ver"))) {
        throw Refusal.of(Reason.KIND);
      }
    };
  }

  /** Okta: tokens without a user have no uid, and the client as subject. */
  private static StableSubject oktaSubject(JsonObject claims) throws Refusal {
    if (claims.has("uid")) {
      return StableSubject.of(claims.get("uid"), IdentityKind.USER);
    }
    Object client = claims.get("cid");
    return StableSubject.of(
        client != null && client.equals(claims.get(WellKnownName.SUB)) ? client : null,
        IdentityKind.SERVICE);
  }

  static IssuerProfile keycloak(String realm, String... audience) {
    Set<String> accepted = Accepted.of("audience", audience);
    return keycloak(
        realm,
        TokenKind.ACCESS,
        Set.of("jwt", "at+jwt"),
        accepted,
        List.of(
            audienceAmong(accepted),
            claimAmong("typ", Set.of("Bearer", "DPoP"), Reason.KIND),
            notAnEvent()));
  }

  static IssuerProfile keycloakIdTokens(String realm, String... clients) {
    Set<String> accepted = Accepted.of("client id", clients);
    return keycloak(
        realm,
        TokenKind.ID,
        UNTYPED,
        accepted,
        List.of(
            issuedToClients(accepted),
            claim("typ", "ID", Reason.KIND),
            notAnEvent(),
            saysWhenIssued()));
  }

  private static IssuerProfile keycloak(
      String realm,
      TokenKind kind,
      Set<String> types,
      Set<String> audience,
      List<ClaimRule> rules) {
    return profile(
        "Keycloak",
        Accepted.issuer(realm),
        kind,
        types,
        EnumSet.allOf(JwsAlgorithm.class),
        audience,
        rules,
        LoginProviders::keycloakSubject,
        null);
  }

  /**
   * Keycloak names the user behind a client's own token after the client, in lower case. Anybody
   * may register under that name, but only whoever logs in has a session.
   */
  private static StableSubject keycloakSubject(JsonObject claims) throws Refusal {
    boolean isClient =
        claims.get(WellKnownName.AZP) instanceof String client
            && ("service-account-" + client.toLowerCase(Locale.ROOT))
                .equals(claims.get("preferred_username"))
            && !claims.has(WellKnownName.SID)
            && !claims.has("session_state");
    return StableSubject.of(
        claims.get(WellKnownName.SUB), isClient ? IdentityKind.SERVICE : IdentityKind.USER);
  }

  static IssuerProfile authress(String account) {
    String host =
        account.contains(".")
            ? Accepted.host("Authress login domain", account)
            : Accepted.matching("Authress account", account, NAME, "acc-a1b2c3")
                + ".login.authress.io";
    return authress("https://" + host, host, OidcIssuer::subject);
  }

  static IssuerProfile authressServiceClient(String account, String clientId) {
    Accepted.matching("Authress account", account, NAME, "acc-a1b2c3");
    Accepted.matching("service client id", clientId, NAME, "sc_a1b2c3");
    return authress(
        "https://" + account + ".api.authress.io/v1/clients/" + clientId,
        clientId,
        claims ->
            StableSubject.of(
                clientId.equals(claims.get(WellKnownName.SUB)) ? clientId : null,
                IdentityKind.SERVICE));
  }

  private static IssuerProfile authress(String issuer, String account, SubjectRule subject) {
    return profile(
        "Authress",
        issuer,
        TokenKind.ACCESS,
        ANY_ACCESS,
        Set.of(JwsAlgorithm.ED25519, JwsAlgorithm.RS512),
        Set.of(account),
        List.of(notForLogin()),
        subject,
        URI.create(issuer + "/.well-known/openid-configuration/jwks"));
  }

  private static IssuerProfile profile(
      String provider,
      String issuer,
      TokenKind kind,
      Set<String> types,
      Set<JwsAlgorithm> algorithms,
      Set<String> audience,
      List<ClaimRule> rules,
      SubjectRule subject,
      @org.jspecify.annotations.Nullable URI jwksUri) {
    return IssuerProfile.of(
        new ProviderRules(
            provider,
            issuer,
            Set.of(issuer),
            kind,
            types,
            algorithms,
            (jwksUri == null ? "aud " : "account ") + String.join(" or ", audience),
            rules,
            subject,
            clientIn(WellKnownName.CLIENT_ID, WellKnownName.AZP, WellKnownName.CID),
            jwksUri));
  }
}
