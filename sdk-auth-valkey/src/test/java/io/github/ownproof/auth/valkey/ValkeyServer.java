package io.github.ownproof.auth.valkey;

import io.valkey.HostAndPort;
import io.valkey.Jedis;
import io.valkey.JedisPooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real server on this machine, and an operator's way in. Whatever keeps it from starting fails.
 */
final class ValkeyServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final RedisServer server;
  private final int port;

  private ValkeyServer(RedisServer server, int port) {
    this.server = server;
    this.port = port;
  }

  static ValkeyServer start() {
    return start(List.of());
  }

  /** A cluster of one, which holds every slot. Its own settings go into this directory. */
  static ValkeyServer startCluster(Path directory) {
    ValkeyServer server =
        start(List.of("cluster-enabled yes", "dir " + directory.toAbsolutePath()));
    try (Jedis operator = server.operator()) {
      operator.clusterAddSlots(IntStream.range(0, 16_384).toArray());
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!operator.clusterInfo().contains("cluster_state:ok")) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "The cluster does not come up: " + operator.clusterInfo());
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
    return server;
  }

  private static ValkeyServer start(List<String> settings) {
    try {
      int port = freePort();
      RedisServerBuilder builder =
          RedisServer.newRedisServer()
              .port(port)
              .bind(HOST)
              .setting("save \"\"")
              .setting("appendonly no");
      settings.forEach(builder::setting);
      RedisServer server = builder.build();
      server.start();
      return new ValkeyServer(server, port);
    } catch (IOException e) {
      throw new UncheckedIOException("The real server for these tests does not start.", e);
    }
  }

  HostAndPort address() {
    return new HostAndPort(HOST, port);
  }

  /** A client as an application would make it. */
  JedisPooled client() {
    return ValkeyRevocationEpochs.client(address(), with -> with);
  }

  /** For what an operator, an attacker or a disaster does. */
  Jedis operator() {
    return new Jedis(address());
  }

  /** How often this command was carried out since the server started. */
  long calls(String command) {
    try (Jedis operator = operator()) {
      Matcher calls =
          Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
              .matcher(operator.info("commandstats"));
      return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
  }

  /** Gone, with all it held. */
  void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There again, at the same port, empty. */
  void startAgain() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
