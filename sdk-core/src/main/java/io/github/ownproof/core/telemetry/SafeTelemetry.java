package io.github.ownproof.core.telemetry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class SafeTelemetry implements Telemetry {

  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private final Telemetry backend;
  private final AtomicBoolean complained = new AtomicBoolean();

  SafeTelemetry(Telemetry backend) {
    this.backend = backend;
  }

  @Override
  public void count(String name, long delta, Tag... tags) {
    try {
      backend.count(name, delta, tags);
    } catch (Throwable thrown) {
      survive(thrown);
    }
  }

  @Override
  public void time(String name, Duration elapsed, Tag... tags) {
    try {
      backend.time(name, elapsed, tags);
    } catch (Throwable thrown) {
      survive(thrown);
    }
  }

  /** Throwable, because a backend in another JVM language may throw checked exceptions too. */
  private void survive(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error) {
      throw error;
    }
    // Once: a backend that is down must not fill the log at the rate of the requests.
    if (complained.compareAndSet(false, true)) {
      LOG.warn(
          "The metrics backend {} threw; figures are being lost, and this is not logged again",
          backend.getClass().getName(),
          thrown);
    }
  }
}
