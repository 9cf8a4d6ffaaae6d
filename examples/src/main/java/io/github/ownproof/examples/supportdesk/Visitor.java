package io.github.ownproof.examples.supportdesk;

import io.github.ownproof.examples.Surprise;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser's part, as far as the story needs it: cookies, links, forms. One person's. */
final class Visitor {

  /** A page as it came. */
  record Seen(int status, URI address, String html, HttpHeaders headers) {

    /** The form that goes to this path. */
    Form form(String action) {
      return Form.in(html, action);
    }

    boolean shows(String text) {
      return html.contains(text);
    }

    /** What to say about it when it is not what was expected. */
    String brief() {
      String title = html.replaceAll("(?s).*<title>(.*?)</title>.*", "$1");
      return status + " " + (title.length() > 200 ? "" : title);
    }
  }

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI desk;

  Visitor(URI desk) {
    this.desk = desk;
  }

  CookieManager cookies() {
    return cookies;
  }

  Seen get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(desk.resolve(path)));
  }

  Seen submit(Form form) throws IOException, InterruptedException {
    return post(desk.resolve(form.action()), form.fields());
  }

  /** Signs in at the provider's page, and comes back. */
  Seen signIn(Person person, String how) throws IOException, InterruptedException {
    return signIn(get("/sign-in"), person, how);
  }

  /** The same, from the provider's page on. */
  Seen signIn(Seen provider, Person person, String how) throws IOException, InterruptedException {
    Seen back = chooseAtProvider(provider, person, how);
    Surprise.unless(back.shows("You are signed in"), "signing in failed: " + back.brief());
    return get(back.html().replaceAll("(?s).*;url=([^\"]*)\".*", "$1"));
  }

  /** The page one comes back to from the provider. */
  Seen chooseAtProvider(Seen provider, Person person, String how)
      throws IOException, InterruptedException {
    Surprise.unless(
        provider.shows("Who are you?"), "this should be the provider: " + provider.brief());
    return post(
        provider.address(),
        Map.of("username", person.subject(), "claims", "{\"acr\":\"" + how + "\"}"));
  }

  Seen post(URI address, Map<String, String> fields) throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private Seen send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    return new Seen(response.statusCode(), response.uri(), response.body(), response.headers());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
