package io.github.ownproof.auth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ownproof.testkit.TokenForge;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, in a servlet container. */
class BearerTokenFilterTest extends FilterFixture {

  @Test
  void doFilter_acceptedToken_reachesTheServlet() {
    start();
    HttpResponse<String> response = server.get("/who", bearer(forge.token()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("user-1|" + ISSUER + " user-1|null|Bearer|false");
    assertThat(reached).hasValue(1);
  }

  @Test
  void doFilter_tokenWithEmail_principalIsNotIt() {
    start();
    String body =
        server.get("/who", bearer(forge.token().claim("email", "user@example.com"))).body();
    assertThat(body).doesNotContain("@");
  }

  @Test
  void doFilter_noToken_isAskedForOne() {
    start();
    assertRefused(server.get("/who"), 401, "Bearer");
    assertRefused(server.get("/who", "Authorization", "Basic dTpw"), 401, "Bearer");
  }

  @Test
  void doFilter_tokenOutsideTheHeader_isNone() {
    start();
    String token = forge.token().compact();
    assertRefused(server.get("/who?access_token=" + token), 401, "Bearer");
    assertRefused(server.post("/who", "access_token=" + token), 401, "Bearer");
    assertRefused(server.get("/who", "Cookie", "access_token=" + token), 401, "Bearer");
    assertRefused(server.get("/who", "Proxy-Authorization", "Bearer " + token), 401, "Bearer");
  }

  @Test
  void doFilter_refusedToken_isAnsweredWithoutTheReason() {
    start();
    String challenge = "Bearer error=\"invalid_token\"";
    assertRefused(
        server.get("/who", bearer(forge.token().expiresIn(Duration.ofHours(-1)))), 401, challenge);
    assertRefused(
        server.get("/who", bearer(forge.token().signature(new byte[64]))), 401, challenge);
    assertRefused(server.get("/who", "Authorization", "Bearer abc"), 401, challenge);
  }

  @Test
  void doFilter_malformedHeader_is400() {
    start();
    String challenge = "Bearer error=\"invalid_request\"";
    String token = forge.token().compact();
    assertRefused(
        server.get("/who", "Authorization", "Bearer " + token + ", " + token), 400, challenge);
    assertRefused(
        server.get("/who", "Authorization", "Bearer " + token, "Authorization", "Bearer " + token),
        400,
        challenge);
    assertRefused(
        server.get("/who", "Authorization", "Basic dTpw", "Authorization", "Bearer " + token),
        400,
        challenge);
  }

  @Test
  void doFilter_ourTrouble_is503AndSaysWhenToRetry() {
    start(
        BearerTokenFilter.of(
            verifier(forge)
                .revocations(
                    token -> {
                      throw new IllegalStateException("down");
                    })
                .build()));
    HttpResponse<String> response = server.get("/who", bearer(forge.token()));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).contains("5");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(response.body()).isEmpty();
    assertThat(reached).hasValue(0);
  }

  @Test
  void lettingAnonymousPass_noToken_passesAsNobody() {
    start(BearerTokenFilter.lettingAnonymousPass(verifier(forge).build(), "public catalogue"));
    assertThat(server.get("/who").body()).isEqualTo("nobody|null|null|null|false");
    assertThat(server.get("/forward").body()).isEqualTo("nobody|null|null|null|false");
    assertThat(server.get("/who", bearer(forge.token())).body()).startsWith("user-1|");
  }

  @Test
  void lettingAnonymousPass_tokenThatIsRefused_doesNotPass() {
    start(BearerTokenFilter.lettingAnonymousPass(verifier(forge).build(), "public catalogue"));
    assertRefused(
        server.get("/who", "Authorization", "Bearer abc"), 401, "Bearer error=\"invalid_token\"");
    assertRefused(
        server.get("/who", "Authorization", "Bearer"), 400, "Bearer error=\"invalid_request\"");
    assertRefused(
        server.get("/who", bearer(bound())), 401, "Bearer error=\"invalid_token\", DPoP " + ALGS);
  }

  @Test
  void lettingAnonymousPass_withoutReason_isRefused() {
    assertThatThrownBy(() -> BearerTokenFilter.lettingAnonymousPass(verifier(forge).build(), " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(BearerTokenFilter.lettingAnonymousPass(verifier(forge).build(), "catalogue"))
        .asString()
        .contains("catalogue");
  }

  /** Verified anew, the proof would be a replay. */
  @ParameterizedTest
  @ValueSource(strings = {"/forward", "/include", "/async", "/async-raw"})
  void doFilter_laterDispatch_goesOnWithTheSameToken(String path) {
    start();
    HttpResponse<String> response = server.get(path, dpop(bound().compact(), server.uri(path)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("user-1|" + ISSUER + " user-1|null|DPoP");
  }

  @Test
  void doFilter_errorPage_goesOnWithTheSameToken() {
    start();
    HttpResponse<String> response =
        server.get("/lost", dpop(bound().compact(), server.uri("/lost")));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("page for user-1");
  }

  @Test
  void doFilter_twoFilters_neitherTrustsTheOther() {
    TokenForge other = TokenForge.issuer("https://other.example.com").key(forge.key()).clock(clock);
    server =
        new ServletServer()
            .filter(BearerTokenFilter.of(verifier(forge).build()), "/*")
            .filter(BearerTokenFilter.of(verifier(other).build()), "/*")
            .servlet(new Application());
    assertRefused(server.get("/who", bearer(forge.token())), 401, "Bearer error=\"invalid_token\"");
  }

  @Test
  void doFilter_missingScope_is403WithTheScopes() {
    start();
    HttpResponse<String> response =
        server.get("/admin", bearer(forge.token().claim("scope", "orders:read")));
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"insufficient_scope\", scope=\"orders:read admin\"");
    assertThat(response.body()).isEmpty();
    assertThat(
            server.get("/admin", bearer(forge.token().claim("scope", "orders:read admin"))).body())
        .isEqualTo("welcome");
  }

  @Test
  void doFilter_missingScopeAfterTheAnswerBegan_isNotAnswered() {
    start();
    Throwable broken =
        catchThrowable(() -> server.get("/late", bearer(forge.token().claim("scope", "a"))));
    assertThat(broken).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void doFilter_stepUpNeeded_is401WithWhatItTakes() {
    start();
    HttpResponse<String> response = server.get("/step-up", bearer(forge.token()));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains(
            "Bearer error=\"insufficient_user_authentication\", acr_values=\"mfa\","
                + " max_age=\"300\"");
  }

  @Test
  void doFilter_anotherTokenRefusedBehindIt_isNotTheClientsFault() {
    start();
    HttpResponse<String> response = server.get("/other-token", bearer(forge.token()));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
  }
}
