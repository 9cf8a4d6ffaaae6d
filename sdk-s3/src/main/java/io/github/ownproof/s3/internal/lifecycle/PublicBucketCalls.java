package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.BucketAbsentException;
import io.github.ownproof.s3.BucketOwnershipException;
import io.github.ownproof.s3.BucketSquattedException;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.internal.clearance.Clearance;
import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.lifecycle.PromotionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** The calls to a promotion's public bucket: each brings the clearance that reaches it. */
final class PublicBucketCalls {

  /** Settings of buckets are eventually consistent. */
  private static final int LOOKS = 5;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int MOVED = 301;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private static final PublicAccessBlockConfiguration CLOSED = publicAccessBlock(true);

  /** ACLs open nothing, even where others turn them on; only the policy may be public. */
  private static final PublicAccessBlockConfiguration OPEN = publicAccessBlock(false);

  private final BucketHost host;
  private final PrivateBucket bucket;
  private final Clearance clearance;

  PublicBucketCalls(BucketHost host, PrivateBucket bucket) {
    this.host = host;
    this.bucket = bucket;
    this.clearance =
        new Clearance(
            bucket.physicalName(),
            bucket.region(),
            true,
            Set.of(
                "CreateBucket",
                "PutPublicAccessBlock",
                "PutBucketOwnershipControls",
                "PutBucketPolicy",
                "DeleteBucketPolicy"));
  }

  PrivateBucket bucket() {
    return bucket;
  }

  String name() {
    return bucket.physicalName();
  }

  S3Client s3() {
    return host.s3();
  }

  void cleared(AwsRequestOverrideConfiguration.Builder override) {
    var unused = clearance.applyTo(override);
  }

  /**
   * Whether it is there, and ours.
   *
   * @throws BucketSquattedException if somebody else has it
   */
  boolean exists() {
    try {
      var unused = s3().headBucket(r -> r.bucket(name()).overrideConfiguration(this::cleared));
      return true;
    } catch (BucketAbsentException absent) {
      return false;
    } catch (BucketOwnershipException denied) {
      throw denied.getCause() instanceof AwsServiceException answer
          ? whose(denied, answer)
          : denied;
    } catch (S3Exception answer) {
      throw isElsewhere(answer) ? whose(answer, answer) : answer;
    }
  }

  /** Makes it, for our own account; what S3 gives a new bucket keeps everybody else out. */
  void create() {
    try {
      OwnBucket.unlessBusy(
          host,
          () -> {
            var unused =
                s3().createBucket(
                        r ->
                            r.bucket(name())
                                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                                .overrideConfiguration(this::cleared));
          });
    } catch (S3Exception e) {
      if (!"BucketAlreadyOwnedByYou".equals(code(e))) {
        throw e;
      }
    }
    if (!settles(this::exists)) {
      throw new PromotionException(
          "S3_PROMOTION_INCOMPLETE",
          bucket + " was created, but S3 does not find it yet. Run this again.",
          null);
    }
  }

  PublicBucketTags tags() {
    try {
      return new PublicBucketTags(
          s3().getBucketTagging(r -> r.bucket(name()).overrideConfiguration(this::cleared))
              .tagSet());
    } catch (S3Exception e) {
      if (isAbsent(e, "NoSuchTagSet")) {
        return new PublicBucketTags(List.of());
      }
      throw e;
    }
  }

  void tag(PublicBucketTags tags) {
    OwnBucket.unlessBusy(
        host,
        () -> {
          var unused =
              s3().putBucketTagging(
                      r ->
                          r.bucket(name())
                              .tagging(t -> t.tagSet(tags.all()))
                              .overrideConfiguration(this::cleared));
        });
  }

  /** Whether nothing is in it: no version of any object, and no unfinished upload. */
  boolean isEmpty() {
    var versions =
        s3().listObjectVersions(
                r -> r.bucket(name()).maxKeys(1).overrideConfiguration(this::cleared));
    return versions.versions().isEmpty()
        && versions.deleteMarkers().isEmpty()
        && s3().listMultipartUploads(
                r -> r.bucket(name()).maxUploads(1).overrideConfiguration(this::cleared))
            .uploads()
            .isEmpty();
  }

  PolicyEdit policy() {
    return new PolicyEdit(host, bucket, name(), clearance);
  }

  /** ACLs mean nothing in it, and objects are encrypted with keys that readers need not have. */
  void configure() {
    disableAcls();
    encrypt();
  }

  private void disableAcls() {
    OwnershipControlsRule enforced =
        OwnershipControlsRule.builder()
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .build();
    OwnBucket.unlessBusy(
        host,
        () -> {
          var unused =
              s3().putBucketOwnershipControls(
                      r ->
                          r.bucket(name())
                              .ownershipControls(c -> c.rules(enforced))
                              .overrideConfiguration(this::cleared));
        });
  }

  private void encrypt() {
    ServerSideEncryptionRule sseS3 =
        ServerSideEncryptionRule.builder()
            .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(ServerSideEncryption.AES256))
            .build();
    OwnBucket.unlessBusy(
        host,
        () -> {
          var unused =
              s3().putBucketEncryption(
                      r ->
                          r.bucket(name())
                              .serverSideEncryptionConfiguration(c -> c.rules(sseS3))
                              .overrideConfiguration(this::cleared));
        });
  }

  /** Keeps everybody else out, whatever the policy said before. */
  void close() {
    put(CLOSED);
    PolicyDocument closed = PublicBucketPolicy.closed(bucket);
    var unused = policy().apply(now -> closed);
  }

  /** Whether Block Public Access is on, which no policy gets past. */
  boolean isClosed() {
    return CLOSED.equals(publicAccessBlock());
  }

  boolean isOpen(String keyPrefix) {
    return OPEN.equals(publicAccessBlock())
        && PublicBucketPolicy.open(bucket, keyPrefix).means(policy().read());
  }

  /**
   * Lets everybody read what is under the prefix.
   *
   * @throws PromotionException if a setting above the bucket does not allow it; it is closed then
   */
  void open(String keyPrefix) {
    try {
      if (!OPEN.equals(publicAccessBlock())) {
        // Another policy, kept from having any effect so far, must not get one now.
        PolicyDocument closed = PublicBucketPolicy.closed(bucket);
        var unused = policy().apply(now -> closed);
        put(OPEN);
      }
      openPolicy(PublicBucketPolicy.open(bucket, keyPrefix));
    } catch (RuntimeException e) {
      try {
        put(CLOSED);
      } catch (RuntimeException unclosed) {
        e.addSuppressed(unclosed);
      }
      throw e instanceof BucketOwnershipException ? blocked(e) : e;
    }
  }

  /** The block that was just lifted may still be in force for a moment. */
  private void openPolicy(PolicyDocument open) {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        var unused = policy().apply(now -> open);
        return;
      } catch (BucketOwnershipException denied) {
        if (attempt == LOOKS) {
          throw denied;
        }
      }
      host.pause(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private PromotionException blocked(RuntimeException denied) {
    return new PromotionException(
        "S3_PROMOTION_REFUSED",
        "S3 does not let "
            + bucket
            + " be opened. Usually Block Public Access is on for the whole account or organization;"
            + " otherwise the caller lacks s3:PutBucketPublicAccessBlock or s3:PutBucketPolicy on"
            + " it. The copies are made, and nobody else can read them. Whoever looks after the"
            + " account can allow it; then run this again. To take the copies back, demote it.",
        denied);
  }

  private void put(PublicAccessBlockConfiguration wanted) {
    OwnBucket.unlessBusy(
        host,
        () -> {
          var unused =
              s3().putPublicAccessBlock(
                      r ->
                          r.bucket(name())
                              .publicAccessBlockConfiguration(wanted)
                              .overrideConfiguration(this::cleared));
        });
    if (!settles(() -> wanted.equals(publicAccessBlock()))) {
      throw new PromotionException(
          "S3_PROMOTION_INCOMPLETE",
          "Block Public Access of "
              + bucket
              + " was written, but reads differently. Find out who else changes it, and run this"
              + " again.",
          null);
    }
  }

  private @Nullable PublicAccessBlockConfiguration publicAccessBlock() {
    try {
      return s3().getPublicAccessBlock(r -> r.bucket(name()).overrideConfiguration(this::cleared))
          .publicAccessBlockConfiguration();
    } catch (S3Exception e) {
      if (isAbsent(e, "NoSuchPublicAccessBlockConfiguration")) {
        return null;
      }
      throw e;
    }
  }

  boolean settles(BooleanSupplier state) {
    Duration pause = FIRST_PAUSE;
    for (int look = 1; !state.getAsBoolean(); look++) {
      if (look == LOOKS) {
        return false;
      }
      host.pause(pause);
      pause = pause.multipliedBy(2);
    }
    return true;
  }

  /** What to throw where S3 answers neither with the bucket nor with its absence. */
  private RuntimeException whose(RuntimeException failure, AwsServiceException answer) {
    Optional<Bucket> ours;
    try {
      ours =
          s3()
              .listBucketsPaginator(r -> r.prefix(name()).maxBuckets(OwnBucket.BUCKETS_A_PAGE))
              .buckets()
              .stream()
              .filter(one -> name().equals(one.name()))
              .findFirst();
    } catch (S3Exception unlisted) {
      failure.addSuppressed(unlisted);
      return failure;
    }
    if (ours.isEmpty()) {
      return new BucketSquattedException(bucket, answer);
    }
    return failure instanceof BucketOwnershipException
        ? failure
        : new PromotionException(
            "S3_PROMOTION_REFUSED",
            bucket
                + " exists in region "
                + ours.get().bucketRegion()
                + ", but the public bucket of a promotion is in the private one's, here "
                + bucket.region()
                + ". Choose another name for it.",
            failure);
  }

  private static boolean isElsewhere(S3Exception answer) {
    return answer.statusCode() == MOVED || answer.statusCode() == BAD_REQUEST;
  }

  private static boolean isAbsent(S3Exception e, String code) {
    return e.statusCode() == NOT_FOUND && code.equals(code(e));
  }

  private static @Nullable String code(S3Exception e) {
    return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
  }

  private static PublicAccessBlockConfiguration publicAccessBlock(boolean closed) {
    return PublicAccessBlockConfiguration.builder()
        .blockPublicAcls(true)
        .ignorePublicAcls(true)
        .blockPublicPolicy(closed)
        .restrictPublicBuckets(closed)
        .build();
  }
}
