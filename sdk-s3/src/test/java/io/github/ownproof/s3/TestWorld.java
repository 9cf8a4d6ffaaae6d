package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.testkit.Account;
import io.github.ownproof.testkit.S3World;
import io.github.ownproof.testkit.WireRequest;
import java.util.List;
import java.util.function.Predicate;

/** A world with us and a squatter in it, and clients of ours. */
final class TestWorld implements AutoCloseable {

  static final String US = "111122223333";
  static final String SQUATTER = "999988887777";
  static final String REGION = "eu-west-1";
  static final long PART = 5L << 20;

  final S3World s3;
  final Account us;
  final Account squatter;
  final PrivateBuckets buckets;

  TestWorld() {
    this(PrivateBuckets.builder());
  }

  TestWorld(PrivateBuckets.Builder naming) {
    s3 = S3World.start();
    us = s3.account(US);
    squatter = s3.account(SQUATTER);
    CanaryLogs.lookFor(us.credentials().resolveCredentials().secretAccessKey());
    CanaryLogs.lookFor(squatter.credentials().resolveCredentials().secretAccessKey());
    buckets = naming.context(ExecutionContext.of(US, REGION)).build();
  }

  static AccountId squatterId() {
    return AccountId.of(SQUATTER);
  }

  S3PrivateClient.Builder sync() {
    return S3PrivateClient.builder()
        .buckets(buckets)
        .credentialsProvider(us.credentials())
        .endpointOverride(s3.endpoint())
        .pathStyle();
  }

  S3PrivateAsyncClient.Builder async() {
    return S3PrivateAsyncClient.builder()
        .buckets(buckets)
        .credentialsProvider(us.credentials())
        .endpointOverride(s3.endpoint())
        .pathStyle();
  }

  S3PrivateAsyncClient.Builder multipart() {
    return async()
        .configure(
            b ->
                b.multipartEnabled(true)
                    .multipartConfiguration(
                        m -> m.minimumPartSizeInBytes(PART).thresholdInBytes(PART)));
  }

  S3PrivateAsyncClient.Builder crt() {
    return multipart().crt(b -> b.minimumPartSizeInBytes(PART).thresholdInBytes(PART));
  }

  /**
   * The requests that reached a bucket; those that make one or list them all are not among them.
   */
  List<WireRequest> bucketRequests() {
    Predicate<WireRequest> reachesNone =
        request -> request.operation().equals("ListBuckets") || isCreation(request);
    return s3.wireLog().stream().filter(reachesNone.negate()).toList();
  }

  private static boolean isCreation(WireRequest request) {
    return request.operation().equals("CreateBucket");
  }

  List<WireRequest> requests(String operation) {
    return s3.wireLog().stream().filter(r -> r.operation().equals(operation)).toList();
  }

  /** Lets everybody into a bucket, as a squatter does. */
  static void open(Account owner, String bucket) {
    owner.client(REGION).deletePublicAccessBlock(r -> r.bucket(bucket));
    owner
        .client(REGION)
        .putBucketPolicy(
            r ->
                r.bucket(bucket)
                    .policy(
                        """
                        {"Version": "2012-10-17", "Statement": [{
                          "Effect": "Allow", "Principal": "*", "Action": "s3:*",
                          "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}
                        """
                            .formatted(bucket)));
  }

  @Override
  public void close() {
    assertThat(RedactionTest.ours()).isEmpty();
    s3.close();
  }
}
