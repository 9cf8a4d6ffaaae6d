package io.github.ownproof.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.DpopNonces;
import io.github.ownproof.auth.TestCertificates;
import io.github.ownproof.testkit.ForgedToken;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, in a servlet container, with tokens bound to a key or a certificate. */
class BoundTokenFilterTest extends FilterFixture {

  @Test
  void doFilter_boundTokenWithProof_reachesTheServletOnce() {
    start();
    String[] headers = dpop(bound().compact(), server.uri("/who"));
    assertThat(server.get("/who?page=2", headers).body())
        .isEqualTo("user-1|" + ISSUER + " user-1|null|DPoP|false");
    reached.set(0);
    assertRefused(server.get("/who", headers), 401, "DPoP error=\"invalid_dpop_proof\", " + ALGS);
  }

  @Test
  void doFilter_boundTokenWithoutItsProof_isRefused() {
    start();
    ForgedToken token = bound();
    String compact = token.compact();
    String challenge = "DPoP error=\"invalid_dpop_proof\", " + ALGS;
    assertRefused(
        server.get("/who", bearer(token)), 401, "Bearer error=\"invalid_token\", DPoP " + ALGS);
    assertRefused(server.get("/who", "Authorization", "DPoP " + compact), 401, challenge);
    assertRefused(server.get("/who", dpop(compact, server.uri("/else"))), 401, challenge);
    String post = proof(compact, "POST", server.uri("/who")).compact();
    assertRefused(
        server.get("/who", "Authorization", "DPoP " + compact, "DPoP", post), 401, challenge);
    String one = proof(compact, "GET", server.uri("/who")).compact();
    String two = proof(compact, "GET", server.uri("/who")).compact();
    assertRefused(
        server.get("/who", "Authorization", "DPoP " + compact, "DPoP", one, "DPoP", two),
        401,
        challenge);
  }

  @Test
  void requestUri_behindAProxy_isWhatTheProofNames() {
    start(
        BearerTokenFilter.of(verifier(forge).build())
            .requestUri(
                request -> URI.create("https://api.example.com/v1" + request.getRequestURI())));
    String token = bound().compact();
    URI outer = URI.create("https://api.example.com/v1/who");
    assertThat(server.get("/who", dpop(token, outer)).statusCode()).isEqualTo(200);
    assertThat(server.get("/who", dpop(token, server.uri("/who"))).statusCode()).isEqualTo(401);
  }

  @Test
  void origin_notSet_refusesEveryProof() {
    start(BearerTokenFilter.of(verifier(forge).build()));
    String token = bound().compact();
    assertThat(server.get("/who", dpop(token, server.uri("/who"))).statusCode()).isEqualTo(401);
  }

  @Test
  void origin_set_isWhatTheProofNamesWhateverTheHost() {
    start(
        BearerTokenFilter.of(verifier(forge).build())
            .origin(URI.create("https://api.example.com")));
    String token = bound().compact();
    URI outer = URI.create("https://api.example.com/who");
    assertThat(server.get("/who?a=b", dpop(token, outer)).statusCode()).isEqualTo(200);
    assertThat(server.get("/who", dpop(token, server.uri("/who"))).statusCode()).isEqualTo(401);
    assertThat(server.get("/who", dpop(token, outer.resolve("/else"))).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/",
        "https://api.example.com/v1",
        "https://a@api.example.com",
        "https://api.example.com?a",
        "https://api.example.com#a",
        "api.example.com",
        "ftp://a",
        "/"
      })
  void origin_thatIsNone_isRefused(String origin) {
    BearerTokenFilter filter = BearerTokenFilter.of(verifier(forge).build());
    assertThatThrownBy(() -> filter.origin(URI.create(origin)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(origin);
  }

  @Test
  void requestUri_thatFails_refusesProofsButNotBearers() {
    start(
        BearerTokenFilter.of(verifier(forge).build())
            .requestUri(
                request -> {
                  throw new IllegalArgumentException("no such host");
                }));
    assertThat(server.get("/who", bearer(forge.token())).statusCode()).isEqualTo(200);
    String token = bound().compact();
    assertThat(server.get("/who", dpop(token, server.uri("/who"))).statusCode()).isEqualTo(401);
    assertThat(server.get("/who", dpop(token, URI.create("unknown:target"))).statusCode())
        .isEqualTo(401);
  }

  @Test
  void doFilter_nonceMissing_isHandedOut() {
    DpopNonces nonces =
        new DpopNonces() {
          @Override
          public String current() {
            return "fresh-nonce";
          }

          @Override
          public boolean accepts(String nonce) {
            return nonce.equals("fresh-nonce");
          }
        };
    start(
        atTheAddressOf(BearerTokenFilter.of(verifier(forge).dpop(policy.nonces(nonces)).build())));
    String token = bound().compact();
    HttpResponse<String> response = server.get("/who", dpop(token, server.uri("/who")));
    assertRefused(response, 401, "DPoP error=\"use_dpop_nonce\", " + ALGS);
    String nonce = response.headers().firstValue("DPoP-Nonce").orElseThrow();
    assertThat(nonce).isEqualTo("fresh-nonce");
    String proof = proof(token, "GET", server.uri("/who")).claim("nonce", nonce).compact();
    assertThat(server.get("/who", "Authorization", "DPoP " + token, "DPoP", proof).statusCode())
        .isEqualTo(200);
  }

  @Test
  void doFilter_nonceThatWouldSplitTheHeader_isNotSent() {
    DpopNonces nonces =
        new DpopNonces() {
          @Override
          public String current() {
            return "x\r\nSet-Cookie: a=b";
          }

          @Override
          public boolean accepts(String nonce) {
            return false;
          }
        };
    start(
        atTheAddressOf(BearerTokenFilter.of(verifier(forge).dpop(policy.nonces(nonces)).build())));
    HttpResponse<String> response = server.get("/who", dpop(bound().compact(), server.uri("/who")));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.headers().firstValue("DPoP-Nonce")).isEmpty();
    assertThat(reached).hasValue(0);
  }

  @Test
  void doFilter_certificateBoundToken_needsTheClientsOwn() {
    start();
    ForgedToken token =
        forge.token().claim("cnf", Map.of("x5t#S256", TestCertificates.CLIENT_THUMBPRINT));
    String authorization = "Bearer " + token.compact();
    assertRefused(
        server.get("/who", "Authorization", authorization),
        401,
        "Bearer error=\"invalid_token\", DPoP " + ALGS);
    assertRefused(
        server.get("/who", "Authorization", authorization, "Test-TLS", "other"),
        401,
        "Bearer error=\"invalid_token\"");
    assertThat(
            server.get("/who", "Authorization", authorization, "Test-TLS", "client").statusCode())
        .isEqualTo(200);
  }
}
