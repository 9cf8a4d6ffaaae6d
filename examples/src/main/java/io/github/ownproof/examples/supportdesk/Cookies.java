package io.github.ownproof.examples.supportdesk;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;

/** The two cookies of the desk. With TLS, make them Secure and let their names begin __Host-. */
final class Cookies {

  /** Which cookie. */
  enum Kind {
    /** Names the session. No other site's link or form brings it along. */
    SESSION("desk-session", "SameSite=Strict"),
    /** Names an attempt to sign in, which ends with a link from the provider's site. */
    SIGN_IN("desk-sign-in", "SameSite=Lax; Max-Age=600");

    private final String name;
    private final String attributes;

    Kind(String name, String attributes) {
      this.name = name;
      this.attributes = attributes;
    }
  }

  private Cookies() {}

  /** The value, if the request has exactly one. */
  static Optional<String> read(HttpServletRequest request, Kind kind) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    return Arrays.stream(cookies)
        .filter(cookie -> cookie.getName().equals(kind.name))
        .map(Cookie::getValue)
        .reduce((one, other) -> "")
        .filter(value -> !value.isEmpty());
  }

  static void set(HttpServletResponse response, Kind kind, String value) {
    response.addHeader(
        "Set-Cookie", kind.name + "=" + value + "; Path=/; HttpOnly; " + kind.attributes);
  }

  static void remove(HttpServletResponse response, Kind kind) {
    response.addHeader("Set-Cookie", kind.name + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  }
}
