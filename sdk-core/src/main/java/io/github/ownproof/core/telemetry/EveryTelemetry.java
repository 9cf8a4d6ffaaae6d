package io.github.ownproof.core.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class EveryTelemetry implements Telemetry {

  private final List<Telemetry> backends;

  private EveryTelemetry(List<Telemetry> backends) {
    this.backends = backends;
  }

  static Telemetry of(Telemetry... backends) {
    List<Telemetry> safe = new ArrayList<>();
    for (Telemetry backend : backends) {
      if (!(backend instanceof NoTelemetry)) {
        safe.add(Telemetry.safe(backend));
      }
    }
    return switch (safe.size()) {
      case 0 -> Telemetry.none();
      case 1 -> safe.get(0);
      default -> new EveryTelemetry(List.copyOf(safe));
    };
  }

  @Override
  public void count(String name, long delta, Tag... tags) {
    for (Telemetry backend : backends) {
      backend.count(name, delta, tags);
    }
  }

  @Override
  public void time(String name, Duration elapsed, Tag... tags) {
    for (Telemetry backend : backends) {
      backend.time(name, elapsed, tags);
    }
  }
}
