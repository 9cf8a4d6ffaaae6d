package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Asked by the JDK's oldest HTTP client, which the code under test does not use. */
final class JwksServerTest {

  private static final String KEY = "{\"kty\":\"OKP\",\"kid\":\"one\"}";
  private static final String SET = "{\"keys\":[" + KEY + "]}";

  @Test
  void publish_keys_areServed() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      assertThat(text(open(server.jwksUri()))).isEqualTo("{\"keys\":[]}");
      server.publish(KEY, KEY);
      assertThat(text(open(server.jwksUri()))).isEqualTo("{\"keys\":[" + KEY + "," + KEY + "]}");
      assertThat(server.fetches()).isEqualTo(2);
      assertThat(server.discoveryFetches()).isZero();
    }
  }

  @Test
  void discovery_leadsToTheKeys() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      String document =
          text(open(URI.create(server.issuer() + "/.well-known/openid-configuration")));
      assertThat(document)
          .isEqualTo(
              "{\"issuer\":\"" + server.issuer() + "\",\"jwks_uri\":\"" + server.jwksUri() + "\"}");
      assertThat(server.discoveryFetches()).isEqualTo(1);
      assertThat(server.fetches()).isZero();
      server.publishDiscovery("{}");
      assertThat(text(open(URI.create(server.issuer() + "/.well-known/openid-configuration"))))
          .isEqualTo("{}");
      assertThat(open(URI.create(server.issuer() + "/other")).getResponseCode()).isEqualTo(404);
    }
  }

  @Test
  void etag_same_notModified() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      server.publish(KEY);
      server.cacheControl("max-age=7");
      HttpURLConnection first = open(server.jwksUri());
      assertThat(first.getHeaderField("Cache-Control")).isEqualTo("max-age=7");
      String etag = first.getHeaderField("ETag");
      HttpURLConnection second = open(server.jwksUri());
      second.setRequestProperty("If-None-Match", etag);
      assertThat(second.getResponseCode()).isEqualTo(304);
      assertThat(server.notModified()).isEqualTo(1);
      server.publish(KEY, KEY);
      HttpURLConnection third = open(server.jwksUri());
      third.setRequestProperty("If-None-Match", etag);
      assertThat(third.getResponseCode()).isEqualTo(200);
    }
  }

  @Test
  void down_thenUp_samePort() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      server.publish(KEY);
      URI uri = server.jwksUri();
      server.down();
      server.down();
      assertThatThrownBy(() -> text(open(uri))).isInstanceOf(ConnectException.class);
      server.up();
      server.up();
      assertThat(text(open(uri))).isEqualTo(SET);
    }
  }

  @Test
  void faults_answers_areWrongInTheirWay() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      server.publish(KEY);
      URI uri = server.jwksUri();
      server.fault(JwksFault.status(503));
      assertThat(open(uri).getResponseCode()).isEqualTo(503);
      server.fault(JwksFault.status(204));
      assertThat(open(uri).getResponseCode()).isEqualTo(204);
      server.fault(JwksFault.html());
      assertThat(text(open(uri))).startsWith("<!doctype html>");
      server.fault(JwksFault.truncated());
      assertThat(text(open(uri))).isEqualTo(SET.substring(0, SET.length() / 2));
      server.fault(JwksFault.emptyKeys());
      assertThat(text(open(uri))).isEqualTo("{\"keys\":[]}");
      server.fault(JwksFault.redirectTo(URI.create("https://elsewhere.example/")));
      assertThat(open(uri).getResponseCode()).isEqualTo(302);
      assertThat(open(uri).getHeaderField("Location")).isEqualTo("https://elsewhere.example/");
      server.fault(JwksFault.latency(Duration.ofMillis(20)));
      assertThat(text(open(uri))).isEqualTo(SET);
      server.clearFaults();
      assertThat(text(open(uri))).isEqualTo(SET);
      assertThatThrownBy(() -> JwksFault.status(200)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void gzipBomb_unpacked_isSpaces() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      server.fault(JwksFault.gzipBomb());
      HttpURLConnection connection = open(server.jwksUri());
      assertThat(connection.getHeaderField("Content-Encoding")).isEqualTo("gzip");
      try (InputStream in = new GZIPInputStream(connection.getInputStream())) {
        assertThat(in.readNBytes(1000)).containsOnly(' ');
      }
      assertThat(server.bodyBytes()).isLessThan(1024 * 1024);
    }
  }

  @Test
  void huge_hungUpOn_isCounted() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      server.fault(JwksFault.huge());
      try (InputStream in = open(server.jwksUri()).getInputStream()) {
        assertThat(in.readNBytes(100_000)).containsOnly(' ');
      }
      assertThat(server.bodyBytes()).isBetween(100_000L, 300L * 1024 * 1024 - 1);
    }
  }

  @Test
  void hangDripAndReset_client_getsNoWholeAnswer() throws IOException {
    try (JwksServer server = JwksServer.start()) {
      server.publish(KEY);
      URI uri = server.jwksUri();
      server.fault(JwksFault.hang());
      assertThatThrownBy(() -> text(open(uri))).isInstanceOf(SocketTimeoutException.class);
      server.fault(JwksFault.slowDrip());
      HttpURLConnection dripping = open(uri);
      assertThat(dripping.getResponseCode()).isEqualTo(200);
      assertThat(dripping.getInputStream().read()).isEqualTo('{');
      server.fault(JwksFault.resetMidBody());
      assertThatThrownBy(() -> text(open(uri))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void garbage_request_harmsNobody() throws IOException {
    try (JwksServer server = JwksServer.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.jwksUri().getPort())) {
      socket.getOutputStream().write("x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      assertThat(open(server.jwksUri()).getResponseCode()).isEqualTo(200);
    }
  }

  private static HttpURLConnection open(URI uri) throws IOException {
    URL url = uri.toURL();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(10_000);
    connection.setReadTimeout(2_500);
    return connection;
  }

  private static String text(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
