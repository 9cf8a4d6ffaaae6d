package io.github.ownproof.testkit;

import java.util.List;

/** Tokens that are not valid now, or do not say when they are. */
final class HostileTimes {

  private static final String EXP = "RFC 7519 section 4.1.4";
  private static final String NBF = "RFC 7519 section 4.1.5";
  private static final String IAT = "RFC 7519 section 4.1.6";
  private static final String DATE = "RFC 7519 section 2 (NumericDate)";

  private HostileTimes() {}

  static void addTo(HostileFamily family) {
    long now = family.forge().clock().instant().getEpochSecond();
    addExpired(family, now);
    addTooEarly(family, now);
    addTypes(family, now);
  }

  /** A minute is the most skew that a verifier may allow. */
  private static void addExpired(HostileFamily family, long now) {
    for (long ago : List.of(60L, 61L, 300L, 3_600L, 86_400L, 31_536_000L)) {
      family.add(
          "expired " + ago + " seconds ago",
          EXP,
          "EXPIRED",
          family.valid().claim("iat", now - ago - 300).claim("exp", now - ago));
    }
    family.add(
        "expires before it is issued, within the skew",
        EXP,
        "CLAIMS",
        family.valid().claim("iat", now + 20).claim("exp", now + 10));
    family.add(
        "expires before it begins, within the skew",
        NBF,
        "CLAIMS",
        family.valid().claim("nbf", now + 20).claim("exp", now + 10));
    family.add("expired at the epoch", EXP, "EXPIRED", family.valid().claim("exp", 0));
    family.claim(EXP, "EXPIRED", "exp", "-0");
    family.claim(EXP, "EXPIRED", "exp", "1.5");
    family.claim(EXP, "EXPIRED", "exp", "1e-300");
    family.claim(EXP, "EXPIRED", "exp", "1E3");
    family.claim(EXP, "CLAIMS", "exp", "");
  }

  private static void addTooEarly(HostileFamily family, long now) {
    for (long in : List.of(61L, 300L, 3_600L, 86_400L)) {
      family.add(
          "not before in " + in + " seconds",
          NBF,
          "NOT_YET_VALID",
          family.valid().claim("nbf", now + in).claim("exp", now + in + 300));
      family.add(
          "issued in " + in + " seconds",
          IAT,
          "ISSUED_IN_FUTURE",
          family.valid().claim("iat", now + in).claim("exp", now + in + 300));
    }
  }

  private static void addTypes(HostileFamily family, long now) {
    String rule = DATE;
    List<String> wrong =
        List.of(
            "null",
            "true",
            "false",
            "\"\"",
            "\"" + (now + 300) + "\"",
            "\"2030-01-01T00:00:00Z\"",
            "\"never\"",
            "[]",
            "[" + (now + 300) + "]",
            "{}",
            "{\"$numberLong\":\"" + (now + 300) + "\"}",
            "-1",
            "-" + (now + 300),
            "1e300",
            "-1e300",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "253402300800",
            Long.toString((now + 300) * 1_000));
    for (String json : wrong) {
      for (String name : List.of("exp", "nbf", "iat")) {
        family.claim(rule, "CLAIMS", name, json);
      }
    }
    family.claim("OpenID Connect Core section 2", "CLAIMS", "auth_time", "\"now\"");
  }
}
