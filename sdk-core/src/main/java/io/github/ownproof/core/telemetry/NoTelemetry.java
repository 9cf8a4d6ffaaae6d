package io.github.ownproof.core.telemetry;

import java.time.Duration;

enum NoTelemetry implements Telemetry {
  NONE;

  @Override
  public void count(String name, long delta, Tag... tags) {}

  @Override
  public void time(String name, Duration elapsed, Tag... tags) {}
}
