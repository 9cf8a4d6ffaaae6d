package io.github.ownproof.core.telemetry;

import java.time.Duration;

/**
 * Takes counts and times to a metrics backend. Implementations are thread-safe, return at once, do
 * no I/O on the calling thread and throw nothing.
 *
 * <p>Should one throw after all, {@link #safe} keeps that from the call it measures. Ownproof's
 * builders wrap what they are given in {@link #safe}; code that calls a {@code Telemetry} it was
 * given does the same, or uses {@link #all}, which protects each of its parts.
 *
 * <p>Names and tags are those of {@link MetricNames}. The number of different tag values is
 * bounded: they come from closed sets in the program, never from a request.
 */
public interface Telemetry {

  /**
   * Adds to a counter.
   *
   * @param name one of {@link MetricNames}
   * @param delta how many more, at least 1
   * @param tags the tags documented with the name, in that order
   */
  void count(String name, long delta, Tag... tags);

  /**
   * Records how long something took.
   *
   * @param name one of {@link MetricNames}
   * @param elapsed not negative
   * @param tags the tags documented with the name, in that order
   */
  void time(String name, Duration elapsed, Tag... tags);

  /** Drops everything; the default everywhere. */
  static Telemetry none() {
    return NoTelemetry.NONE;
  }

  /**
   * Passes everything to each of these, in this order. What one of them throws reaches neither the
   * others nor the caller: see {@link #safe}.
   */
  static Telemetry all(Telemetry... backends) {
    return EveryTelemetry.of(backends);
  }

  /**
   * Passes everything on and swallows whatever the backend throws, logging the first time. Only a
   * {@link VirtualMachineError} passes through: that is not the backend's.
   */
  static Telemetry safe(Telemetry backend) {
    return backend instanceof NoTelemetry
            || backend instanceof SafeTelemetry
            || backend instanceof EveryTelemetry
        ? backend
        : new SafeTelemetry(backend);
  }
}
