package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.ForgedToken;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PipelineProfilesTest {

  private static final String API = "https://deploy.example.com";
  private static final String GITHUB = "https://token.actions.githubusercontent.com";
  private static final String GITLAB = "https://gitlab.com";

  private final ProviderRig github = ProviderRig.of(IssuerProfiles.githubActions(API, "65"));
  private final ProviderRig gitlab = ProviderRig.of(IssuerProfiles.gitlabCi(GITLAB, API, "72"));

  private ForgedToken workflow() {
    return github.token(
        GITHUB,
        "JWT",
        "jti",
        "example-id",
        "sub",
        "repo:octo-org/octo-repo:environment:prod",
        "environment",
        "prod",
        "aud",
        API,
        "ref",
        "refs/heads/main",
        "ref_protected",
        "true",
        "sha",
        "example-sha",
        "repository",
        "octo-org/octo-repo",
        "repository_owner",
        "octo-org",
        "actor_id",
        "12",
        "repository_visibility",
        "private",
        "repository_id",
        "74",
        "repository_owner_id",
        "65",
        "run_id",
        "example-run-id",
        "runner_environment",
        "github-hosted",
        "actor",
        "octocat",
        "workflow",
        "example-workflow",
        "event_name",
        "workflow_dispatch",
        "ref_type",
        "branch",
        "job_workflow_ref",
        "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main",
        "nbf",
        ProviderRig.now());
  }

  private ForgedToken job() {
    return gitlab.token(
        GITLAB,
        "JWT",
        "jti",
        "c82eeb0c-5c6f-4a33-abf5-4c474b92b558",
        "sub",
        "project_path:my-group/my-project:ref_type:branch:ref:main",
        "aud",
        API,
        "nbf",
        ProviderRig.now(),
        "namespace_id",
        "72",
        "namespace_path",
        "my-group",
        "project_id",
        "22",
        "project_path",
        "my-group/my-project",
        "user_id",
        "42",
        "user_login",
        "alice",
        "user_email",
        "alice@example.com",
        "user_identities",
        List.of(Map.of("provider", "github", "extern_uid", "1")),
        "pipeline_id",
        "574",
        "pipeline_source",
        "push",
        "job_id",
        "302",
        "ref",
        "main",
        "ref_type",
        "branch",
        "ref_protected",
        "true",
        "runner_environment",
        "gitlab-hosted",
        "project_visibility",
        "private");
  }

  @Test
  void github_identityIsTheNumbersOfOwnerAndRepository() {
    github.accepts(workflow(), GITHUB, "owner:65:repository:74", IdentityKind.WORKLOAD);
  }

  @Test
  void github_renamedRepositoryIsTheSame_andRecreatedOneOfTheSameNameIsNot() {
    Identity repository = github.identity(workflow());

    assertThat(
            github.identity(
                workflow()
                    .subject("repo:octo-org@65/new-name@74:ref:refs/heads/main")
                    .claim("repository", "octo-org/new-name")))
        .isEqualTo(repository);
    assertThat(github.identity(workflow().claim("repository_id", "75"))).isNotEqualTo(repository);
  }

  @Test
  void gitlab_identityIsTheNumbersOfNameSpaceAndProject() {
    gitlab.accepts(job(), GITLAB, "namespace:72:project:22", IdentityKind.WORKLOAD);
    assertThat(gitlab.identity(job().claim("project_id", "23")))
        .isNotEqualTo(gitlab.identity(job()));
  }

  @TestFactory
  Stream<DynamicTest> github_refused() {
    ForgedToken valid = workflow();
    return Stream.of(
        github.refuses("other owner", valid.claim("repository_owner_id", "66"), Reason.TENANT),
        github.refuses(
            "other owner who took the name",
            valid.claim("repository_owner_id", "99").claim("repository_owner", "octo-org"),
            Reason.TENANT),
        github.refuses(
            "an owner by name alone", valid.without("repository_owner_id"), Reason.TENANT),
        github.refuses(
            "the owner's number as a number",
            valid.claim("repository_owner_id", 65),
            Reason.TENANT),
        github.refuses("no repository number", valid.without("repository_id"), Reason.SUBJECT),
        github.refuses("a number as a number", valid.claim("repository_id", 74), Reason.SUBJECT),
        github.refuses("letters", valid.claim("repository_id", "74a"), Reason.SUBJECT),
        github.refuses(
            "Arabic digits", valid.claim("repository_id", "\u0667\u0664"), Reason.SUBJECT),
        github.refuses("a leading zero", valid.claim("repository_id", "074"), Reason.SUBJECT),
        github.refuses("a sign", valid.claim("repository_id", "+74"), Reason.SUBJECT),
        github.refuses("two in one", valid.claim("repository_id", "74:1"), Reason.SUBJECT),
        github.refuses("an empty one", valid.claim("repository_id", ""), Reason.SUBJECT),
        github.refuses(
            "GitHub's default audience",
            valid.audience("https://github.com/octo-org"),
            Reason.AUDIENCE),
        github.refuses("for AWS", valid.audience("sts.amazonaws.com"), Reason.AUDIENCE),
        github.refuses("no subject", valid.without("sub"), Reason.SUBJECT),
        github.refuses(
            "an enterprise's issuer", valid.claim("iss", GITHUB + "/acme"), Reason.ISSUER),
        github.refuses("acting for another", valid.claim("act", Map.of()), Reason.IMPERSONATION));
  }

  @TestFactory
  Stream<DynamicTest> gitlab_refused() {
    ForgedToken valid = job();
    return Stream.of(
        gitlab.refuses("an unprotected ref", valid.claim("ref_protected", "false"), Reason.TENANT),
        gitlab.refuses(
            "a fork's merge request, spelled as the main branch",
            valid.claim("ref_protected", "false").claim("pipeline_source", "merge_request_event"),
            Reason.TENANT),
        gitlab.refuses(
            "protection as a boolean", valid.claim("ref_protected", true), Reason.TENANT),
        gitlab.refuses("no word of protection", valid.without("ref_protected"), Reason.TENANT),
        gitlab.refuses("other name space", valid.claim("namespace_id", "73"), Reason.TENANT),
        gitlab.refuses("a name space by path", valid.without("namespace_id"), Reason.TENANT),
        gitlab.refuses("no project number", valid.without("project_id"), Reason.SUBJECT),
        gitlab.refuses("a path as number", valid.claim("project_id", "my-group/x"), Reason.SUBJECT),
        gitlab.refuses("for GitLab itself", valid.audience(GITLAB), Reason.AUDIENCE),
        gitlab.refuses(
            "another instance", valid.claim("iss", "https://gitlab.example.com"), Reason.ISSUER),
        gitlab.refuses("GitLab's login of users", valid.claim("nonce", "n"), Reason.KIND));
  }
}
