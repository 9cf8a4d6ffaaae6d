package io.github.ownproof.s3.coverage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An HTTP server on loopback that writes down each request to the letter and answers just enough
 * for the AWS SDK to go on. It reads sockets itself, because a server library would normalise what
 * has to be looked at. It is its own HTTP proxy, too: a tunnel through it ends in itself.
 */
final class RecordingServer implements AutoCloseable {

  private static final int BACKLOG = 128;

  private final ServerSocket listening;
  private final ConcurrentLinkedQueue<WireRequest> recorded = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Socket> connections = new ConcurrentLinkedQueue<>();

  RecordingServer() {
    try {
      listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("recording-server", this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** A name, and not an address, because operations may put another name before it. */
  URI endpoint() {
    return URI.create("http://localhost:" + port());
  }

  /** What came since the last time this was asked. */
  List<WireRequest> take() {
    List<WireRequest> taken = new ArrayList<>();
    for (WireRequest next = recorded.poll(); next != null; next = recorded.poll()) {
      taken.add(next);
    }
    return taken;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        connections.add(connection);
        start("recording-connection", () -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream());
      while (true) {
        WireRequest request = readHead(in);
        if (request.values("Expect").contains("100-continue")) {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
          out.flush();
        }
        skipBody(request, in);
        if (request.method().equals("CONNECT")) {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
        } else {
          recorded.add(request);
          out.write(Answers.to(request));
        }
        out.flush();
      }
    } catch (IOException e) {
      // The client hung up, which is how each connection ends.
    } finally {
      connections.remove(connection);
    }
  }

  private static WireRequest readHead(InputStream in) throws IOException {
    String[] start = readLine(in).split(" ", 3);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      int colon = line.indexOf(':');
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).trim()));
    }
    String host =
        headers.stream()
            .filter(header -> header.getKey().equalsIgnoreCase("Host"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    return new WireRequest(start[0], host, start[1], List.copyOf(headers));
  }

  private static void skipBody(WireRequest request, InputStream in) throws IOException {
    if (request.values("Transfer-Encoding").stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("chunked"))) {
      int size = chunkSize(in);
      while (size > 0) {
        in.skipNBytes(size);
        readLine(in);
        size = chunkSize(in);
      }
      String trailer;
      do {
        trailer = readLine(in);
      } while (!trailer.isEmpty());
    } else {
      for (String length : request.values("Content-Length")) {
        in.skipNBytes(Long.parseLong(length));
      }
    }
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(readLine(in).split(";", 2)[0].trim(), 16);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
