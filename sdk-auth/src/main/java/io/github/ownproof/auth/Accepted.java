package io.github.ownproof.auth;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.core.OwnproofException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what an operator writes into a profile, and says at once what of it can never match. */
final class Accepted {

  private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\\d{1,5})?");

  private Accepted() {}

  /** At least one, none blank. */
  static Set<String> of(String what, String... values) {
    if (values.length == 0) {
      throw new InvalidVerifierException(
          "No " + what + " is given, so every token of the issuer would do: name at least one.");
    }
    Set<String> all = new TreeSet<>();
    for (String value : values) {
      if (value.isBlank() || !value.equals(value.strip())) {
        throw new InvalidVerifierException(
            "The "
                + what
                + " "
                + OwnproofException.quote(value)
                + " is blank or has white space around it. It is compared exactly: write it as the"
                + " issuer does.");
      }
      all.add(value);
    }
    return Set.copyOf(all);
  }

  /** One value in full. */
  @CanIgnoreReturnValue
  static String matching(String what, String value, Pattern form, String example) {
    if (!form.matcher(value).matches()) {
      throw new InvalidVerifierException(
          "The "
              + what
              + " "
              + OwnproofException.quote(value)
              + " is not one; it looks like "
              + example
              + ".");
    }
    return value;
  }

  /** A host, with a port at most. */
  static String host(String what, String value) {
    return matching(what, value, HOST, "login.example.com, in lower case and without https://");
  }

  /**
   * An issuer identifier (OpenID Connect Core section 2): a URL with {@code https}, host, and at
   * most port and path. {@code http} passes here when it leads to this host; the verifier asks for
   * the opt-out.
   */
  static String issuer(String value) {
    URI uri;
    try {
      uri = URI.create(value);
    } catch (IllegalArgumentException e) {
      throw notAnIssuer(value, "it is not a URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(uri))) {
      throw notAnIssuer(value, "it does not begin with https://");
    }
    if (uri.getHost() == null || uri.getUserInfo() != null) {
      throw notAnIssuer(value, "it has no plain host");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw notAnIssuer(value, "it has a query or a fragment");
    }
    return value;
  }

  static boolean isLoopback(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static InvalidVerifierException notAnIssuer(String value, String why) {
    return new InvalidVerifierException(
        "The issuer "
            + OwnproofException.quote(value)
            + " cannot be one: "
            + why
            + ". Write it exactly as the tokens have it in iss, such as https://login.example.com.");
  }
}
