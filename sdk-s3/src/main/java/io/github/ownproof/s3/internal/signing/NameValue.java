package io.github.ownproof.s3.internal.signing;

/**
 * A query parameter or header.
 *
 * @param name one that needs no encoding
 * @param value as it is meant, not encoded
 */
public record NameValue(String name, String value) {}
