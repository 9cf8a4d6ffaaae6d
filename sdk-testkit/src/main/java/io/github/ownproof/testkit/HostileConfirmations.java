package io.github.ownproof.testkit;

import java.util.List;

/** Tokens bound to a key or certificate, that come as if they were not. */
final class HostileConfirmations {

  private static final String DPOP = "RFC 9449 section 7.2";
  private static final String MTLS = "RFC 8705 section 3";
  private static final String CNF = "RFC 7800 section 3.1";
  private static final String DIGEST = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

  private HostileConfirmations() {}

  static void addTo(HostileFamily family) {
    String jkt = "\"jkt\":\"" + DIGEST + "\"";
    String x5t = "\"x5t#S256\":\"" + DIGEST + "\"";
    family.claim(DPOP, "PROOF_MISSING", "cnf", "{" + jkt + "}");
    family.claim(MTLS, "PROOF_MISSING", "cnf", "{" + x5t + "}");
    family.claim(MTLS, "PROOF_MISSING", "cnf", "{" + jkt + "," + x5t + "}");
    List<String> others =
        List.of(
            "{}",
            "null",
            "true",
            "1",
            "\"\"",
            "\"" + DIGEST + "\"",
            "[]",
            "[{" + jkt + "}]",
            "{\"jwk\":" + family.forge().key().publicJwk() + "}",
            "{\"jwe\":\"e.e.e.e.e\"}",
            "{\"kid\":\"forge-RS256\"}",
            "{\"jku\":\"https://evil.example/k\",\"kid\":\"k\"}",
            "{\"x5t\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
            "{\"x5u\":\"https://evil.example/c\"}",
            "{\"JKT\":\"" + DIGEST + "\"}",
            "{\"x5t#s256\":\"" + DIGEST + "\"}",
            "{\"unknown\":\"x\"}",
            "{" + jkt + ",\"unknown\":\"x\"}",
            "{" + x5t + ",\"jwk\":{}}",
            "{\"jkt\":null}",
            "{\"jkt\":1}",
            "{\"jkt\":\"\"}",
            "{\"jkt\":[\"" + DIGEST + "\"]}",
            "{\"jkt\":\"" + DIGEST + "=\"}",
            "{\"jkt\":\"" + DIGEST.substring(1) + "\"}",
            "{\"x5t#S256\":\"" + DIGEST + "A\"}",
            "{\"x5t#S256\":null}");
    for (String json : others) {
      family.claim(CNF, "CONFIRMATION", "cnf", json);
    }
  }
}
