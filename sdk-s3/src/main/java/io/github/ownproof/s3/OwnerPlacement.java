package io.github.ownproof.s3;

/**
 * Where a presigned URL carries the owner of its bucket. It is signed in both places, and is never
 * in both at once.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html">
 *     Verifying bucket ownership with bucket owner condition</a>
 */
public enum OwnerPlacement {
  /**
   * The query parameter {@code x-amz-expected-bucket-owner}: the URL works as it is, in a browser
   * too. The default.
   */
  QUERY,
  /**
   * The header {@code x-amz-expected-bucket-owner}, which whoever uses the URL has to send: {@link
   * PresignedUrl#headers()} has it. For programs that call programs.
   */
  SIGNED_HEADER
}
