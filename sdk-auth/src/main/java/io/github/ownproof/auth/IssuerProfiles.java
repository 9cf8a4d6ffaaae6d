package io.github.ownproof.auth;

/**
 * The profiles of issuers we know: each with the provider's real stable identifier, and the marks
 * by which its kinds of tokens differ. For any other issuer there is {@link #oidc}.
 *
 * <p>Every method throws {@link InvalidVerifierException} for a value that cannot be right, saying
 * which and what one looks like, and does no I/O. Where a method takes several audiences or
 * clients, at least one is needed.
 */
public final class IssuerProfiles {

  private IssuerProfiles() {}

  /**
   * An OpenID Connect or OAuth issuer that keeps to the standards; the identity is {@code iss} and
   * {@code sub}.
   *
   * @param issuer exactly as in {@code iss}, a trailing slash included
   */
  public static OidcIssuer oidc(String issuer) {
    return new OidcIssuer(Accepted.issuer(issuer));
  }

  /**
   * Access tokens of an Amazon Cognito user pool. They have no audience; the client is what they
   * were issued for. The identity is {@code sub}: {@code username} may be an e-mail address.
   *
   * @param userPoolId such as {@code eu-west-1_AbCdEf}
   */
  public static IssuerProfile cognito(String userPoolId, String... clientIds) {
    return CloudProviders.cognito(userPoolId, clientIds);
  }

  /** ID tokens of an Amazon Cognito user pool, for its clients. */
  public static IssuerProfile cognitoIdTokens(String userPoolId, String... clientIds) {
    return CloudProviders.cognitoIdTokens(userPoolId, clientIds);
  }

  /**
   * Google's ID tokens; its access tokens are opaque. The identity is {@code sub}, which Google
   * never gives to another account; both spellings of the issuer are one.
   */
  public static IssuerProfile google(String... clientIds) {
    return CloudProviders.google(clientIds);
  }

  /**
   * Google's ID tokens of one Workspace organization, told by {@code hd}: the domain of the mail
   * address proves no membership.
   */
  public static IssuerProfile googleWorkspace(String hostedDomain, String... clientIds) {
    return CloudProviders.googleWorkspace(hostedDomain, clientIds);
  }

  /**
   * Access tokens (v2.0) of one Microsoft Entra ID tenant. The identity is {@code oid}: {@code sub}
   * differs from application to application.
   *
   * @param tenantId the tenant's GUID; not a domain, nor {@code common}
   * @param audience the application's client id
   */
  public static IssuerProfile entra(String tenantId, String... audience) {
    return CloudProviders.entra(tenantId, audience);
  }

  /** The same for v1.0 tokens, whose issuer is {@code https://sts.windows.net/…/}. */
  public static IssuerProfile entraV1(String tenantId, String... audience) {
    return CloudProviders.entraV1(tenantId, audience);
  }

  /** ID tokens (v2.0) of one Microsoft Entra ID tenant; the identity is {@code oid}. */
  public static IssuerProfile entraIdTokens(String tenantId, String... clientIds) {
    return CloudProviders.entraIdTokens(tenantId, clientIds);
  }

  /**
   * Tokens of an EKS cluster's service accounts. The identity is the service account's {@code uid}:
   * its name can be given to another after a delete.
   *
   * @param clusterId the last part of the cluster's OIDC issuer
   */
  public static IssuerProfile eks(String region, String clusterId, String... audience) {
    return CloudProviders.eks(region, clusterId, audience);
  }

  /**
   * Access tokens of an Auth0 tenant.
   *
   * @param domain such as {@code example.eu.auth0.com}, or the custom domain if logins use it
   * @param audience the API's identifier
   */
  public static IssuerProfile auth0(String domain, String... audience) {
    return LoginProviders.auth0(domain, audience);
  }

  /** ID tokens of an Auth0 tenant. */
  public static IssuerProfile auth0IdTokens(String domain, String... clientIds) {
    return LoginProviders.auth0IdTokens(domain, clientIds);
  }

  /**
   * Access tokens of an Okta custom authorization server. The identity is {@code uid}: there,
   * {@code sub} is the login, mostly an e-mail address. Tokens of the org authorization server are
   * for Okta itself and cannot be verified by others.
   *
   * @param org such as {@code example.okta.com}
   * @param authorizationServerId such as {@code default}
   */
  public static IssuerProfile okta(String org, String authorizationServerId, String... audience) {
    return LoginProviders.okta(org, authorizationServerId, audience);
  }

  /** ID tokens of an Okta custom authorization server; there, {@code sub} is the stable one. */
  public static IssuerProfile oktaIdTokens(
      String org, String authorizationServerId, String... clientIds) {
    return LoginProviders.oktaIdTokens(org, authorizationServerId, clientIds);
  }

  /**
   * Access tokens of a Keycloak realm. The audience must be mapped into the token by a client
   * scope.
   *
   * <p>Keycloak marks impersonated sessions only where a mapper adds the {@code impersonator}: add
   * one to every client, and they are refused.
   *
   * @param realm the realm's URL, such as {@code https://sso.example.com/realms/main}
   */
  public static IssuerProfile keycloak(String realm, String... audience) {
    return LoginProviders.keycloak(realm, audience);
  }

  /** ID tokens of a Keycloak realm. */
  public static IssuerProfile keycloakIdTokens(String realm, String... clientIds) {
    return LoginProviders.keycloakIdTokens(realm, clientIds);
  }

  /**
   * Access tokens of the users of an Authress account. They have no audience: the account is it.
   *
   * @param account the account's id, or the custom domain of its login
   */
  public static IssuerProfile authress(String account) {
    return LoginProviders.authress(account);
  }

  /** Tokens of one service client of an Authress account; each is an issuer of its own. */
  public static IssuerProfile authressServiceClient(String account, String clientId) {
    return LoginProviders.authressServiceClient(account, clientId);
  }

  /**
   * Tokens of GitHub Actions workflows. The identity is the numbers of owner and repository: names
   * can be taken by others. Anybody on GitHub can get a token for any audience, so the owners must
   * be named.
   *
   * @param ownerIds the {@code repository_owner_id} of the accepted owners
   */
  public static IssuerProfile githubActions(String audience, String... ownerIds) {
    return PipelineProviders.githubActions(audience, ownerIds);
  }

  /**
   * Tokens of GitLab CI jobs on protected refs. The identity is the numbers of name space and
   * project. Jobs on other refs, merge requests from forks among them, are refused.
   *
   * @param instance such as {@code https://gitlab.com}
   * @param namespaceIds the {@code namespace_id} of the accepted name spaces
   */
  public static IssuerProfile gitlabCi(String instance, String audience, String... namespaceIds) {
    return PipelineProviders.gitlabCi(instance, audience, namespaceIds);
  }
}
