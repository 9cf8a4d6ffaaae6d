/** Private buckets on the AWS SDK for Java: every call carries the bucket's owner. */
@SuppressWarnings("module") // the name ends in a digit: the service is called S3
module io.github.ownproof.s3 {
  requires transitive io.github.ownproof.core;
  requires org.slf4j;
  requires transitive software.amazon.awssdk.services.s3;
  requires transitive software.amazon.awssdk.core;
  requires transitive software.amazon.awssdk.awscore;
  requires transitive software.amazon.awssdk.auth;
  requires transitive software.amazon.awssdk.regions;
  requires transitive software.amazon.awssdk.identity.spi;
  requires transitive software.amazon.awssdk.http;
  requires software.amazon.awssdk.endpoints;
  requires software.amazon.awssdk.protocols.jsoncore;
  requires software.amazon.awssdk.utils;
  requires static software.amazon.awssdk.services.sts;
  requires static com.google.errorprone.annotations;

  exports io.github.ownproof.s3;
  exports io.github.ownproof.s3.lifecycle;
}
