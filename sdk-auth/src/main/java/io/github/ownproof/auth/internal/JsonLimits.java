package io.github.ownproof.auth.internal;

/**
 * How much of JSON we read.
 *
 * @param depth objects and arrays inside each other, the outermost counted
 * @param members members of one object
 * @param elements elements of one array: more than members, as users have many groups
 */
public record JsonLimits(int depth, int members, int elements) {

  /** For the header and the claims of a token. */
  public static final JsonLimits TOKEN = new JsonLimits(32, 256, 4096);

  /** For key sets and discovery documents, which are far larger and come from the issuer. */
  public static final JsonLimits DOCUMENT = new JsonLimits(32, 1024, 1024);
}
