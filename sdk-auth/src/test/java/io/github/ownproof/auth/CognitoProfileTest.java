package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CognitoProfileTest {

  private static final String POOL = "eu-west-1_AbCdEf123";
  private static final String ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/" + POOL;
  private static final String CLIENT = "1example23456789";
  private static final String OTHER = "9other87654321";
  private static final String SUB = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

  private final ProviderRig access = ProviderRig.of(IssuerProfiles.cognito(POOL, CLIENT));
  private final ProviderRig ids = ProviderRig.of(IssuerProfiles.cognitoIdTokens(POOL, CLIENT));

  private static ForgedToken accessToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "",
        "sub",
        SUB,
        "cognito:groups",
        List.of("staff"),
        "version",
        2,
        "client_id",
        CLIENT,
        "origin_jti",
        "11111111-bbbb-cccc-dddd-eeeeeeeeeeee",
        "event_id",
        "22222222-bbbb-cccc-dddd-eeeeeeeeeeee",
        "token_use",
        "access",
        "scope",
        "openid profile",
        "auth_time",
        ProviderRig.now(),
        "jti",
        "33333333-bbbb-cccc-dddd-eeeeeeeeeeee",
        "username",
        "alice@example.com");
  }

  private static ForgedToken idToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "",
        "sub",
        SUB,
        "at_hash",
        "wB9vJHPDtBjbxSMkbxYT0A",
        "email_verified",
        true,
        "cognito:username",
        "alice@example.com",
        "identities",
        List.of(Map.of("userId", "1", "providerName", "Google", "primary", "true")),
        "origin_jti",
        "11111111-bbbb-cccc-dddd-eeeeeeeeeeee",
        "aud",
        CLIENT,
        "token_use",
        "id",
        "auth_time",
        ProviderRig.now(),
        "email",
        "alice@example.com");
  }

  @Test
  void bothKinds_areTheSameUser() {
    access.accepts(accessToken(access), ISSUER, SUB, IdentityKind.USER);
    ids.accepts(idToken(ids), ISSUER, SUB, IdentityKind.USER);
    assertThat(access.identity(accessToken(access))).isEqualTo(ids.identity(idToken(ids)));
    assertThat(access.verify(accessToken(access)).clientId()).contains(CLIENT);
    assertThat(ids.verify(idToken(ids)).clientId()).contains(CLIENT);
  }

  @Test
  void clientCredentials_areAService() {
    ForgedToken machine = accessToken(access).subject(CLIENT).without("username");

    access.accepts(machine, ISSUER, CLIENT, IdentityKind.SERVICE);
  }

  @Test
  void resourceBoundToken_isAcceptedForUs() {
    assertThat(access.reason(accessToken(access).audience(CLIENT))).isNull();
  }

  @Test
  void chinaRegion_hasItsOwnDomain() {
    assertThat(IssuerProfiles.cognito("cn-north-1_AbCdEf123", CLIENT).issuer())
        .isEqualTo("https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEf123");
  }

  @TestFactory
  Stream<DynamicTest> accessTokens_refused() {
    ForgedToken valid = accessToken(access);
    return Stream.of(
        access.refuses("an ID token", idToken(access), Reason.AUDIENCE),
        access.refuses(
            "an ID token with a client_id",
            idToken(access).claim("client_id", CLIENT),
            Reason.KIND),
        access.refuses("only the use of an ID token", valid.claim("token_use", "id"), Reason.KIND),
        access.refuses("no use", valid.without("token_use"), Reason.KIND),
        access.refuses("a use in a list", valid.claim("token_use", List.of("access")), Reason.KIND),
        access.refuses("other client", valid.claim("client_id", OTHER), Reason.AUDIENCE),
        access.refuses(
            "no client, but our audience",
            valid.without("client_id").audience(CLIENT),
            Reason.AUDIENCE),
        access.refuses("other resource", valid.audience("https://other"), Reason.AUDIENCE),
        access.refuses("null resource", valid.claim("aud", null), Reason.CLAIMS),
        access.refuses("a nonce", valid.claim("nonce", "n"), Reason.KIND),
        access.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        access.refuses("e-mail subject", valid.subject("alice@example.com"), Reason.EMAIL_SUBJECT),
        access.refuses(
            "other pool",
            valid.claim("iss", ISSUER.replace("AbCdEf123", "ZzCdEf123")),
            Reason.ISSUER),
        access.refuses(
            "same pool id in another region",
            valid.claim("iss", ISSUER.replace("eu-west-1.a", "eu-west-2.a")),
            Reason.ISSUER),
        access.refuses("issuer with a slash", valid.claim("iss", ISSUER + "/"), Reason.ISSUER),
        access.refuses("logout token", valid.claim("events", Map.of("x", Map.of())), Reason.KIND),
        access.refuses("at+jwt, which Cognito never writes", valid.type("at+jwt"), Reason.TYPE));
  }

  @TestFactory
  Stream<DynamicTest> idTokens_refused() {
    ForgedToken valid = idToken(ids);
    return Stream.of(
        ids.refuses("an access token", accessToken(ids), Reason.AUDIENCE),
        ids.refuses(
            "an access token for a resource named as us",
            accessToken(ids).audience(CLIENT),
            Reason.KIND),
        ids.refuses("no use", valid.without("token_use"), Reason.KIND),
        ids.refuses("other client", valid.audience(OTHER), Reason.AUDIENCE),
        ids.refuses("one more client", valid.audience(CLIENT, OTHER), Reason.AUDIENCE),
        ids.refuses("no iat", valid.without("iat"), Reason.CLAIMS),
        ids.refuses("no subject", valid.without("sub"), Reason.SUBJECT));
  }
}
