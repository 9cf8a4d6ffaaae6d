package io.github.ownproof.s3;

/**
 * The two headers of S3's owner condition. The same names, in lower case, work as query parameters.
 */
final class OwnerHeaders {

  static final String OWNER = "x-amz-expected-bucket-owner";
  static final String SOURCE_OWNER = "x-amz-source-expected-bucket-owner";

  private OwnerHeaders() {}

  static boolean isOne(String name) {
    return name.equalsIgnoreCase(OWNER) || name.equalsIgnoreCase(SOURCE_OWNER);
  }
}
