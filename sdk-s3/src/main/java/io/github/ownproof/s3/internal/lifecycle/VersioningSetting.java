package io.github.ownproof.s3.internal.lifecycle;

import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** What is overwritten or deleted is kept. */
final class VersioningSetting extends Setting<String> {

  private static final String ENABLED = BucketVersioningStatus.ENABLED.toString();

  VersioningSetting(OwnBucket bucket) {
    super(bucket, "Versioning");
  }

  @Override
  String read() {
    String status =
        bucket().s3().getBucketVersioning(r -> r.bucket(bucket().name())).statusAsString();
    return status == null ? "never enabled" : status;
  }

  @Override
  String planned(String found) {
    return ENABLED;
  }

  @Override
  void write(String planned) {
    var unused =
        bucket()
            .s3()
            .putBucketVersioning(
                r -> r.bucket(bucket().name()).versioningConfiguration(v -> v.status(planned)));
  }

  @Override
  String text(String value) {
    return value;
  }
}
