package io.github.ownproof.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Subjects that cannot tell one user from every other for ever. */
final class HostileSubjects {

  private static final String STRING = "RFC 7519 section 4.1.2";
  private static final String LENGTH = "OpenID Connect Core section 2";
  private static final String STABLE = "OpenID Connect Core section 5.7";

  private HostileSubjects() {}

  static void addTo(HostileFamily family) {
    family.claim(STRING, "SUBJECT", "sub", "");
    // As floating point, the two large numbers are the same user.
    List<String> wrong =
        List.of(
            "null",
            "0",
            "42",
            "4.2",
            "12345678901234567890",
            "12345678901234567891",
            "true",
            "false",
            "[]",
            "[\"user-1\"]",
            "{}",
            "{\"sub\":\"user-1\"}");
    for (String json : wrong) {
      family.claim(STRING, "CLAIMS", "sub", json);
    }
    addTexts(family);
    addAddresses(family);
  }

  private static void addTexts(HostileFamily family) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("empty", "");
    texts.put("a space", " ");
    texts.put("a tab", "\t");
    texts.put("a newline", "\n");
    texts.put("a no-break space", "\u00a0");
    texts.put("an ideographic space", "\u3000");
    texts.put("a zero-width space", "\u200b");
    texts.put("a space before", " user-1");
    texts.put("a space after", "user-1 ");
    texts.put("a newline after", "user-1\n");
    texts.put("a NUL after", "user-1\0");
    texts.put("a NUL inside", "user-1\0admin");
    texts.put("a line of a log inside", "user-1\nINFO admin logged in");
    texts.put("a header inside", "user-1\r\nX-Admin: true");
    texts.put("an escape sequence inside", "user-1\u001b[2K");
    texts.put("a delete", "user-1\u007f");
    texts.put("a next line", "user-1\u0085x");
    texts.put("a line separator", "user-1\u2028x");
    texts.put("a zero-width joiner inside", "user\u200d-1");
    texts.put("a soft hyphen inside", "user\u00ad-1");
    texts.put("a byte order mark before", "\ufeffuser-1");
    texts.put("text that runs backwards", "user-1\u202enimda");
    texts.forEach(
        (name, text) -> family.add(name, STRING, "SUBJECT", family.valid().subject(text)));
    for (int length : List.of(256, 1_000, 10_000)) {
      family.add(
          length + " characters", LENGTH, "SUBJECT", family.valid().subject("s".repeat(length)));
    }
  }

  private static void addAddresses(HostileFamily family) {
    List<String> addresses =
        List.of(
            "alice@example.com",
            "ALICE@EXAMPLE.COM",
            "alice+support@example.com",
            "a@b",
            "alice@sub.example.co.uk",
            "alice@xn--bcher-kva.example",
            "al\u00efce@b\u00fccher.example",
            "acct:alice@example.com",
            "mailto:alice@example.com",
            "email|alice@example.com",
            "Alice <alice@example.com>",
            "alice%40example.com",
            "alice\uff20example.com");
    for (String address : addresses) {
      family.add(
          "the address " + address, STABLE, "EMAIL_SUBJECT", family.valid().subject(address));
    }
  }
}
