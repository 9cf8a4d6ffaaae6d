package io.github.ownproof.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Issuers that are not the one accepted, be it by a character (CVE-2024-53861, CVE-2025-30144). */
final class HostileIssuers {

  private static final String EXACT = "RFC 7519 section 4.1.1, RFC 9068 section 4";

  private HostileIssuers() {}

  static void addTo(HostileFamily family) {
    String issuer = family.forge().issuer();
    String host = issuer.replaceFirst("^https?://", "");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("empty", "");
    values.put("a prefix", issuer.substring(0, issuer.length() - 1));
    values.put("a suffix", issuer.substring(1));
    values.put("with more after it", issuer + ".evil.example");
    values.put("with more before it", "https://evil.example/" + issuer);
    values.put("with a trailing slash", issuer + "/");
    values.put("with two slashes", issuer + "//");
    values.put("with a path", issuer + "/tenant");
    values.put("with a query", issuer + "?x=1");
    values.put("with a fragment", issuer + "#x");
    values.put("with the port written", issuer + ":443");
    values.put("as user info", issuer + "@evil.example");
    values.put("with user info", "https://user@" + host);
    values.put("with a dot after the host", issuer + ".");
    values.put("over http", "http://" + host);
    values.put("without a scheme", host);
    values.put("in upper case", issuer.toUpperCase(Locale.ROOT));
    values.put("with the scheme in upper case", "HTTPS://" + host);
    values.put("with a space after", issuer + " ");
    values.put("with a space before", " " + issuer);
    values.put("with a newline after", issuer + "\n");
    values.put("with a NUL after", issuer + "\0");
    values.put("percent-encoded", issuer.replace(".", "%2E"));
    values.put("with a look-alike letter", issuer.replaceFirst("e", "\u0435"));
    values.put("with a full-width letter", issuer.replaceFirst("e", "\uff45"));
    values.put("with a soft hyphen", issuer.replaceFirst("e", "e\u00ad"));
    values.put("of another", "https://other-issuer.example.com");
    values.put("a star", "*");
    values.put("in an array", List.of(issuer));
    values.put("in an array with another", List.of("https://evil.example", issuer));
    values.put("in an object", Map.of("iss", issuer));
    values.put("a number", 1);
    values.put("true", true);
    // Some tricks change nothing where the issuer is a loopback address.
    values.values().removeIf(issuer::equals);
    values.forEach(
        (name, value) -> family.add(name, EXACT, "ISSUER", family.valid().claim("iss", value)));
    family.claim(EXACT, "ISSUER", "iss", "");
    family.claim(EXACT, "ISSUER", "iss", "null");
    family.add(
        "in the header only",
        "RFC 7519 section 5.3",
        "ISSUER",
        family.valid().without("iss").header("iss", issuer));
  }
}
