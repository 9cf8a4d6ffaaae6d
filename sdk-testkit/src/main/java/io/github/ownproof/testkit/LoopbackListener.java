package io.github.ownproof.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One port of the loopback that can be closed and opened again, and a daemon thread for each
 * connection. Thread-safe.
 */
final class LoopbackListener {

  private static final int BACKLOG = 2000;

  /** Small, so that what a client did not read shows soon in what could be sent. */
  private static final int SEND_BUFFER = 16 * 1024;

  private static final int LONGEST_HEAD = 64 * 1024;

  /** Answers one request. What it throws ends the connection. */
  interface Handler {
    void answer(Connection connection) throws IOException;
  }

  /** One connection, with the head of its one request. */
  record Connection(Socket socket, List<String> head) {

    String requestLine() {
      return head.isEmpty() ? "" : head.get(0);
    }

    /** The value of this header field, or empty. */
    String field(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      for (String line : head) {
        if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
          return line.substring(prefix.length()).strip();
        }
      }
      return "";
    }

    OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    /** Waits for the other side, or us, to end the connection. */
    void hang() throws IOException {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // What else it sends does not matter.
      }
    }

    /** Ends the connection with a reset instead of an orderly close. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final String name;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @Nullable ServerSocket server;
  private int port;

  LoopbackListener(String name, Handler handler) {
    this.name = name;
    this.handler = handler;
  }

  int port() {
    synchronized (lock) {
      return port;
    }
  }

  int connections() {
    return open.size();
  }

  void open() {
    synchronized (lock) {
      if (server != null) {
        return;
      }
      try {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
            BACKLOG);
        server = socket;
        port = socket.getLocalPort();
        daemon(name + "-accept", () -> accept(socket)).start();
      } catch (IOException e) {
        throw new IllegalStateException("Cannot listen on the loopback, port " + port, e);
      }
    }
  }

  void shut() {
    synchronized (lock) {
      if (server == null) {
        return;
      }
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = null;
    }
    open.forEach(LoopbackListener::closeQuietly);
  }

  private void accept(ServerSocket from) {
    while (true) {
      Socket socket;
      try {
        socket = from.accept();
      } catch (IOException e) {
        return;
      }
      open.add(socket);
      if (from.isClosed()) {
        closeQuietly(socket);
      }
      daemon(name + "-connection", () -> serve(socket)).start();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSendBufferSize(SEND_BUFFER);
      socket.setTcpNoDelay(true);
      handler.answer(new Connection(socket, head(socket.getInputStream())));
    } catch (IOException e) {
      // The other side hung up, or we did: there is nobody to tell.
    } finally {
      open.remove(socket);
    }
  }

  /** The lines of the head; a request for keys has no body. */
  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int count = 0; count < LONGEST_HEAD; count++) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("The request ended in its head");
      }
      if (b != '\n') {
        line.write(b);
        continue;
      }
      String text = line.toString(StandardCharsets.ISO_8859_1).strip();
      if (text.isEmpty()) {
        return lines;
      }
      lines.add(text);
      line.reset();
    }
    throw new IOException("The head of the request does not end");
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone, which is all that was wanted.
    }
  }
}
