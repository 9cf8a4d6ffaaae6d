package io.github.ownproof.testkit;

import java.util.List;

/** Tokens of another kind than access tokens, by their type or by what they say. */
final class HostileKinds {

  private static final String TYP = "RFC 9068 section 4, RFC 8725 section 3.11";
  private static final String KIND = "RFC 8725 section 3.12";

  private HostileKinds() {}

  static void addTo(HostileFamily family) {
    List<String> types =
        List.of(
            "",
            "null",
            "1",
            "true",
            "{}",
            "[\"at+jwt\"]",
            "\"\"",
            "\"JWT\"",
            "\"jwt\"",
            "\"application/jwt\"",
            "\"JWS\"",
            "\"JOSE\"",
            "\"Bearer\"",
            "\"logout+jwt\"",
            "\"secevent+jwt\"",
            "\"dpop+jwt\"",
            "\"statuslist+jwt\"",
            "\"token-introspection+jwt\"",
            "\"oauth-authz-req+jwt\"",
            "\"kb+jwt\"",
            "\"application/logout+jwt\"",
            "\"at+jwt \"",
            "\" at+jwt\"",
            "\"at+jwt\\u0000\"",
            "\"at-jwt\"",
            "\"at jwt\"",
            "\"rat+jwt\"",
            "\"at+jwts\"",
            "\"text/at+jwt\"",
            "\"application/application/at+jwt\"",
            "\"application/at+jwt; charset=utf-8\"",
            "\"application/\"",
            "\"at+jwt,JWT\"");
    for (String json : types) {
      family.header(TYP, "TYPE", "typ", json);
    }
    TokenForge forge = family.forge();
    String audience = forge.audience().get(0);
    family.add("an ID token", KIND, "TYPE", forge.idToken());
    family.add("an ID token for us", KIND, "TYPE", forge.idToken().audience(audience));
    family.add("a logout token", KIND, "TYPE", forge.logoutToken().audience(audience));
    family.add("a security event token", KIND, "TYPE", forge.securityEventToken());
    family.add("a status list token", KIND, "TYPE", forge.statusListToken());
    family.add(
        "a DPoP proof by the issuer's key",
        KIND,
        "EMBEDDED_KEY",
        forge.dpopProof(forge.key(), "GET", audience));
    addWhatItSays(family);
  }

  /** An ID token whose header says otherwise is still no credential for an API. */
  private static void addWhatItSays(HostileFamily family) {
    family.claim(KIND, "KIND", "nonce", "\"n-0S6_WzA2Mj\"");
    family.claim(KIND, "KIND", "at_hash", "\"77QmUPtjPfzWtF2AnpK9RQ\"");
    family.claim(KIND, "KIND", "c_hash", "\"77QmUPtjPfzWtF2AnpK9RQ\"");
    family.claim(
        KIND, "KIND", "events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}");
  }
}
