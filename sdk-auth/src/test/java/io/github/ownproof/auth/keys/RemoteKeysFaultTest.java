package io.github.ownproof.auth.keys;

import static io.github.ownproof.auth.keys.KeyLookup.Absent.UNAVAILABLE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.JwksFault;
import io.github.ownproof.testkit.JwksServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way an issuer can fail, with keys at hand and without. */
final class RemoteKeysFaultTest {

  private static final Duration DEADLINE = Duration.ofMillis(400);

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("down", JwksServer::down, "refused"),
        fault("hang", JwksFault.hang(), "timeout"),
        fault("slow drip", JwksFault.slowDrip(), "timeout"),
        fault("reset", JwksFault.resetMidBody(), "io"),
        fault("400", JwksFault.status(400), "status"),
        fault("404", JwksFault.status(404), "status"),
        fault("429", JwksFault.status(429), "status"),
        fault("500", JwksFault.status(500), "status"),
        fault("503", JwksFault.status(503), "status"),
        fault("204", JwksFault.status(204), "status"),
        fault("html", JwksFault.html(), "malformed"),
        fault("truncated", JwksFault.truncated(), "malformed"),
        fault("empty set", JwksFault.emptyKeys(), "no_usable_keys"),
        fault("only a weak key", RemoteKeysFaultTest::weakKey, "no_usable_keys"),
        fault("300 MB", JwksFault.huge(), "too_large"),
        fault("gzip bomb", JwksFault.gzipBomb(), "malformed"),
        fault("redirect", RemoteKeysFaultTest::redirect, "redirect"),
        fault("empty body", server -> server.publishRaw(new byte[0]), "malformed"));
  }

  private static Arguments fault(String name, JwksFault fault, String why) {
    return fault(name, server -> server.fault(fault), why);
  }

  private static Arguments fault(String name, Consumer<JwksServer> fault, String why) {
    return Arguments.of(Named.of(name, fault), why);
  }

  /** To a place that has keys, so that following it would show. */
  private static void redirect(JwksServer server) {
    server.fault(JwksFault.redirectTo(URI.create(server.issuer() + "/elsewhere")));
  }

  private static void weakKey(JwksServer server) {
    server.publish("{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"AQAB\",\"e\":\"AQAB\"}");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void warm_sixHoursOfIt_noLookupIsRefused(Consumer<JwksServer> fault, String why) {
    try (Rig rig = Rig.warm(settings -> settings.fetchDeadline(DEADLINE))) {
      fault.accept(rig.server);
      rig.pass(Rig.TIME_TO_LIVE.minusSeconds(30));
      assertThat(rig.finds("one")).isTrue();
      Rig.eventually("noticed", () -> rig.keys.health().consecutiveFailures() > 0);
      assertThat(rig.keys.health().lastFailure()).contains(why);
      rig.live(
          Duration.ofMinutes(360),
          Duration.ofMinutes(2),
          () -> {
            assertThat(rig.finds("one")).isTrue();
            assertThat(rig.keys.trusts((VerificationKey) rig.keys.find("one"))).isTrue();
          });
      assertThat(rig.keys.health().state()).isEqualTo(KeyHealth.State.STALE);
      rig.pass(Duration.ofMinutes(1));
      assertThat(rig.keys.find("one")).as("stale for too long").isEqualTo(UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void cold_itLasts_unavailableAndThenHealed(Consumer<JwksServer> fault, String why) {
    try (JwksServer server = JwksServer.start();
        KeySource keys = KeySource.jwks(server.jwksUri(), Rig.settings().fetchDeadline(DEADLINE))) {
      String one = Jwk.of("one");
      server.publish(one);
      fault.accept(server);
      assertThat(keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> keys.health().consecutiveFailures() > 0);
      assertThat(keys.health().state()).isEqualTo(KeyHealth.State.UNAVAILABLE);
      assertThat(keys.health().lastFailure()).contains(why);

      server.clearFaults();
      server.publish(one);
      server.up();
      Rig.eventually("healed", () -> keys.health().isUsable());
      assertThat(keys.find("one")).isInstanceOf(VerificationKey.class);
      assertThat(keys.health().consecutiveFailures()).isZero();
    }
  }

  @Test
  void huge_read_hangsUpSoon() {
    try (Rig rig = new Rig()) {
      rig.server.fault(JwksFault.huge());
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> rig.keys.health().consecutiveFailures() > 0);
      assertThat(rig.keys.health().lastFailure()).contains("too_large");
      Rig.eventually("hung up", () -> rig.server.connections() == 0);
      System.out.println("huge: bytes the server could send: " + rig.server.bodyBytes());
      // What was read is 256 KB; the rest is in socket buffers, whose size the system chooses.
      assertThat(rig.server.bodyBytes()).isLessThan(8L * 1024 * 1024);
    }
  }

  @Test
  void tooLarge_byOneByte_isRefused() {
    try (Rig rig = new Rig()) {
      byte[] spaces = new byte[KeyFetch.MOST_BYTES + 1];
      java.util.Arrays.fill(spaces, (byte) ' ');
      rig.server.publishRaw(spaces);
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> rig.keys.health().consecutiveFailures() > 0);
      assertThat(rig.keys.health().lastFailure()).contains("too_large");
    }
  }

  @Test
  void large_withinTheLimit_isRead() {
    try (Rig rig = new Rig()) {
      String set = "{\"keys\":[" + Jwk.of("one") + "]}";
      rig.server.publishRaw(
          (set + " ".repeat(KeyFetch.MOST_BYTES - set.length())).getBytes(US_ASCII));
      rig.warmUp();
      assertThat(rig.finds("one")).isTrue();
    }
  }

  @Test
  void outage_lookups_doNotWait() {
    try (Rig rig = Rig.warm()) {
      rig.server.down();
      rig.pass(Rig.TIME_TO_LIVE);
      assertThat(rig.finds("one")).isTrue();
      rig.server.up();
      rig.server.fault(JwksFault.hang());
      rig.pass(Duration.ofMinutes(1));
      long start = System.nanoTime();
      for (int i = 0; i < 10_000; i++) {
        assertThat(rig.keys.find("one")).isInstanceOf(VerificationKey.class);
      }
      // Each that waited would take three quarters of a second.
      assertThat(Rig.millisSince(start)).isLessThan(30_000);
    }
  }

  @Test
  void tls_serverWithoutTls_isNamed() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread plain = new Thread(() -> answerPlainly(server));
      plain.setDaemon(true);
      plain.start();
      URI uri = URI.create("https://localhost:" + server.getLocalPort() + "/keys");
      try (KeySource keys = KeySource.jwks(uri)) {
        Rig.eventually("noticed", () -> keys.warmUp().lastFailure().equals(Optional.of("tls")));
      }
    }
  }

  private static void answerPlainly(ServerSocket server) {
    while (true) {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write("HTTP/1.1 400 No\r\n\r\n".getBytes(US_ASCII));
        socket.getInputStream().read(new byte[4096]);
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void notModified_nothingHeld_isAFailure() {
    try (Rig rig = new Rig()) {
      rig.server.fault(JwksFault.status(304));
      assertThat(rig.keys.find("one")).isEqualTo(UNAVAILABLE);
      Rig.eventually("noticed", () -> rig.keys.health().consecutiveFailures() > 0);
      assertThat(rig.keys.health().lastFailure()).contains("status");
    }
  }

  @Test
  void badAnswer_goodSet_isKeptWhole() {
    try (Rig rig = Rig.warm()) {
      VerificationKey before = (VerificationKey) rig.keys.find("one");
      rig.server.publish("{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"one\"}");
      rig.pass(Rig.TIME_TO_LIVE);
      assertThat(rig.keys.find("one")).isSameAs(before);
      assertThat(rig.keys.health().lastFailure()).contains("no_usable_keys");
    }
  }
}
