package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.s3.internal.lifecycle.BucketHost;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.S3Client;

/** What the lifecycle of buckets needs of the client it is asked of. */
record LifecycleHost(
    S3Client s3,
    PrivateBuckets buckets,
    Function<PrivateBucket, BucketDiagnosis> diagnosis,
    @Nullable AuditTrail trail)
    implements BucketHost {

  @Override
  public PrivateBucket resolve(String written) {
    return buckets.resolve(written);
  }

  @Override
  public PrivateBucket ours(String written) {
    return checkOurs(buckets.resolve(written));
  }

  @Override
  public PrivateBucket ours(String written, String region) {
    Objects.requireNonNull(written, "bucket");
    PrivateBucket meant =
        S3Resource.of(written) == S3Resource.BUCKET
            ? buckets.names().byPhysicalName(written)
            : buckets.resolve(written);
    if (meant == null) {
      return ours(buckets.context().withRegion(region).arn(written));
    }
    if (!meant.region().equals(region)) {
      throw BucketNameException.conflict(
          quote(written)
              + " names a bucket in "
              + meant.region()
              + ", but the region asked for is "
              + region
              + ". Leave the region out, or write the private name alone.");
    }
    return checkOurs(meant);
  }

  private PrivateBucket checkOurs(PrivateBucket bucket) {
    if (bucket.kind() != S3Resource.BUCKET) {
      throw BucketNameException.undeclared(
          bucket
              + " is "
              + bucket.kind().description()
              + ". Only a bucket can be created, emptied or deleted: name the bucket behind it.");
    }
    if (!isOurs(bucket)) {
      throw ForeignBucketException.bucket(
          bucket
              + " belongs to another account than this program's, which is "
              + buckets.context().account()
              + ". Only its own account creates, empties or deletes a bucket: run this there.");
    }
    return bucket;
  }

  @Override
  public String spelling(PrivateBucket bucket) {
    return buckets.names().spelling(bucket);
  }

  @Override
  public PrivateBucket publicBucket(String physicalName, PrivateBucket source) {
    return buckets.publicBucket(physicalName, source.region());
  }

  @Override
  public boolean isOurs(PrivateBucket bucket) {
    return bucket.owner().equals(buckets.context().account());
  }

  @Override
  public boolean isNameReserved(PrivateBucket bucket) {
    return OwnedRequests.isAccountRegional(bucket);
  }

  @Override
  public BucketDiagnosis diagnose(PrivateBucket bucket) {
    return diagnosis.apply(bucket);
  }

  @Override
  public Optional<AuditTrail> auditTrail() {
    return Optional.ofNullable(trail);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public void pause(Duration duration) {
    try {
      // Nothing counts it down: this is a wait that an interrupt ends.
      var unused = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while waiting to look at a bucket again.", e);
    }
  }
}
