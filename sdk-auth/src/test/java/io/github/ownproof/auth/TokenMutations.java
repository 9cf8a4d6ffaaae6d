package io.github.ownproof.auth;

import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.TokenForge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An endless row of tokens like valid ones, most of them changed; the same row for a seed. */
final class TokenMutations {

  private static final List<String> CLAIMS =
      List.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "nbf",
          "iat",
          "jti",
          "client_id",
          "scope",
          "azp",
          "amr",
          "act",
          "cnf",
          "nonce",
          "name",
          "email",
          "roles",
          "extra",
          "",
          "\u00fc",
          "auth_time");
  private static final List<String> HEADERS =
      List.of("alg", "typ", "kid", "crit", "b64", "jwk", "jku", "x5c", "x5u", "zip", "ours");
  private static final List<String> TYPES =
      List.of("at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt", "JWT", "at+jwt ");
  private static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "ES256", "EdDSA", "none", "HS256", "rs256");
  private static final String JSON_CHARACTERS = "{}[]\",:\\ 0123456789.-+eEtrufalsn/\n\t\0\u00e9'";
  private static final String TOKEN_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/= \n\t\0%\u00e9{\"";

  private final TokenForge forge;
  private final SplittableRandom random;
  private final List<ForgedToken> valid = new ArrayList<>();
  private final List<String> signed = new ArrayList<>();

  TokenMutations(TokenForge forge, long seed) {
    this.forge = forge;
    this.random = new SplittableRandom(seed);
    for (String algorithm : List.of("RS256", "PS256", "ES256", "EdDSA")) {
      valid.add(forge.key(forge.keyFor(algorithm)).token());
    }
    for (int i = 0; i < 16; i++) {
      // Others than RS256 cost several times as much to sign and verify.
      signed.add(valid.get(i % 4 == 0 ? i / 4 : 0).claim("n", "~" + i).compact());
    }
  }

  /**
   * One of ten is changed and then signed as an issuer would; of the others, which only have the
   * signature of what they were, one of sixteen stays unchanged.
   */
  String next() {
    if (random.nextInt(10) == 0) {
      return resigned();
    }
    String token = pick(signed);
    int times = random.nextInt(16) == 0 ? 0 : random.nextInt(1, 4);
    for (int i = 0; i < times; i++) {
      token = changedText(token, TOKEN_CHARACTERS);
    }
    return token;
  }

  private String resigned() {
    ForgedToken token = valid.get(random.nextInt(20) == 0 ? random.nextInt(4) : 0);
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      token = changed(token);
    }
    return token.compact();
  }

  private ForgedToken changed(ForgedToken token) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> token.claimJson(pick(CLAIMS), value());
      case 3 -> token.claimJson("claim" + random.nextInt(300), value());
      case 4 -> token.headerJson(pick(HEADERS), value());
      case 5 ->
          random.nextBoolean()
              ? token.type(pick(TYPES))
              : token.headerJson(random.nextBoolean() ? "cty" : "x5t", value());
      case 6 -> token.without(pick(CLAIMS));
      case 7 -> token.withoutHeader(pick(HEADERS));
      case 8 -> token.rawPayload(changedText(token.payloadJson(), JSON_CHARACTERS));
      case 9 -> token.rawHeader(changedText(token.headerJson(), JSON_CHARACTERS));
      case 10 -> token.rawPayload(changedBytes(token.payloadJson()));
      default -> otherKey(token);
    };
  }

  private ForgedToken otherKey(ForgedToken token) {
    ForgedKey rsa = forge.keyFor("RS256");
    return switch (random.nextInt(4)) {
      case 0 -> token.algorithm(pick(ALGORITHMS));
      case 1 -> token.header("kid", forge.keyFor("PS256").kid());
      case 2 -> token.algorithm("PS256").signedBy(rsa.withAlgorithm("PS256"));
      default -> token.signature(new byte[random.nextInt(300)]);
    };
  }

  /** JSON values around what verifiers decide by. */
  private String value() {
    long now = forge.clock().instant().getEpochSecond();
    return switch (random.nextInt(16)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> Long.toString(now + random.nextInt(-400, 400));
      case 3 -> (now + random.nextInt(-70, 70)) + "." + random.nextInt(1_000);
      case 4 -> Integer.toString(random.nextInt(-5, 5));
      case 5 -> random.nextInt(1, 10) + "e" + random.nextInt(-5, 400);
      case 6 -> "\"" + now + "\"";
      case 7 -> "\"\"";
      case 8 -> "\"text\\u00e9\\ud83d\\ude00\"";
      case 9 -> "[]";
      case 10 -> "{}";
      case 11 -> "[\"" + forge.audience().get(0) + "\",\"other\"]";
      case 12 -> "[1,null,\"a\",{\"b\":[]}]";
      case 13 -> "{\"sub\":\"x\",\"a\":{\"a\":1}}";
      case 14 -> "[".repeat(30) + "]".repeat(30);
      default -> "\"" + forge.issuer() + "\"";
    };
  }

  private String changedText(String text, String alphabet) {
    if (text.isEmpty()) {
      return text;
    }
    int at = random.nextInt(text.length());
    int to = Math.min(text.length(), at + 1 + random.nextInt(8));
    char character = alphabet.charAt(random.nextInt(alphabet.length()));
    return switch (random.nextInt(7)) {
      case 0 -> text.substring(0, at) + character + text.substring(at);
      case 1 -> text.substring(0, at) + character + text.substring(at + 1);
      case 2 -> text.substring(0, at) + text.substring(at + 1);
      case 3 -> text.substring(0, to) + text.substring(at);
      case 4 -> text.substring(0, at) + text.substring(to);
      case 5 -> text + character;
      default -> character + text;
    };
  }

  private byte[] changedBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
