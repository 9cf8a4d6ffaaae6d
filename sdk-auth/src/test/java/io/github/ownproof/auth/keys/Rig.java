package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.JwksServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A key server and a source of its keys, whose ages are measured by a clock set by hand. */
final class Rig implements AutoCloseable {

  static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

  final JwksServer server = JwksServer.start();
  final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
  final KeySource keys;

  Rig() {
    this(settings -> settings);
  }

  Rig(UnaryOperator<RemoteKeySettings> more) {
    keys = KeySource.jwks(server.jwksUri(), more.apply(settings().ticker(nanos::get)));
  }

  static RemoteKeySettings settings() {
    return RemoteKeySettings.defaults().allowInsecureLoopback("the test server is here");
  }

  /** With one key, fetched. */
  static Rig warm(UnaryOperator<RemoteKeySettings> more) {
    Rig rig = new Rig(more);
    rig.server.publish(Jwk.of("one"));
    rig.warmUp();
    return rig;
  }

  /** The first fetch of a JVM may take longer than a lookup waits. */
  void warmUp() {
    eventually("warm", () -> keys.warmUp().state() == KeyHealth.State.FRESH);
  }

  static Rig warm() {
    return warm(settings -> settings);
  }

  void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /** Lets time pass in steps, with a lookup after each, as a service in use would. */
  void live(Duration duration, Duration step, Runnable lookup) {
    for (Duration at = Duration.ZERO; at.compareTo(duration) < 0; at = at.plus(step)) {
      pass(step);
      lookup.run();
    }
  }

  /** Looks again until it is so; the time it takes on a loaded machine proves nothing. */
  static void eventually(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("too late: " + what).isNegative();
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  boolean finds(String kid) {
    return keys.find(kid) instanceof VerificationKey;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long millisSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1_000_000;
  }

  @Override
  public void close() {
    keys.close();
    server.close();
  }
}
