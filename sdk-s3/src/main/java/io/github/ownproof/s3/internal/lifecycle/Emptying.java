package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.s3.BucketOwnershipException;
import io.github.ownproof.s3.lifecycle.EmptyingIncompleteException;
import io.github.ownproof.s3.lifecycle.EmptyingReport;
import io.github.ownproof.s3.lifecycle.Progress;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One emptying of one bucket: page after page of versions, then unfinished uploads. What S3 refuses
 * to remove does not keep it from trying the rest. Used by one thread.
 */
final class Emptying {

  /** Errors of single keys that may pass. */
  private static final Set<String> PASSING =
      Set.of("InternalError", "SlowDown", "ServiceUnavailable", "OperationAborted");

  private static final int MOST_TRIES = 4;
  private static final int MOST_TOLD = 10;

  private final OwnBucket bucket;
  private final ProgressListener listener;
  private final List<String> told = new ArrayList<>();
  private long found;
  private long removed;
  private long aborted;
  private long left;

  Emptying(OwnBucket bucket, ProgressListener listener) {
    this.bucket = bucket;
    this.listener = listener;
  }

  EmptyingReport run() {
    removeVersions();
    abortUploads();
    EmptyingReport report = new EmptyingReport(removed, aborted);
    if (left > 0) {
      throw new EmptyingIncompleteException(
          "S3 refused to remove "
              + left
              + " of what is in "
              + bucket.bucket()
              + "; everything else is gone. Among what is left: "
              + String.join("; ", told)
              + ". Objects under Object Lock go when their retention has ended; for the others see"
              + " to the permission. Then run emptyAndKeep again.",
          report,
          left);
    }
    return report;
  }

  private void removeVersions() {
    ListObjectVersionsResponse page = versionsAfter(null);
    while (page != null) {
      // Asked for first: a page begins after the last version of the one before, while that is
      // there.
      ListObjectVersionsResponse next =
          Boolean.TRUE.equals(page.isTruncated()) ? versionsAfter(page) : null;
      List<ObjectIdentifier> all =
          Stream.concat(
                  page.versions().stream().map(v -> identifier(v.key(), v.versionId())),
                  page.deleteMarkers().stream().map(m -> identifier(m.key(), m.versionId())))
              .toList();
      found += all.size();
      remove(all.stream().filter(one -> XmlKeys.fits(one.key())).toList());
      all.stream().filter(one -> !XmlKeys.fits(one.key())).forEach(this::removeAlone);
      page = next;
    }
  }

  /** Keys may hold characters that XML cannot, so they come encoded. */
  private ListObjectVersionsResponse versionsAfter(@Nullable ListObjectVersionsResponse page) {
    return bucket
        .s3()
        .listObjectVersions(
            r -> {
              var request = r.bucket(bucket.name()).encodingType(EncodingType.URL);
              if (page != null) {
                var unused =
                    request
                        .keyMarker(page.nextKeyMarker())
                        .versionIdMarker(page.nextVersionIdMarker());
              }
            });
  }

  private static ObjectIdentifier identifier(String key, String versionId) {
    return ObjectIdentifier.builder().key(key).versionId(versionId).build();
  }

  private void remove(List<ObjectIdentifier> page) {
    List<ObjectIdentifier> rest = page;
    for (int tries = 1; !rest.isEmpty(); tries++) {
      List<ObjectIdentifier> asked = rest;
      List<S3Error> errors =
          bucket
              .s3()
              .deleteObjects(r -> r.bucket(bucket.name()).delete(d -> d.objects(asked).quiet(true)))
              .errors();
      removed += asked.size() - errors.size();
      boolean again = tries < MOST_TRIES;
      rest = new ArrayList<>();
      for (S3Error error : errors) {
        if (again && PASSING.contains(String.valueOf(error.code()))) {
          rest.add(identifier(error.key(), error.versionId()));
        } else {
          refused(told(error.key(), error.versionId()), error.code());
        }
      }
      report();
      if (!rest.isEmpty()) {
        bucket.host().pause(OwnBucket.pause(tries));
      }
    }
  }

  private void removeAlone(ObjectIdentifier one) {
    try {
      var unused =
          bucket
              .s3()
              .deleteObject(r -> r.bucket(bucket.name()).key(one.key()).versionId(one.versionId()));
      removed++;
    } catch (BucketOwnershipException denied) {
      refused(told(one.key(), one.versionId()), "AccessDenied");
    }
    report();
  }

  private static String told(String key, String versionId) {
    return quote(key) + " version " + quote(versionId);
  }

  private void abortUploads() {
    ListMultipartUploadsResponse page = uploadsAfter(null);
    while (page != null) {
      ListMultipartUploadsResponse next =
          Boolean.TRUE.equals(page.isTruncated()) ? uploadsAfter(page) : null;
      page.uploads().forEach(this::abort);
      page = next;
    }
  }

  private ListMultipartUploadsResponse uploadsAfter(@Nullable ListMultipartUploadsResponse page) {
    return bucket
        .s3()
        .listMultipartUploads(
            r -> {
              var request = r.bucket(bucket.name()).encodingType(EncodingType.URL);
              if (page != null) {
                var unused =
                    request
                        .keyMarker(page.nextKeyMarker())
                        .uploadIdMarker(page.nextUploadIdMarker());
              }
            });
  }

  private void abort(MultipartUpload upload) {
    try {
      var unused =
          bucket
              .s3()
              .abortMultipartUpload(
                  r -> r.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId()));
      aborted++;
    } catch (S3Exception e) {
      // Completed or aborted by somebody else in the meantime.
      if (!OwnBucket.is(e, "NoSuchUpload")) {
        throw e;
      }
    }
  }

  private void refused(String what, String code) {
    left++;
    if (told.size() < MOST_TOLD) {
      told.add(what + ": " + code);
    }
  }

  private void report() {
    listener.progressed(new Progress(Progress.Phase.REMOVING, removed, found, 0, 0));
  }
}
