package io.github.ownproof.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;

/** Whoever was given a URL: it has no credentials, and nothing of AWS. */
final class Browser {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Every client sends these by itself. */
  private static final Set<String> SENT_ANYWAY = Set.of("host", "content-length");

  private Browser() {}

  static HttpResponse<String> use(PresignedUrl url) {
    return use(url, "");
  }

  /** Does what the URL is for. */
  static HttpResponse<String> use(PresignedUrl url, String body) {
    return send(url.method(), url.url(), url.headers(), body);
  }

  static HttpResponse<String> use(PresignedRequest url, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.url().toString()));
    for (Map.Entry<String, List<String>> header : url.signedHeaders().entrySet()) {
      if (!SENT_ANYWAY.contains(header.getKey())) {
        header.getValue().forEach(value -> request.header(header.getKey(), value));
      }
    }
    return send(request, url.httpRequest().method().name(), body);
  }

  static HttpResponse<String> get(String url) {
    return send("GET", url, Map.of(), "");
  }

  static HttpResponse<String> send(
      String method, String url, Map<String, String> headers, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    headers.forEach(
        (name, value) -> {
          if (!SENT_ANYWAY.contains(name)) {
            request.header(name, value);
          }
        });
    return send(request, method, body);
  }

  private static HttpResponse<String> send(
      HttpRequest.Builder request, String method, String body) {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty() && !method.equals("PUT")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8);
    try {
      return HTTP.send(
          request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
