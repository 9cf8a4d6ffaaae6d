package io.github.ownproof.testkit;

import java.util.List;

/** Headers that bring their own key, or that a verifier would have to understand. */
final class HostileHeaders {

  private static final String OWN_KEY = "RFC 8725 section 3.10";
  private static final String CRIT = "RFC 7515 section 4.1.11";
  private static final String B64 = "RFC 7797 section 7";

  private HostileHeaders() {}

  static void addTo(HostileFamily family) {
    addEmbeddedKeys(family);
    addCritical(family);
  }

  /** CVE-2018-0114 and its kin. */
  private static void addEmbeddedKeys(HostileFamily family) {
    ForgedKey attacker = family.forge().key().fresh();
    ForgedToken by = family.valid().signedBy(attacker);
    String jwk = attacker.publicJwk();
    add(family, "jwk of the attacker, who signs", by.headerJson("jwk", jwk));
    add(family, "jwk of the attacker, no kid", by.withoutHeader("kid").headerJson("jwk", jwk));
    add(family, "jwk with a private key", by.headerJson("jwk", attacker.privateJwk()));
    add(family, "jwk that is a secret", by.headerJson("jwk", "{\"kty\":\"oct\",\"k\":\"\"}"));
    String own = family.forge().key().publicJwk();
    add(family, "jwk of the issuer, who signs", family.valid().headerJson("jwk", own));
    add(family, "jwk null", family.valid().headerJson("jwk", "null"));
    add(family, "jwk empty", family.valid().headerJson("jwk", "{}"));
    for (String name : List.of("jku", "x5u")) {
      add(family, name + " of the attacker, who signs", by.header(name, "https://evil.example/k"));
      add(
          family,
          name + " under the issuer, who signs",
          family.valid().header(name, family.forge().issuer() + "/jwks"));
      add(
          family,
          name + " with the issuer before an @",
          by.header(name, family.forge().issuer() + "@evil.example/k"));
      add(family, name + " of a metadata service", by.header(name, "http://169.254.169.254/k"));
      add(family, name + " of a file", by.header(name, "file:///dev/null"));
      add(family, name + " empty", family.valid().header(name, ""));
      add(family, name + " null", family.valid().header(name, null));
    }
    add(family, "x5c of the attacker, who signs", by.header("x5c", List.of("MIIBIjANBgkq")));
    add(family, "x5c empty", family.valid().header("x5c", List.of()));
    add(family, "x5c a string", family.valid().header("x5c", "MIIBIjANBgkq"));
    add(family, "x5c null", family.valid().header("x5c", null));
  }

  private static void addCritical(HostileFamily family) {
    ForgedToken ours = family.valid().header("ours", true);
    critical(family, "an unknown extension", CRIT, ours.header("crit", List.of("ours")));
    critical(family, "empty", CRIT, family.valid().header("crit", List.of()));
    critical(family, "a string", CRIT, ours.header("crit", "ours"));
    critical(family, "a name that is absent", CRIT, family.valid().header("crit", List.of("ours")));
    critical(family, "a registered name", CRIT, family.valid().header("crit", List.of("alg")));
    critical(family, "itself", CRIT, family.valid().header("crit", List.of("crit")));
    critical(family, "a name twice", CRIT, ours.header("crit", List.of("ours", "ours")));
    critical(family, "null", CRIT, family.valid().header("crit", null));
    critical(family, "false", CRIT, family.valid().header("crit", false));
    critical(family, "a number", CRIT, family.valid().header("crit", List.of(1)));
    critical(family, "an empty name", CRIT, family.valid().header("crit", List.of("")));
    critical(family, "an object", CRIT, ours.headerJson("crit", "{\"ours\":true}"));
    ForgedToken exp = family.valid().header("exp", 4102444800L).header("crit", List.of("exp"));
    critical(family, "exp, as RFC 7515's example has it", CRIT, exp);
    ForgedToken b64 = family.valid().header("crit", List.of("b64"));
    critical(family, "b64 true", B64, b64.header("b64", true));
    critical(family, "b64 false", B64, b64.header("b64", false));
    critical(family, "b64 absent", B64, b64);
    critical(family, "none, yet b64 false", B64, family.valid().header("b64", false));
    critical(family, "none, yet b64 true", B64, family.valid().header("b64", true));
    critical(family, "none, yet b64 null", B64, family.valid().header("b64", null));
    family.header("RFC 7516 section 4.1.3", "CRITICAL_HEADER", "zip", "\"DEF\"");
    family.header("RFC 7516 section 4.1.3", "CRITICAL_HEADER", "zip", "null");
    family.header("RFC 7516 section 4.1.2", "CRITICAL_HEADER", "enc", "\"A256GCM\"");
  }

  private static void add(HostileFamily family, String name, ForgedToken token) {
    family.add(name, OWN_KEY, "EMBEDDED_KEY", token);
  }

  private static void critical(HostileFamily family, String name, String rule, ForgedToken token) {
    family.add("crit " + name, rule, "CRITICAL_HEADER", token);
  }
}
