package io.github.ownproof.examples.supportdesk;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.jspecify.annotations.Nullable;

/**
 * A real OpenID provider in this process, on another site than the desk. Instead of a password, its
 * page asks who you would like to be.
 */
final class Provider implements Closeable {

  static final String AUDIENCE = "https://api.example.com";
  static final String CLIENT = "support-desk";

  /** What signing in with a security key is called; a password alone is {@code pwd}. */
  static final String STRONG = "mfa";

  private static final String NAME = "people";

  /** A logger is kept only by whoever holds it. */
  private static final Logger NOISE = Logger.getLogger("mockwebserver3.MockWebServer");

  private final Clock clock;
  private final int port;
  private final Path page;
  private final MockOAuth2Server server;

  Provider(Clock clock) throws IOException {
    NOISE.setLevel(Level.OFF);
    this.clock = clock;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
    this.page = Files.createTempFile("support-desk-sign-in", ".html");
    Files.writeString(page, ProviderPage.html().toString());
    this.server =
        new MockOAuth2Server(
            new OAuth2Config(
                true,
                page.toString(),
                null,
                false,
                new OAuth2TokenProvider(),
                Set.of(new Tokens(null, Map.of()))));
    server.start(InetAddress.getLoopbackAddress(), port);
  }

  String issuer() {
    return "http://localhost:" + port + "/" + NAME;
  }

  /** An access token of somebody who uses another client than the desk, such as a command line. */
  String accessToken(Person person) {
    return server
        .issueToken(NAME, "command-line", new Tokens(person.subject(), Map.of("acr", "pwd")))
        .serialize();
  }

  /** Tokens say when somebody signed in; how, comes from the page. */
  private final class Tokens extends DefaultOAuth2TokenCallback {

    private final Map<String, Object> claims;

    Tokens(@Nullable String subject, Map<String, Object> claims) {
      super(NAME, subject == null ? "nobody" : subject, "JWT", List.of(AUDIENCE), Map.of(), 3600);
      this.claims = claims;
    }

    @Override
    public Map<String, Object> addClaims(TokenRequest request) {
      Map<String, Object> all = new HashMap<>(claims);
      all.put("auth_time", clock.instant().getEpochSecond());
      return all;
    }
  }

  @Override
  public void close() throws IOException {
    server.shutdown();
    Files.deleteIfExists(page);
  }
}
