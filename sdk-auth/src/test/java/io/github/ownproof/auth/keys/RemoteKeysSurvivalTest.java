package io.github.ownproof.auth.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Trouble inside this process: it costs one attempt, not all that come after. */
final class RemoteKeysSurvivalTest {

  @Test
  void client_itsThreadDies_keysAreFetchedAgain() throws Exception {
    try (Rig rig = Rig.warm(settings -> settings.fetchDeadline(Duration.ofSeconds(1)))) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("HttpClient-")) {
          // As an error in it would, and containers do it to threads they did not start.
          thread.interrupt();
          thread.join(10_000);
        }
      }
      rig.server.publish(Jwk.of("two"));
      Rig.eventually(
          "found by a new client",
          () -> {
            rig.pass(Duration.ofSeconds(5));
            return rig.finds("two");
          });
    }
  }

  @Test
  void headers_withoutEnd_areNotCollected() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      AtomicLong sent = new AtomicLong();
      Thread flood = new Thread(() -> flood(server, sent));
      flood.setDaemon(true);
      flood.start();
      URI uri = URI.create("http://localhost:" + server.getLocalPort() + "/keys");
      AtomicLong nanos = new AtomicLong();
      try (KeySource keys = KeySource.jwks(uri, Rig.settings().ticker(nanos::get))) {
        Rig.eventually("noticed", () -> keys.warmUp().lastFailure().isPresent());
        System.out.println("headers: bytes the server could send: " + sent + " " + keys.health());
        assertThat(sent.get()).isLessThan(8L * 1024 * 1024);
      }
    }
  }

  private static void flood(ServerSocket server, AtomicLong sent) {
    byte[] header = ("X-Header: " + "x".repeat(8000) + "\r\n").getBytes(US_ASCII);
    while (true) {
      try (Socket socket = server.accept()) {
        OutputStream out = socket.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
        while (sent.get() < 2_000_000_000L) {
          out.write(header);
          sent.addAndGet(header.length);
        }
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }
}
