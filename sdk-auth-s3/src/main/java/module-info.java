/** Stores of Ownproof Auth kept in private buckets: support grants and audit lines. */
@SuppressWarnings("module") // the name ends in a digit: the service is called S3
module io.github.ownproof.auth.s3 {
  requires transitive io.github.ownproof.auth;
  requires transitive io.github.ownproof.s3;
  requires com.github.benmanes.caffeine;
  requires software.amazon.awssdk.protocols.jsoncore;
  requires static com.google.errorprone.annotations;

  exports io.github.ownproof.auth.s3;
}
