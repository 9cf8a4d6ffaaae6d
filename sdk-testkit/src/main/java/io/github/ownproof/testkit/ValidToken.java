package io.github.ownproof.testkit;

/**
 * A token that must be accepted, however odd it looks.
 *
 * @param name what is odd about it; unique in {@link ValidTokens}
 * @param rule where it is allowed, such as {@code RFC 7519 section 4.1.3}
 * @param subject its {@code sub}
 * @param compact the token
 */
public record ValidToken(String name, String rule, String subject, String compact) {

  /** The name and rule. */
  @Override
  public String toString() {
    return name + " (" + rule + ")";
  }
}
