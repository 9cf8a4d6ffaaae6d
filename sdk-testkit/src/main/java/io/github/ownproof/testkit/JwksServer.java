package io.github.ownproof.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's key endpoint on the loopback, with its discovery document, that can be made to fail
 * in every way we know: for tests of whatever fetches keys.
 *
 * <pre>{@code
 * try (JwksServer server = JwksServer.start()) {
 *   server.publish(publicJwk);
 *   KeySource keys = KeySource.jwks(server.jwksUri(), settings);
 *   server.fault(JwksFault.status(503));
 *   ...
 * }
 * }</pre>
 *
 * <p>It speaks HTTP/1.1 over plain sockets, closes each connection after its answer, sends an
 * {@code ETag} and answers 304 to a request that has it. Nothing is random: a fault holds from the
 * moment it is set until it is cleared. Thread-safe. All threads are daemons and end with it.
 */
public final class JwksServer implements AutoCloseable {

  private static final String JWKS_PATH = "/keys";
  private static final String DISCOVERY_PATH = "/.well-known/openid-configuration";

  private final LoopbackListener listener;
  private volatile byte[] document = bytes("{\"keys\":[]}");
  private volatile byte @Nullable [] discovery;
  private volatile @Nullable String cacheControl;
  private volatile @Nullable JwksFault fault;
  private volatile @Nullable JwksFault discoveryFault;
  private final AtomicLong fetches = new AtomicLong();
  private final AtomicLong notModified = new AtomicLong();
  private final AtomicLong discoveryFetches = new AtomicLong();
  private final AtomicLong bodyBytes = new AtomicLong();

  private JwksServer() {
    this.listener = new LoopbackListener("ownproof-jwks", this::answer);
  }

  /** A server on a free port of 127.0.0.1, with an empty key set. */
  public static JwksServer start() {
    JwksServer server = new JwksServer();
    server.listener.open();
    return server;
  }

  /** Where the key set is. */
  public URI jwksUri() {
    return URI.create(issuer() + JWKS_PATH);
  }

  /** The issuer, whose discovery document leads to {@link #jwksUri()}. */
  public String issuer() {
    return "http://127.0.0.1:" + listener.port();
  }

  /** Publishes a key set of these public keys, each a JWK in JSON, instead of the former. */
  public void publish(String... publicJwks) {
    publishRaw(bytes("{\"keys\":[" + String.join(",", publicJwks) + "]}"));
  }

  /** Publishes this document instead of the former, whatever it is. */
  public void publishRaw(byte[] body) {
    document = body.clone();
  }

  /** Publishes this discovery document, whatever it is, instead of the right one. */
  public void publishDiscovery(String json) {
    discovery = bytes(json);
  }

  /** The {@code Cache-Control} of the key set from now on, such as {@code max-age=600}. */
  public void cacheControl(String value) {
    cacheControl = Objects.requireNonNull(value);
  }

  /** What goes wrong with the key set from now on, instead of any former fault. */
  public void fault(JwksFault fault) {
    HttpAnswer.prepare(fault);
    this.fault = Objects.requireNonNull(fault);
  }

  /** What goes wrong with the discovery document from now on. */
  public void discoveryFault(JwksFault fault) {
    HttpAnswer.prepare(fault);
    discoveryFault = Objects.requireNonNull(fault);
  }

  /** Nothing goes wrong with new requests from now on; those that hang go on hanging. */
  public void clearFaults() {
    fault = null;
    discoveryFault = null;
  }

  /** Closes the port and every connection: connections are refused until {@link #up()}. */
  public void down() {
    listener.shut();
  }

  /**
   * Listens on the same port again, if it does not.
   *
   * @throws IllegalStateException if another program has taken the port meanwhile
   */
  public void up() {
    listener.open();
  }

  /** How many requests for the key set have come in, whatever became of them. */
  public long fetches() {
    return fetches.get();
  }

  /** How many of these were answered with 304. */
  public long notModified() {
    return notModified.get();
  }

  /** How many requests for the discovery document have come in. */
  public long discoveryFetches() {
    return discoveryFetches.get();
  }

  /** How many bytes of bodies could be sent in all; a client's and the kernel's buffers count. */
  public long bodyBytes() {
    return bodyBytes.get();
  }

  /** How many connections are open now. */
  public int connections() {
    return listener.connections();
  }

  /** Closes everything. Closing again does nothing. */
  @Override
  public void close() {
    listener.shut();
  }

  private void answer(LoopbackListener.Connection connection) throws IOException {
    String[] request = connection.requestLine().split(" ", -1);
    String path = request.length > 1 ? request[1] : "";
    boolean isForKeys = path.equals(JWKS_PATH);
    HttpAnswer answer =
        new HttpAnswer(connection, bodyBytes, isForKeys ? notModified : new AtomicLong());
    if (isForKeys) {
      fetches.incrementAndGet();
      answer.send(document, cacheControl, fault);
    } else if (path.equals(DISCOVERY_PATH)) {
      discoveryFetches.incrementAndGet();
      byte[] published = discovery;
      answer.send(published == null ? ownDiscovery() : published, null, discoveryFault);
    } else {
      answer.send(bytes(""), null, JwksFault.status(404));
    }
  }

  private byte[] ownDiscovery() {
    return bytes("{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + jwksUri() + "\"}");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
