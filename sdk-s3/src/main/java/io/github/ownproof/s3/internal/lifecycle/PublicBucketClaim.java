package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.lifecycle.PromotionException;
import java.util.Optional;

/**
 * One promotion's claim to a public bucket, in the bucket's tags. S3 has no conditional write for
 * tags: of two that write at once the later has the bucket, and each looks whether it is that one
 * before it goes on.
 */
final class PublicBucketClaim {

  private final PublicBucketCalls target;
  private final PrivateBucket source;
  private final String keyPrefix;

  PublicBucketClaim(PublicBucketCalls target, PrivateBucket source, String keyPrefix) {
    this.target = target;
    this.source = source;
    this.keyPrefix = keyPrefix;
  }

  /** Whether the tags are this promotion's. */
  boolean has(PublicBucketTags tags) {
    return tags.isOf(source.physicalName(), keyPrefix);
  }

  /**
   * Takes the bucket to copy to it.
   *
   * @throws PromotionException if another promotion has it
   */
  void begin() {
    write(PublicBucketTags.COPYING);
    Optional<PromotionException> lost = lost();
    if (lost.isPresent()) {
      throw lost.get();
    }
  }

  /** What happened if the bucket is not this promotion's to publish any more. */
  Optional<PromotionException> lost() {
    PublicBucketTags[] last = new PublicBucketTags[1];
    boolean ours =
        target.settles(
            () -> {
              last[0] = target.tags();
              return has(last[0]) && !is(last[0], PublicBucketTags.DEMOTING);
            });
    return ours ? Optional.empty() : Optional.of(isAnothers(last[0]) ? taken(last[0]) : demoted());
  }

  /** Says that it is open. */
  void publish() {
    PublicBucketTags now = target.tags();
    if (has(now) && is(now, PublicBucketTags.COPYING)) {
      target.tag(now.with(source.physicalName(), keyPrefix, PublicBucketTags.PUBLISHED));
    }
  }

  /**
   * Says that it is being emptied.
   *
   * @throws PromotionException if another promotion has it
   */
  void takeBack() {
    write(PublicBucketTags.DEMOTING);
  }

  /**
   * Gives it up, empty.
   *
   * @throws PromotionException if it was promoted again while it was emptied
   */
  void release() {
    PublicBucketTags[] last = new PublicBucketTags[1];
    boolean emptied =
        target.settles(
            () -> {
              last[0] = target.tags();
              return last[0].isHeld() || (has(last[0]) && is(last[0], PublicBucketTags.DEMOTING));
            });
    if (!emptied) {
      throw new PromotionException(
          "S3_PROMOTION_INCOMPLETE",
          target.bucket()
              + " was promoted again while it was being demoted. Demote it again when nobody"
              + " promotes it.",
          null);
    }
    if (!last[0].isHeld()) {
      target.tag(last[0].held());
    }
  }

  boolean isAnothers(PublicBucketTags tags) {
    return !tags.isBlank() && !tags.isHeld() && !has(tags);
  }

  PromotionException taken(PublicBucketTags tags) {
    return new PromotionException(
        "S3_PROMOTION_REFUSED",
        target.bucket()
            + " is the public bucket of another promotion: of bucket "
            + quote(tags.source().orElse("?"))
            + ", key prefix "
            + quote(tags.keyPrefix().orElse("?"))
            + ". A public bucket has one promotion: demote that one first, or choose another"
            + " name.",
        null);
  }

  private void write(String state) {
    PublicBucketTags now = target.tags();
    if (isAnothers(now)) {
      throw taken(now);
    }
    target.tag(now.with(source.physicalName(), keyPrefix, state));
  }

  private PromotionException demoted() {
    return new PromotionException(
        "S3_PROMOTION_INCOMPLETE",
        target.bucket()
            + " was demoted while it was being promoted, and is closed. Run this again if it is to"
            + " be public.",
        null);
  }

  private static boolean is(PublicBucketTags tags, String state) {
    return tags.state().equals(Optional.of(state));
  }
}
