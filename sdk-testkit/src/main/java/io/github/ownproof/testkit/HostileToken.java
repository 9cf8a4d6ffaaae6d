package io.github.ownproof.testkit;

/**
 * A token that must be refused.
 *
 * @param name what is wrong with it; unique in {@link HostileTokens}
 * @param rule where that is said, such as {@code RFC 7515 section 4.1.11}
 * @param expected the name of the reason it is refused for, as in {@code
 *     io.github.ownproof.auth.Reason}
 * @param compact the token
 */
public record HostileToken(String name, String rule, String expected, String compact) {

  /** The name, rule and expected reason. */
  @Override
  public String toString() {
    return name + " (" + rule + ": " + expected + ")";
  }
}
