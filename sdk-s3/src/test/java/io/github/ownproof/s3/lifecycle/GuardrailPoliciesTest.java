package io.github.ownproof.s3.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.AccountId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** What the documents mean: which request they deny, and by which statement. */
class GuardrailPoliciesTest {

  private static final String ORG = "o-a1b2c3d4e5";
  private static final AccountId US = AccountId.of("111122223333");
  private static final AccountId TRUSTED = AccountId.of("444455556666");
  private static final GuardrailPolicies STRICT = GuardrailPolicies.create();
  private static final GuardrailPolicies LENIENT =
      STRICT
          .trustAccount(TRUSTED)
          .exceptRole("arn:aws:iam::*:role/platform/*")
          .exceptBucket("prod-eu-west-1-starport-layer-bucket")
          .allowPromotedBuckets();

  /** Which policy, the request, what is known of it, and which statement denies it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # names
          strict  | s3:CreateBucket | app      | -                                   | KeepNamesInTheAccount
          strict  | s3:CreateBucket | app      | namespace=global                    | KeepNamesInTheAccount
          strict  | s3:CreateBucket | app      | namespace=account-regional          | -
          lenient | s3:CreateBucket | app      | -                                   | KeepNamesInTheAccount
          lenient | s3:CreateBucket | app      | role=platform/provisioning          | -
          lenient | s3:CreateBucket | app      | role=developers                     | KeepNamesInTheAccount
          lenient | s3:CreateBucket | public-a | -                                   | -
          strict  | s3:CreateBucket | public-a | -                                   | KeepNamesInTheAccount
          # ACLs
          strict  | s3:CreateBucket | app      | namespace=account-regional ownership=BucketOwnerEnforced | -
          strict  | s3:CreateBucket | app      | namespace=account-regional ownership=ObjectWriter        | KeepAclsOff
          lenient | s3:CreateBucket | app      | role=platform/x ownership=ObjectWriter                   | KeepAclsOff
          strict  | s3:CreateBucket | app      | namespace=account-regional acl=public-read               | KeepAclsPrivate
          strict  | s3:PutObject    | app/k    | -                                   | -
          strict  | s3:PutObject    | app/k    | acl=private                         | -
          strict  | s3:PutObject    | app/k    | acl=bucket-owner-full-control       | -
          strict  | s3:PutObject    | app/k    | acl=public-read                     | KeepAclsPrivate
          strict  | s3:PutObject    | app/k    | acl=authenticated-read              | KeepAclsPrivate
          # what keeps buckets private
          strict  | s3:PutBucketPublicAccessBlock  | app      | -               | KeepBucketsPrivate
          strict  | s3:PutAccountPublicAccessBlock | app      | -               | KeepBucketsPrivate
          strict  | s3:PutBucketOwnershipControls  | app      | -               | KeepBucketsPrivate
          strict  | s3:PutBucketAcl                | app      | -               | KeepBucketsPrivate
          strict  | s3:PutObjectAcl                | app/k    | -               | KeepBucketsPrivate
          strict  | s3:PutBucketWebsite            | app      | -               | KeepBucketsPrivate
          lenient | s3:PutBucketPublicAccessBlock  | app      | role=platform/x | -
          lenient | s3:PutBucketPublicAccessBlock  | app      | role=other      | KeepBucketsPrivate
          lenient | s3:PutBucketPublicAccessBlock  | public-a | -               | -
          strict  | s3:PutBucketPublicAccessBlock  | public-a | -               | KeepBucketsPrivate
          strict  | s3:PutBucketPolicy             | app      | -               | -
          # whose buckets
          strict  | s3:GetObject | squatted/k | owner=999988887777 ownerOrg=o-zzzzzzzzzz | KeepToOurBuckets
          strict  | s3:PutObject | squatted/k | owner=999988887777 ownerOrg=           | KeepToOurBuckets
          strict  | s3:GetObject | theirs/k   | owner=444455556666 ownerOrg=           | KeepToOurBuckets
          lenient | s3:GetObject | theirs/k   | owner=444455556666 ownerOrg=           | -
          lenient | s3:GetObject | squatted/k | owner=999988887777 ownerOrg=           | KeepToOurBuckets
          lenient | s3:GetObject | prod-eu-west-1-starport-layer-bucket/k  | owner=999988887777 ownerOrg= | -
          lenient | s3:GetObject | prod-eu-west-1-starport-layer-bucket2/k | owner=999988887777 ownerOrg= | KeepToOurBuckets
          strict  | s3:GetObject | prod-eu-west-1-starport-layer-bucket/k  | owner=999988887777 ownerOrg= | KeepToOurBuckets
          strict  | s3:PutBucketPolicy | squatted | owner=999988887777 ownerOrg=       | KeepToOurBuckets
          strict  | s3:ListBucket    | squatted | owner=999988887777 ownerOrg=         | KeepToOurBuckets
          strict  | ec2:RunInstances | app      | owner=999988887777 ownerOrg=         | -
          # no bucket, and so nobody's
          strict  | s3:ListAllMyBuckets | app   | owner= ownerOrg=                     | -
          strict  | s3:CreateBucket  | app      | owner= ownerOrg= namespace=account-regional | -
          """)
  void serviceControlPolicy_denies(
      String options, String action, String resource, String known, String denial) {
    Map<String, String> context = context(known);
    assertThat(deniedBy(of(options).serviceControlPolicy(), action, resource, context))
        .isEqualTo(denials(denial));
    assertThat(deniedBy(of(options).identityPolicy(US), action, resource, context))
        .as("the identity policy agrees")
        .isEqualTo(denials(denial));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          strict  | s3:GetObject    | app/k      | -                                          | -
          strict  | s3:GetObject    | app/k      | org=o-zzzzzzzzzz caller=999988887777       | KeepStrangersOut
          strict  | s3:GetObject    | app/k      | org= caller=999988887777                   | KeepStrangersOut
          strict  | s3:GetObject    | app/k      | org= caller=                               | KeepStrangersOut
          strict  | s3:GetObject    | app/k      | org= caller=444455556666                   | KeepStrangersOut
          lenient | s3:GetObject    | app/k      | org= caller=444455556666                   | -
          lenient | s3:GetObject    | public-a/k | org= caller=                               | -
          strict  | s3:GetObject    | public-a/k | org= caller=                               | KeepStrangersOut
          strict  | s3:PutObject    | app/k      | org= caller= service=true source=111122223333 sourceOrg=o-a1b2c3d4e5 | -
          strict  | s3:PutObject    | app/k      | org= caller= service=true source=999988887777 sourceOrg=o-zzzzzzzzzz | KeepServicesOfStrangersOut
          strict  | s3:PutObject    | app/k      | org= caller= service=true source=999988887777 | KeepServicesOfStrangersOut
          strict  | s3:PutObject    | app/k      | org= caller= service=true                  | -
          strict  | s3:PutObject    | app/k      | org= caller= service=true source=444455556666 | KeepServicesOfStrangersOut
          lenient | s3:PutObject    | app/k      | org= caller= service=true source=444455556666 | -
          strict  | s3:GetObject    | app/k      | tls=false                                  | KeepToTls
          lenient | s3:GetObject    | public-a/k | org= caller= tls=false                     | KeepToTls
          strict  | sqs:SendMessage | app        | org= caller=                               | -
          """)
  void resourceControlPolicy_denies(
      String options, String action, String resource, String known, String denial) {
    assertThat(deniedBy(of(options).resourceControlPolicy(ORG), action, resource, context(known)))
        .isEqualTo(denials(denial));
  }

  @Test
  void documents_haveTheElementsThatTheirKindTakes() {
    for (GuardrailPolicies policies : List.of(STRICT, LENIENT)) {
      for (String json : List.of(policies.serviceControlPolicy(), policies.identityPolicy(US))) {
        assertThat(statements(json)).noneMatch(one -> one.field("Principal").isPresent());
        assertThat(json).hasSizeLessThanOrEqualTo(5_120);
      }
      String rcp = policies.resourceControlPolicy(ORG);
      assertThat(statements(rcp))
          .allMatch(one -> one.field("Principal").orElseThrow().asString().equals("*"))
          .allMatch(one -> one.field("NotAction").isEmpty());
      assertThat(rcp).hasSizeLessThanOrEqualTo(5_120);
    }
  }

  @Test
  void documents_areTheSameForTheSameOptions_inAnyOrder() {
    GuardrailPolicies one = STRICT.trustAccount(TRUSTED).trustAccount(US).exceptBucket("a-bucket");
    GuardrailPolicies other =
        STRICT.exceptBucket("a-bucket").trustAccount(US).trustAccount(TRUSTED).trustAccount(US);
    assertThat(one.serviceControlPolicy()).isEqualTo(other.serviceControlPolicy());
    assertThat(one.resourceControlPolicy(ORG)).isEqualTo(other.resourceControlPolicy(ORG));
    assertThat(one.identityPolicy(US, TRUSTED))
        .isEqualTo(STRICT.exceptBucket("a-bucket").identityPolicy(TRUSTED, US));
    assertThat(STRICT.serviceControlPolicy()).doesNotContain("444455556666");
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws-cn", "aws-us-gov", "aws-eusc"})
  void documents_ofAnotherPartition_nameItsResources(String partition) {
    GuardrailPolicies policies = STRICT.partition(partition).allowPromotedBuckets();
    assertThat(policies.serviceControlPolicy())
        .contains("arn:" + partition + ":s3:::public-*")
        .doesNotContain("arn:aws:");
  }

  @Test
  void documents_withMoreThanAwsTakes_areRefused() {
    GuardrailPolicies many = STRICT;
    AccountId[] accounts = new AccountId[500];
    for (int i = 0; i < accounts.length; i++) {
      accounts[i] = AccountId.of("%012d".formatted(i));
      many = many.trustAccount(accounts[i]);
    }
    GuardrailPolicies tooMany = many;
    assertThatThrownBy(tooMany::serviceControlPolicy)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5120");
    assertThatThrownBy(() -> tooMany.resourceControlPolicy(ORG)).hasMessageContaining("5120");
    assertThatThrownBy(() -> STRICT.identityPolicy(accounts)).hasMessageContaining("6144");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "arn:aws:iam::*:role/*",
        "arn:aws:iam::111122223333:user/jane",
        "arn:aws:iam::1111:role/r",
        "arn:aws:iam::*:role/a*b",
        "arn:aws:iam::*:role/\"",
        "arn:aws-cn:iam::*:role/r"
      })
  void exceptRole_ofWhatIsNoneOrAll_isRefused(String arn) {
    assertThatThrownBy(() -> STRICT.exceptRole(arn)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "public-*", "A-bucket", "a/b", "a\"b", "ab"})
  void exceptBucket_ofWhatIsNone_isRefused(String name) {
    assertThatThrownBy(() -> STRICT.exceptBucket(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherOddInput_isRefused() {
    assertThatThrownBy(() -> STRICT.partition("aws-iso"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LENIENT.partition("aws-cn"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> STRICT.resourceControlPolicy("my-org"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> STRICT.resourceControlPolicy("*"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(STRICT::identityPolicy).isInstanceOf(IllegalArgumentException.class);
  }

  private static GuardrailPolicies of(String options) {
    return options.equals("strict") ? STRICT : LENIENT;
  }

  private static List<String> denials(String denial) {
    return denial == null ? List.of() : List.of("Ownproof" + denial);
  }

  private static List<String> deniedBy(
      String json, String action, String resource, Map<String, String> context) {
    return new DenyEvaluator(json).deniedBy(action, "arn:aws:s3:::" + resource, context);
  }

  private static List<JsonNode> statements(String json) {
    return new DenyEvaluator(json).document().field("Statement").orElseThrow().asArray();
  }

  /** A request of ours to a bucket of ours over TLS, but for what is said; empty is absent. */
  private static Map<String, String> context(String known) {
    Map<String, String> context = new HashMap<>();
    context.put("aws:PrincipalOrgID", ORG);
    context.put("aws:PrincipalAccount", US.value());
    context.put("aws:PrincipalArn", "arn:aws:iam::111122223333:role/developers");
    context.put("aws:PrincipalIsAWSService", "false");
    context.put("aws:ResourceAccount", US.value());
    context.put("aws:ResourceOrgID", ORG);
    context.put("aws:SecureTransport", "true");
    Stream<String> said = known == null ? Stream.of() : Arrays.stream(known.split(" +", -1));
    said.forEach(
        word -> {
          String[] parts = word.split("=", 2);
          String key =
              switch (parts[0]) {
                case "namespace" -> "s3:x-amz-bucket-namespace";
                case "ownership" -> "s3:x-amz-object-ownership";
                case "acl" -> "s3:x-amz-acl";
                case "role" -> "aws:PrincipalArn";
                case "owner" -> "aws:ResourceAccount";
                case "ownerOrg" -> "aws:ResourceOrgID";
                case "org" -> "aws:PrincipalOrgID";
                case "caller" -> "aws:PrincipalAccount";
                case "service" -> "aws:PrincipalIsAWSService";
                case "source" -> "aws:SourceAccount";
                case "sourceOrg" -> "aws:SourceOrgID";
                case "tls" -> "aws:SecureTransport";
                default -> throw new AssertionError(word);
              };
          String value =
              parts[0].equals("role") ? "arn:aws:iam::111122223333:role/" + parts[1] : parts[1];
          if (value.isEmpty()) {
            context.remove(key);
          } else {
            context.put(key, value);
          }
        });
    return context;
  }
}
