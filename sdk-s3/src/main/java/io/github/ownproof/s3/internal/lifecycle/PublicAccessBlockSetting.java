package io.github.ownproof.s3.internal.lifecycle;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** All four flags of Block Public Access. */
final class PublicAccessBlockSetting extends Setting<Optional<PublicAccessBlockConfiguration>> {

  private static final Optional<PublicAccessBlockConfiguration> ALL =
      Optional.of(
          PublicAccessBlockConfiguration.builder()
              .blockPublicAcls(true)
              .ignorePublicAcls(true)
              .blockPublicPolicy(true)
              .restrictPublicBuckets(true)
              .build());

  PublicAccessBlockSetting(OwnBucket bucket) {
    super(bucket, "Block Public Access");
  }

  @Override
  Optional<PublicAccessBlockConfiguration> read() {
    return OwnBucket.orIfAbsent(
        Optional.empty(),
        "NoSuchPublicAccessBlockConfiguration",
        () ->
            Optional.ofNullable(
                bucket()
                    .s3()
                    .getPublicAccessBlock(r -> r.bucket(bucket().name()))
                    .publicAccessBlockConfiguration()));
  }

  @Override
  Optional<PublicAccessBlockConfiguration> planned(Optional<PublicAccessBlockConfiguration> found) {
    return ALL;
  }

  @Override
  void write(Optional<PublicAccessBlockConfiguration> planned) {
    var unused =
        bucket()
            .s3()
            .putPublicAccessBlock(
                r ->
                    r.bucket(bucket().name())
                        .publicAccessBlockConfiguration(planned.orElseThrow()));
  }

  @Override
  String text(Optional<PublicAccessBlockConfiguration> value) {
    return value
        .map(
            flags ->
                "BlockPublicAcls="
                    + on(flags.blockPublicAcls())
                    + ", IgnorePublicAcls="
                    + on(flags.ignorePublicAcls())
                    + ", BlockPublicPolicy="
                    + on(flags.blockPublicPolicy())
                    + ", RestrictPublicBuckets="
                    + on(flags.restrictPublicBuckets()))
        .orElse("none");
  }

  private static boolean on(Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
