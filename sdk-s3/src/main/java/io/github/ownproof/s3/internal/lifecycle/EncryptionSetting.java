package io.github.ownproof.s3.internal.lifecycle;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** New objects are encrypted: with the plan's key if it names one, else with any. */
final class EncryptionSetting extends Setting<Optional<ServerSideEncryptionRule>> {

  private final Optional<String> key;

  EncryptionSetting(OwnBucket bucket, Optional<String> key) {
    super(bucket, "Default encryption");
    this.key = key;
  }

  @Override
  Optional<ServerSideEncryptionRule> read() {
    return OwnBucket.orIfAbsent(
        Optional.empty(),
        "ServerSideEncryptionConfigurationNotFoundError",
        () ->
            bucket()
                .s3()
                .getBucketEncryption(r -> r.bucket(bucket().name()))
                .serverSideEncryptionConfiguration()
                .rules()
                .stream()
                .findFirst());
  }

  @Override
  Optional<ServerSideEncryptionRule> planned(Optional<ServerSideEncryptionRule> found) {
    boolean encrypts =
        found
            .map(ServerSideEncryptionRule::applyServerSideEncryptionByDefault)
            .map(ServerSideEncryptionByDefault::sseAlgorithmAsString)
            .isPresent();
    if (key.isEmpty() ? encrypts : isTwice(found)) {
      return found;
    }
    // Starts from what is there: whatever else the rule says, it keeps.
    ServerSideEncryptionRule.Builder rule =
        found.map(ServerSideEncryptionRule::toBuilder).orElseGet(ServerSideEncryptionRule::builder);
    if (key.isPresent()) {
      rule.applyServerSideEncryptionByDefault(
              d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS).kmsMasterKeyID(key.get()))
          .bucketKeyEnabled(true);
    } else {
      rule.applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(ServerSideEncryption.AES256));
    }
    return Optional.of(rule.build());
  }

  /** Encrypted twice with the plan's key, which says more than the plan does. */
  private boolean isTwice(Optional<ServerSideEncryptionRule> found) {
    return found
        .map(ServerSideEncryptionRule::applyServerSideEncryptionByDefault)
        .filter(with -> with.sseAlgorithm() == ServerSideEncryption.AWS_KMS_DSSE)
        .map(ServerSideEncryptionByDefault::kmsMasterKeyID)
        .equals(key);
  }

  @Override
  void write(Optional<ServerSideEncryptionRule> planned) {
    var unused =
        bucket()
            .s3()
            .putBucketEncryption(
                r ->
                    r.bucket(bucket().name())
                        .serverSideEncryptionConfiguration(c -> c.rules(planned.orElseThrow())));
  }

  @Override
  String text(Optional<ServerSideEncryptionRule> value) {
    ServerSideEncryptionByDefault with =
        value.map(ServerSideEncryptionRule::applyServerSideEncryptionByDefault).orElse(null);
    if (with == null) {
      return "none";
    }
    String keyId = with.kmsMasterKeyID();
    boolean bucketKey = value.map(ServerSideEncryptionRule::bucketKeyEnabled).orElse(false);
    return with.sseAlgorithmAsString()
        + (keyId == null ? "" : " with " + keyId)
        + (bucketKey ? ", bucket key" : "");
  }
}
