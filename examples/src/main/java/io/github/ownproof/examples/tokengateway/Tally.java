package io.github.ownproof.examples.tokengateway;

import io.github.ownproof.core.telemetry.MetricNames;
import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.core.telemetry.Telemetry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Counts decisions by outcome, as a metrics backend would. Thread-safe. */
final class Tally implements Telemetry {

  private final Map<String, Long> byOutcome = new TreeMap<>();

  @Override
  public synchronized void count(String name, long delta, Tag... tags) {
    if (name.equals(MetricNames.AUTH_DECISIONS)) {
      byOutcome.merge(tags[0].value(), delta, Long::sum);
    }
  }

  @Override
  public void time(String name, Duration elapsed, Tag... tags) {}

  synchronized long of(String outcome) {
    return byOutcome.getOrDefault(outcome, 0L);
  }
}
