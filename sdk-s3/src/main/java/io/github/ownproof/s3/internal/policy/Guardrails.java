package io.github.ownproof.s3.internal.policy;

import io.github.ownproof.core.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the statements of guardrail policies, one rule each. Not thread-safe.
 *
 * <p>In a Deny, a negated operator also holds where its key is absent: that is right where absence
 * is what is to be denied, and wrong where the key is optional, for which {@code Null} says so.
 */
public final class Guardrails {

  private static final String NOT_EQUAL = "StringNotEquals";
  private static final String NOT_EQUAL_IF_EXISTS = "StringNotEqualsIfExists";
  private static final String PROMOTED = "public-*";

  /**
   * What reaches a bucket or what is in it. Other calls, such as ListAllMyBuckets, may come without
   * the keys that tell whose a resource is, and an absent key would deny them to everybody.
   */
  private static final List<String> ON_BUCKETS =
      List.of(
          "s3:AbortMultipartUpload",
          "s3:DeleteBucket*",
          "s3:DeleteObject*",
          "s3:GetBucket*",
          "s3:GetObject*",
          "s3:ListBucket*",
          "s3:ListMultipartUploadParts",
          "s3:PutBucket*",
          "s3:PutObject*",
          "s3:RestoreObject");

  private final String partition;
  private final Set<AccountId> trusted;
  private final Set<String> roles;
  private final Set<String> buckets;
  private final boolean promotions;
  private final List<Object> statements = new ArrayList<>();

  /** Rules with these exceptions, all of which were checked. */
  public Guardrails(
      String partition,
      Set<AccountId> trusted,
      Set<String> roles,
      Set<String> buckets,
      boolean promotions) {
    this.partition = partition;
    this.trusted = Set.copyOf(trusted);
    this.roles = Set.copyOf(roles);
    this.buckets = Set.copyOf(buckets);
    this.promotions = promotions;
  }

  /** Bucket names are those that S3 keeps for the account. */
  public void denyGlobalNames() {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put(NOT_EQUAL, Map.of("s3:x-amz-bucket-namespace", "account-regional"));
    exceptRoles(conditions);
    deny("KeepNamesInTheAccount", List.of("s3:CreateBucket"), promoted(), conditions);
  }

  /** ACLs are out of force, and say nothing but what holds anyway. */
  public void denyAcls() {
    deny(
        "KeepAclsOff",
        List.of("s3:CreateBucket"),
        List.of(),
        presentAndNot("s3:x-amz-object-ownership", "BucketOwnerEnforced"));
    deny(
        "KeepAclsPrivate",
        List.of("s3:CreateBucket", "s3:PutObject"),
        List.of(),
        presentAndNot("s3:x-amz-acl", List.of("private", "bucket-owner-full-control")));
  }

  /** What keeps a bucket private stays as it is. */
  public void denyWeakening() {
    Map<String, Object> conditions = new LinkedHashMap<>();
    exceptRoles(conditions);
    deny(
        "KeepBucketsPrivate",
        List.of(
            "s3:PutAccountPublicAccessBlock",
            "s3:PutBucketPublicAccessBlock",
            "s3:PutAccessPointPublicAccessBlock",
            "s3:PutBucketOwnershipControls",
            "s3:PutBucketAcl",
            "s3:PutObjectAcl",
            "s3:PutObjectVersionAcl",
            "s3:PutBucketWebsite"),
        promoted(),
        conditions);
  }

  /** Buckets are of the caller's organization, or of an account that is trusted. */
  public void denyOutsideOrganization() {
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("aws:ResourceOrgID", "${aws:PrincipalOrgID}");
    addTrusted(other, "aws:ResourceAccount");
    deny("KeepToOurBuckets", ON_BUCKETS, named(), Map.of(NOT_EQUAL, other));
  }

  /** Buckets are of these accounts. */
  public void denyOutsideAccounts(Set<AccountId> accounts) {
    deny(
        "KeepToOurBuckets",
        ON_BUCKETS,
        named(),
        Map.of(NOT_EQUAL, Map.of("aws:ResourceAccount", values(accounts))));
  }

  /** Callers are of the organization, of a trusted account, or AWS services. */
  public void denyStrangers(String organizationId) {
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("aws:PrincipalOrgID", organizationId);
    addTrusted(other, "aws:PrincipalAccount");
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put(NOT_EQUAL_IF_EXISTS, other);
    conditions.put("BoolIfExists", Map.of("aws:PrincipalIsAWSService", "false"));
    denyEverybody("KeepStrangersOut", promoted(), conditions);
  }

  /** AWS services act for the organization or a trusted account, where they say for whom. */
  public void denyServicesOfStrangers(String organizationId) {
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("aws:SourceOrgID", organizationId);
    addTrusted(other, "aws:SourceAccount");
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put(NOT_EQUAL_IF_EXISTS, other);
    conditions.put("Null", Map.of("aws:SourceAccount", "false"));
    conditions.put("Bool", Map.of("aws:PrincipalIsAWSService", "true"));
    denyEverybody("KeepServicesOfStrangersOut", List.of(), conditions);
  }

  /** Nothing goes unencrypted. */
  public void denyPlainHttp() {
    denyEverybody(
        "KeepToTls", List.of(), Map.of("BoolIfExists", Map.of("aws:SecureTransport", "false")));
  }

  /** The document, indented. */
  public String toJson() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Version", PolicyDocument.CURRENT_VERSION);
    document.put("Statement", statements);
    return IndentedJson.of(document);
  }

  private void denyEverybody(String sid, List<String> but, Map<String, Object> conditions) {
    deny(sid, List.of("s3:*"), but, conditions);
    @SuppressWarnings("unchecked") // as deny made it
    Map<String, Object> last = (Map<String, Object>) statements.get(statements.size() - 1);
    last.put("Principal", "*");
  }

  private void deny(
      String sid, List<String> actions, List<String> but, Map<String, Object> conditions) {
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("Sid", "Ownproof" + sid);
    statement.put("Effect", "Deny");
    statement.put("Action", actions);
    if (but.isEmpty()) {
      statement.put("Resource", "*");
    } else {
      statement.put("NotResource", but);
    }
    if (!conditions.isEmpty()) {
      statement.put("Condition", conditions);
    }
    statements.add(statement);
  }

  private static Map<String, Object> presentAndNot(String key, Object values) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("Null", Map.of(key, "false"));
    conditions.put(NOT_EQUAL, Map.of(key, values));
    return conditions;
  }

  private void exceptRoles(Map<String, Object> conditions) {
    if (!roles.isEmpty()) {
      conditions.put("ArnNotLike", Map.of("aws:PrincipalArn", roles.stream().sorted().toList()));
    }
  }

  private void addTrusted(Map<String, Object> keys, String key) {
    if (!trusted.isEmpty()) {
      keys.put(key, values(trusted));
    }
  }

  private static List<String> values(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::value).sorted().toList();
  }

  private List<String> promoted() {
    return promotions ? List.of(bucket(PROMOTED), bucket(PROMOTED) + "/*") : List.of();
  }

  private List<String> named() {
    List<String> arns = new ArrayList<>();
    for (String name : buckets.stream().sorted().toList()) {
      arns.add(bucket(name));
      arns.add(bucket(name) + "/*");
    }
    return arns;
  }

  private String bucket(String name) {
    return "arn:" + partition + ":s3:::" + name;
  }
}
