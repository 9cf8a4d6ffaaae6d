package io.github.ownproof.examples.photoshare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Somebody with a link and plain HTTP: no AWS code, no credentials. */
final class Browser {

  private final HttpClient http = HttpClient.newHttpClient();

  /** What a server answered. */
  record Page(int status, String body) {}

  /** Opens a link, as a browser does: with no header of its own. */
  Page open(URI link) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(link).build());
  }

  /** Uploads to a link with the headers it was given for it. */
  Page upload(URI link, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(link).PUT(BodyPublishers.ofByteArray(body));
    headers.forEach(
        (name, value) -> {
          // The HTTP client counts for itself.
          if (!name.equalsIgnoreCase("content-length")) {
            request.header(name, value);
          }
        });
    return send(request.build());
  }

  private Page send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return new Page(answer.statusCode(), answer.body());
  }
}
