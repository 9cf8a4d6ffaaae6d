package io.github.ownproof.s3.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/**
 * How a private bucket is to be: {@code createPrivateBucket} makes it so, or puts it right. Without
 * any option it is what {@code createPrivateBucket(name)} makes: all four Block Public Access
 * flags, ACLs off ({@code BucketOwnerEnforced}), no website, a policy that denies whatever comes
 * without TLS or from another account, default encryption, and versioning. Options add to that;
 * none takes privacy away. Immutable and thread-safe: each option gives a new plan. Compared by
 * value.
 *
 * <pre>{@code
 * PrivateBucketPlan.of("my-app-assets")
 *     .region("eu-central-1")
 *     .kmsKey("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
 *     .tag("team", "media");
 * }</pre>
 *
 * <p>Names of resources are checked here for their form; that the key is there and may be used, S3
 * tells when the first object is written.
 */
public final class PrivateBucketPlan {

  /** S3's limit for a bucket. */
  private static final int MOST_TAGS = 50;

  private static final int LONGEST_TAG_KEY = 128;
  private static final int LONGEST_TAG_VALUE = 256;
  private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{N}\\p{Zs}+\\-=._:/@]*");

  private static final Pattern KMS_KEY =
      Pattern.compile(
          "arn:aws[a-z-]*:kms:([a-z0-9-]+):[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)");

  private static final int SHORTEST_RETENTION = 1;

  /** A hundred years, S3's limit. */
  private static final int LONGEST_RETENTION = 36_500;

  /** Any will do to check the form of a region. */
  private static final AccountId SOME_ACCOUNT = AccountId.of("000000000000");

  private final String bucket;
  private final @Nullable String region;
  private final @Nullable String kmsKey;
  private final Map<String, String> tags;
  private final boolean versioned;
  private final boolean objectLock;
  private final @Nullable Retention retention;

  /**
   * How long new objects cannot be deleted or overwritten.
   *
   * @param mode whether anybody can end it early: {@code GOVERNANCE} yes, with a permission of its
   *     own; {@code COMPLIANCE} no, not even the account's root user
   * @param days how long, from when an object is written; 1 to 36500
   */
  public record Retention(ObjectLockRetentionMode mode, int days) {

    /**
     * Checks both.
     *
     * @throws InvalidPlanException if they cannot be a retention
     */
    public Retention {
      if (mode != ObjectLockRetentionMode.GOVERNANCE
          && mode != ObjectLockRetentionMode.COMPLIANCE) {
        throw new InvalidPlanException(
            "The retention mode is " + mode + ". Give GOVERNANCE or COMPLIANCE.");
      }
      if (days < SHORTEST_RETENTION || days > LONGEST_RETENTION) {
        throw new InvalidPlanException(
            "A retention of " + days + " days cannot be. Give 1 to " + LONGEST_RETENTION + ".");
      }
    }
  }

  private PrivateBucketPlan(Draft draft) {
    this.bucket = draft.bucket;
    this.region = draft.region;
    this.kmsKey = draft.kmsKey;
    this.tags = Collections.unmodifiableMap(draft.tags);
    this.versioned = draft.versioned;
    this.objectLock = draft.objectLock;
    this.retention = draft.retention;
    if (objectLock && !versioned) {
      throw new InvalidPlanException(
          "The plan for "
              + quote(bucket)
              + " has Object Lock, which locks versions, but no versioning. Leave one of"
              + " objectLock(...) and withoutVersioning() out.");
    }
    if (tags.size() > MOST_TAGS) {
      throw new InvalidPlanException(
          "The plan for "
              + quote(bucket)
              + " has "
              + tags.size()
              + " tags. S3 keeps at most "
              + MOST_TAGS
              + " with a bucket.");
    }
  }

  /** A plan for the bucket of this private name or private id. */
  public static PrivateBucketPlan of(String bucket) {
    return new PrivateBucketPlan(new Draft(Objects.requireNonNull(bucket, "bucket")));
  }

  /**
   * In this region instead of the program's own. Calls reach the bucket by its private id then,
   * {@link io.github.ownproof.s3.PrivateBucket#arn()}: the private name alone is of the program's
   * region.
   *
   * @param code e.g. {@code eu-central-1}; of the program's partition
   * @throws io.github.ownproof.core.InvalidContextException if it is not a region
   */
  public PrivateBucketPlan region(String code) {
    Draft draft = new Draft(this);
    draft.region = ExecutionContext.of(SOME_ACCOUNT, code).region();
    return new PrivateBucketPlan(draft);
  }

  /**
   * Encrypted by default with this KMS key, with an S3 bucket key. Without this option the default
   * encryption the bucket has stays, and S3's own keys are used where it has none.
   *
   * @param keyArn the whole ARN of a key or alias, in the bucket's region
   * @throws InvalidPlanException if it is not one. A key id or alias alone would name a key of
   *     whatever account writes an object
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html">Default
   *     encryption of buckets</a>
   */
  public PrivateBucketPlan kmsKey(String keyArn) {
    if (!KMS_KEY.matcher(keyArn).matches()) {
      throw new InvalidPlanException(
          quote(keyArn)
              + " is not the ARN of a KMS key. A key id or alias alone would name a key of whatever"
              + " account writes an object: give the whole ARN, such as"
              + " arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.");
    }
    Draft draft = new Draft(this);
    draft.kmsKey = keyArn;
    return new PrivateBucketPlan(draft);
  }

  /**
   * With this tag. The bucket's other tags stay; a tag of the same key is corrected.
   *
   * @param key 1 to 128 letters, digits, spaces and {@code + - = . _ : / @}; never {@code aws:...}
   * @param value up to 256 of the same
   * @throws InvalidPlanException if S3 would not take it
   */
  public PrivateBucketPlan tag(String key, String value) {
    return tags(Map.of(key, value));
  }

  /**
   * With these tags; see {@link #tag}.
   *
   * @throws InvalidPlanException if S3 would not take one of them, or not that many
   */
  public PrivateBucketPlan tags(Map<String, String> more) {
    Draft draft = new Draft(this);
    more.forEach(
        (key, value) -> {
          checkTag(key, value);
          draft.tags.put(key, value);
        });
    return new PrivateBucketPlan(draft);
  }

  /**
   * Versioning is not asked for: a new bucket has none, so that what is overwritten or deleted is
   * gone at once. A bucket that has it keeps it.
   *
   * @throws InvalidPlanException if the plan has Object Lock
   */
  public PrivateBucketPlan withoutVersioning() {
    Draft draft = new Draft(this);
    draft.versioned = false;
    return new PrivateBucketPlan(draft);
  }

  /**
   * With Object Lock, which cannot be taken away again. Whatever default retention the bucket has
   * stays; a new one has none.
   *
   * @throws InvalidPlanException if the plan is without versioning
   */
  public PrivateBucketPlan objectLock() {
    Draft draft = new Draft(this);
    draft.objectLock = true;
    return new PrivateBucketPlan(draft);
  }

  /**
   * With Object Lock, which cannot be taken away again, and this default retention for objects
   * written from now on.
   *
   * @throws InvalidPlanException if the plan is without versioning, or S3 takes no such retention
   */
  public PrivateBucketPlan objectLock(ObjectLockRetentionMode mode, int days) {
    Draft draft = new Draft(this);
    draft.objectLock = true;
    draft.retention = new Retention(mode, days);
    return new PrivateBucketPlan(draft);
  }

  /** The bucket, as written in calls. */
  public String bucket() {
    return bucket;
  }

  /** The region; empty for the one the bucket's name resolves in. */
  public Optional<String> region() {
    return Optional.ofNullable(region);
  }

  /** The KMS key's ARN; empty for whatever default encryption there is. */
  public Optional<String> kmsKey() {
    return Optional.ofNullable(kmsKey);
  }

  /** The tags the bucket has to have, by key; unmodifiable. */
  public Map<String, String> tags() {
    return tags;
  }

  /** Whether the bucket has to have versioning. */
  public boolean isVersioned() {
    return versioned;
  }

  /** Whether the bucket has to have Object Lock. */
  public boolean isObjectLocked() {
    return objectLock;
  }

  /** The default retention; empty for whatever there is. */
  public Optional<Retention> retention() {
    return Optional.ofNullable(retention);
  }

  private static void checkTag(String key, String value) {
    if (key.isEmpty() || key.length() > LONGEST_TAG_KEY || !TAG_TEXT.matcher(key).matches()) {
      throw new InvalidPlanException(
          "The tag key "
              + quote(key)
              + " is not 1 to "
              + LONGEST_TAG_KEY
              + " letters, digits, spaces and + - = . _ : / @");
    }
    if (key.regionMatches(true, 0, "aws:", 0, 4)) {
      throw new InvalidPlanException(
          "The tag key " + quote(key) + " begins with aws: which AWS keeps for itself.");
    }
    if (value.length() > LONGEST_TAG_VALUE || !TAG_TEXT.matcher(value).matches()) {
      throw new InvalidPlanException(
          "The value "
              + quote(value)
              + " of the tag "
              + quote(key)
              + " is not up to "
              + LONGEST_TAG_VALUE
              + " letters, digits, spaces and + - = . _ : / @");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PrivateBucketPlan that
        && that.bucket.equals(bucket)
        && Objects.equals(that.region, region)
        && Objects.equals(that.kmsKey, kmsKey)
        && that.tags.equals(tags)
        && that.versioned == versioned
        && that.objectLock == objectLock
        && Objects.equals(that.retention, retention);
  }

  @Override
  public int hashCode() {
    return Objects.hash(bucket, region, kmsKey, tags, versioned, objectLock, retention);
  }

  /** Every option, for logs. */
  @Override
  public String toString() {
    return "PrivateBucketPlan["
        + quote(bucket)
        + (region == null ? "" : ", region " + region)
        + (kmsKey == null ? "" : ", kmsKey " + kmsKey)
        + (tags.isEmpty() ? "" : ", tags " + tags)
        + (versioned ? "" : ", without versioning")
        + (objectLock ? ", Object Lock" : "")
        + (retention == null ? "" : " " + retention.mode() + " " + retention.days() + " days")
        + "]";
  }

  /** What becomes the next plan. */
  private static final class Draft {

    private final String bucket;
    private final Map<String, String> tags;
    private @Nullable String region;
    private @Nullable String kmsKey;
    private boolean versioned = true;
    private boolean objectLock;
    private @Nullable Retention retention;

    Draft(String bucket) {
      this.bucket = bucket;
      this.tags = new TreeMap<>();
    }

    Draft(PrivateBucketPlan plan) {
      this.bucket = plan.bucket;
      this.tags = new TreeMap<>(plan.tags);
      this.region = plan.region;
      this.kmsKey = plan.kmsKey;
      this.versioned = plan.versioned;
      this.objectLock = plan.objectLock;
      this.retention = plan.retention;
    }
  }
}
