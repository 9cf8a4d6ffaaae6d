package io.github.ownproof.examples.tokengateway;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.BearerTokens;
import io.github.ownproof.auth.Identity;
import io.github.ownproof.auth.PresentedToken;
import io.github.ownproof.auth.TokenRejectedException;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The service: tells callers with a good token who they are, and others as little as it can. */
final class Gateway implements AutoCloseable {

  private final TokenVerifier verifier;
  private final Consumer<String> log;
  private final HttpServer server;
  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final String origin;

  private Gateway(TokenVerifier verifier, Consumer<String> log, HttpServer server) {
    this.verifier = verifier;
    this.log = log;
    this.server = server;
    this.origin = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Starts it on a free port; whoever made the verifier closes it. */
  static Gateway start(TokenVerifier verifier, Consumer<String> log) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Gateway gateway = new Gateway(verifier, log, server);
    server.setExecutor(gateway.workers);
    gateway.serve("/whoami", token -> {});
    gateway.serve(
        "/transfers",
        token -> token.require(AuthenticationRequirement.of("mfa").within(Duration.ofMinutes(5))));
    gateway.serve("/admin", token -> token.requireScope("admin"));
    server.start();
    return gateway;
  }

  URI uri(String path) {
    return URI.create(origin + path);
  }

  private void serve(String path, Consumer<VerifiedToken> demand) {
    server.createContext(path, exchange -> handle(exchange, demand));
  }

  private void handle(HttpExchange exchange, Consumer<VerifiedToken> demand) throws IOException {
    try (exchange) {
      try {
        VerifiedToken token = verifier.verify(presented(exchange));
        demand.accept(token);
        answer(exchange, 200, whoIs(token.identity()));
      } catch (TokenRejectedException e) {
        refuse(exchange, e);
      }
    }
  }

  private void refuse(HttpExchange exchange, TokenRejectedException rejected) throws IOException {
    // The reason is for us; the caller gets the challenge, which tells a forger nothing.
    log.accept("refused " + rejected.reason());
    if (!rejected.challenge().isEmpty()) {
      exchange.getResponseHeaders().set("WWW-Authenticate", rejected.challenge());
    }
    if (rejected.reason().isTransient()) {
      exchange.getResponseHeaders().set("Retry-After", "5");
    }
    answer(exchange, rejected.status(), "");
  }

  private PresentedToken presented(HttpExchange exchange) {
    return BearerTokens.fromHeaders(
        headers(exchange, "Authorization"),
        headers(exchange, "DPoP"),
        exchange.getRequestMethod(),
        // Our own idea of where we are: a client could put any host into its Host header.
        URI.create(origin + exchange.getRequestURI().getRawPath()));
  }

  private static List<String> headers(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of());
  }

  private static String whoIs(Identity identity) {
    Map<String, Object> who = new LinkedHashMap<>();
    who.put("issuer", identity.issuer());
    who.put("subject", identity.subject());
    who.put("kind", identity.kind().name());
    return JSONObjectUtils.toJSONString(who);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (bytes.length > 0) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
