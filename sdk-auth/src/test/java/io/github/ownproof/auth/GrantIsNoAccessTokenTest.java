package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No verifier takes a support grant for a token of a person: not even where the desk's key is the
 * issuer's, the issuer and the audience are the verifier's, and the type may be left out.
 */
class GrantIsNoAccessTokenTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String POOL = "eu-west-1_AbCdEf123";
  private static final String CLUSTER = "EXAMPLED539D4633E53DE1B71EXAMPLE";
  private static final String ISSUER = "https://login.example.com";
  private static final String API = "https://api.example.com";

  static Stream<IssuerProfile> profiles() {
    List<IssuerProfile> accessTokens =
        List.of(
            IssuerProfiles.oidc(ISSUER).audience(API).accessTokens(),
            IssuerProfiles.cognito(POOL, API),
            IssuerProfiles.entra(TENANT, API),
            IssuerProfiles.entraV1(TENANT, API),
            IssuerProfiles.eks("eu-west-1", CLUSTER, API),
            IssuerProfiles.auth0("login.example.com", API),
            IssuerProfiles.okta("login.example.com", "default", API),
            IssuerProfiles.keycloak("https://login.example.com/realms/one", API),
            IssuerProfiles.authress("one"),
            IssuerProfiles.authressServiceClient("one", "sc_1"),
            IssuerProfiles.githubActions(API, "1"),
            IssuerProfiles.gitlabCi("https://gitlab.example.com", API, "1"));
    List<IssuerProfile> idTokens =
        List.of(
            IssuerProfiles.oidc(ISSUER).audience(API).idTokens(),
            IssuerProfiles.cognitoIdTokens(POOL, API),
            IssuerProfiles.google(API),
            IssuerProfiles.googleWorkspace("example.com", API),
            IssuerProfiles.entraIdTokens(TENANT, API),
            IssuerProfiles.auth0IdTokens("login.example.com", API),
            IssuerProfiles.oktaIdTokens("login.example.com", "default", API),
            IssuerProfiles.keycloakIdTokens("https://login.example.com/realms/one", API));
    return Stream.of(
            accessTokens.stream(),
            idTokens.stream(),
            accessTokens.stream()
                .map(profile -> profile.acceptUntypedAccessTokens("a test of what is left")))
        .flatMap(profiles -> profiles);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void tryVerify_grantSignedByTheIssuerItself_isRefusedForItsType(IssuerProfile profile) {
    for (String algorithm : List.of("ES256", "EdDSA")) {
      ProviderRig rig =
          ProviderRig.of(profile.algorithms(JwsAlgorithm.ES256, JwsAlgorithm.ED25519), algorithm);
      ForgedToken grant =
          rig.token(profile.issuer(), "support-grant+jwt", "sub", "engineer-1", "aud", API)
              .claim("jti", "AAAAAAAAAAAAAAAAAAAAAA")
              .claim("engineer", Map.of("iss", ISSUER, "sub", "engineer-1"))
              .claim("customer", "acme")
              .claim("ticket", "CASE-4711")
              .claim("residency", "eu")
              .claim("resources", List.of("orders/123"))
              .claim("trees", List.of())
              .claim("permissions", List.of("orders:read"));

      assertThat(rig.reason(grant)).isEqualTo(Reason.TYPE);
      assertThat(rig.reason(grant.type("application/support-grant+jwt"))).isEqualTo(Reason.TYPE);
      assertThat(rig.reason(grant.type("Support-Grant+JWT"))).isEqualTo(Reason.TYPE);
      // The same signature under another name is no signature.
      String[] parts = grant.compact().split("\\.", -1);
      String retyped = grant.type("at+jwt").compact().split("\\.", -1)[0];
      assertThat(rig.outcome(retyped + "." + parts[1] + "." + parts[2])).isNotEqualTo("ACCEPTED");
    }
  }
}
