package io.github.ownproof.auth;

import io.github.ownproof.core.telemetry.MetricNames;
import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.core.telemetry.Telemetry;
import java.util.EnumMap;
import java.util.Map;

/** Counts every outcome by reason; the tags are made once. */
final class Decisions {

  private static final Tag[] ACCEPTED = {
    Tag.of(Tag.OUTCOME, "accepted"), Tag.of(Tag.REASON, "none")
  };

  private final Telemetry telemetry;
  private final Map<Reason, Tag[]> refused = new EnumMap<>(Reason.class);

  Decisions(Telemetry telemetry) {
    this.telemetry = telemetry;
    for (Reason reason : Reason.values()) {
      refused.put(
          reason,
          new Tag[] {
            Tag.of(Tag.OUTCOME, reason.isTransient() ? "failed" : "denied"),
            Tag.of(Tag.REASON, reason)
          });
    }
  }

  void accepted() {
    telemetry.count(MetricNames.AUTH_DECISIONS, 1, ACCEPTED);
  }

  void refused(Reason reason) {
    telemetry.count(MetricNames.AUTH_DECISIONS, 1, refused.getOrDefault(reason, ACCEPTED));
  }
}
