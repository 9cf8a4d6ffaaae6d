package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.s3.internal.clearance.Clearance;
import io.github.ownproof.s3.internal.policy.MalformedPolicyException;
import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.internal.policy.PolicyStatement;
import io.github.ownproof.s3.internal.policy.PromotionStatement;
import io.github.ownproof.s3.internal.policy.PublicAccessJudge;
import io.github.ownproof.s3.lifecycle.NameReleaseException;
import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.s3.model.BucketLoggingStatus;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;

/**
 * Refuses requests that would make objects public, or take away what keeps them private. It goes by
 * the request's members; {@link PublicAccessOnWire} goes by what is sent.
 */
final class PublicAccess {

  /** These say what holds anyway in a bucket whose owner owns all objects. */
  private static final Set<String> HARMLESS_ACLS = Set.of("private", "bucket-owner-full-control");

  private static final String OWNER_ENFORCED = "BucketOwnerEnforced";

  /** What a request of one operation opens, by anything but grants; null if nothing. */
  @FunctionalInterface
  interface Judgement {
    @Nullable String why(SdkRequest request, PrivateBucket bucket);
  }

  /** By the names of operations; all others open nothing by their members. */
  private static final Map<String, Judgement> JUDGEMENTS =
      Map.of(
          "PutBucketWebsite",
          (request, bucket) -> "a website is for everybody to read",
          "DeletePublicAccessBlock",
          (request, bucket) -> "it takes Block Public Access away",
          "DeleteBucketOwnershipControls",
          (request, bucket) -> "without ownership controls, ACLs count again",
          "PutPublicAccessBlock",
          (request, bucket) ->
              weakBlock(((PutPublicAccessBlockRequest) request).publicAccessBlockConfiguration()),
          "PutBucketOwnershipControls",
          (request, bucket) ->
              weakOwnership(((PutBucketOwnershipControlsRequest) request).ownershipControls()),
          "CreateBucket",
          (request, bucket) -> weakCreation((CreateBucketRequest) request),
          "PutBucketPolicy",
          (request, bucket) ->
              openPolicy(((PutBucketPolicyRequest) request).policy(), bucket.physicalName()),
          "PutBucketLogging",
          (request, bucket) ->
              grantingLogs(((PutBucketLoggingRequest) request).bucketLoggingStatus()),
          "RestoreObject",
          (request, bucket) -> restoredElsewhere((RestoreObjectRequest) request));

  private PublicAccess() {}

  /**
   * Refuses the request, or returns.
   *
   * @throws PublicAccessRefusedException if it would open anything
   * @throws NameReleaseException if it would free the bucket's name
   */
  static void check(S3Operation operation, AwsRequest request, PrivateBucket bucket) {
    String why = granted(operation, request);
    if (why == null) {
      why = opened(operation, request, bucket);
    }
    if (why == null) {
      why = PublicAccessOnWire.overridden(operation, request);
    }
    if (why != null) {
      refuse(operation, request, bucket, why);
    }
    if (operation.freesName()) {
      checkName(operation, request, bucket);
    }
  }

  /**
   * Once more, on the request as it became on its way; its grants are headers by then, which are
   * looked at there.
   */
  static void checkAgain(S3Operation operation, SdkRequest request, PrivateBucket bucket) {
    String why = opened(operation, request, bucket);
    if (why != null) {
      refuse(operation, request, bucket, why);
    }
  }

  /** Looked up once per operation, which keeps it for each of the three looks at a request. */
  static @Nullable Judgement judgement(String operation) {
    return JUDGEMENTS.get(operation);
  }

  static boolean isHarmlessAcl(String acl) {
    return HARMLESS_ACLS.contains(acl);
  }

  static boolean isOwnerEnforced(@Nullable String objectOwnership) {
    return OWNER_ENFORCED.equals(objectOwnership);
  }

  /** Refuses a request because of something about it, unless it is cleared for what it does. */
  static void refuse(
      S3Operation operation, SdkRequest request, PrivateBucket bucket, String because) {
    if (!isCleared(operation, request, bucket)) {
      throw new PublicAccessRefusedException(
          operation.name()
              + " on "
              + bucket.name()
              + " was refused: "
              + because
              + ". Buckets and objects here are private, always. To publish some, promote them:"
              + " promoteBucket(Promotion.cloudFront(...)) lets one CloudFront distribution read"
              + " them, promoteBucket(Promotion.publicBucket(...)) copies them to a public bucket"
              + " of their own. createPrivateBucket sets, and repairs, what keeps a bucket"
              + " private.");
    }
  }

  private static boolean isCleared(
      S3Operation operation, SdkRequest request, PrivateBucket bucket) {
    return request instanceof AwsRequest aws
        && Clearance.clears(Clearance.of(aws), operation.name(), bucket.physicalName());
  }

  private static void checkName(S3Operation operation, SdkRequest request, PrivateBucket bucket) {
    if (OwnedRequests.isAccountRegional(bucket) || isCleared(operation, request, bucket)) {
      return;
    }
    String name = bucket.physicalName();
    throw new NameReleaseException(
        "DeleteBucket on "
            + bucket.name()
            + " was refused: the name "
            + quote(name)
            + " would be free for everybody, and whoever takes it receives what is still sent to"
            + " it. emptyAndKeep(...) empties the bucket and keeps the name. To give the name up:"
            + " deleteBucket(BucketDeletion.of(...).releaseName(\""
            + name
            + "\")).");
  }

  /** The grant a request makes by its members. */
  private static @Nullable String granted(S3Operation operation, SdkRequest request) {
    for (SdkField<?> field : operation.grants()) {
      Object value = field.getValueOrDefault(request);
      if (value != null
          && !(field.memberName().equals(S3Operation.ACL)
              && HARMLESS_ACLS.contains(String.valueOf(value)))) {
        return "its "
            + field.memberName()
            + (value instanceof String text ? " is " + quote(text) : " is given")
            + ", and who may read is not decided object by object."
            + " Leave it out, or give the ACL \"private\" or \"bucket-owner-full-control\"";
      }
    }
    return null;
  }

  /** What a request opens by anything but grants. */
  private static @Nullable String opened(
      S3Operation operation, SdkRequest request, PrivateBucket bucket) {
    Judgement judgement = operation.judgement();
    return judgement == null ? null : judgement.why(request, bucket);
  }

  private static @Nullable String weakBlock(@Nullable PublicAccessBlockConfiguration block) {
    boolean whole =
        block != null
            && Boolean.TRUE.equals(block.blockPublicAcls())
            && Boolean.TRUE.equals(block.ignorePublicAcls())
            && Boolean.TRUE.equals(block.blockPublicPolicy())
            && Boolean.TRUE.equals(block.restrictPublicBuckets());
    return whole
        ? null
        : "it leaves a setting of Block Public Access off: "
            + (block == null ? "all four are missing" : "it has " + block)
            + "; all four are to be true";
  }

  private static @Nullable String weakOwnership(@Nullable OwnershipControls controls) {
    boolean enforced =
        controls != null
            && !controls.rules().isEmpty()
            && controls.rules().stream()
                .allMatch(rule -> isOwnerEnforced(rule.objectOwnershipAsString()));
    return enforced ? null : "with another object ownership than BucketOwnerEnforced, ACLs count";
  }

  private static @Nullable String weakCreation(CreateBucketRequest creation) {
    String ownership = creation.objectOwnershipAsString();
    return ownership == null || isOwnerEnforced(ownership)
        ? null
        : "its objectOwnership is "
            + quote(ownership)
            + "; with another than BucketOwnerEnforced, ACLs count";
  }

  private static @Nullable String grantingLogs(@Nullable BucketLoggingStatus status) {
    boolean grants =
        status != null
            && status.loggingEnabled() != null
            && !status.loggingEnabled().targetGrants().isEmpty();
    return grants ? "its targetGrants let others read the logs" : null;
  }

  private static @Nullable String restoredElsewhere(RestoreObjectRequest request) {
    return request.restoreRequest() != null && request.restoreRequest().outputLocation() != null
        ? "its outputLocation writes to a bucket whose owner nobody expects, with an ACL of its own"
        : null;
  }

  private static @Nullable String openPolicy(@Nullable String written, String physicalName) {
    PolicyDocument policy;
    try {
      policy = PolicyDocument.parse(written == null ? "" : written);
    } catch (MalformedPolicyException unreadable) {
      return "its policy cannot be read: " + unreadable.getMessage();
    }
    Optional<String> unreadable = PublicAccessJudge.whyUnreadable(policy);
    if (unreadable.isPresent()) {
      return "its policy cannot be read: " + unreadable.get();
    }
    int number = 0;
    for (PolicyStatement statement : policy.statements()) {
      number++;
      Optional<String> why = PublicAccessJudge.whyPublic(statement);
      if (why.isPresent()) {
        return named(number, statement) + ' ' + why.get();
      }
      if (PublicAccessJudge.opensCloudFront(statement)
          && !isPromotion(policy, statement, physicalName)) {
        return named(number, statement)
            + " lets CloudFront read, or a canonical user who may be CloudFront. CloudFront publishes what"
            + " it reads, and this is not the statement of a promotion";
      }
    }
    return null;
  }

  private static String named(int number, PolicyStatement statement) {
    return "statement "
        + number
        + statement.sid().map(sid -> " (" + quote(sid) + ')').orElse("")
        + " of its policy";
  }

  /** In a policy of the older version, the escapes in a promotion's resource mean other keys. */
  private static boolean isPromotion(
      PolicyDocument policy, PolicyStatement statement, String physicalName) {
    return PromotionStatement.read(statement, physicalName).isPresent()
        && (policy.version().equals(PolicyDocument.CURRENT_VERSION)
            || !statement.toJson().contains("${"));
  }
}
