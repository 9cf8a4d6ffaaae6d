package io.github.ownproof.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The answer to one request for a JSON document, right or wrong. */
final class HttpAnswer {

  private static final long HUGE = 300L * 1024 * 1024;
  private static final int BOMB = 64 * 1024 * 1024;
  private static final int BLOCK = 16 * 1024;

  private final LoopbackListener.Connection connection;
  private final AtomicLong sent;
  private final AtomicLong notModified;

  /** Counts before it answers, so that whoever has the answer sees the count. */
  HttpAnswer(LoopbackListener.Connection connection, AtomicLong sent, AtomicLong notModified) {
    this.connection = connection;
    this.sent = sent;
    this.notModified = notModified;
  }

  /** Does what takes a while before a client waits for it. */
  static void prepare(JwksFault fault) {
    if (fault instanceof JwksFault.GzipBomb && Bomb.PACKED.length == 0) {
      throw new IllegalStateException("The bomb is empty");
    }
  }

  void send(byte[] document, @Nullable String cacheControl, @Nullable JwksFault fault)
      throws IOException {
    if (fault == null) {
      right(document, cacheControl);
    } else if (fault instanceof JwksFault.Latency latency) {
      sleep(latency.duration().toMillis());
      right(document, cacheControl);
    } else if (fault instanceof JwksFault.Hang) {
      connection.hang();
    } else if (fault instanceof JwksFault.SlowDrip) {
      head(200, "Content-Length: " + document.length);
      for (byte b : document) {
        body(new byte[] {b}, 1);
        sleep(1000);
      }
    } else if (fault instanceof JwksFault.ResetMidBody) {
      head(200, "Content-Length: " + document.length);
      body(document, document.length / 2);
      connection.reset();
    } else if (fault instanceof JwksFault.Status status) {
      int code = status.status();
      if (code == 204 || code == 304) {
        head(code, "X-Fault: status");
      } else {
        whole(code, "text/plain", text("status " + code), "");
      }
    } else if (fault instanceof JwksFault.Html) {
      whole(200, "text/html", text("<!doctype html><title>Sign in</title>"), "");
    } else if (fault instanceof JwksFault.Truncated) {
      whole(200, "application/json", Arrays.copyOf(document, document.length / 2), "");
    } else if (fault instanceof JwksFault.EmptyKeys) {
      whole(200, "application/json", text("{\"keys\":[]}"), "");
    } else if (fault instanceof JwksFault.Huge) {
      head(200, "Content-Type: application/json");
      spaces(HUGE);
    } else if (fault instanceof JwksFault.GzipBomb) {
      whole(200, "application/json", Bomb.PACKED, "Content-Encoding: gzip\r\n");
    } else if (fault instanceof JwksFault.RedirectTo redirect) {
      whole(302, "text/plain", text("elsewhere"), "Location: " + redirect.location() + "\r\n");
    }
  }

  private void right(byte[] document, @Nullable String cacheControl) throws IOException {
    String etag = '"' + sha256(document).substring(0, 32) + '"';
    String fields =
        "ETag: "
            + etag
            + "\r\n"
            + (cacheControl == null ? "" : "Cache-Control: " + cacheControl + "\r\n");
    if (connection.field("If-None-Match").equals(etag)) {
      notModified.incrementAndGet();
      head(304, fields.stripTrailing());
      return;
    }
    whole(200, "application/json", document, fields);
  }

  private void whole(int status, String type, byte[] body, String fields) throws IOException {
    head(status, fields + "Content-Type: " + type + "\r\nContent-Length: " + body.length);
    body(body, body.length);
  }

  private void head(int status, String fields) throws IOException {
    connection
        .out()
        .write(
            text("HTTP/1.1 " + status + " Status\r\nConnection: close\r\n" + fields + "\r\n\r\n"));
  }

  private void spaces(long count) throws IOException {
    byte[] block = new byte[BLOCK];
    Arrays.fill(block, (byte) ' ');
    for (long left = count; left > 0; left -= BLOCK) {
      body(block, BLOCK);
    }
  }

  private void body(byte[] bytes, int length) throws IOException {
    OutputStream out = connection.out();
    for (int from = 0; from < length; from += BLOCK) {
      int count = Math.min(BLOCK, length - from);
      out.write(bytes, from, count);
      sent.addAndGet(count);
    }
    out.flush();
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Made when it is first asked for: packing takes a moment. */
  private static final class Bomb {

    private static final byte[] PACKED = pack();

    private static byte[] pack() {
      byte[] block = new byte[BLOCK];
      Arrays.fill(block, (byte) ' ');
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        for (int left = BOMB; left > 0; left -= BLOCK) {
          gzip.write(block);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return packed.toByteArray();
    }
  }
}
