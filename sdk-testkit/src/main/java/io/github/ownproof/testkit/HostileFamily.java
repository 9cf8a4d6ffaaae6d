package io.github.ownproof.testkit;

import java.util.List;

/** One table of {@link HostileTokens}: what its tokens have in common, and where they go. */
final class HostileFamily {

  private final String family;
  private final TokenForge forge;
  private final List<HostileToken> tokens;

  HostileFamily(String family, TokenForge forge, List<HostileToken> tokens) {
    this.family = family;
    this.forge = forge;
    this.tokens = tokens;
  }

  TokenForge forge() {
    return forge;
  }

  /** A valid token, to break one thing of. */
  ForgedToken valid() {
    return forge.token();
  }

  /** A valid token that is signed with the issuer's key for this algorithm. */
  ForgedToken valid(String algorithm) {
    return forge.key(forge.keyFor(algorithm)).token();
  }

  void add(String name, String rule, String expected, ForgedToken token) {
    add(name, rule, expected, token.compact());
  }

  void add(String name, String rule, String expected, String compact) {
    boolean printable = name.chars().noneMatch(Character::isISOControl);
    String shown = printable ? name : JsonText.quoted(name);
    tokens.add(new HostileToken(family + ": " + shown, rule, expected, compact));
  }

  /** Valid but for this header parameter, whose value is JSON; none if it is empty. */
  void header(String rule, String expected, String name, String json) {
    ForgedToken token =
        json.isEmpty() ? valid().withoutHeader(name) : valid().headerJson(name, json);
    add(title(name, json), rule, expected, token);
  }

  /** Valid but for this claim, whose value is JSON; none if it is empty. */
  void claim(String rule, String expected, String name, String json) {
    ForgedToken token = json.isEmpty() ? valid().without(name) : valid().claimJson(name, json);
    add(title(name, json), rule, expected, token);
  }

  private static String title(String name, String json) {
    if (json.isEmpty()) {
      return "no " + name;
    }
    return name + " " + (json.length() <= 80 ? json : "of " + json.length() + " characters");
  }
}
