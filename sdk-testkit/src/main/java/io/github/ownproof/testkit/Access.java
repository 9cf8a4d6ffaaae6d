package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: the owner condition, the region, and permission. Asked for every call whose
 * signature held, and for every unsigned one, before anything is read or written.
 */
final class Access {

  /** What S3 takes for an account id before it compares: letters pass, and match nobody. */
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9]{12}");

  private final Namespace namespace;

  Access(Namespace namespace) {
    this.namespace = namespace;
  }

  /** Returns if the call may go on, and refuses it in S3's words otherwise. */
  void admit(S3Call call, @Nullable AccountId caller) {
    if (call.bucket() == null || call.operation().is("CreateBucket")) {
      if (caller == null) {
        throw Refusal.accessDenied();
      }
      // S3 ignores an owner condition here, well-formed or not.
      return;
    }
    call.headerOrParameter(Owners.EXPECTED).forEach(Access::wellFormed);
    CopySource source = call.copySource();
    if (source != null) {
      call.headerOrParameter(Owners.EXPECTED_SOURCE).forEach(Access::wellFormed);
    }
    Bucket bucket = namespace.get(call.bucket());
    region(call, bucket);
    owner(bucket, call.headerOrParameter(Owners.EXPECTED));
    permit(call, caller, bucket, call.operation().action(), call.key());
    if (source != null) {
      Bucket from = namespace.get(source.bucket());
      owner(from, call.headerOrParameter(Owners.EXPECTED_SOURCE));
      permit(call, caller, from, "s3:GetObject", source.key());
    }
  }

  boolean allowed(
      S3Call call, @Nullable AccountId caller, Bucket bucket, String action, @Nullable String key) {
    BucketPolicy policy = bucket.policy();
    boolean owner = bucket.owner().equals(caller);
    // The owner's account can always mend a policy that locked it out.
    if (owner && (policy == null || action.endsWith("BucketPolicy"))) {
      return true;
    }
    BucketPolicy.Answer answer =
        policy == null
            ? BucketPolicy.Answer.NOTHING
            : policy.ask(Question.of(caller, action, bucket, key, call));
    if (answer == BucketPolicy.Answer.DENY) {
      return false;
    }
    if (owner) {
      return true;
    }
    if (answer == BucketPolicy.Answer.ALLOW && !restricted(bucket, policy)) {
      return true;
    }
    return allowedByAcl(caller, bucket, action, key);
  }

  private static boolean restricted(Bucket bucket, @Nullable BucketPolicy policy) {
    return policy != null && policy.isPublic() && bucket.blocks("RestrictPublicBuckets");
  }

  private static boolean allowedByAcl(
      @Nullable AccountId caller, Bucket bucket, String action, @Nullable String key) {
    if (bucket.ownerEnforced()) {
      return false;
    }
    return switch (action) {
      case "s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads" ->
          grants(bucket, bucket.acls().get(null), caller, "READ");
      case "s3:PutObject", "s3:DeleteObject" ->
          grants(bucket, bucket.acls().get(null), caller, "WRITE");
      case "s3:GetBucketAcl" -> grants(bucket, bucket.acls().get(null), caller, "READ_ACP");
      case "s3:PutBucketAcl" -> grants(bucket, bucket.acls().get(null), caller, "WRITE_ACP");
      case "s3:GetObject" -> grants(bucket, bucket.acls().get(key), caller, "READ");
      case "s3:GetObjectAcl" -> grants(bucket, bucket.acls().get(key), caller, "READ_ACP");
      case "s3:PutObjectAcl" -> grants(bucket, bucket.acls().get(key), caller, "WRITE_ACP");
      default -> false;
    };
  }

  private static boolean grants(
      Bucket bucket, Acl acl, @Nullable AccountId caller, String permission) {
    return !(acl.isPublic() && bucket.blocks("IgnorePublicAcls")) && acl.allows(caller, permission);
  }

  private void permit(
      S3Call call, @Nullable AccountId caller, Bucket bucket, String action, @Nullable String key) {
    if (!allowed(call, caller, bucket, action, key)) {
      Refusal refusal = Refusal.accessDenied();
      throw call.operation().is("HeadBucket") ? inRegion(refusal, bucket) : refusal;
    }
    if (call.operation().is("DeleteObjects") && !bucket.owner().equals(caller)) {
      // Its keys are in the body; somebody else must be allowed to delete all there could be.
      if (!allowed(call, caller, bucket, action, "*")) {
        throw Refusal.accessDenied();
      }
    }
  }

  private static void wellFormed(String expected) {
    if (!OWNER.matcher(expected).matches()) {
      throw Refusal.malformedOwner(expected);
    }
  }

  private static void owner(Bucket bucket, Iterable<String> expected) {
    for (String account : expected) {
      if (!bucket.owner().value().equals(account)) {
        throw inRegion(Refusal.accessDenied(), bucket);
      }
    }
  }

  private static void region(S3Call call, Bucket bucket) {
    String signed = call.signer().region();
    if (signed == null || signed.equals(bucket.region())) {
      return;
    }
    if (signed.equals("us-east-1")) {
      if (call.operation().is("GetBucketLocation")) {
        return;
      }
      // The global endpoint hands the request to the bucket's region, where the signature is wrong.
      throw inRegion(
          new Refusal(
                  400,
                  "AuthorizationHeaderMalformed",
                  "The authorization header is malformed; the region 'us-east-1' is wrong; expecting '"
                      + bucket.region()
                      + "'")
              .withElement("Region", bucket.region()),
          bucket);
    }
    throw inRegion(
        new Refusal(
                301,
                "PermanentRedirect",
                "The bucket you are attempting to access must be addressed using the specified"
                    + " endpoint. Please send all future requests to this endpoint.")
            .withElement("Endpoint", bucket.name() + ".s3." + bucket.region() + ".amazonaws.com")
            .withElement("Bucket", bucket.name()),
        bucket);
  }

  private static Refusal inRegion(Refusal refusal, Bucket bucket) {
    return refusal.withHeader("x-amz-bucket-region", bucket.region());
  }
}
