package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.internal.clearance.Clearance;
import io.github.ownproof.s3.internal.policy.MalformedPolicyException;
import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.lifecycle.PolicyConflictException;
import io.github.ownproof.s3.lifecycle.PromotionException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads a bucket's policy, changes some of it, writes it, and looks whether the change is there. S3
 * has no conditional write for policies, so this is all that can be done: what another writer does
 * between our reading and our writing is lost, and who writes after us from an older reading loses
 * what is ours, which is then written once more.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html">Bucket
 *     policies are limited to 20 KB</a>
 */
final class PolicyEdit {

  private static final int LARGEST = 20 * 1024;
  private static final int NOT_FOUND = 404;

  /** Settings of buckets are eventually consistent: an old one may be read for a moment. */
  private static final int LOOKS = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final BucketHost host;
  private final PrivateBucket bucket;
  private final String written;
  private final @Nullable Clearance clearance;

  /**
   * @param written how calls name the bucket
   * @param clearance what its calls may do beyond what callers may, if they need that
   */
  PolicyEdit(BucketHost host, PrivateBucket bucket, String written, @Nullable Clearance clearance) {
    this.host = host;
    this.bucket = bucket;
    this.written = written;
    this.clearance = clearance;
  }

  /** The policy of now; an empty one if there is none. */
  PolicyDocument read() {
    String json;
    try {
      json =
          host.s3()
              .getBucketPolicy(r -> r.bucket(written).overrideConfiguration(this::cleared))
              .policy();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND && "NoSuchBucketPolicy".equals(code(e))) {
        return PolicyDocument.empty();
      }
      throw e;
    }
    try {
      return PolicyDocument.parse(json);
    } catch (MalformedPolicyException e) {
      throw new PromotionException(
          "S3_PROMOTION_REFUSED",
          "The policy of "
              + bucket
              + " cannot be read: "
              + e.getMessage()
              + ". It was left as it is. Correct it first.",
          e);
    }
  }

  /**
   * Makes a change, unless it is there already.
   *
   * @param change gives the policy with the change; of a policy that has it, the same
   * @return whether anything was written
   * @throws PolicyConflictException if somebody else wrote over it twice
   * @throws PromotionException if the policy would be too large; nothing was written then
   */
  boolean apply(UnaryOperator<PolicyDocument> change) {
    return PolicyTurn.take(bucket, () -> applyNow(change));
  }

  private boolean applyNow(UnaryOperator<PolicyDocument> change) {
    PolicyDocument before = read();
    if (isMade(change, before)) {
      return false;
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      PolicyDocument changed = change.apply(before);
      OwnBucket.unlessBusy(host, () -> write(changed), () -> write(change.apply(read())));
      PolicyDocument after = look(change);
      if (isMade(change, after)) {
        return true;
      }
      before = after;
    }
    throw new PolicyConflictException(
        "The policy of "
            + bucket
            + " was written twice and both times somebody else wrote over it, so that the change is"
            + " not in place. Find out who else writes this policy, and run this again.");
  }

  static boolean isMade(UnaryOperator<PolicyDocument> change, PolicyDocument policy) {
    return change.apply(policy).means(policy);
  }

  private PolicyDocument look(UnaryOperator<PolicyDocument> change) {
    Duration pause = FIRST_PAUSE;
    PolicyDocument seen = read();
    for (int look = 1; look < LOOKS && !isMade(change, seen); look++) {
      host.pause(pause);
      pause = pause.multipliedBy(2);
      seen = read();
    }
    return seen;
  }

  private void write(PolicyDocument policy) {
    if (policy.isEmpty()) {
      var unused =
          host.s3().deleteBucketPolicy(r -> r.bucket(written).overrideConfiguration(this::cleared));
      return;
    }
    String json = policy.toJson();
    int size = json.getBytes(StandardCharsets.UTF_8).length;
    if (size > LARGEST) {
      throw new PromotionException(
          "S3_PROMOTION_REFUSED",
          "The policy of "
              + bucket
              + " would have "
              + size
              + " bytes; S3 takes "
              + LARGEST
              + ". It was left as it is. Take out statements that are not needed any more, or"
              + " promote fewer, shorter prefixes.",
          null);
    }
    try {
      var unused =
          host.s3()
              .putBucketPolicy(
                  r -> r.bucket(written).policy(json).overrideConfiguration(this::cleared));
    } catch (S3Exception e) {
      throw OwnBucket.is(e, "MalformedPolicy")
          ? new PromotionException(
              "S3_PROMOTION_REFUSED",
              OwnBucket.whyMalformed(bucket, e) + ", then run this again.",
              e)
          : e;
    }
  }

  private void cleared(AwsRequestOverrideConfiguration.Builder override) {
    if (clearance != null) {
      var unused = clearance.applyTo(override);
    }
  }

  private static @Nullable String code(S3Exception e) {
    return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
  }
}
