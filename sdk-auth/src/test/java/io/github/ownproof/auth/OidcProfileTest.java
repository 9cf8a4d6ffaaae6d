package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OidcProfileTest {

  private static final String ISSUER = "https://login.example.com/tenant";
  private static final String API = "https://api.example.com";
  private static final String CLIENT = "shop";
  private static final String SUB = "7c1f2f5e-43a4-4d1c-9c61-31b4d28f0f3e";

  private final ProviderRig access =
      ProviderRig.of(IssuerProfiles.oidc(ISSUER).audience(API).accessTokens(), "ES256");
  private final ProviderRig ids =
      ProviderRig.of(IssuerProfiles.oidc(ISSUER).audience(CLIENT, "app").idTokens(), "ES256");

  private static ForgedToken accessToken(ProviderRig rig) {
    return rig.token(
        ISSUER, "at+jwt", "sub", SUB, "aud", API, "client_id", CLIENT, "jti", "1", "scope", "a b");
  }

  private static ForgedToken idToken(ProviderRig rig) {
    return rig.token(
        ISSUER, "JWT", "sub", SUB, "aud", CLIENT, "nonce", "n", "auth_time", ProviderRig.now());
  }

  @Test
  void bothKinds_areTheSameUser() {
    access.accepts(accessToken(access), ISSUER, SUB, IdentityKind.USER);
    ids.accepts(idToken(ids), ISSUER, SUB, IdentityKind.USER);
    assertThat(access.identity(accessToken(access))).isEqualTo(ids.identity(idToken(ids)));
  }

  @Test
  void clientItself_isAService() {
    access.accepts(accessToken(access).subject(CLIENT), ISSUER, CLIENT, IdentityKind.SERVICE);
  }

  @Test
  void types_areMediaTypes() {
    for (String type : List.of("AT+JWT", "application/at+jwt", "Application/At+Jwt")) {
      assertThat(access.reason(accessToken(access).type(type))).as(type).isNull();
    }
  }

  @Test
  void idToken_forTwoOfOurClients_needsTheAuthorizedParty() {
    ForgedToken two = idToken(ids).audience(CLIENT, "app");

    assertThat(ids.reason(two)).isEqualTo(Reason.AUDIENCE);
    assertThat(ids.reason(two.claim("azp", CLIENT))).isNull();
    assertThat(ids.reason(two.claim("azp", "other"))).isEqualTo(Reason.AUDIENCE);
  }

  @TestFactory
  Stream<DynamicTest> accessTokens_refused() {
    ForgedToken valid = accessToken(access);
    return Stream.of(
        access.refuses("an ID token", idToken(access), Reason.TYPE),
        access.refuses("an ID token for us", idToken(access).audience(API), Reason.TYPE),
        access.refuses(
            "an ID token under our type",
            idToken(access).audience(API).type("at+jwt"),
            Reason.KIND),
        access.refuses("no type", valid.withoutHeader("typ"), Reason.TYPE),
        access.refuses("at_hash", valid.claim("at_hash", "x"), Reason.KIND),
        access.refuses("c_hash", valid.claim("c_hash", "x"), Reason.KIND),
        access.refuses("s_hash", valid.claim("s_hash", "x"), Reason.KIND),
        access.refuses("events", valid.claim("events", Map.of()), Reason.KIND),
        access.refuses("time of an event", valid.claim("toe", 1), Reason.KIND),
        access.refuses("other audience", valid.audience("https://other"), Reason.AUDIENCE),
        access.refuses("audience with a slash", valid.audience(API + "/"), Reason.AUDIENCE),
        access.refuses(
            "audience in capitals", valid.audience("HTTPS://API.example.com"), Reason.AUDIENCE),
        access.refuses("no audience", valid.without("aud"), Reason.AUDIENCE),
        access.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        access.refuses(
            "e-mail instead", valid.without("sub").claim("email", "a@b.c"), Reason.SUBJECT),
        access.refuses("an address", valid.subject("alice@example.com"), Reason.EMAIL_SUBJECT));
  }

  @TestFactory
  Stream<DynamicTest> idTokens_refused() {
    ForgedToken valid = idToken(ids);
    return Stream.of(
        ids.refuses("an access token", accessToken(ids), Reason.TYPE),
        ids.refuses(
            "an access token for the client", accessToken(ids).audience(CLIENT), Reason.TYPE),
        ids.refuses(
            "an untyped access token for the client",
            accessToken(ids).audience(CLIENT).withoutHeader("typ"),
            Reason.KIND),
        ids.refuses("scp", valid.claim("scp", List.of("orders")), Reason.KIND),
        ids.refuses("other client", valid.audience("other"), Reason.AUDIENCE),
        ids.refuses("an unknown one beside us", valid.audience(CLIENT, "other"), Reason.AUDIENCE),
        ids.refuses("azp of another", valid.claim("azp", "other"), Reason.AUDIENCE),
        ids.refuses("a logout token", valid.type("logout+jwt"), Reason.TYPE),
        ids.refuses("a logout token by events", valid.claim("events", Map.of()), Reason.KIND),
        ids.refuses("no iat", valid.without("iat"), Reason.CLAIMS));
  }
}
