package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.JwksServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays behind: nothing. */
final class RemoteKeysLifecycleTest {

  @Test
  void close_afterUse_noThreadIsLeft() {
    try (Rig rig = Rig.warm()) {
      assertThat(threads()).anyMatch(name -> name.startsWith("ownproof-keys-timer"));
      assertThat(rig.finds("one")).isTrue();
    }
    Rig.eventually(
        "threads ended",
        () -> {
          // Before Java 21 an HTTP client ends when it is collected.
          System.gc();
          return threads().isEmpty();
        });
  }

  @Test
  void idle_fetchers_end() {
    try (Rig rig = Rig.warm()) {
      Rig.eventually(
          "only the timer is left",
          () -> threads().stream().noneMatch(name -> name.matches("ownproof-keys-[0-9]+")));
      assertThat(rig.finds("one")).isTrue();
    }
  }

  @Test
  void forgotten_withoutClose_endsByItself() {
    try (JwksServer server = JwksServer.start()) {
      server.publish(Jwk.of("one"));
      useAndForget(server.jwksUri());
      Rig.eventually(
          "threads ended",
          () -> {
            System.gc();
            return threads().isEmpty();
          });
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static void useAndForget(URI uri) {
    KeySource keys =
        KeySource.jwks(
            uri, Rig.settings().timeToLive(Duration.ofSeconds(1), Duration.ofSeconds(1)));
    Rig.eventually("warm", () -> keys.warmUp().isUsable());
  }

  @Test
  void jvm_sourceNotClosed_exits(@TempDir Path directory) throws Exception {
    try (JwksServer server = JwksServer.start()) {
      server.publish(Jwk.of("one"));
      Path out = directory.resolve("out");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-XX:TieredStopAtLevel=1",
                  NeverCloses.class.getName(),
                  server.jwksUri().toString())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      try {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
        assertThat(process.exitValue()).as(() -> Rig.text(out)).isZero();
        System.out.print(Rig.text(out));
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** A program that does not know about closing. */
  static final class NeverCloses {

    private NeverCloses() {}

    /** Ends normally if the key is there. */
    @SuppressWarnings("MustBeClosedChecker")
    public static void main(String[] args) {
      KeySource keys = KeySource.jwks(URI.create(args[0]), Rig.settings());
      long start = System.nanoTime();
      Rig.eventually("warm", () -> keys.warmUp().isUsable());
      System.out.println("first keys of a JVM after ms " + Rig.millisSince(start));
      if (!(keys.find("one") instanceof VerificationKey)) {
        throw new IllegalStateException("no key");
      }
      Rig.eventually("no token waits for it", SignatureProviders.shared()::isChosen);
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("ownproof-keys") || name.startsWith("HttpClient-"))
        .toList();
  }
}
