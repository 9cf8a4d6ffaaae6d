package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.s3.BucketAbsentException;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.internal.clearance.Clearance;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of our account, and how S3 is asked about it. Immutable and thread-safe. */
record OwnBucket(BucketHost host, PrivateBucket bucket) {

  /** With the pauses below, S3 has some six seconds to come to one opinion. */
  private static final int MOST_LOOKS = 7;

  /**
   * Asked for, because S3 refuses to list the buckets of accounts that may have very many at once.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">
   *     ListBuckets</a>
   */
  static final int BUCKETS_A_PAGE = 1_000;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  S3Client s3() {
    return host.s3();
  }

  /** What to write as the bucket of a request. */
  String name() {
    return host.spelling(bucket);
  }

  /** The bucket's own ARN, as policies have it. */
  String policyArn() {
    return "arn:" + partition() + ":s3:::" + bucket.physicalName();
  }

  String partition() {
    return bucket.arn().split(":", 3)[1];
  }

  /** S3 answers its owner that the bucket is there, and the owner's. */
  void verifyOwner() {
    var unused = s3().headBucket(r -> r.bucket(name()));
  }

  /** Lets a request do what callers' requests may not. */
  Consumer<AwsRequestOverrideConfiguration.Builder> cleared(String operation) {
    Clearance clearance =
        new Clearance(bucket.physicalName(), bucket.region(), false, Set.of(operation));
    return override -> {
      var unused = clearance.applyTo(override);
    };
  }

  /** What S3 tells; {@code absent} where it answers with this code. */
  static <V> V orIfAbsent(V absent, String absentCode, Supplier<V> call) {
    try {
      return call.get();
    } catch (S3Exception e) {
      if (is(e, absentCode)) {
        return absent;
      }
      throw e;
    }
  }

  static boolean is(AwsServiceException answer, String code) {
    return answer.awsErrorDetails() != null && code.equals(answer.awsErrorDetails().errorCode());
  }

  /**
   * Why S3 does not take a policy any more that it gave itself: who was deleted is shown as an id,
   * which it does not accept.
   */
  static String whyMalformed(PrivateBucket bucket, S3Exception answer) {
    String message =
        answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorMessage();
    return "S3 does not take the policy of "
        + bucket
        + ", because of what it has already: "
        + quote(String.valueOf(message))
        + ". Usually a statement names a role or user that was deleted since, shown as an id such"
        + " as AROA... or AIDA...: such a policy cannot be written again by anybody. It was left as"
        + " it is. Take that name out of it";
  }

  /** Looks until it is good or long enough: not all of S3 knows at once what was written. */
  <V> V lookUntil(Predicate<V> good, Supplier<V> look) {
    V seen = look.get();
    for (int again = 1; again < MOST_LOOKS && !good.test(seen); again++) {
      host.pause(pause(again));
      seen = look.get();
    }
    return seen;
  }

  /** Tries again while S3 is busy with somebody else's change to the same bucket. */
  static void unlessBusy(BucketHost host, Runnable call) {
    unlessBusy(host, call, call);
  }

  /**
   * The same, for changes that depend on what is there: that is different once S3 is not busy.
   *
   * @param anew the call, made from what is there then
   */
  static void unlessBusy(BucketHost host, Runnable call, Runnable anew) {
    for (int again = 1; ; again++) {
      try {
        (again == 1 ? call : anew).run();
        return;
      } catch (S3Exception e) {
        if (again == MOST_LOOKS || !is(e, "OperationAborted")) {
          throw e;
        }
        host.pause(pause(again));
      }
    }
  }

  /** A bucket that is new may still be absent for some of S3. */
  <V> V onceThere(Supplier<V> call) {
    for (int again = 1; again < MOST_LOOKS; again++) {
      try {
        return call.get();
      } catch (BucketAbsentException notYet) {
        host.pause(pause(again));
      }
    }
    return call.get();
  }

  static Duration pause(int again) {
    return FIRST_PAUSE.multipliedBy(1L << (again - 1));
  }
}
