package io.github.ownproof.auth;

import static io.github.ownproof.auth.ProviderRules.audienceAmong;
import static io.github.ownproof.auth.ProviderRules.claim;
import static io.github.ownproof.auth.ProviderRules.claimAmong;
import static io.github.ownproof.auth.ProviderRules.notForLogin;

import io.github.ownproof.auth.ProviderRules.ClaimRule;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** GitHub Actions and GitLab CI. */
final class PipelineProviders {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
  private static final String GITHUB = "https://token.actions.githubusercontent.com";

  private PipelineProviders() {}

  static IssuerProfile githubActions(String audience, String... ownerIds) {
    Set<String> owners = numbers("owner id", ownerIds);
    return profile(
        "GitHub Actions",
        GITHUB,
        audience,
        List.of(claimAmong("repository_owner_id", owners, Reason.TENANT)),
        claims ->
            numbered(
                "owner", claims.get("repository_owner_id"),
                "repository", claims.get("repository_id")),
        // Whoever set off the run; nobody is acted for.
        Set.of("actor", "actor_id"));
  }

  static IssuerProfile gitlabCi(String instance, String audience, String... namespaceIds) {
    Set<String> namespaces = numbers("name space id", namespaceIds);
    return profile(
        "GitLab CI",
        Accepted.issuer(instance),
        audience,
        List.of(
            claimAmong("namespace_id", namespaces, Reason.TENANT),
            claim("ref_protected", "true", Reason.TENANT)),
        claims ->
            numbered("namespace", claims.get("namespace_id"), "project", claims.get("project_id")),
        Set.of());
  }

  private static Set<String> numbers(String what, String... ids) {
    Set<String> all = Accepted.of(what, ids);
    for (String id : all) {
      Accepted.matching(what, id, NUMBER, "a number such as 123456, not a name");
    }
    return all;
  }

  private static StableSubject numbered(
      String outer, @Nullable Object outerId, String inner, @Nullable Object innerId)
      throws Refusal {
    if (outerId instanceof String first
        && innerId instanceof String second
        && NUMBER.matcher(first).matches()
        && NUMBER.matcher(second).matches()) {
      return StableSubject.of(
          outer + ":" + first + ":" + inner + ":" + second, IdentityKind.WORKLOAD);
    }
    throw Refusal.of(Reason.SUBJECT);
  }

  private static IssuerProfile profile(
      String provider,
      String issuer,
      String audience,
      List<ClaimRule> tenant,
      ProviderRules.SubjectRule subject,
      Set<String> innocent) {
    Set<String> accepted = Accepted.of("audience", audience);
    return IssuerProfile.of(
        new ProviderRules(
            provider,
            issuer,
            Set.of(issuer),
            TokenKind.WORKLOAD,
            Set.of("", "jwt"),
            Set.of(JwsAlgorithm.RS256),
            "aud " + audience,
            Rules.of(tenant, audienceAmong(accepted), notForLogin()),
            subject,
            claims -> null,
            null),
        innocent);
  }
}
