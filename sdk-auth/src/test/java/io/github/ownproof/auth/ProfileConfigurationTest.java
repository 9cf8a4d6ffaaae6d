package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be right is refused at once, and the message says what and how it should look. */
class ProfileConfigurationTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String POOL = "eu-west-1_AbCdEf123";
  private static final String CLUSTER = "EXAMPLED539D4633E53DE1B71EXAMPLE";

  private static final class Wrong {
    private final String name;
    private final Supplier<?> make;
    private final String[] says;

    Wrong(String name, Supplier<?> make, String... says) {
      this.name = name;
      this.make = make;
      this.says = says;
    }

    Supplier<?> make() {
      return make;
    }

    String[] says() {
      return says;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong(
            "Cognito issuer for a pool",
            () ->
                IssuerProfiles.cognito("https://cognito-idp.eu-west-1.amazonaws.com/" + POOL, "c"),
            "user pool id",
            "eu-west-1_AbCdEf123"),
        new Wrong(
            "Cognito pool of nowhere", () -> IssuerProfiles.cognito("_AbCdEf123", "c"), "pool"),
        new Wrong(
            "Cognito pool with a path", () -> IssuerProfiles.cognito(POOL + "/../x", "c"), "pool"),
        new Wrong(
            "Cognito, no client", () -> IssuerProfiles.cognito(POOL), "client id", "at least"),
        new Wrong("Cognito, blank client", () -> IssuerProfiles.cognito(POOL, " "), "blank"),
        new Wrong("Cognito ID, no client", () -> IssuerProfiles.cognitoIdTokens(POOL), "client id"),
        new Wrong("Google, no client", () -> IssuerProfiles.google(), "client id", "at least"),
        new Wrong(
            "Workspace as a mail address",
            () -> IssuerProfiles.googleWorkspace("@example.com", "c"),
            "hosted domain",
            "'@example.com'"),
        new Wrong(
            "Workspace in capitals",
            () -> IssuerProfiles.googleWorkspace("Example.com", "c"),
            "lower case"),
        new Wrong(
            "Workspace with a port",
            () -> IssuerProfiles.googleWorkspace("example.com:443", "c"),
            "hosted domain"),
        new Wrong(
            "Entra common", () -> IssuerProfiles.entra("common", "a"), "tenant id", "00000000-"),
        new Wrong("Entra by domain", () -> IssuerProfiles.entra("example.com", "a"), "tenant id"),
        new Wrong(
            "Entra in capitals",
            () -> IssuerProfiles.entra("AAAAAAAA-2222-3333-4444-555555555555", "a"),
            "tenant id"),
        new Wrong("Entra, no audience", () -> IssuerProfiles.entra(TENANT), "audience"),
        new Wrong(
            "Entra v1 common", () -> IssuerProfiles.entraV1("organizations", "a"), "tenant id"),
        new Wrong("Entra ID, no client", () -> IssuerProfiles.entraIdTokens(TENANT), "client id"),
        new Wrong("EKS region", () -> IssuerProfiles.eks("Ireland", CLUSTER, "a"), "region", "eu-"),
        new Wrong(
            "EKS cluster name", () -> IssuerProfiles.eks("eu-west-1", "prod", "a"), "cluster id"),
        new Wrong("EKS, no audience", () -> IssuerProfiles.eks("eu-west-1", CLUSTER), "audience"),
        new Wrong(
            "Auth0 as a URL",
            () -> IssuerProfiles.auth0("https://a.auth0.com/", "a"),
            "Auth0 domain",
            "without https://"),
        new Wrong("Auth0, no audience", () -> IssuerProfiles.auth0("a.auth0.com"), "audience"),
        new Wrong(
            "Auth0 ID, no client", () -> IssuerProfiles.auth0IdTokens("a.auth0.com"), "client id"),
        new Wrong(
            "Okta org URL",
            () -> IssuerProfiles.okta("https://a.okta.com", "default", "a"),
            "Okta org"),
        new Wrong(
            "Okta org server",
            () -> IssuerProfiles.okta("a.okta.com", "", "a"),
            "server id",
            "default"),
        new Wrong(
            "Okta server path",
            () -> IssuerProfiles.okta("a.okta.com", "default/v1", "a"),
            "server id"),
        new Wrong(
            "Okta, no audience", () -> IssuerProfiles.okta("a.okta.com", "default"), "audience"),
        new Wrong(
            "Okta ID, no client",
            () -> IssuerProfiles.oktaIdTokens("a.okta.com", "default"),
            "client id"),
        new Wrong(
            "Keycloak realm name",
            () -> IssuerProfiles.keycloak("main", "a"),
            "issuer",
            "https://"),
        new Wrong(
            "Keycloak without TLS",
            () -> IssuerProfiles.keycloak("http://sso.example.com/realms/main", "a"),
            "https://"),
        new Wrong(
            "Keycloak, no audience",
            () -> IssuerProfiles.keycloak("https://sso.example.com/realms/main"),
            "audience"),
        new Wrong(
            "Keycloak ID, no client",
            () -> IssuerProfiles.keycloakIdTokens("https://sso.example.com/realms/main"),
            "client id"),
        new Wrong(
            "Authress URL", () -> IssuerProfiles.authress("https://x.authress.io"), "Authress"),
        new Wrong("Authress, nothing", () -> IssuerProfiles.authress(""), "Authress account"),
        new Wrong(
            "Authress client path",
            () -> IssuerProfiles.authressServiceClient("acc-1", "../sc_1"),
            "service client id"),
        new Wrong(
            "Authress account with a host",
            () -> IssuerProfiles.authressServiceClient("evil.example/x", "sc_1"),
            "Authress account"),
        new Wrong(
            "GitHub, nobody", () -> IssuerProfiles.githubActions("a"), "owner id", "at least"),
        new Wrong(
            "GitHub by name", () -> IssuerProfiles.githubActions("a", "octo-org"), "not a name"),
        new Wrong("GitHub, zero", () -> IssuerProfiles.githubActions("a", "0"), "owner id"),
        new Wrong(
            "GitHub, leading zero", () -> IssuerProfiles.githubActions("a", "065"), "owner id"),
        new Wrong("GitHub, no audience", () -> IssuerProfiles.githubActions("", "65"), "audience"),
        new Wrong(
            "GitLab by path",
            () -> IssuerProfiles.gitlabCi("https://gitlab.com", "a", "my-group"),
            "name space id"),
        new Wrong(
            "GitLab, nobody",
            () -> IssuerProfiles.gitlabCi("https://gitlab.com", "a"),
            "name space id"),
        new Wrong(
            "GitLab as a host", () -> IssuerProfiles.gitlabCi("gitlab.com", "a", "1"), "issuer"),
        new Wrong(
            "audience with a space",
            () -> IssuerProfiles.oidc("https://a.example").audience("b "),
            "'b '",
            "exactly"),
        new Wrong(
            "no audience", () -> IssuerProfiles.oidc("https://a.example").audience(), "audience"),
        new Wrong(
            "no algorithm",
            () -> oidc().algorithms(new JwsAlgorithm[0]),
            "algorithm",
            "https://a.example"),
        new Wrong("no lifetime", () -> oidc().maxLifetime(Duration.ZERO), "lifetime", "positive"),
        new Wrong("negative age", () -> oidc().maxAge(Duration.ofSeconds(-1)), "age", "positive"),
        new Wrong("opt-out, blank", () -> oidc().acceptEmailShapedSubjects(" "), "reason"),
        new Wrong("opt-out, untyped", () -> oidc().acceptUntypedAccessTokens(""), "reason"),
        new Wrong("opt-out, loopback", () -> oidc().allowInsecureLoopback(""), "reason"),
        new Wrong("opt-out, marker", () -> oidc().acceptImpersonationClaims("", "act"), "reason"),
        new Wrong(
            "a claim that is no marker",
            () -> oidc().acceptImpersonationClaims("why", "activity"),
            "'activity'",
            "not an impersonation claim"));
  }

  private static IssuerProfile oidc() {
    return IssuerProfiles.oidc("https://a.example").audience("b").accessTokens();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void wrongValue_isRefusedWithWhatIsWrong(Wrong wrong) {
    assertThatThrownBy(wrong.make()::get)
        .isInstanceOf(InvalidVerifierException.class)
        .hasMessageContainingAll(wrong.says());
  }

  @Test
  void profiles_areImmutable() {
    IssuerProfile plain = oidc();
    IssuerProfile lax = plain.acceptEmailShapedSubjects("why").maxAge(Duration.ofDays(1));

    assertThat(plain.acceptsEmailSubjects()).isFalse();
    assertThat(plain.maxAge()).isNull();
    assertThat(plain.optOuts()).isEmpty();
    assertThat(lax.acceptsEmailSubjects()).isTrue();
  }

  @Test
  void presets_giveUpNoCheck() {
    Stream.of(
            IssuerProfiles.cognito(POOL, "c"),
            IssuerProfiles.google("c"),
            IssuerProfiles.entra(TENANT, "a"),
            IssuerProfiles.eks("eu-west-1", CLUSTER, "a"),
            IssuerProfiles.auth0("a.auth0.com", "a"),
            IssuerProfiles.okta("a.okta.com", "default", "a"),
            IssuerProfiles.keycloak("https://sso.example.com/realms/main", "a"),
            IssuerProfiles.authress("acc-1"),
            IssuerProfiles.githubActions("a", "1"),
            IssuerProfiles.gitlabCi("https://gitlab.com", "a", "1"))
        .forEach(
            profile -> {
              assertThat(profile.optOuts()).as(profile.toString()).isEmpty();
              assertThat(profile.acceptsEmailSubjects()).as(profile.toString()).isFalse();
            });
  }
}
