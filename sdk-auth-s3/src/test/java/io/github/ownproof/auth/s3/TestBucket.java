package io.github.ownproof.auth.s3;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.PrivateBuckets;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.testkit.Account;
import io.github.ownproof.testkit.S3World;
import io.github.ownproof.testkit.WireRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A world with a private bucket of ours, and clients of as many processes as a test wants. */
final class TestBucket implements AutoCloseable {

  static final String US = "111122223333";
  static final String REGION = "eu-west-1";
  static final String BUCKET = "support";

  final S3World world = S3World.start();
  final Account us = world.account(US);
  final PrivateBuckets buckets =
      PrivateBuckets.builder().context(ExecutionContext.of(US, REGION)).build();
  private final List<S3PrivateClient> clients = new CopyOnWriteArrayList<>();
  final S3PrivateClient client = newClient();

  static TestBucket made() {
    TestBucket bucket = new TestBucket();
    var unused = bucket.client.createPrivateBucket(BUCKET);
    bucket.world.clearWireLog();
    return bucket;
  }

  /** A client of its own, as another process has it. */
  S3PrivateClient newClient() {
    return newClient(b -> {});
  }

  S3PrivateClient newClient(Consumer<S3ClientBuilder> options) {
    return newClient(buckets, options);
  }

  /** One to which the private bucket is the one of this name, whoever has it. */
  S3PrivateClient newClientThatAdopts(String physicalName) {
    return newClient(
        PrivateBuckets.builder()
            .context(ExecutionContext.of(US, REGION))
            .adopt(BUCKET, physicalName)
            .build(),
        b -> {});
  }

  private S3PrivateClient newClient(PrivateBuckets of, Consumer<S3ClientBuilder> options) {
    S3PrivateClient made =
        S3PrivateClient.builder()
            .buckets(of)
            .credentialsProvider(us.credentials())
            .endpointOverride(world.endpoint())
            .pathStyle()
            .configure(options)
            .build();
    clients.add(made);
    return made;
  }

  /** One that asks once. */
  S3PrivateClient newClientWithoutRetries() {
    return newClient(
        b -> b.overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry())));
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

  String physicalName() {
    return buckets.resolve(BUCKET).physicalName();
  }

  List<WireRequest> requests(String operation) {
    return world.wireLog().stream().filter(r -> r.operation().equals(operation)).toList();
  }

  @Override
  public void close() {
    clients.forEach(S3PrivateClient::close);
    world.close();
  }
}
