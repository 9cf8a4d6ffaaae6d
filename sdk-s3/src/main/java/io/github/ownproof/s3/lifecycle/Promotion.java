package io.github.ownproof.s3.lifecycle;

/**
 * The one way out of privacy: what is published, to whom, and how. A promotion is a plain value; it
 * does something only when a client is told to promote it, and {@code demoteBucket} with an equal
 * value undoes exactly that.
 *
 * <p>There is none for a whole bucket: what is put there later, by whoever, would be public as
 * well. What is to be published is kept under a prefix of its own.
 *
 * <p>Immutable, thread-safe, compared by value. Upper and lower case name the same bucket, so
 * {@link #bucket()} is kept in lower case.
 */
public sealed interface Promotion {

  /** The private bucket that is promoted, as written in calls, in lower case. */
  String bucket();

  /** What is published of it: the keys that begin with this. Never empty; ends with {@code /}. */
  String keyPrefix();

  /**
   * Lets one CloudFront distribution read the keys under a prefix, through its origin access
   * control. The bucket stays private: nobody else can read it, and nothing of it is copied.
   *
   * <p>Promoting adds one statement to the bucket's policy, of an id that begins with {@code
   * OwnproofPromotion}, and demoting removes the statement of that id. Every other statement stays
   * as it is; one that happens to allow the same is not touched, and goes on allowing it. S3 has no
   * conditional write for policies. The statement is looked for after it was written, and written
   * once more if another writer lost it; but what another writer put there between our reading and
   * our writing, moments later, is lost, unless that writer looks as well. Policies of one bucket
   * are best changed from one place at a time. A policy that opens the bucket in other ways is not
   * written again: promoting throws {@link PublicAccessRefusedException} then. Demoting works with
   * any policy.
   *
   * <p>An object that is encrypted with a KMS key is readable once that key's own policy lets the
   * distribution use it; no promotion changes a key's policy.
   *
   * @param bucket the private bucket, as written in calls
   * @param distributionArn e.g. {@code
   *     arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE}
   * @param keyPrefix which keys, e.g. {@code photos/}; ends with {@code /}
   * @throws PromotionException if one of them cannot be what it should be
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html">Restrict
   *     access to an Amazon S3 origin</a>
   */
  static CloudFront cloudFront(String bucket, String distributionArn, String keyPrefix) {
    return new CloudFront(bucket, distributionArn, keyPrefix);
  }

  /**
   * Copies the keys under a prefix to a bucket of its own that everybody may read. The private
   * bucket does not change.
   *
   * <p>Promoting makes the public bucket in the private one's region, closed; copies, inside S3;
   * and opens it last, for reading objects under the prefix by TLS. It never lists. Keys, content
   * type and user metadata stay the same; object tags stay behind, because they may be private, and
   * the copies are encrypted with keys of S3's own (SSE-S3), because the public has no access to a
   * KMS key. Promoting again brings the copies up to date; what is changed or removed in the
   * private bucket later is not before that.
   *
   * <p>Demoting closes the public bucket first, then deletes all that is in it. The bucket itself
   * is kept, private and empty: deleting it would let anybody take a name that links point to.
   *
   * <p>What a public bucket is for is written on it, as its tags {@code ownproof:promotion-of},
   * {@code ownproof:key-prefix} and {@code ownproof:promotion-state}. A bucket that does not say so
   * is never written to, unless it is empty and has no policy and no such tags.
   *
   * @param bucket the private bucket, as written in calls
   * @param publicBucket the physical name of the public bucket, e.g. {@code
   *     public-acme-press-photos}: begins with {@code public-}
   * @param keyPrefix which keys, e.g. {@code photos/}; ends with {@code /}. Keys keep their names
   * @throws PromotionException if one of them cannot be what it should be
   */
  static PublicBucket publicBucket(String bucket, String publicBucket, String keyPrefix) {
    return new PublicBucket(bucket, publicBucket, keyPrefix);
  }

  /**
   * See {@link Promotion#cloudFront}.
   *
   * @param bucket the private bucket, as written in calls, in lower case
   * @param distributionArn the ARN of the distribution that may read
   * @param keyPrefix which keys; at most 1,024 bytes
   */
  record CloudFront(String bucket, String distributionArn, String keyPrefix) implements Promotion {

    /**
     * Checks what it is given.
     *
     * @throws PromotionException if something cannot be what it should be
     */
    public CloudFront {
      bucket = PromotionRules.bucket(bucket);
      PromotionRules.checkDistribution(distributionArn);
      PromotionRules.checkKeyPrefix(keyPrefix, PromotionRules.LONGEST_KEY);
    }
  }

  /**
   * See {@link Promotion#publicBucket}.
   *
   * @param bucket the private bucket, as written in calls, in lower case
   * @param publicBucket the physical name of the public bucket
   * @param keyPrefix which keys; at most 180 bytes, so that it fits into a tag
   */
  record PublicBucket(String bucket, String publicBucket, String keyPrefix) implements Promotion {

    /**
     * Checks what it is given.
     *
     * @throws PromotionException if something cannot be what it should be
     */
    public PublicBucket {
      bucket = PromotionRules.bucket(bucket);
      PromotionRules.checkPublicBucket(publicBucket);
      PromotionRules.checkKeyPrefix(keyPrefix, PromotionRules.LONGEST_IN_TAG);
    }
  }
}
