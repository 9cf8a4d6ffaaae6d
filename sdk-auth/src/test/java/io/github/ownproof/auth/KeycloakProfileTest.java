package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KeycloakProfileTest {

  private static final String ISSUER = "https://sso.example.com/realms/main";
  private static final String SUB = "f:3fd1f0a0:507f1f77";
  private static final String CLIENT = "Web-Shop";

  private final ProviderRig access = ProviderRig.of(IssuerProfiles.keycloak(ISSUER, "orders"));
  private final ProviderRig ids = ProviderRig.of(IssuerProfiles.keycloakIdTokens(ISSUER, CLIENT));

  private static ForgedToken accessToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "JWT",
        "jti",
        "onrtac:5c5c1f39",
        "aud",
        List.of("orders", "account"),
        "sub",
        SUB,
        "typ",
        "Bearer",
        "azp",
        CLIENT,
        "sid",
        "b1b5a0b2-3a7c",
        "acr",
        "1",
        "allowed-origins",
        List.of("https://shop.example.com"),
        "realm_access",
        Map.of("roles", List.of("offline_access")),
        "resource_access",
        Map.of("account", Map.of("roles", List.of("view-profile"))),
        "scope",
        "openid email profile",
        "email_verified",
        true,
        "preferred_username",
        "alice",
        "email",
        "alice@example.com");
  }

  private static ForgedToken serviceToken(ProviderRig rig) {
    return accessToken(rig)
        .without("sid")
        .without("email")
        .claim("clientHost", "203.0.113.7")
        .claim("client_id", CLIENT)
        .claim("preferred_username", "service-account-web-shop");
  }

  private static ForgedToken idToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "JWT",
        "aud",
        CLIENT,
        "sub",
        SUB,
        "typ",
        "ID",
        "azp",
        CLIENT,
        "nonce",
        "n",
        "sid",
        "b1b5a0b2-3a7c",
        "at_hash",
        "x",
        "acr",
        "1",
        "preferred_username",
        "alice");
  }

  @Test
  void bothKinds_areTheSameUser() {
    access.accepts(accessToken(access), ISSUER, SUB, IdentityKind.USER);
    ids.accepts(idToken(ids), ISSUER, SUB, IdentityKind.USER);
    assertThat(access.identity(accessToken(access))).isEqualTo(ids.identity(idToken(ids)));
  }

  @Test
  void dpopToken_isAnAccessToken() {
    assertThat(access.reason(accessToken(access).claim("typ", "DPoP"))).isNull();
  }

  @Test
  void nonceInAnAccessToken_asOlderServersWriteIt_isAccepted() {
    assertThat(access.reason(accessToken(access).claim("nonce", "n"))).isNull();
  }

  @Test
  void serviceAccount_isAService() {
    access.accepts(serviceToken(access), ISSUER, SUB, IdentityKind.SERVICE);
  }

  @Test
  void userWhoTookTheNameOfAServiceAccount_staysAUser() {
    for (String name : List.of("service-account-web-shop", "service-account-Web-Shop")) {
      access.accepts(
          accessToken(access).claim("preferred_username", name), ISSUER, SUB, IdentityKind.USER);
    }
    access.accepts(
        accessToken(access)
            .without("azp")
            .without("sid")
            .claim("preferred_username", "service-account-null"),
        ISSUER,
        SUB,
        IdentityKind.USER);
    access.accepts(serviceToken(access).claim("azp", "other"), ISSUER, SUB, IdentityKind.USER);
  }

  @TestFactory
  Stream<DynamicTest> accessTokens_refused() {
    ForgedToken valid = accessToken(access);
    return Stream.of(
        access.refuses("an ID token", idToken(access), Reason.AUDIENCE),
        access.refuses("an ID token for us", idToken(access).audience("orders"), Reason.KIND),
        access.refuses("a refresh token", valid.claim("typ", "Refresh"), Reason.KIND),
        access.refuses("an offline token", valid.claim("typ", "Offline"), Reason.KIND),
        access.refuses("a logout token", valid.claim("typ", "Logout"), Reason.KIND),
        access.refuses("logout by type", valid.type("logout+jwt"), Reason.TYPE),
        access.refuses("logout by events", valid.claim("events", Map.of()), Reason.KIND),
        access.refuses("other case", valid.claim("typ", "bearer"), Reason.KIND),
        access.refuses("no typ claim", valid.without("typ"), Reason.KIND),
        access.refuses("a list", valid.claim("typ", List.of("Bearer")), Reason.KIND),
        access.refuses("no typ header", valid.withoutHeader("typ"), Reason.TYPE),
        access.refuses("for the account console", valid.audience("account"), Reason.AUDIENCE),
        access.refuses("no audience, azp alone", valid.without("aud"), Reason.AUDIENCE),
        access.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        access.refuses("e-mail subject", valid.subject("a@b.example"), Reason.EMAIL_SUBJECT),
        access.refuses(
            "other realm", valid.claim("iss", ISSUER.replace("main", "other")), Reason.ISSUER),
        access.refuses(
            "impersonated session",
            valid.claim("impersonator", Map.of("id", "1", "username", "admin")),
            Reason.IMPERSONATION));
  }

  @TestFactory
  Stream<DynamicTest> idTokens_refused() {
    ForgedToken valid = idToken(ids);
    return Stream.of(
        ids.refuses("an access token", accessToken(ids), Reason.AUDIENCE),
        ids.refuses(
            "an access token for the client", accessToken(ids).audience(CLIENT), Reason.KIND),
        ids.refuses("other client", valid.audience("other"), Reason.AUDIENCE),
        ids.refuses("other azp", valid.claim("azp", "other"), Reason.AUDIENCE),
        ids.refuses("no typ claim", valid.without("typ"), Reason.KIND),
        ids.refuses("no iat", valid.without("iat"), Reason.CLAIMS));
  }
}
