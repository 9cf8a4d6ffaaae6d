package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.lifecycle.PromotionException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What differs between the keys under a prefix of a private bucket and their public copies: both
 * are listed side by side, page by page, whatever their number.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2:
 *     keys come in the order of their UTF-8 bytes</a>
 */
final class Difference {

  private final BucketHost host;
  private final PrivateBucket source;
  private final PublicBucketCalls target;
  private final String keyPrefix;

  /** Is told of each key, in order. */
  interface Visitor {

    /** The copy is what the source is. */
    void same(S3Object source);

    /** There is no copy, or an older one. */
    void toCopy(S3Object source);

    /** There is a copy of what the private bucket does not have any more. */
    void toRemove(S3Object copy);
  }

  Difference(BucketHost host, PrivateBucket source, PublicBucketCalls target, String keyPrefix) {
    this.host = host;
    this.source = source;
    this.target = target;
    this.keyPrefix = keyPrefix;
  }

  /**
   * Lists both.
   *
   * @param targetExists whether there is a public bucket to be listed
   */
  void visit(boolean targetExists, Visitor visitor) {
    Listing from = new Listing(source, sourceObjects());
    Listing to =
        new Listing(target.bucket(), targetExists ? targetObjects() : Collections.emptyIterator());
    S3Object original = from.next();
    S3Object copy = to.next();
    while (original != null || copy != null) {
      int order = original == null ? 1 : copy == null ? -1 : order(original.key(), copy.key());
      if (original != null && order < 0) {
        visitor.toCopy(original);
        original = from.next();
      } else if (copy != null && order > 0) {
        visitor.toRemove(copy);
        copy = to.next();
      } else if (original != null && copy != null) {
        if (isSame(original, copy)) {
          visitor.same(original);
        } else {
          visitor.toCopy(original);
        }
        original = from.next();
        copy = to.next();
      }
    }
  }

  /**
   * An ETag alone tells only that two are the same: those of objects in parts, or encrypted with a
   * KMS key, differ from their copies'. Times are of whole seconds, so within one nothing is sure.
   */
  private static boolean isSame(S3Object original, S3Object copy) {
    return original.size().equals(copy.size())
        && (original.eTag().equals(copy.eTag())
            || copy.lastModified().isAfter(original.lastModified()));
  }

  private Iterator<S3Object> sourceObjects() {
    return host.s3()
        .listObjectsV2Paginator(
            r -> r.bucket(host.spelling(source)).prefix(keyPrefix).encodingType(EncodingType.URL))
        .contents()
        .iterator();
  }

  private Iterator<S3Object> targetObjects() {
    return host.s3()
        .listObjectsV2Paginator(
            r ->
                r.bucket(target.name())
                    .prefix(keyPrefix)
                    .encodingType(EncodingType.URL)
                    .overrideConfiguration(target::cleared))
        .contents()
        .iterator();
  }

  private static int order(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** A listing that is held to its order: out of order, copies would be missed or removed. */
  private static final class Listing {

    private final PrivateBucket bucket;
    private final Iterator<S3Object> objects;
    private @Nullable String last;

    Listing(PrivateBucket bucket, Iterator<S3Object> objects) {
      this.bucket = bucket;
      this.objects = objects;
    }

    @Nullable S3Object next() {
      if (!objects.hasNext()) {
        return null;
      }
      S3Object next = objects.next();
      if (last != null && order(last, next.key()) >= 0) {
        throw new PromotionException(
            "S3_PROMOTION_REFUSED",
            bucket
                + " is not listed in the order of its keys' bytes, as S3 does it, so that it cannot"
                + " be told what is missing. Only general purpose buckets of S3 can be published.",
            null);
      }
      last = next.key();
      return next;
    }
  }
}
