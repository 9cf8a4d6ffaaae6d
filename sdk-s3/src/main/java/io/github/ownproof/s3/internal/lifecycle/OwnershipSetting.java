package io.github.ownproof.s3.internal.lifecycle;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;

/** ACLs are off, and every object is the bucket owner's. */
final class OwnershipSetting extends Setting<Optional<String>> {

  private static final Optional<String> ENFORCED =
      Optional.of(ObjectOwnership.BUCKET_OWNER_ENFORCED.toString());

  OwnershipSetting(OwnBucket bucket) {
    super(bucket, "Object ownership");
  }

  @Override
  Optional<String> read() {
    return OwnBucket.orIfAbsent(
        Optional.empty(),
        "OwnershipControlsNotFoundError",
        () ->
            bucket()
                .s3()
                .getBucketOwnershipControls(r -> r.bucket(bucket().name()))
                .ownershipControls()
                .rules()
                .stream()
                .map(OwnershipControlsRule::objectOwnershipAsString)
                .findFirst());
  }

  @Override
  Optional<String> planned(Optional<String> found) {
    return ENFORCED;
  }

  @Override
  void write(Optional<String> planned) {
    OwnershipControlsRule rule =
        OwnershipControlsRule.builder().objectOwnership(planned.orElseThrow()).build();
    var unused =
        bucket()
            .s3()
            .putBucketOwnershipControls(
                r -> r.bucket(bucket().name()).ownershipControls(c -> c.rules(rule)));
  }

  @Override
  String text(Optional<String> value) {
    return value.orElse("none");
  }
}
