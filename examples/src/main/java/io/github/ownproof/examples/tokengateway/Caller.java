package io.github.ownproof.examples.tokengateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the gateway over HTTP. */
final class Caller {

  /** What came back; a header that was not sent is empty. */
  record Answer(int status, String body, String challenge, String retryAfter) {

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder().append(status);
      if (!body.isEmpty()) {
        text.append("  ").append(body);
      }
      if (!challenge.isEmpty()) {
        text.append("  WWW-Authenticate: ").append(challenge);
      }
      if (!retryAfter.isEmpty()) {
        text.append("  Retry-After: ").append(retryAfter);
      }
      return text.toString();
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  Answer get(URI uri, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    return new Answer(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("WWW-Authenticate").orElse(""),
        response.headers().firstValue("Retry-After").orElse(""));
  }

  Answer bearer(URI uri, String token) throws IOException, InterruptedException {
    return get(uri, "Authorization", "Bearer " + token);
  }
}
