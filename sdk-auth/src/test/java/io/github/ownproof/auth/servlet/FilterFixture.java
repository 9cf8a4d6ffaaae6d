package io.github.ownproof.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.AuthenticationRequirement;
import io.github.ownproof.auth.DpopPolicy;
import io.github.ownproof.auth.IssuerProfile;
import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.ProofForge;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import io.github.ownproof.testkit.TokenForge;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** An application behind a filter, in a servlet container, and tokens to call it with. */
abstract class FilterFixture {

  static final String ISSUER = "https://login.example.com";
  static final ForgedKey HOLDER = ForgedKey.of("ES256", "filter-holder");
  static final String ALGS = "algs=\"ES256\"";

  final MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
  final TokenForge forge =
      TokenForge.issuer(ISSUER).key(ForgedKey.of("ES256", "forge-ES256")).clock(clock);
  final AtomicInteger reached = new AtomicInteger();
  final DpopPolicy policy = DpopPolicy.defaults().algorithms(JwsAlgorithm.ES256);
  ServletServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  TokenVerifier.Builder verifier(TokenForge issuer) {
    IssuerProfile profile =
        IssuerProfiles.oidc(issuer.issuer())
            .audience("https://api.example.com")
            .accessTokens()
            .keys(KeySource.pinned(issuer.jwks()));
    return TokenVerifier.builder().accept(profile).clock(clock).dpop(policy);
  }

  void start() {
    start(atTheAddressOf(BearerTokenFilter.of(verifier(forge).build())));
  }

  /** The server's port is known only once it runs. */
  static BearerTokenFilter atTheAddressOf(BearerTokenFilter filter) {
    return filter.requestUri(request -> URI.create(request.getRequestURL().toString()));
  }

  void start(BearerTokenFilter filter) {
    server = new ServletServer().filter(filter, "/*").servlet(new Application());
  }

  /** What is behind the filter. */
  final class Application extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      reached.incrementAndGet();
      Optional<VerifiedToken> token = BearerTokenFilter.token(request);
      // The URI of an included request stays that of the outer one.
      boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
      switch (included ? "/who" : request.getRequestURI()) {
        case "/forward" -> request.getRequestDispatcher("/who").forward(request, response);
        case "/include" -> request.getRequestDispatcher("/who").include(request, response);
        case "/async" -> request.startAsync().dispatch("/who");
        case "/async-raw" -> {
          if (request.getAttribute("again") == null) {
            request.setAttribute("again", true);
            request.startAsync().dispatch();
          } else {
            say(request, response);
          }
        }
        case "/lost" -> response.sendError(404);
        case "/error-page" -> response.getWriter().print("page for " + who(request));
        case "/admin" -> {
          token.orElseThrow().requireScope("orders:read", "admin");
          response.getWriter().print("welcome");
        }
        case "/late" -> {
          response.getWriter().print("begun");
          response.flushBuffer();
          token.orElseThrow().requireScope("admin");
        }
        case "/step-up" ->
            token
                .orElseThrow()
                .require(AuthenticationRequirement.of("mfa").within(Duration.ofMinutes(5)));
        case "/other-token" -> {
          try (TokenVerifier verifier = verifier(forge).build()) {
            verifier.verify("not a token");
          }
        }
        default -> say(request, response);
      }
    }

    private void say(HttpServletRequest request, HttpServletResponse response) throws IOException {
      response
          .getWriter()
          .print(
              String.join(
                  "|",
                  who(request),
                  String.valueOf(
                      request.getUserPrincipal() == null
                          ? null
                          : request.getUserPrincipal().getName()),
                  String.valueOf(request.getRemoteUser()),
                  String.valueOf(request.getAuthType()),
                  String.valueOf(request.isUserInRole("admin"))));
    }

    private static String who(HttpServletRequest request) {
      return BearerTokenFilter.token(request).map(t -> t.identity().subject()).orElse("nobody");
    }
  }

  String[] bearer(ForgedToken token) {
    return new String[] {"Authorization", "Bearer " + token.compact()};
  }

  ForgedToken bound() {
    String jkt = ProofForge.thumbprint(HOLDER);
    return forge.token().claim("cnf", Map.of("jkt", jkt));
  }

  ForgedToken proof(String token, String method, URI uri) {
    return forge.dpopProof(HOLDER, method, uri.toString()).claim("ath", ProofForge.hash(token));
  }

  String[] dpop(String token, URI uri) {
    return new String[] {
      "Authorization", "DPoP " + token, "DPoP", proof(token, "GET", uri).compact()
    };
  }

  void assertRefused(HttpResponse<String> response, int status, String challenge) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.body()).isEmpty();
    assertThat(reached).hasValue(0);
  }
}
