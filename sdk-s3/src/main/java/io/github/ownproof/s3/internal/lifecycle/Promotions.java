package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Publishes parts of private buckets, takes that back, and tells what is published. */
public final class Promotions {

  /** Not an access point, whose ARN or alias may stand in the place of a bucket otherwise. */
  private static final Pattern BUCKET =
      Pattern.compile("(?!.*(-s3alias|--ol-s3|--x-s3|\\.mrap)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private final BucketHost host;
  private final CopySizes sizes;

  /** For the buckets of this client. */
  public Promotions(BucketHost host) {
    this(host, CopySizes.standard());
  }

  /** Copies objects larger than {@code single} bytes in parts of {@code part} bytes. */
  public Promotions(BucketHost host, long single, long part) {
    this(host, new CopySizes(single, part));
  }

  private Promotions(BucketHost host, CopySizes sizes) {
    this.host = host;
    this.sizes = sizes;
  }

  /** See {@code S3PrivateClient.promoteBucket}. */
  public PromotionReport promote(Promotion promotion, ProgressListener listener) {
    Objects.requireNonNull(listener, "listener");
    PrivateBucket bucket = ours(promotion.bucket());
    checkOwner(bucket);
    if (promotion instanceof Promotion.CloudFront cloudFront) {
      return new CloudFrontPromotion(host, bucket).promote(cloudFront);
    }
    return publicBucket(bucket, promotion).promote(listener, sizes);
  }

  /** See {@code S3PrivateClient.demoteBucket}. */
  public DemotionReport demote(Promotion promotion, ProgressListener listener) {
    Objects.requireNonNull(listener, "listener");
    PrivateBucket bucket = ours(promotion.bucket());
    if (promotion instanceof Promotion.CloudFront cloudFront) {
      checkOwner(bucket);
      return new CloudFrontPromotion(host, bucket).demote(cloudFront);
    }
    // The private bucket may be gone already: its public copies have to go all the same.
    return publicBucket(bucket, promotion).demote(listener);
  }

  /** See {@code S3PrivateClient.promotions}. */
  public List<Promotion> list(String written) {
    PrivateBucket bucket = ours(written);
    checkOwner(bucket);
    List<Promotion> promotions =
        new ArrayList<>(new CloudFrontPromotion(host, bucket).list(written));
    promotions.addAll(PublicBucketPromotion.list(host, bucket, written));
    return List.copyOf(promotions);
  }

  private PublicBucketPromotion publicBucket(PrivateBucket bucket, Promotion promotion) {
    return new PublicBucketPromotion(host, bucket, (Promotion.PublicBucket) promotion);
  }

  private PrivateBucket ours(String written) {
    PrivateBucket bucket = host.resolve(written);
    if (!host.isOurs(bucket)) {
      throw new PromotionException(
          "S3_PROMOTION_REFUSED",
          bucket
              + " belongs to another account than the one this program runs for. Only its owner"
              + " decides what of it is published: promote it from there.",
          null);
    }
    if (!BUCKET.matcher(bucket.physicalName()).matches()) {
      throw new PromotionException(
          "S3_PROMOTION_REFUSED",
          bucket + " is not a general purpose bucket. Promote the bucket itself.",
          null);
    }
    return bucket;
  }

  /** Whose the bucket is, S3 answers: nothing is read or written before. */
  private void checkOwner(PrivateBucket bucket) {
    var unused = host.s3().headBucket(r -> r.bucket(host.spelling(bucket)));
  }
}
