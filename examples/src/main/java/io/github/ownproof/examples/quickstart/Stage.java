package io.github.ownproof.examples.quickstart;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.BucketNaming;
import io.github.ownproof.s3.PrivateBuckets;
import io.github.ownproof.s3.S3PrivateAsyncClient;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.testkit.Account;
import io.github.ownproof.testkit.S3World;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;

/** Where the example plays: an S3 in this process with a squatter in it, or AWS without one. */
final class Stage implements AutoCloseable {

  private static final String US = "111122223333";
  private static final String SQUATTER = "999988887777";
  private static final String REGION = "eu-west-1";
  private static final long PART = 5L << 20;

  private final @Nullable S3World world;
  private final WireTap tap = new WireTap();

  private Stage(@Nullable S3World world) {
    this.world = world;
  }

  static Stage inProcess() {
    return new Stage(S3World.start());
  }

  static Stage onAws() {
    return new Stage(null);
  }

  boolean hasSquatter() {
    return world != null;
  }

  String squatter() {
    return SQUATTER;
  }

  /**
   * On AWS, account and region are discovered. The suffix puts the names into the global namespace,
   * where they can be squatted; by default names are in the account's own.
   */
  S3PrivateClient privateClient() {
    S3World here = world;
    S3PrivateClient.Builder builder =
        S3PrivateClient.builder().configure(b -> b.overrideConfiguration(tap::listen));
    return here == null
        ? builder.build()
        : builder
            .buckets(buckets())
            .credentialsProvider(here.account(US).credentials())
            .endpointOverride(here.endpoint())
            .pathStyle()
            .build();
  }

  S3PrivateAsyncClient privateAsyncClient() {
    S3World here = world;
    S3PrivateAsyncClient.Builder builder =
        S3PrivateAsyncClient.builder()
            .configure(Stage::inParts)
            .configure(b -> b.overrideConfiguration(tap::listen));
    return here == null
        ? builder.build()
        : builder
            .buckets(buckets())
            .credentialsProvider(here.account(US).credentials())
            .endpointOverride(here.endpoint())
            .pathStyle()
            .build();
  }

  private static void inParts(S3AsyncClientBuilder builder) {
    builder
        .multipartEnabled(true)
        .multipartConfiguration(m -> m.minimumPartSizeInBytes(PART).thresholdInBytes(PART));
  }

  private static PrivateBuckets buckets() {
    return PrivateBuckets.builder()
        .context(ExecutionContext.of(US, REGION))
        .naming(BucketNaming.suffixed("un1que1d"))
        .build();
  }

  S3Client rawClient() {
    return account(US).client(REGION);
  }

  void squat(String bucket) {
    S3Client squatter = account(SQUATTER).client(REGION);
    squatter.createBucket(
        r -> r.bucket(bucket).createBucketConfiguration(c -> c.locationConstraint(REGION)));
    squatter.deletePublicAccessBlock(r -> r.bucket(bucket));
    squatter.putBucketPolicy(
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

  String readAsSquatter(String bucket, String key) {
    return account(SQUATTER)
        .client(REGION)
        .getObjectAsBytes(r -> r.bucket(bucket).key(key))
        .asUtf8String();
  }

  void forgetTheSquattersPart() {
    tap.clear();
    if (world != null) {
      world.clearWireLog();
    }
  }

  private Account account(String id) {
    if (world == null) {
      throw new IllegalStateException("There is no squatter on AWS.");
    }
    return world.account(id);
  }

  /**
   * Prints what went over the wire, as the server saw it, or on AWS as it was sent.
   *
   * @return how many requests reached a private bucket, each with its owner
   */
  int printWireLog() {
    List<WireTap.Line> lines =
        world == null ? tap.lines() : world.wireLog().stream().map(WireTap.Line::of).toList();
    return WireTap.print(lines);
  }

  @Override
  public void close() {
    if (world != null) {
      world.close();
    }
  }
}
