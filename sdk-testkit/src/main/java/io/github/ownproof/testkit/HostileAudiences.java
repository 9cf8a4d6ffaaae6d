package io.github.ownproof.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tokens for somebody else, or for nobody. */
final class HostileAudiences {

  private static final String AUDIENCE = "RFC 7519 section 4.1.3, RFC 9068 section 4";

  private HostileAudiences() {}

  static void addTo(HostileFamily family) {
    String ours = family.forge().audience().get(0);
    Map<String, Object> others = new LinkedHashMap<>();
    others.put("empty", "");
    others.put("another", "https://other.example.com");
    others.put("a prefix", ours.substring(0, ours.length() - 1));
    others.put("a suffix", ours.substring(1));
    others.put("with more after it", ours + ".evil.example");
    others.put("with a trailing slash", ours + "/");
    others.put("with a path", ours + "/orders");
    others.put("in upper case", ours.toUpperCase(Locale.ROOT));
    others.put("with a space after", ours + " ");
    others.put("with a NUL after", ours + "\0");
    others.put("a list in a string", ours + " https://other.example.com");
    others.put("a list with commas", ours + ",https://other.example.com");
    others.put("JSON in a string", JsonText.of(List.of(ours)));
    others.put("a star", "*");
    others.put("a star under it", "https://*.example.com");
    others.put("the client", family.forge().clientId());
    others.put("the issuer", family.forge().issuer());
    others.put("an array of others", List.of("https://other.example.com", "client-1"));
    others.put("an empty array", List.of());
    others.put("an array with an empty string", List.of(""));
    others.put("an array with a near miss", List.of(ours + "/"));
    others.forEach(
        (name, value) ->
            family.add(name, AUDIENCE, "AUDIENCE", family.valid().claim("aud", value)));
    family.claim(AUDIENCE, "AUDIENCE", "aud", "");
    Map<String, Object> wrong = new LinkedHashMap<>();
    wrong.put("a number", 1);
    wrong.put("true", true);
    wrong.put("false", false);
    wrong.put("an object", Map.of("aud", ours));
    wrong.put("an object with it as a name", Map.of(ours, true));
    wrong.put("an array in an array", List.of(List.of(ours)));
    wrong.put("an array with a number too", List.of(ours, 1));
    wrong.put("an array with an object too", List.of(ours, Map.of()));
    wrong.forEach(
        (name, value) -> family.add(name, AUDIENCE, "CLAIMS", family.valid().claim("aud", value)));
    family.claim(AUDIENCE, "CLAIMS", "aud", "null");
    family.claim(AUDIENCE, "CLAIMS", "aud", "[null," + JsonText.of(ours) + "]");
    family.add(
        "in the header only",
        "RFC 7519 section 5.3",
        "AUDIENCE",
        family.valid().without("aud").header("aud", ours));
  }
}
