package io.github.ownproof.s3.internal.lifecycle;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.s3.lifecycle.Progress.Phase;
import io.github.ownproof.s3.lifecycle.PromotionException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Removes public copies. */
final class CopyRemoval {

  /** DeleteObjects takes no more. */
  static final int MOST = 1_000;

  private final PublicBucketCalls target;
  private final Tally tally;

  CopyRemoval(PublicBucketCalls target, Tally tally) {
    this.target = target;
    this.tally = tally;
  }

  /** Removes these copies; at most {@link #MOST}. */
  void remove(List<String> keys) {
    delete(keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList());
    tally.done(Phase.REMOVING, keys.size(), 0);
  }

  /** Removes everything: versions, delete markers and unfinished uploads. */
  void removeAll() {
    while (removeVersions()) {
      // Listed from the beginning again, until nothing is left.
    }
    while (removeUploads()) {
      // The same; one that S3 still lists after its end does not count.
    }
  }

  private boolean removeVersions() {
    ListObjectVersionsResponse page =
        target
            .s3()
            .listObjectVersions(
                r ->
                    r.bucket(target.name())
                        .maxKeys(MOST)
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(target::cleared));
    List<ObjectIdentifier> found = new ArrayList<>();
    page.versions().forEach(one -> found.add(identifier(one.key(), one.versionId())));
    page.deleteMarkers().forEach(one -> found.add(identifier(one.key(), one.versionId())));
    if (found.isEmpty()) {
      return false;
    }
    tally.expect(Phase.REMOVING, page.versions().size(), 0);
    delete(found);
    tally.done(Phase.REMOVING, page.versions().size(), 0);
    return true;
  }

  private boolean removeUploads() {
    var page =
        target
            .s3()
            .listMultipartUploads(
                r ->
                    r.bucket(target.name())
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(target::cleared));
    boolean any = false;
    for (MultipartUpload one : page.uploads()) {
      any |= abort(one);
    }
    return any;
  }

  /** Whether it was there; a promotion that is just ending may have aborted it itself. */
  private boolean abort(MultipartUpload upload) {
    try {
      var unused =
          target
              .s3()
              .abortMultipartUpload(
                  r ->
                      r.bucket(target.name())
                          .key(upload.key())
                          .uploadId(upload.uploadId())
                          .overrideConfiguration(target::cleared));
      return true;
    } catch (S3Exception e) {
      if (OwnBucket.is(e, "NoSuchUpload")) {
        return false;
      }
      throw e;
    }
  }

  private void delete(List<ObjectIdentifier> objects) {
    List<ObjectIdentifier> together =
        objects.stream().filter(one -> XmlKeys.fits(one.key())).toList();
    if (!together.isEmpty()) {
      List<S3Error> errors =
          target
              .s3()
              .deleteObjects(
                  r ->
                      r.bucket(target.name())
                          .delete(d -> d.objects(together).quiet(true))
                          .overrideConfiguration(target::cleared))
              .errors();
      if (!errors.isEmpty()) {
        throw failed(errors);
      }
    }
    for (ObjectIdentifier one : objects) {
      if (!XmlKeys.fits(one.key())) {
        var unused =
            target
                .s3()
                .deleteObject(
                    r ->
                        r.bucket(target.name())
                            .key(one.key())
                            .versionId(one.versionId())
                            .overrideConfiguration(target::cleared));
      }
    }
  }

  private PromotionException failed(List<S3Error> errors) {
    S3Error first = errors.get(0);
    return new PromotionException(
        "S3_PROMOTION_INCOMPLETE",
        errors.size()
            + " copies in "
            + target.bucket()
            + " could not be removed, the first of them "
            + quote(first.key())
            + ": "
            + quote(first.code())
            + ". Run this again when that is put right.",
        null);
  }

  private static ObjectIdentifier identifier(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }
}
