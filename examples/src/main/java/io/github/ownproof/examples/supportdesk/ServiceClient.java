package io.github.ownproof.examples.supportdesk;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Calls the services, with the engineer's own token and what grants there are. */
final class ServiceClient {

  private static final Pattern RESOURCE = Pattern.compile("[a-z]+/[0-9]+");

  /** What a service answered. */
  record Reply(int status, Map<String, Object> body) {
    String text(String name) {
      return body.get(name) instanceof String text ? text : "";
    }

    /** Why it refused. */
    String explanation() {
      String words = text("explanation");
      return words.isEmpty() ? "The service did not say why." : Trouble.sentence(words);
    }
  }

  /** One service. */
  @FunctionalInterface
  interface Service {
    Reply call(String method, String resource, String token, List<String> grants)
        throws IOException, InterruptedException;
  }

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI orders;
  private final URI invoices;

  ServiceClient(URI orders, URI invoices) {
    this.orders = orders;
    this.invoices = invoices;
  }

  /** The orders service: {@code /support/} knows of grants, {@code /} does not. */
  Service orders(String path) {
    return (method, resource, token, grants) ->
        call(method, orders + path, resource, token, grants);
  }

  /** The invoices service, which has never heard of grants. */
  Service invoices() {
    return (method, resource, token, grants) ->
        call(method, invoices + "/", resource, token, grants);
  }

  private Reply call(String method, String base, String resource, String token, List<String> grants)
      throws IOException, InterruptedException {
    if (!RESOURCE.matcher(resource).matches()) {
      throw Visit.notThere();
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + resource))
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    grants.forEach(grant -> request.header(OrdersService.GRANT, grant));
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    try {
      return new Reply(
          response.statusCode(),
          response.body().isEmpty() ? Map.of() : JSONObjectUtils.parse(response.body()));
    } catch (ParseException e) {
      throw new IOException("The service's answer is no JSON object.", e);
    }
  }
}
