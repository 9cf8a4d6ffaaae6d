package io.github.ownproof.s3;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** ECS metadata, IMDSv2 and STS on one loopback port, as strict as the real ones. */
final class ContextStub implements AutoCloseable {

  static final String IMDS_TOKEN = "imds-canary-token";

  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();

  ContextStub() throws IOException {
    threads = new ThreadPoolExecutor(0, 200, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    requests.add(request);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      authorizations.add(authorization);
    }
    exchange.getRequestBody().readAllBytes();
    Answer answer = answers.get(request);
    if (answer == null) {
      respond(exchange, 404, "");
    } else {
      answer.to(exchange);
    }
    exchange.close();
  }

  static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @CanIgnoreReturnValue
  ContextStub on(String request, Answer answer) {
    answers.put(request, answer);
    return this;
  }

  @CanIgnoreReturnValue
  ContextStub on(String request, int status, String body) {
    return on(request, exchange -> respond(exchange, status, body));
  }

  /** Accepts the request and says nothing until the stub is closed. */
  @CanIgnoreReturnValue
  ContextStub silentOn(String request) {
    return on(
        request,
        exchange -> {
          try {
            closing.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @CanIgnoreReturnValue
  ContextStub ecs(String path, String account) {
    return on(
        "GET " + path + "/task",
        200,
        "{\"Cluster\":\"default\",\"TaskARN\":\"arn:aws:ecs:eu-west-1:"
            + account
            + ":task/default/158d1c8083dd49d6b527399fd6414f5c\",\"Family\":\"x\"}");
  }

  @CanIgnoreReturnValue
  ContextStub imds(String account, String region) {
    on(
        "PUT /latest/api/token",
        exchange -> {
          String ttl =
              exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token-ttl-seconds");
          respond(exchange, ttl == null ? 400 : 200, ttl == null ? "" : IMDS_TOKEN);
        });
    return on(
        "GET /latest/dynamic/instance-identity/document",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
          if (!IMDS_TOKEN.equals(token)) {
            respond(exchange, 401, "");
            return;
          }
          respond(
              exchange,
              200,
              "{\"accountId\" : \"" + account + "\", \"region\" : \"" + region + "\"}");
        });
  }

  @CanIgnoreReturnValue
  ContextStub sts(String account) {
    return on("POST /", 200, callerIdentity(account));
  }

  @CanIgnoreReturnValue
  ContextStub stsFails(int status, String code) {
    return on(
        "POST /",
        status,
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
            + "<Type>Sender</Type><Code>"
            + code
            + "</Code><Message>said "
            + AwsExecutionContextFixture.SECRET
            + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
  }

  static String callerIdentity(String account) {
    return "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
        + "<GetCallerIdentityResult><Arn>arn:aws:iam::"
        + account
        + ":user/a</Arn><UserId>AIDA</UserId><Account>"
        + account
        + "</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId>"
        + "</ResponseMetadata></GetCallerIdentityResponse>";
  }

  long count(String request) {
    return requests.stream().filter(request::equals).count();
  }

  long stsCalls() {
    return count("POST /");
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
