package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AuthressProfileTest {

  private static final String ACCOUNT = "acc-a1b2c3";
  private static final String ISSUER = "https://acc-a1b2c3.login.authress.io";
  private static final String SERVICE = "sc_a1b2c3";
  private static final String SERVICE_ISSUER =
      "https://acc-a1b2c3.api.authress.io/v1/clients/" + SERVICE;
  private static final String SUB = "google|114600521344440003338";

  private final ProviderRig users = ProviderRig.of(IssuerProfiles.authress(ACCOUNT), "EdDSA");
  private final ProviderRig service =
      ProviderRig.of(IssuerProfiles.authressServiceClient(ACCOUNT, SERVICE), "EdDSA");

  private static ForgedToken userToken(ProviderRig rig) {
    return rig.token(
        ISSUER,
        "at+jwt",
        "sub",
        SUB,
        "aud",
        List.of(ISSUER + "/api/authentication"),
        "scope",
        "openid profile email",
        "azp",
        "app_default",
        "client_id",
        "app_default",
        "jti",
        "0b1a");
  }

  private static ForgedToken serviceToken(ProviderRig rig) {
    return rig.token(
        SERVICE_ISSUER,
        "at+jwt",
        "sub",
        SERVICE,
        "aud",
        "acc-a1b2c3.accounts.authress.io",
        "scope",
        "openid",
        "client_id",
        SERVICE);
  }

  @Test
  void identities_areTheSubjects() {
    users.accepts(userToken(users), ISSUER, SUB, IdentityKind.USER);
    service.accepts(serviceToken(service), SERVICE_ISSUER, SERVICE, IdentityKind.SERVICE);
  }

  @Test
  void customLoginDomain_isTheIssuer() {
    assertThat(IssuerProfiles.authress("login.example.com").issuer())
        .isEqualTo("https://login.example.com");
  }

  @Test
  void keys_areWhereTheAcceptedIssuerHasThem() {
    assertThat(IssuerProfiles.authress(ACCOUNT).jwksUri())
        .hasToString(ISSUER + "/.well-known/openid-configuration/jwks");
  }

  @TestFactory
  Stream<DynamicTest> users_refused() {
    ForgedToken valid = userToken(users);
    return Stream.of(
        users.refuses(
            "generated for support", valid.claim("generated_by", "admin"), Reason.IMPERSONATION),
        users.refuses("an ID token by nonce", valid.claim("nonce", "n"), Reason.KIND),
        users.refuses("an ID token by at_hash", valid.claim("at_hash", "n"), Reason.KIND),
        users.refuses("an address", valid.subject("alice@example.com"), Reason.EMAIL_SUBJECT),
        users.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        users.refuses(
            "other account", valid.claim("iss", ISSUER.replace("a1b2c3", "zzz")), Reason.ISSUER),
        users.refuses("a service client's token", serviceToken(users), Reason.ISSUER),
        users.refuses("an RS256 signature's name", valid.algorithm("RS256"), Reason.ALGORITHM));
  }

  @TestFactory
  Stream<DynamicTest> serviceClient_refused() {
    ForgedToken valid = serviceToken(service);
    return Stream.of(
        service.refuses("a subject that is not the client", valid.subject(SUB), Reason.SUBJECT),
        service.refuses("other client's name", valid.subject("sc_other"), Reason.SUBJECT),
        service.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        service.refuses(
            "other client's issuer",
            valid.claim("iss", SERVICE_ISSUER.replace(SERVICE, "sc_other")).subject("sc_other"),
            Reason.ISSUER),
        service.refuses("a user's token", userToken(service), Reason.ISSUER),
        service.refuses("events", valid.claim("events", Map.of()), Reason.KIND));
  }
}
