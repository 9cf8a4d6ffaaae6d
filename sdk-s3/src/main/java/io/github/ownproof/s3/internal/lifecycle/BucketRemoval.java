package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.audit.AuditEvent.BucketChange.Change;
import io.github.ownproof.s3.BucketAbsentException;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.lifecycle.BucketDeletion;
import io.github.ownproof.s3.lifecycle.EmptyingReport;
import io.github.ownproof.s3.lifecycle.NameReleaseException;
import io.github.ownproof.s3.lifecycle.ProgressListener;

/** Empties buckets, and deletes those whose names may become free. */
public final class BucketRemoval {

  private final BucketHost host;

  /** For the buckets of this client. */
  public BucketRemoval(BucketHost host) {
    this.host = host;
  }

  /** See {@code S3PrivateClient.emptyAndKeep}. */
  public EmptyingReport emptyAndKeep(String bucket, ProgressListener listener) {
    return new Emptying(new OwnBucket(host, host.ours(bucket)), listener).run();
  }

  /** See {@code S3PrivateClient.deleteBucket}. */
  public void delete(BucketDeletion deletion) {
    OwnBucket own = new OwnBucket(host, host.ours(deletion.bucket()));
    PrivateBucket bucket = own.bucket();
    checkRelease(own, deletion);
    own.verifyOwner();
    boolean unused =
        AuditedChange.record(
            host, bucket, Change.DELETE, bucket.arn(), () -> BucketRemoval.delete(own));
  }

  /**
   * Whether this very call did it: an answer that was lost is asked for again, and then too late.
   */
  private static boolean delete(OwnBucket own) {
    try {
      var unused =
          own.s3()
              .deleteBucket(
                  r -> r.bucket(own.name()).overrideConfiguration(own.cleared("DeleteBucket")));
      return true;
    } catch (BucketAbsentException gone) {
      return false;
    }
  }

  private void checkRelease(OwnBucket own, BucketDeletion deletion) {
    PrivateBucket bucket = own.bucket();
    if (deletion.releasedName().isPresent()) {
      String released = deletion.releasedName().get();
      if (!released.equals(bucket.physicalName())) {
        throw new NameReleaseException(
            bucket
                + " was not deleted: releaseName was given "
                + quote(released)
                + ", but the physical name is "
                + quote(bucket.physicalName())
                + ". Make sure that this is the bucket you mean.");
      }
    } else if (!host.isNameReserved(bucket)) {
      throw new NameReleaseException(
          bucket
              + " was not deleted: its name would become free for everybody, and whoever takes it"
              + " receives what is still sent to it. Keep the bucket and its name with"
              + " emptyAndKeep(\""
              + own.name()
              + "\"), which costs next to nothing; or agree to that with deleteBucket("
              + "BucketDeletion.of(\""
              + own.name()
              + "\").releaseName(\""
              + bucket.physicalName()
              + "\")).");
    }
  }
}
