package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class Auth0ProfileTest {

  private static final String DOMAIN = "example.eu.auth0.com";
  private static final String ISSUER = "https://" + DOMAIN + "/";
  private static final String API = "https://api.example.com";
  private static final String CLIENT = "my_Client_1dEXAMPLEabcdefghijklmn";
  private static final String SUB = "auth0|507f1f77bcf86cd799439020";

  private final ProviderRig access = ProviderRig.of(IssuerProfiles.auth0(DOMAIN, API));
  private final ProviderRig ids = ProviderRig.of(IssuerProfiles.auth0IdTokens(DOMAIN, CLIENT));

  private static ForgedToken accessToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "JWT",
        "sub",
        SUB,
        "aud",
        List.of(API, ISSUER + "userinfo"),
        "azp",
        CLIENT,
        "scope",
        "openid profile read:orders",
        "permissions",
        List.of("read:orders"),
        "org_id",
        "org_9ybsU1dN2dKfDkBi");
  }

  private static ForgedToken rfc9068Token(ProviderRig rig) {
    return accessToken(rig)
        .type("at+jwt")
        .without("azp")
        .claim("client_id", CLIENT)
        .claim("jti", "dR0j");
  }

  private static ForgedToken machineToken(ProviderRig rig) {
    return accessToken(rig)
        .subject(CLIENT + "@clients")
        .audience(API)
        .claim("gty", "client-credentials");
  }

  private static ForgedToken idToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "JWT",
        "nickname",
        "alice",
        "name",
        "alice@example.com",
        "email",
        "alice@example.com",
        "email_verified",
        true,
        "aud",
        CLIENT,
        "sub",
        SUB,
        "sid",
        "JDfbnDkMM7l_MUB",
        "nonce",
        "dEtGcUZ0");
  }

  @Test
  void bothKinds_areTheSameUser() {
    access.accepts(accessToken(access), ISSUER, SUB, IdentityKind.USER);
    access.accepts(rfc9068Token(access), ISSUER, SUB, IdentityKind.USER);
    ids.accepts(idToken(ids), ISSUER, SUB, IdentityKind.USER);
    assertThat(access.identity(accessToken(access))).isEqualTo(ids.identity(idToken(ids)));
    assertThat(access.verify(accessToken(access)).clientId()).contains(CLIENT);
  }

  @Test
  void machine_isAService() {
    access.accepts(machineToken(access), ISSUER, CLIENT + "@clients", IdentityKind.SERVICE);
    access.accepts(
        rfc9068Token(access).subject(CLIENT + "@clients"),
        ISSUER,
        CLIENT + "@clients",
        IdentityKind.SERVICE);
  }

  @Test
  void customDomain_isTheIssuer() {
    assertThat(IssuerProfiles.auth0("login.example.com", API).issuer())
        .isEqualTo("https://login.example.com/");
  }

  @TestFactory
  Stream<DynamicTest> accessTokens_refused() {
    ForgedToken valid = accessToken(access);
    return Stream.of(
        access.refuses("an ID token", idToken(access), Reason.AUDIENCE),
        access.refuses("an ID token for us", idToken(access).audience(API), Reason.KIND),
        access.refuses("for userinfo alone", valid.audience(ISSUER + "userinfo"), Reason.AUDIENCE),
        access.refuses("other API", valid.audience("https://other"), Reason.AUDIENCE),
        access.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        access.refuses("no type", valid.withoutHeader("typ"), Reason.TYPE),
        access.refuses(
            "issuer without the slash", valid.claim("iss", "https://" + DOMAIN), Reason.ISSUER),
        access.refuses(
            "an address of a custom database",
            valid.subject("auth0|alice@example.com"),
            Reason.EMAIL_SUBJECT),
        access.refuses(
            "an address of the email connection",
            valid.subject("email|alice@example.com"),
            Reason.EMAIL_SUBJECT),
        access.refuses(
            "an enterprise connection's address",
            valid.subject("samlp|example|alice@example.com"),
            Reason.EMAIL_SUBJECT),
        access.refuses(
            "a user who calls himself a machine",
            valid.subject("auth0|alice@clients"),
            Reason.EMAIL_SUBJECT),
        access.refuses(
            "an address before the machine's suffix",
            valid.subject("alice@example.com@clients"),
            Reason.EMAIL_SUBJECT),
        access.refuses(
            "a machine that is not the client",
            machineToken(access).claim("azp", "other"),
            Reason.EMAIL_SUBJECT),
        access.refuses("impersonated", valid.claim("impersonated", true), Reason.IMPERSONATION),
        access.refuses(
            "impersonator",
            valid.claim("impersonator", Map.of("user_id", "auth0|1")),
            Reason.IMPERSONATION));
  }

  @TestFactory
  Stream<DynamicTest> idTokens_refused() {
    ForgedToken valid = idToken(ids);
    return Stream.of(
        ids.refuses("an access token", accessToken(ids), Reason.AUDIENCE),
        ids.refuses("an RFC 9068 token", rfc9068Token(ids).audience(CLIENT), Reason.TYPE),
        ids.refuses(
            "an access token for the client", accessToken(ids).audience(CLIENT), Reason.KIND),
        ids.refuses("other client", valid.audience("other"), Reason.AUDIENCE),
        ids.refuses("one more audience", valid.audience(CLIENT, API), Reason.AUDIENCE),
        ids.refuses("other azp", valid.claim("azp", "other"), Reason.AUDIENCE),
        ids.refuses("no iat", valid.without("iat"), Reason.CLAIMS),
        ids.refuses("events", valid.claim("events", Map.of()), Reason.KIND));
  }
}
