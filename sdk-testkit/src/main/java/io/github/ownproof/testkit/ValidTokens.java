package io.github.ownproof.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Access tokens that are valid though they look unusual: a verifier that refuses one locks somebody
 * out.
 */
public final class ValidTokens {

  private static final String JSON = "RFC 8259";

  private final TokenForge forge;
  private final List<ValidToken> tokens = new ArrayList<>();

  private ValidTokens(TokenForge forge) {
    this.forge = forge;
  }

  /**
   * All of them, for a verifier of access tokens that accepts the forge's issuer with {@link
   * TokenForge#jwksOfEveryAlgorithm()}, its audience and its clock, and tokens of at most 16,384
   * characters.
   *
   * @return unmodifiable
   */
  public static List<ValidToken> all(TokenForge forge) {
    ValidTokens table = new ValidTokens(forge);
    table.addAlgorithms();
    table.addHeaders();
    table.addAudiences();
    table.addTimes();
    table.addSubjects();
    table.addJson();
    table.addClaims();
    table.addSizes();
    return List.copyOf(table.tokens);
  }

  private void addAlgorithms() {
    for (String algorithm :
        List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
            "EdDSA", "Ed25519")) {
      add(algorithm, "RFC 7518 section 3.1", forge.key(forge.keyFor(algorithm)).token());
    }
    String rule = "RFC 9864 section 2.2 (two names of one algorithm)";
    for (String name : List.of("EdDSA", "Ed25519")) {
      ForgedKey key = forge.keyFor(name);
      String other = name.equals("EdDSA") ? "Ed25519" : "EdDSA";
      add(other + " by a key for " + name, rule, forge.key(key).token().algorithm(other));
    }
  }

  private void addHeaders() {
    String typ = "RFC 7515 section 4.1.9";
    for (String type : List.of("AT+JWT", "At+Jwt", "application/at+jwt", "APPLICATION/AT+JWT")) {
      add("typ " + type, typ, forge.token().type(type));
    }
    String unknown = "RFC 7515 section 4.2";
    add("an unknown header", unknown, forge.token().header("ours", "x"));
    add("an unknown header, an object", unknown, forge.token().header("ours", Map.of("a", 1)));
    add("cty", "RFC 7519 section 5.2", forge.token().header("cty", "json"));
    add("x5t, which brings no key", "RFC 7515 section 4.1.7", forge.token().header("x5t", "AA"));
    String header = forge.token().headerJson();
    add("white space in the header", JSON, forge.token().rawHeader(spaced(header)));
    add(
        "escapes in the header",
        JSON,
        forge.token().rawHeader(header.replace("alg", "\\u0061l\\u0067").replace("/", "\\/")));
  }

  private void addAudiences() {
    String rule = "RFC 7519 section 4.1.3";
    String ours = forge.audience().get(0);
    add("audience an array of one", rule, forge.token().claim("aud", List.of(ours)));
    add("audience first of two", rule, forge.token().audience(ours, "https://other.example.com"));
    add("audience last of two", rule, forge.token().audience("https://other.example.com", ours));
    add("audience twice", rule, forge.token().audience(ours, ours));
    add("audience with an empty one", rule, forge.token().audience("", ours));
  }

  private void addTimes() {
    Instant instant = forge.clock().instant();
    long now = instant.getEpochSecond();
    String exp = "RFC 7519 section 4.1.4";
    String date = "RFC 7519 section 2 (NumericDate)";
    add("valid for a second more", exp, forge.token().claim("exp", now + 1));
    add("exp with a fraction", date, forge.token().claimJson("exp", (now + 300) + ".5"));
    add(
        "exp with many digits",
        date,
        forge.token().claimJson("exp", (now + 300) + ".123456789012"));
    add("exp with a fraction of zero", date, forge.token().claimJson("exp", (now + 300) + ".0"));
    add("exp with an exponent", date, forge.token().claimJson("exp", "2.0e10"));
    add("exp in 2100", exp, forge.token().claim("exp", 4_102_444_800L));
    add("exp in 9999", exp, forge.token().claim("exp", 253_402_300_799L));
    add("nbf now", "RFC 7519 section 4.1.5", forge.token().claim("nbf", now));
    add("nbf in the past", "RFC 7519 section 4.1.5", forge.token().claim("nbf", now - 3_600));
    add("nbf of zero", "RFC 7519 section 4.1.5", forge.token().claim("nbf", 0));
    add("iat long ago", "RFC 7519 section 4.1.6", forge.token().claim("iat", now - 86_400));
    add("iat with a fraction", date, forge.token().claimJson("iat", (now - 1) + ".75"));
  }

  private void addSubjects() {
    String rule = "RFC 7519 section 4.1.2";
    Map<String, String> subjects = new LinkedHashMap<>();
    subjects.put("of one character", "1");
    subjects.put("of 255 characters", "s".repeat(255));
    subjects.put("a UUID", "7c1f2f5e-43a4-4d1c-9c61-31b4d28f0f3e");
    subjects.put("a number in a string", "12345678901234567890");
    subjects.put("a number above", "12345678901234567891");
    subjects.put("with a bar", "auth0|507f1f77bcf86cd799439020");
    subjects.put("with colons and slashes", "repo:octo-org/octo-repo:ref:refs/heads/main");
    subjects.put("a URI", "https://users.example.com/1");
    subjects.put("with spaces inside", "user one of two");
    subjects.put("with an at sign first", "@user-1");
    subjects.put("with an at sign last", "user-1@");
    subjects.put("in Greek", "\u03c7\u03c1\u03ae\u03c3\u03c4\u03b7\u03c2");
    subjects.put("in Chinese", "\u7528\u6237");
    subjects.put("beyond the basic plane", "user-\ud83d\ude00");
    subjects.put("with combining characters", "e\u0301");
    subjects.put("with quotes and backslashes", "a\"b\\c'd");
    subjects.put("the word null", "null");
    subjects.put("that looks like markup", "<b>1</b>");
    subjects.forEach((name, sub) -> add("sub " + name, rule, forge.token().subject(sub), sub));
    add(
        "sub that is the client",
        "RFC 9068 section 2.2",
        forge.subject(forge.clientId()).token(),
        forge.clientId());
  }

  private void addJson() {
    ForgedToken token = forge.token();
    String claims = token.payloadJson();
    add("white space in the payload", JSON, token.rawPayload(spaced(claims)));
    add("white space around the payload", JSON, token.rawPayload("\r\n\t " + claims + " \n"));
    add("slashes escaped", JSON, token.rawPayload(claims.replace("/", "\\/")));
    add("a name escaped", JSON, token.rawPayload(claims.replace("\"sub\"", "\"\\u0073ub\"")));
    add(
        "every escape",
        JSON,
        token.claimJson("extra", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\uD83D\\ude00\""));
    add(
        "every kind of number",
        JSON,
        token.claimJson("extra", "[0,-0,1.5,-1.5e3,1E+2,1e-2,9223372036854775808]"));
    add("empty values", JSON, token.claimJson("extra", "[{},[],\"\",null,false,{\"\":0}]"));
    add("32 levels deep", JSON, token.claimJson("extra", "[".repeat(31) + "]".repeat(31)));
    add("names that differ by case", JSON, token.claim("SUB", "other").claim("Sub", 1));
    add(
        "the same name in two objects",
        JSON,
        token.claimJson("extra", "[{\"a\":1},{\"a\":1,\"b\":{\"a\":1}}]"));
  }

  private void addClaims() {
    String rule = "RFC 7519 section 4 (unknown claims are ignored)";
    add("roles", rule, forge.token().claim("roles", List.of("reader", "writer")));
    add("scope", "RFC 9068 section 2.2.3", forge.token().claim("scope", "read write"));
    add("an e-mail address", rule, forge.token().claim("email", "alice@example.com"));
    add(
        "unicode",
        rule,
        forge.token().claim("name", "\u0391\u03bb\u03af\u03ba\u03b7 \ud83d\ude00"));
    add("nested", rule, forge.token().claim("extra", Map.of("a", List.of(Map.of("b", 1)))));
    add("a name with a URI", rule, forge.token().claim("https://example.com/tier", "gold"));
    add("the empty name", rule, forge.token().claim("", "empty"));
    add("a claim of null", rule, forge.token().claim("tier", null));
    add("methods", "RFC 8176", forge.token().claim("amr", List.of("pwd", "mfa")));
    // These begin like impersonation markers, and are none.
    for (String name : List.of("actions", "active", "activity", "impact", "contact")) {
      add("the claim " + name, rule, forge.token().claim(name, "x"));
    }
  }

  private void addSizes() {
    ForgedToken many = forge.token();
    for (int i = many.payloadJson().split(",", -1).length; i < 256; i++) {
      many = many.claim("c" + i, i);
    }
    add("256 claims", "RFC 8259 section 9", many);
    add(
        "an array of 256",
        "RFC 8259 section 9",
        forge.token().claimJson("extra", "[" + "1,".repeat(255) + "1]"));
    // Three bytes become four characters, so that 16,384 may be missed by up to two.
    ForgedToken token = forge.token();
    int room = (16_384 - token.claim("filler", "").compact().length()) / 4 * 3;
    add("16,384 characters", "RFC 8725 section 3.14", token.claim("filler", "f".repeat(room)));
  }

  private void add(String name, String rule, ForgedToken token) {
    add(name, rule, token, forge.subject());
  }

  private void add(String name, String rule, ForgedToken token, String subject) {
    tokens.add(new ValidToken(name, rule, subject, token.compact()));
  }

  private static String spaced(String json) {
    return json.replace("{", "{ \r\n\t").replace("\":", "\" : ").replace(",\"", " ,\n\"");
  }
}
