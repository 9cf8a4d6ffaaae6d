package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.lifecycle.PrivateBucketPlan.Retention;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;

/** Versions can be locked, and are by default if the plan says for how long. */
final class ObjectLockSetting extends Setting<Optional<ObjectLockConfiguration>> {

  private final Optional<Retention> retention;

  ObjectLockSetting(OwnBucket bucket, Optional<Retention> retention) {
    super(bucket, "Object Lock");
    this.retention = retention;
  }

  @Override
  Optional<ObjectLockConfiguration> read() {
    return OwnBucket.orIfAbsent(
        Optional.empty(),
        "ObjectLockConfigurationNotFoundError",
        () ->
            Optional.ofNullable(
                bucket()
                    .s3()
                    .getObjectLockConfiguration(r -> r.bucket(bucket().name()))
                    .objectLockConfiguration()));
  }

  @Override
  Optional<ObjectLockConfiguration> planned(Optional<ObjectLockConfiguration> found) {
    ObjectLockConfiguration.Builder planned =
        found
            .map(ObjectLockConfiguration::toBuilder)
            .orElseGet(ObjectLockConfiguration::builder)
            .objectLockEnabled(ObjectLockEnabled.ENABLED);
    retention.ifPresent(
        wanted ->
            planned.rule(
                rule -> rule.defaultRetention(r -> r.mode(wanted.mode()).days(wanted.days()))));
    return Optional.of(planned.build());
  }

  @Override
  void write(Optional<ObjectLockConfiguration> planned) {
    var unused =
        bucket()
            .s3()
            .putObjectLockConfiguration(
                r -> r.bucket(bucket().name()).objectLockConfiguration(planned.orElseThrow()));
  }

  @Override
  String text(Optional<ObjectLockConfiguration> value) {
    return value.map(ObjectLockSetting::text).orElse("none");
  }

  private static String text(ObjectLockConfiguration lock) {
    DefaultRetention kept = lock.rule() == null ? null : lock.rule().defaultRetention();
    return lock.objectLockEnabledAsString()
        + (kept == null
            ? ""
            : ", "
                + kept.modeAsString()
                + " "
                + (kept.days() == null ? kept.years() + " years" : kept.days() + " days"));
  }
}
