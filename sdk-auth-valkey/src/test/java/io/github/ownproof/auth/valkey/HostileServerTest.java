package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.valkey.DefaultJedisClientConfig;
import io.valkey.HostAndPort;
import io.valkey.JedisPooled;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers is no Valkey, or one that lies. */
class HostileServerTest {

  /** Says the same to whatever it is told. */
  private static final class Liar implements AutoCloseable {
    private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket listener;
    private final byte[] answer;
    private final List<Socket> open = new ArrayList<>();

    Liar(String answer) throws IOException {
      this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      daemon(this::accept);
    }

    private static void daemon(Runnable task) {
      Thread thread = new Thread(task, "liar");
      thread.setDaemon(true);
      thread.start();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listener.accept();
          synchronized (open) {
            open.add(socket);
          }
          daemon(() -> lie(socket));
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    private void lie(Socket socket) {
      try (socket) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (true) {
          String command = command(in);
          // So that the connection is made, and the lie told about what matters.
          boolean greeting = command.equals("CLIENT");
          socket.getOutputStream().write(greeting ? OK : answer);
        }
      } catch (IOException e) {
        // The client has heard enough.
      }
    }

    /** The name of the next command: an array of bulk strings in RESP. */
    private static String command(InputStream in) throws IOException {
      int parts = number(in, '*');
      String name = "";
      for (int i = 0; i < parts; i++) {
        byte[] part = in.readNBytes(number(in, '$'));
        in.skipNBytes(2);
        name = i == 0 ? new String(part, StandardCharsets.ISO_8859_1) : name;
      }
      return name;
    }

    private static int number(InputStream in, char sign) throws IOException {
      if (in.read() != sign) {
        throw new EOFException();
      }
      int number = 0;
      for (int c = in.read(); c != '\r'; c = in.read()) {
        number = 10 * number + Character.digit(c, 10);
      }
      in.skipNBytes(1);
      return number;
    }

    JedisPooled client() {
      return new JedisPooled(
          new HostAndPort("127.0.0.1", listener.getLocalPort()),
          DefaultJedisClientConfig.builder().timeoutMillis(50).build());
    }

    @Override
    public void close() {
      try {
        listener.close();
        synchronized (open) {
          for (Socket socket : open) {
            socket.close();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\nlive",
        "+OK\r\n",
        "+live\r\n",
        ":1\r\n",
        "$-1\r\n",
        "*-1\r\n",
        "$4\r\nlive\r\n",
        "$7\r\nrevoked\r\n",
        "*1\r\n$4\r\nlive\r\n",
        "$999999999999999999999\r\n",
        "$-7\r\n",
        "-NOAUTH Authentication required.\r\n",
        "-LOADING secret-of-the-server\r\n",
        "+QUEUED\r\n",
        "+PONG\r\n",
        "-MOVED 1 127.0.0.1:1\r\n",
        "\r\n",
        "\u0000\u00ff\u00fe",
        ""
      })
  void whateverIsAnswered_nothingIsLive(String answer) throws IOException {
    GrantId id = Grants.next();
    try (Liar liar = new Liar(answer);
        JedisPooled client = liar.client()) {
      ValkeyRevocationEpochs plain =
          ValkeyRevocationEpochs.unauthenticated(client, "a test").build();
      ValkeyRevocationEpochs authenticated = authenticated(client);

      for (ValkeyRevocationEpochs epochs : List.of(plain, authenticated)) {
        assertThatThrownBy(() -> epochs.isLive(id))
            .isInstanceOf(GrantStoreException.class)
            .hasMessageContaining(id.value())
            .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret-of-the-server"));
        if (!answer.equals("+OK\r\n")) {
          Instant until = Instant.now().plus(Duration.ofHours(1));
          assertThatThrownBy(() -> epochs.activate(id, until))
              .isInstanceOf(GrantStoreException.class);
          assertThatThrownBy(() -> epochs.revoke(id, until))
              .isInstanceOf(GrantStoreException.class);
        }
        assertThat(catchLive(epochs, id)).isFalse();
      }
    }
  }

  @Test
  void whoeverHasNoKey_cannotSayLive() throws IOException {
    GrantId id = Grants.next();
    String live = "live " + id;
    try (Liar liar = new Liar("$" + live.length() + "\r\n" + live + "\r\n");
        JedisPooled client = liar.client()) {
      assertThat(ValkeyRevocationEpochs.unauthenticated(client, "a test").build().isLive(id))
          .isTrue();
      assertThatThrownBy(() -> authenticated(client).isLive(id))
          .isInstanceOf(GrantStoreException.class);
      assertThatThrownBy(
              () ->
                  ValkeyRevocationEpochs.unauthenticated(client, "a test")
                      .build()
                      .isLive(Grants.next()))
          .isInstanceOf(GrantStoreException.class);
    }
  }

  private static ValkeyRevocationEpochs authenticated(JedisPooled client) {
    return ValkeyRevocationEpochs.authenticated(
            client, new SecretKeySpec(new byte[32], "HmacSHA256"))
        .build();
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter out = new StringWriter();
    thrown.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  private static boolean catchLive(ValkeyRevocationEpochs epochs, GrantId id) {
    try {
      return epochs.isLive(id);
    } catch (GrantStoreException e) {
      return false;
    }
  }
}
