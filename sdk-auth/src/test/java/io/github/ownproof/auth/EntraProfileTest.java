package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EntraProfileTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String STRANGER = "99999999-2222-3333-4444-555555555555";
  private static final String V2 = "https://login.microsoftonline.com/" + TENANT + "/v2.0";
  private static final String V1 = "https://sts.windows.net/" + TENANT + "/";
  private static final String API = "aaaaaaaa-2222-3333-4444-555555555555";
  private static final String CLIENT = "bbbbbbbb-2222-3333-4444-555555555555";
  private static final String OID = "cccccccc-2222-3333-4444-555555555555";
  private static final String PAIRWISE = "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ";

  private final ProviderRig access = ProviderRig.of(IssuerProfiles.entra(TENANT, API));
  private final ProviderRig old =
      ProviderRig.of(IssuerProfiles.entraV1(TENANT, "api://" + API, API));
  private final ProviderRig ids = ProviderRig.of(IssuerProfiles.entraIdTokens(TENANT, CLIENT));

  private static ForgedToken accessToken(ProviderRig rig) {
    return rig.token(
        V2,
        "JWT",
        "aud",
        API,
        "nbf",
        ProviderRig.now(),
        "aio",
        "AUQAu/8TAAAA",
        "azp",
        CLIENT,
        "azpacr",
        "1",
        "name",
        "Alice",
        "oid",
        OID,
        "preferred_username",
        "alice@example.com",
        "rh",
        "0.AX0A.",
        "scp",
        "access_as_user",
        "sub",
        PAIRWISE,
        "tid",
        TENANT,
        "uti",
        "fqiBqXLPj0eQa82S-IYFAA",
        "ver",
        "2.0");
  }

  private static ForgedToken applicationToken(ProviderRig rig) {
    return accessToken(rig)
        .without("scp")
        .without("name")
        .without("preferred_username")
        .claim("roles", List.of("Orders.Read.All"))
        .subject(OID);
  }

  private static ForgedToken oldToken(ProviderRig rig) {
    return rig.token(
        V1,
        "JWT",
        "aud",
        "api://" + API,
        "acr",
        "1",
        "amr",
        List.of("pwd", "mfa"),
        "appid",
        CLIENT,
        "appidacr",
        "0",
        "ipaddr",
        "203.0.113.7",
        "oid",
        OID,
        "scp",
        "user_access",
        "sub",
        PAIRWISE,
        "tid",
        TENANT,
        "unique_name",
        "alice@example.com",
        "upn",
        "alice@example.com",
        "ver",
        "1.0");
  }

  private static ForgedToken idToken(ProviderRig rig) {
    return rig.token(
        V2,
        "JWT",
        "aud",
        CLIENT,
        "idp",
        "https://sts.windows.net/" + STRANGER + "/",
        "name",
        "Alice",
        "nonce",
        "678910",
        "oid",
        OID,
        "preferred_username",
        "alice@example.com",
        "sub",
        PAIRWISE,
        "tid",
        TENANT,
        "acct",
        1,
        "ver",
        "2.0");
  }

  @Test
  void identity_isTheObjectId_notThePairwiseSubject() {
    access.accepts(accessToken(access), V2, OID, IdentityKind.USER);
    ids.accepts(idToken(ids), V2, OID, IdentityKind.USER);
    old.accepts(oldToken(old), V1, OID, IdentityKind.USER);
    assertThat(access.identity(accessToken(access))).isEqualTo(ids.identity(idToken(ids)));
    assertThat(access.verify(accessToken(access)).clientId()).contains(CLIENT);
    assertThat(old.verify(oldToken(old)).clientId()).contains(CLIENT);
  }

  @Test
  void identity_sameObjectIdWithAnotherSubject_isTheSameUser() {
    assertThat(access.identity(accessToken(access).subject("BBBBpairwiseOfAnotherApp")))
        .isEqualTo(access.identity(accessToken(access)));
  }

  @Test
  void application_isAService() {
    access.accepts(applicationToken(access), V2, OID, IdentityKind.SERVICE);
    access.accepts(accessToken(access).claim("idtyp", "app"), V2, OID, IdentityKind.SERVICE);
    access.accepts(accessToken(access).claim("idtyp", "user"), V2, OID, IdentityKind.USER);
  }

  @TestFactory
  Stream<DynamicTest> accessTokens_refused() {
    ForgedToken valid = accessToken(access);
    return Stream.of(
        access.refuses("an ID token", idToken(access), Reason.AUDIENCE),
        access.refuses("an ID token for us", idToken(access).audience(API), Reason.KIND),
        access.refuses(
            "an ID token without nonce",
            idToken(access).audience(API).without("nonce"),
            Reason.KIND),
        access.refuses("a nonce", valid.claim("nonce", "n"), Reason.KIND),
        access.refuses("other API", valid.audience(CLIENT), Reason.AUDIENCE),
        access.refuses("no audience", valid.without("aud"), Reason.AUDIENCE),
        access.refuses(
            "other tenant", valid.claim("iss", V2.replace(TENANT, STRANGER)), Reason.ISSUER),
        access.refuses("our issuer, other tid", valid.claim("tid", STRANGER), Reason.TENANT),
        access.refuses("no tid", valid.without("tid"), Reason.TENANT),
        access.refuses("version 1", valid.claim("ver", "1.0"), Reason.KIND),
        access.refuses("a v1.0 token", oldToken(access).audience(API), Reason.ISSUER),
        access.refuses("version as a number", valid.claimJson("ver", "2.0"), Reason.KIND),
        access.refuses("no client", valid.without("azp"), Reason.KIND),
        access.refuses("blank client", valid.claim("azp", " "), Reason.KIND),
        access.refuses("no object id", valid.without("oid"), Reason.SUBJECT),
        access.refuses("empty object id", valid.claim("oid", ""), Reason.SUBJECT),
        access.refuses("object id and a space", valid.claim("oid", OID + " "), Reason.SUBJECT),
        access.refuses(
            "object id with an invisible character",
            valid.claim("oid", OID + "\u200b1"),
            Reason.SUBJECT),
        access.refuses("object id as a list", valid.claim("oid", List.of(OID)), Reason.SUBJECT),
        access.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        access.refuses(
            "e-mail object id", valid.claim("oid", "a@example.com"), Reason.EMAIL_SUBJECT),
        access.refuses(
            "the template of the common issuer",
            valid.claim("iss", "https://login.microsoftonline.com/{tenantid}/v2.0"),
            Reason.ISSUER));
  }

  @TestFactory
  Stream<DynamicTest> v1Tokens_refused() {
    ForgedToken valid = oldToken(old);
    return Stream.of(
        old.refuses(
            "no slash", valid.claim("iss", V1.substring(0, V1.length() - 1)), Reason.ISSUER),
        old.refuses("version 2", valid.claim("ver", "2.0"), Reason.KIND),
        old.refuses("no client", valid.without("appid"), Reason.KIND),
        old.refuses("other tid", valid.claim("tid", STRANGER), Reason.TENANT),
        old.refuses("other API", valid.audience("api://other"), Reason.AUDIENCE),
        old.refuses("audience as a prefix", valid.audience("api://" + API + "/x"), Reason.AUDIENCE),
        old.refuses("no object id", valid.without("oid"), Reason.SUBJECT));
  }

  @TestFactory
  Stream<DynamicTest> idTokens_refused() {
    ForgedToken valid = idToken(ids);
    return Stream.of(
        ids.refuses("an access token", accessToken(ids), Reason.AUDIENCE),
        ids.refuses(
            "an access token for the client itself",
            accessToken(ids).audience(CLIENT),
            Reason.KIND),
        ids.refuses(
            "an application's token for itself",
            applicationToken(ids).audience(CLIENT),
            Reason.KIND),
        ids.refuses("other client", valid.audience(API), Reason.AUDIENCE),
        ids.refuses("other tid", valid.claim("tid", STRANGER), Reason.TENANT),
        ids.refuses("version 1", valid.claim("ver", "1.0"), Reason.KIND),
        ids.refuses("no object id", valid.without("oid"), Reason.SUBJECT),
        ids.refuses("no iat", valid.without("iat"), Reason.CLAIMS));
  }
}
