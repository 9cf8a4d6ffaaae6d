package io.github.ownproof.auth;

import static io.github.ownproof.auth.ProviderRules.audienceAmong;
import static io.github.ownproof.auth.ProviderRules.claim;
import static io.github.ownproof.auth.ProviderRules.claimAmong;
import static io.github.ownproof.auth.ProviderRules.clientIn;
import static io.github.ownproof.auth.ProviderRules.issuedToClients;
import static io.github.ownproof.auth.ProviderRules.names;
import static io.github.ownproof.auth.ProviderRules.notAnEvent;
import static io.github.ownproof.auth.ProviderRules.notForLogin;
import static io.github.ownproof.auth.ProviderRules.saysWhenIssued;

import io.github.ownproof.auth.ProviderRules.ClaimRule;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.WellKnownName;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Amazon Cognito, Amazon EKS, Google, Microsoft Entra ID. */
final class CloudProviders {

  private static final Set<String> UNTYPED = Set.of("", "jwt");
  private static final Set<JwsAlgorithm> RS256 = Set.of(JwsAlgorithm.RS256);
  private static final Pattern POOL =
      Pattern.compile("([a-z]{2}(?:-[a-z]+)+-\\d)_[A-Za-z0-9]{1,55}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(?:-[a-z]+)+-\\d");
  private static final Pattern CLUSTER = Pattern.compile("[A-Z0-9]{32}");
  private static final Pattern TENANT =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
  private static final String GOOGLE = "https://accounts.google.com";

  private CloudProviders() {}

  static IssuerProfile cognito(String pool, String... clients) {
    Set<String> accepted = Accepted.of("client id", clients);
    return cognito(
        pool,
        TokenKind.ACCESS,
        "client_id " + String.join(" or ", accepted),
        List.of(
            claimAmong("client_id", accepted, Reason.AUDIENCE),
            audienceIfAny(accepted),
            claim("token_use", "access", Reason.KIND),
            notForLogin()));
  }

  static IssuerProfile cognitoIdTokens(String pool, String... clients) {
    Set<String> accepted = Accepted.of("client id", clients);
    return cognito(
        pool,
        TokenKind.ID,
        "aud " + String.join(" or ", accepted),
        List.of(
            issuedToClients(accepted),
            claim("token_use", "id", Reason.KIND),
            notAnEvent(),
            saysWhenIssued()));
  }

  private static IssuerProfile cognito(
      String pool, TokenKind kind, String audience, List<ClaimRule> rules) {
    Accepted.matching("user pool id", pool, POOL, "eu-west-1_AbCdEf123");
    String region = pool.substring(0, pool.indexOf('_'));
    String issuer = "https://cognito-idp." + region + "." + domain(region) + "/" + pool;
    return IssuerProfile.of(
        new ProviderRules(
            "Amazon Cognito",
            issuer,
            Set.of(issuer),
            kind,
            UNTYPED,
            RS256,
            audience,
            rules,
            OidcIssuer::subject,
            clientIn(WellKnownName.CLIENT_ID, WellKnownName.AUD),
            URI.create(issuer + "/.well-known/jwks.json")));
  }

  /** Pools that bind tokens to resources give them an audience; then it must be ours too. */
  private static ClaimRule audienceIfAny(Set<String> accepted) {
    return claims -> {
      if (claims.has(WellKnownName.AUD)) {
        audienceAmong(accepted).check(claims);
      }
    };
  }

  static IssuerProfile google(String... clients) {
    return google(List.of(), clients);
  }

  static IssuerProfile googleWorkspace(String hostedDomain, String... clients) {
    String domain =
        Accepted.matching(
            "hosted domain", hostedDomain, DOMAIN, "example.com, in lower case and without @");
    return google(List.of(claim("hd", domain, Reason.TENANT)), clients);
  }

  private static IssuerProfile google(List<ClaimRule> more, String... clients) {
    Set<String> accepted = Accepted.of("client id", clients);
    return IssuerProfile.of(
        new ProviderRules(
            "Google",
            GOOGLE,
            Set.of(GOOGLE, "accounts.google.com"),
            TokenKind.ID,
            UNTYPED,
            RS256,
            "aud " + String.join(" or ", accepted),
            Rules.of(more, issuedToClients(accepted), notAnEvent(), saysWhenIssued()),
            claims -> StableSubject.of(claims.get(WellKnownName.SUB), IdentityKind.USER),
            clientIn(WellKnownName.AZP, WellKnownName.AUD),
            null));
  }

  static IssuerProfile entra(String tenantId, String... audience) {
    Set<String> accepted = Accepted.of("audience", audience);
    return entra(
        tenantId,
        "https://login.microsoftonline.com/" + tenantId + "/v2.0",
        TokenKind.ACCESS,
        accepted,
        List.of(
            audienceAmong(accepted),
            claim("ver", "2.0", Reason.KIND),
            names("azp", Reason.KIND),
            notForLogin()));
  }

  static IssuerProfile entraV1(String tenantId, String... audience) {
    Set<String> accepted = Accepted.of("audience", audience);
    return entra(
        tenantId,
        "https://sts.windows.net/" + tenantId + "/",
        TokenKind.ACCESS,
        accepted,
        List.of(
            audienceAmong(accepted),
            claim("ver", "1.0", Reason.KIND),
            names("appid", Reason.KIND),
            notForLogin()));
  }

  static IssuerProfile entraIdTokens(String tenantId, String... clients) {
    Set<String> accepted = Accepted.of("client id", clients);
    return entra(
        tenantId,
        "https://login.microsoftonline.com/" + tenantId + "/v2.0",
        TokenKind.ID,
        accepted,
        List.of(
            issuedToClients(accepted),
            claim("ver", "2.0", Reason.KIND),
            claims -> {
              if (claims.has(WellKnownName.SCP) || claims.has("azpacr")) {
                throw Refusal.of(Reason.KIND);
              }
            },
            notAnEvent(),
            saysWhenIssued()));
  }

  private static IssuerProfile entra(
      String tenantId, String issuer, TokenKind kind, Set<String> audience, List<ClaimRule> rules) {
    Accepted.matching("tenant id", tenantId, TENANT, "00000000-0000-0000-0000-000000000000");
    return IssuerProfile.of(
        new ProviderRules(
            "Microsoft Entra ID",
            issuer,
            Set.of(issuer),
            kind,
            UNTYPED,
            RS256,
            "aud " + String.join(" or ", audience),
            Rules.of(rules, claim("tid", tenantId, Reason.TENANT)),
            CloudProviders::entraSubject,
            clientIn(WellKnownName.AZP, WellKnownName.APPID, WellKnownName.AUD),
            null,
            entraKeyIssuers(tenantId)));
  }

  /** Keys for all tenants say so with a place-holder; those of another cloud name its tenant. */
  private static Set<String> entraKeyIssuers(String tenantId) {
    return Set.of(
        "https://login.microsoftonline.com/" + tenantId + "/v2.0",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        "https://sts.windows.net/" + tenantId + "/",
        "https://sts.windows.net/{tenantid}/");
  }

  private static StableSubject entraSubject(JsonObject claims) throws Refusal {
    Object oid = claims.get("oid");
    boolean isApplication =
        "app".equals(claims.get("idtyp"))
            || (!claims.has(WellKnownName.SCP)
                && oid != null
                && oid.equals(claims.get(WellKnownName.SUB)));
    return StableSubject.of(oid, isApplication ? IdentityKind.SERVICE : IdentityKind.USER);
  }

  static IssuerProfile eks(String region, String clusterId, String... audience) {
    Accepted.matching("region", region, REGION, "eu-west-1");
    Accepted.matching(
        "cluster id", clusterId, CLUSTER, "the 32 characters at the end of the cluster's issuer");
    Set<String> accepted = Accepted.of("audience", audience);
    String issuer = "https://oidc.eks." + region + "." + domain(region) + "/id/" + clusterId;
    return IssuerProfile.of(
        new ProviderRules(
            "Amazon EKS",
            issuer,
            Set.of(issuer),
            TokenKind.WORKLOAD,
            UNTYPED,
            RS256,
            "aud " + String.join(" or ", accepted),
            List.of(audienceAmong(accepted), notForLogin()),
            CloudProviders::serviceAccount,
            claims -> null,
            null));
  }

  private static StableSubject serviceAccount(JsonObject claims) throws Refusal {
    return claims.get("kubernetes.io") instanceof JsonObject kubernetes
            && kubernetes.get("serviceaccount") instanceof JsonObject account
        ? StableSubject.of(account.get("uid"), IdentityKind.WORKLOAD)
        : StableSubject.of(null, IdentityKind.WORKLOAD);
  }

  private static String domain(String region) {
    return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  }
}
