package io.github.ownproof.examples.supportdesk;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.ownproof.auth.TokenRejectedException;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Signing in with OpenID Connect: the authorization code flow, with PKCE and state. */
final class SignIn {

  /**
   * One attempt, from the click on "Sign in" to the return from the provider.
   *
   * @param state comes back with the code
   * @param verifier what PKCE (RFC 7636) calls so; it ties the code to this attempt, as a nonce
   *     would (RFC 9700 section 2.1.1)
   * @param then the page to go on with
   */
  record Attempt(String state, String verifier, String then) {
    static Attempt to(String then) {
      return new Attempt(Secrets.next(), Secrets.next(), then);
    }

    @Override
    public String toString() {
      return "Attempt";
    }
  }

  private final URI authorizationEndpoint;
  private final URI tokenEndpoint;
  private final URI redirect;
  private final TokenVerifier idTokens;
  private final TokenVerifier accessTokens;
  private final HttpClient http;

  private SignIn(
      Map<String, Object> metadata,
      URI redirect,
      TokenVerifier idTokens,
      TokenVerifier accessTokens,
      HttpClient http) {
    this.authorizationEndpoint = URI.create((String) metadata.get("authorization_endpoint"));
    this.tokenEndpoint = URI.create((String) metadata.get("token_endpoint"));
    this.redirect = redirect;
    this.idTokens = idTokens;
    this.accessTokens = accessTokens;
    this.http = http;
  }

  /** Asks the provider where to send people, and where codes become tokens. */
  static SignIn discover(
      String issuer, URI redirect, TokenVerifier idTokens, TokenVerifier accessTokens)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
            .timeout(Duration.ofSeconds(10))
            .build();
    return new SignIn(json(http, request), redirect, idTokens, accessTokens, http);
  }

  /**
   * Where to send the browser.
   *
   * @param strong whether it takes a security key, and now
   */
  URI at(Attempt attempt, boolean strong) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", Provider.CLIENT);
    query.put("redirect_uri", redirect.toString());
    query.put("scope", "openid");
    query.put("state", attempt.state());
    query.put("code_challenge", challenge(attempt.verifier()));
    query.put("code_challenge_method", "S256");
    query.put("response_mode", "query");
    if (strong) {
      query.put("acr_values", Provider.STRONG);
      query.put("prompt", "login");
      query.put("max_age", "0");
    }
    return URI.create(authorizationEndpoint + "?" + encoded(query));
  }

  /**
   * The access token that the code stands for.
   *
   * @throws TokenRejectedException if a token is not good, or the two are not about the same person
   */
  String finish(Attempt attempt, String code) throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect.toString());
    form.put("client_id", Provider.CLIENT);
    form.put("code_verifier", attempt.verifier());
    HttpRequest request =
        HttpRequest.newBuilder(tokenEndpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofString(encoded(form)))
            .build();
    Map<String, Object> answer = json(http, request);
    VerifiedToken who = idTokens.verify(text(answer, "id_token"));
    String accessToken = text(answer, "access_token");
    VerifiedToken access = accessTokens.verify(accessToken);
    if (!who.identity().equals(access.identity())) {
      throw new IOException("The provider's two tokens are not about the same person.");
    }
    return accessToken;
  }

  private static String text(Map<String, Object> answer, String name) throws IOException {
    if (answer.get(name) instanceof String text) {
      return text;
    }
    throw new IOException("The provider's answer lacks " + name + ".");
  }

  private static Map<String, Object> json(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("The provider answered with status " + response.statusCode() + ".");
    }
    try {
      return JSONObjectUtils.parse(response.body());
    } catch (ParseException e) {
      throw new IOException("The provider's answer is no JSON object.", e);
    }
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
