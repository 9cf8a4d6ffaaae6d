package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.audit.AuditEvent.BucketChange.Change;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.internal.clearance.Clearance;
import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.internal.policy.PolicyStatement;
import io.github.ownproof.s3.internal.policy.PromotionStatement;
import io.github.ownproof.s3.internal.policy.PublicAccessJudge;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A statement in the private bucket's policy, put there and taken away. Each is looked for before
 * anything goes on record, and the policy is read again right before it is written.
 */
final class CloudFrontPromotion {

  private final BucketHost host;
  private final PrivateBucket bucket;

  CloudFrontPromotion(BucketHost host, PrivateBucket bucket) {
    this.host = host;
    this.bucket = bucket;
  }

  PromotionReport promote(Promotion.CloudFront promotion) {
    checkPartition(promotion);
    PolicyStatement ours = statementOf(promotion).on(partition(), bucket.physicalName());
    UnaryOperator<PolicyDocument> change =
        policy -> {
          checkVersion(promotion, policy, ours);
          checkPrivate(policy);
          return policy.with(ours);
        };
    PolicyEdit edit = edit();
    boolean written =
        !PolicyEdit.isMade(change, edit.read())
            && AuditedChange.record(
                host, bucket, Change.PROMOTE, bucket.arn(), () -> edit.apply(change));
    return new PromotionReport(
        promotion,
        written ? PromotionReport.Outcome.PROMOTED : PromotionReport.Outcome.UNCHANGED,
        0,
        0,
        0,
        0);
  }

  DemotionReport demote(Promotion.CloudFront promotion) {
    Optional<String> sid = Optional.of(statementOf(promotion).sid());
    UnaryOperator<PolicyDocument> change = policy -> policy.without(one -> one.sid().equals(sid));
    PolicyEdit edit = edit();
    boolean written =
        !PolicyEdit.isMade(change, edit.read())
            && AuditedChange.record(
                host, bucket, Change.DEMOTE, bucket.arn(), () -> edit.apply(change));
    return new DemotionReport(
        promotion, written ? DemotionReport.Outcome.DEMOTED : DemotionReport.Outcome.UNCHANGED, 0);
  }

  /** Cleared: what others wrote, such as for a distribution of their own, stays in it. */
  private PolicyEdit edit() {
    Clearance clearance =
        new Clearance(
            bucket.physicalName(),
            bucket.region(),
            false,
            Set.of("PutBucketPolicy", "DeleteBucketPolicy"));
    return new PolicyEdit(host, bucket, host.spelling(bucket), clearance);
  }

  /** The promotions that the policy has, in its order. */
  List<Promotion> list(String written) {
    PolicyDocument policy = new PolicyEdit(host, bucket, host.spelling(bucket), null).read();
    boolean escapes = policy.version().equals(PolicyDocument.CURRENT_VERSION);
    return policy.statements().stream()
        .filter(one -> escapes || !hasEscape(one))
        .flatMap(one -> PromotionStatement.read(one, bucket.physicalName()).stream())
        .flatMap(one -> promotion(written, one).stream())
        .toList();
  }

  private static Optional<Promotion> promotion(String written, PromotionStatement read) {
    try {
      return Optional.of(Promotion.cloudFront(written, read.distributionArn(), read.keyPrefix()));
    } catch (PromotionException notOneOfOurs) {
      return Optional.empty();
    }
  }

  private static PromotionStatement statementOf(Promotion.CloudFront promotion) {
    return new PromotionStatement(promotion.distributionArn(), promotion.keyPrefix());
  }

  private String partition() {
    return bucket.arn().split(":", 3)[1];
  }

  private void checkPartition(Promotion.CloudFront promotion) {
    String partition = promotion.distributionArn().split(":", 3)[1];
    if (!partition.equals(partition())) {
      throw refused(
          "The distribution "
              + quote(promotion.distributionArn())
              + " is in partition "
              + partition
              + ", but "
              + bucket
              + " is in "
              + partition()
              + ". No distribution reads across partitions: use one of the bucket's.");
    }
  }

  /** A policy that is public already is not written again. */
  private void checkPrivate(PolicyDocument policy) {
    for (PolicyStatement statement : policy.statements()) {
      PublicAccessJudge.whyPublic(statement)
          .ifPresent(
              why -> {
                throw refused(
                    "The policy of "
                        + bucket
                        + " has a statement"
                        + statement.sid().map(sid -> " " + quote(sid)).orElse("")
                        + " that "
                        + why
                        + ". Nothing was written: run createPrivateBucket first, which takes it out"
                        + " and tells what it was.");
              });
    }
  }

  /** In the older version an escaped character would be taken for three others. */
  private void checkVersion(
      Promotion.CloudFront promotion, PolicyDocument policy, PolicyStatement ours) {
    if (hasEscape(ours) && !policy.version().equals(PolicyDocument.CURRENT_VERSION)) {
      throw refused(
          "The policy of "
              + bucket
              + " is of version "
              + quote(policy.version())
              + ", in which the key prefix "
              + quote(promotion.keyPrefix())
              + " cannot be written, because of its '*', '?' or '$'. Raising the version would change"
              + " what other statements mean. Set \"Version\": \""
              + PolicyDocument.CURRENT_VERSION
              + "\" yourself, after checking them, or use a prefix without these characters.");
    }
  }

  private static boolean hasEscape(PolicyStatement statement) {
    return statement.toJson().contains("${");
  }

  private static PromotionException refused(String message) {
    return new PromotionException("S3_PROMOTION_REFUSED", message, null);
  }
}
