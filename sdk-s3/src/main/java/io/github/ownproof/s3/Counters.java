package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.telemetry.MetricNames;
import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.core.telemetry.Telemetry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of requests to private buckets; costs nothing where nobody listens. */
final class Counters {

  private final @Nullable Telemetry telemetry;

  private Counters(@Nullable Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  static Counters none() {
    return new Counters(null);
  }

  /** A back end that fails must not fail the call. */
  static Counters to(Telemetry telemetry) {
    return new Counters(Telemetry.safe(telemetry));
  }

  void owned(S3Operation operation) {
    if (telemetry != null) {
      telemetry.count(MetricNames.S3_REQUESTS_OWNED, 1, operation.tag());
    }
  }

  void refused(S3Operation operation, OwnproofException why) {
    if (telemetry != null) {
      Tag reason = Tag.of(Tag.REASON, why.code().toLowerCase(Locale.ROOT));
      telemetry.count(MetricNames.S3_REQUESTS_REFUSED, 1, operation.tag(), reason);
    }
  }

  void denied(S3Operation operation) {
    if (telemetry != null) {
      telemetry.count(MetricNames.S3_OWNER_MISMATCH, 1, operation.tag());
    }
  }
}
