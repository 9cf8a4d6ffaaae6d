package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent.BucketChange;
import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.core.audit.Occasion;
import io.github.ownproof.core.audit.Outcome;
import io.github.ownproof.s3.PrivateBucket;
import java.util.UUID;
import java.util.function.Supplier;

/** A change to a bucket that does not happen unless it is on record. */
final class AuditedChange {

  private AuditedChange() {}

  /**
   * Records that the change is about to happen, makes it, and records how it ended.
   *
   * @param target what is changed, as a private id or ARN
   * @throws io.github.ownproof.core.audit.AuditFailedException if it cannot be recorded; before the
   *     change, nothing has been changed then
   */
  static <R> R record(
      BucketHost host,
      PrivateBucket bucket,
      BucketChange.Change change,
      String target,
      Supplier<R> action) {
    AuditTrail trail = host.auditTrail().orElse(null);
    if (trail == null) {
      return action.get();
    }
    Occasion occasion =
        Occasion.of(
            new Actor.AwsAccount(bucket.owner()),
            host.clock().instant(),
            UUID.randomUUID().toString());
    trail.record(new BucketChange(occasion, change, target, Outcome.ALLOWED));
    R result;
    try {
      result = action.get();
    } catch (RuntimeException e) {
      Outcome failed =
          Outcome.failed(e instanceof OwnproofException ours ? ours.code() : "S3_CALL_FAILED");
      try {
        trail.record(new BucketChange(occasion.at(host.clock().instant()), change, target, failed));
      } catch (RuntimeException unrecorded) {
        e.addSuppressed(unrecorded);
      }
      throw e;
    }
    trail.record(
        new BucketChange(occasion.at(host.clock().instant()), change, target, Outcome.DONE));
    return result;
  }
}
