package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.s3.BucketDiagnosis.State;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Tells a bucket of somebody else from a missing permission without ever leaving the owner out.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</a>
 */
final class Diagnosis {

  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** S3 refuses to list the buckets of accounts that may have very many without it. */
  private static final int BUCKETS_A_PAGE = 1_000;

  private Diagnosis() {}

  /** Whether the bucket is among those of the account that signs. */
  private enum Listing {
    LISTED("it is listed among this caller's account's buckets"),
    NOT_LISTED("it is not listed among this caller's account's buckets"),
    DENIED("ListBuckets was denied (s3:ListAllMyBuckets)");

    final String words;

    Listing(String words) {
      this.words = words;
    }
  }

  /** What HeadBucket answered: a status, and the region the bucket is in where S3 says it. */
  private record Head(int status, Optional<String> region) {}

  static BucketDiagnosis of(S3PrivateClient s3, PrivateBucket bucket) {
    Head head;
    try {
      head =
          new Head(
              OK,
              Optional.ofNullable(s3.headBucket(r -> r.bucket(written(bucket))).bucketRegion()));
    } catch (S3Exception e) {
      head = head(e);
    }
    Listing listing;
    try {
      listing =
          listing(
              s3.listBucketsPaginator(listed(bucket)).buckets().stream()
                  .map(Bucket::name)
                  .anyMatch(bucket.physicalName()::equals));
    } catch (S3Exception e) {
      listing = denied(e);
    }
    return conclude(bucket, s3.buckets().context().account(), head, listing);
  }

  static CompletableFuture<BucketDiagnosis> of(S3PrivateAsyncClient s3, PrivateBucket bucket) {
    CompletableFuture<Head> head =
        s3.headBucket(r -> r.bucket(written(bucket)))
            .thenApply(answer -> new Head(OK, Optional.ofNullable(answer.bucketRegion())))
            .exceptionally(failure -> head(answer(failure)));
    boolean[] found = new boolean[1];
    CompletableFuture<Listing> listing =
        s3.listBucketsPaginator(listed(bucket))
            .buckets()
            .subscribe(one -> found[0] |= bucket.physicalName().equals(one.name()))
            .thenApply(unused -> listing(found[0]))
            .exceptionally(failure -> denied(answer(failure)));
    return head.thenCombine(
        listing, (h, l) -> conclude(bucket, s3.buckets().context().account(), h, l));
  }

  private static BucketDiagnosis conclude(
      PrivateBucket bucket, AccountId caller, Head head, Listing listing) {
    State state =
        switch (head.status()) {
          case OK -> State.OWNED;
          case NOT_FOUND -> State.ABSENT;
          case FORBIDDEN ->
              bucket.owner().equals(caller) ? denied(listing) : deniedByPartner(listing);
          default ->
              isElsewhere(bucket, head)
                      && bucket.owner().equals(caller)
                      && listing == Listing.NOT_LISTED
                  ? State.FOREIGN
                  : State.UNKNOWN;
        };
    String evidence =
        "HeadBucket with owner "
            + bucket.owner()
            + " answered "
            + head.status()
            + head.region().map(region -> " from " + region).orElse("")
            + "; "
            + listing.words;
    return new BucketDiagnosis(bucket, state, evidence);
  }

  /** S3 names the region of a bucket that is there, whoever asks. */
  private static boolean isElsewhere(PrivateBucket bucket, Head head) {
    return head.region().filter(region -> !region.equals(bucket.region())).isPresent();
  }

  private static State denied(Listing listing) {
    return switch (listing) {
      case LISTED -> State.OWNED_NO_ACCESS;
      case NOT_LISTED -> State.FOREIGN;
      case DENIED -> State.UNKNOWN;
    };
  }

  /** A partner's bucket is never listed here; one that is belongs to us, and not to the partner. */
  private static State deniedByPartner(Listing listing) {
    return listing == Listing.LISTED ? State.FOREIGN : State.UNKNOWN;
  }

  /** Its private id names it from any region. */
  private static String written(PrivateBucket bucket) {
    return bucket.kind() == S3Resource.BUCKET ? bucket.arn() : bucket.name();
  }

  private static ListBucketsRequest listed(PrivateBucket bucket) {
    return ListBucketsRequest.builder()
        .prefix(bucket.physicalName())
        .maxBuckets(BUCKETS_A_PAGE)
        .build();
  }

  private static Listing listing(boolean found) {
    return found ? Listing.LISTED : Listing.NOT_LISTED;
  }

  /** Other refusals, such as of an unknown key, say nothing about the bucket. */
  private static Listing denied(S3Exception answer) {
    if (answer.statusCode() == FORBIDDEN
        && answer.awsErrorDetails() != null
        && "AccessDenied".equals(answer.awsErrorDetails().errorCode())) {
      return Listing.DENIED;
    }
    throw answer;
  }

  private static Head head(S3Exception answer) {
    if (answer.statusCode() >= 500) {
      throw answer;
    }
    return new Head(answer.statusCode(), region(answer));
  }

  private static Optional<String> region(AwsServiceException answer) {
    return answer.awsErrorDetails() == null
        ? Optional.empty()
        : answer.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
  }

  private static S3Exception answer(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof S3Exception answer) {
      return answer;
    }
    throw failure instanceof RuntimeException e ? e : new CompletionException(failure);
  }
}
