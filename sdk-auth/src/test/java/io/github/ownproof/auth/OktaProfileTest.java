package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OktaProfileTest {

  private static final String ORG = "example.okta.com";
  private static final String ISSUER = "https://example.okta.com/oauth2/default";
  private static final String API = "api://default";
  private static final String CLIENT = "0oabucvyc38HLL1ef0h7";
  private static final String UID = "00uid4BxXw6I6TV4m0g3";

  private final ProviderRig access = ProviderRig.of(IssuerProfiles.okta(ORG, "default", API));
  private final ProviderRig ids =
      ProviderRig.of(IssuerProfiles.oktaIdTokens(ORG, "default", CLIENT));

  private static ForgedToken accessToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "",
        "ver",
        1,
        "jti",
        "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
        "aud",
        API,
        "sub",
        "alice@example.com",
        "cid",
        CLIENT,
        "uid",
        UID,
        "auth_time",
        ProviderRig.now(),
        "scp",
        List.of("openid", "orders"));
  }

  private static ForgedToken machineToken(ProviderRig rig) {
    return accessToken(rig).without("uid").without("auth_time").subject(CLIENT);
  }

  private static ForgedToken idToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "",
        "ver",
        1,
        "sub",
        UID,
        "aud",
        CLIENT,
        "jti",
        "ID.4eAWJOCMB3SX8XewDfVR",
        "auth_time",
        ProviderRig.now(),
        "amr",
        List.of("pwd"),
        "idp",
        "00o",
        "nonce",
        "n",
        "at_hash",
        "preview_at_hash",
        "preferred_username",
        "alice@example.com");
  }

  @Test
  void identity_isTheUid_alsoWhereTheSubjectIsAnAddress() {
    access.accepts(accessToken(access), ISSUER, UID, IdentityKind.USER);
    ids.accepts(idToken(ids), ISSUER, UID, IdentityKind.USER);
    assertThat(access.identity(accessToken(access))).isEqualTo(ids.identity(idToken(ids)));
    assertThat(access.verify(accessToken(access)).clientId()).contains(CLIENT);
    assertThat(access.verify(accessToken(access)).scopes()).contains("orders");
  }

  @Test
  void renamedUser_isTheSame_andTheNextOwnerOfTheAddressIsAnother() {
    Identity alice = access.identity(accessToken(access));

    assertThat(access.identity(accessToken(access).subject("alice@new.example"))).isEqualTo(alice);
    assertThat(access.identity(accessToken(access).claim("uid", "00uNEXTw6I6TV4m0g3")))
        .isNotEqualTo(alice);
  }

  @Test
  void machine_isAService() {
    access.accepts(machineToken(access), ISSUER, CLIENT, IdentityKind.SERVICE);
  }

  @TestFactory
  Stream<DynamicTest> accessTokens_refused() {
    ForgedToken valid = accessToken(access);
    return Stream.of(
        access.refuses("an ID token", idToken(access), Reason.AUDIENCE),
        access.refuses("an ID token for us", idToken(access).audience(API), Reason.KIND),
        access.refuses("other audience", valid.audience("api://other"), Reason.AUDIENCE),
        access.refuses("no uid", valid.without("uid"), Reason.SUBJECT),
        access.refuses("null uid", valid.claim("uid", null), Reason.SUBJECT),
        access.refuses("blank uid", valid.claim("uid", ""), Reason.SUBJECT),
        access.refuses("uid as a number", valid.claim("uid", 7), Reason.SUBJECT),
        access.refuses("uid an address", valid.claim("uid", "a@b.example"), Reason.EMAIL_SUBJECT),
        access.refuses("no client", valid.without("cid"), Reason.KIND),
        access.refuses("no version", valid.without("ver"), Reason.KIND),
        access.refuses("version as a string", valid.claim("ver", "1"), Reason.KIND),
        access.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        access.refuses(
            "the org's own server", valid.claim("iss", "https://example.okta.com"), Reason.ISSUER),
        access.refuses(
            "other server of the org",
            valid.claim("iss", "https://example.okta.com/oauth2/aus1"),
            Reason.ISSUER),
        access.refuses(
            "the org server's type", valid.type("application/okta-internal-at+jwt"), Reason.TYPE));
  }

  @TestFactory
  Stream<DynamicTest> idTokens_refused() {
    ForgedToken valid = idToken(ids);
    return Stream.of(
        ids.refuses("an access token", accessToken(ids), Reason.AUDIENCE),
        ids.refuses(
            "an access token for the client", accessToken(ids).audience(CLIENT), Reason.KIND),
        ids.refuses("scopes", valid.claim("scp", List.of("x")), Reason.KIND),
        ids.refuses("other client", valid.audience("0oaother"), Reason.AUDIENCE),
        ids.refuses("an address", valid.subject("alice@example.com"), Reason.EMAIL_SUBJECT),
        ids.refuses("no version", valid.without("ver"), Reason.KIND),
        ids.refuses("no iat", valid.without("iat"), Reason.CLAIMS),
        ids.refuses("a logout token", valid.claim("events", Map.of()), Reason.KIND));
  }
}
