package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.internal.policy.MalformedPolicyException;
import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.internal.policy.PolicyStatement;
import io.github.ownproof.s3.internal.policy.PublicAccessJudge;
import io.github.ownproof.s3.lifecycle.BucketSettingException;
import io.github.ownproof.s3.lifecycle.PolicyConflictException;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bucket's policy denies what comes without TLS or from another account, and lets nobody in at
 * large. Every other statement stays as it is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice">aws:PrincipalIsAWSService</a>
 */
final class PolicySetting extends Setting<Optional<PolicyDocument>> {

  static final String TLS_ONLY = "OwnproofTlsOnly";
  static final String OWN_ACCOUNT_ONLY = "OwnproofOwnAccountOnly";

  private final List<PolicyStatement> ours;

  PolicySetting(OwnBucket bucket) {
    super(bucket, "Bucket policy");
    this.ours =
        List.of(
            deny(bucket, TLS_ONLY, "\"Bool\":{\"aws:SecureTransport\":\"false\"}"),
            // AWS's own services have no account here; a promotion lets one of them in by name.
            deny(
                bucket,
                OWN_ACCOUNT_ONLY,
                "\"StringNotEquals\":{\"aws:PrincipalAccount\":\""
                    + bucket.bucket().owner()
                    + "\"},\"BoolIfExists\":{\"aws:PrincipalIsAWSService\":\"false\"}"));
  }

  private static PolicyStatement deny(OwnBucket bucket, String sid, String condition) {
    String arn = bucket.policyArn();
    return PolicyStatement.parse(
        "{\"Sid\":\""
            + sid
            + "\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\""
            + arn
            + "\",\""
            + arn
            + "/*\"],\"Condition\":{"
            + condition
            + "}}");
  }

  @Override
  List<Repair> ensure() {
    return PolicyTurn.take(bucket().bucket(), super::ensure);
  }

  @Override
  Optional<PolicyDocument> read() {
    Optional<String> written =
        OwnBucket.orIfAbsent(
            Optional.empty(),
            "NoSuchBucketPolicy",
            () ->
                Optional.ofNullable(
                    bucket().s3().getBucketPolicy(r -> r.bucket(bucket().name())).policy()));
    try {
      return written.map(PolicyDocument::parse);
    } catch (MalformedPolicyException e) {
      throw new BucketSettingException(
          "S3_POLICY_UNREADABLE",
          "The policy of "
              + bucket().bucket()
              + " cannot be read: "
              + e.getMessage()
              + ". Nothing in it could be kept, so it was not touched. Correct or delete it, then"
              + " run createPrivateBucket again.",
          e);
    }
  }

  @Override
  Optional<PolicyDocument> planned(Optional<PolicyDocument> found) {
    PolicyDocument planned =
        found.orElseGet(PolicyDocument::empty).without(PublicAccessJudge::isPublic);
    for (PolicyStatement statement : ours) {
      List<PolicyStatement> there = of(planned, statement.sid());
      if (there.size() != 1 || !there.get(0).means(statement)) {
        planned = planned.with(statement);
      }
    }
    return Optional.of(planned);
  }

  /** Cleared: what others wrote, such as for a distribution of their own, stays in it. */
  @Override
  void write(Optional<PolicyDocument> planned) {
    try {
      var unused =
          bucket()
              .s3()
              .putBucketPolicy(
                  r ->
                      r.bucket(bucket().name())
                          .policy(planned.orElseThrow().toJson())
                          .overrideConfiguration(bucket().cleared("PutBucketPolicy")));
    } catch (S3Exception e) {
      throw OwnBucket.is(e, "MalformedPolicy")
          ? new BucketSettingException(
              "S3_POLICY_REFUSED",
              OwnBucket.whyMalformed(bucket().bucket(), e)
                  + ", then run createPrivateBucket again.",
              e)
          : e;
    }
  }

  @Override
  String text(Optional<PolicyDocument> value) {
    return value.map(PolicyDocument::toJson).orElse("none");
  }

  /** Statement by statement: what was taken out is told in full. */
  @Override
  List<Repair> repairs(Optional<PolicyDocument> was, Optional<PolicyDocument> now) {
    PolicyDocument before = was.orElseGet(PolicyDocument::empty);
    PolicyDocument after = now.orElseGet(PolicyDocument::empty);
    List<Repair> repairs = new ArrayList<>();
    Predicate<PolicyStatement> isPublic = PublicAccessJudge::isPublic;
    for (PolicyStatement statement : before.statements()) {
      if (isPublic.test(statement)) {
        repairs.add(new Repair(name(), statement.toJson(), "removed: it made the bucket public"));
      }
    }
    for (PolicyStatement statement : ours) {
      List<PolicyStatement> there =
          of(before, statement.sid()).stream().filter(isPublic.negate()).toList();
      if (there.size() != 1 || !there.get(0).means(statement)) {
        repairs.add(
            new Repair(
                name(), told(there, statement), told(of(after, statement.sid()), statement)));
      }
    }
    return repairs;
  }

  private static String told(List<PolicyStatement> statements, PolicyStatement meant) {
    return statements.isEmpty()
        ? "no statement " + meant.sid().orElse("")
        : String.join(", ", statements.stream().map(PolicyStatement::toJson).toList());
  }

  private static List<PolicyStatement> of(PolicyDocument policy, Optional<String> sid) {
    return policy.statements().stream().filter(one -> one.sid().equals(sid)).toList();
  }

  @Override
  RuntimeException notKept(String now) {
    return new PolicyConflictException(
        "Somebody else changed the policy of "
            + bucket().bucket()
            + " twice while it was being put right. Find out who, then run createPrivateBucket"
            + " again. It is now "
            + now);
  }
}
