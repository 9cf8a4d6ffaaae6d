package io.github.ownproof.s3.coverage;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A request with anything in it that a caller can put there. */
final class RandomCall {

  private static final List<String> HEADERS =
      List.of(
          WireRequest.OWNER,
          WireRequest.OWNER,
          WireRequest.SOURCE_OWNER,
          WireRequest.COPY_SOURCE,
          "Host",
          "x-amz-bucket-namespace",
          "x-amz-meta-a");

  private static final List<String> COPY_SOURCES =
      List.of(
          "my-app-assets/key",
          "/my-app-assets/key?versionId=1",
          "partner-inbox/key",
          "acme-inbox%2Fkey",
          "strangers-bucket/key",
          "arn%3Aaws%3As3%3Aus-east-1%3A111122223333%3Amy-app-assets/a/b",
          "arn:aws:s3:eu-west-1:999900001111:accesspoint/theirs/object/key",
          "my-app-assets%2F..%2Fstrangers-bucket/key",
          "no-key",
          "");

  private final RandomGenerator random;

  private final boolean replacing;

  private RandomCall(RandomGenerator random, boolean replacing) {
    this.random = random;
    this.replacing = replacing;
  }

  /**
   * A request of this type.
   *
   * @param replacing whether it may bring plugins that replace all the client's interceptors
   */
  static S3Request of(Class<? extends S3Request> type, RandomGenerator random, boolean replacing) {
    return new RandomCall(random, replacing).build(type);
  }

  private S3Request build(Class<? extends S3Request> type) {
    S3Request request =
        SampleRequests.of(
            type, new SampleRequests.Names(Spellings.bucket(random), Spellings.bucket(random)));
    S3Request.Builder builder = request.toBuilder();
    boolean byHeader = random.nextInt(3) == 0;
    for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
      switch (field.memberName()) {
        case "ExpectedBucketOwner", "ExpectedSourceBucketOwner" -> {
          if (random.nextInt(4) == 0) {
            field.set(builder, Spellings.owner(random));
          }
        }
        case "CopySource" -> {
          if (byHeader) {
            field.set(builder, Spellings.pick(COPY_SOURCES, random));
          }
        }
        case "SourceBucket", "SourceKey" -> {
          if (byHeader && random.nextInt(8) != 0) {
            field.set(builder, null);
          }
        }
        default -> {}
      }
    }
    if (random.nextInt(3) == 0) {
      builder.overrideConfiguration(override());
    }
    return builder.build();
  }

  private AwsRequestOverrideConfiguration override() {
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    if (random.nextBoolean()) {
      override.putHeader(
          Spellings.inAnyCase(Spellings.pick(HEADERS, random), random), Spellings.owner(random));
    }
    if (random.nextInt(4) == 0) {
      override.putRawQueryParameter(
          Spellings.inAnyCase(WireRequest.OWNER, random), Spellings.owner(random));
    }
    if (random.nextInt(8) == 0) {
      override.credentialsProvider(AnonymousCredentialsProvider.create());
    }
    if (random.nextInt(4) == 0) {
      override.endpointProvider(elsewhere());
    }
    if (random.nextInt(3) == 0) {
      override.addPlugin(plugin());
    }
    return override.build();
  }

  @SuppressWarnings("deprecation") // what replaces it is younger than the oldest AWS SDK
  private static S3EndpointProvider elsewhere() {
    return params ->
        CompletableFuture.completedFuture(
            Endpoint.builder()
                .url(URI.create("https://strangers-bucket.s3.eu-west-1.amazonaws.com"))
                .build());
  }

  /** One of them drops whatever other interceptors there were, the way a careless plugin does. */
  private SdkPlugin plugin() {
    Tamper tamper = Spellings.pick(List.of(Tamper.values()), random);
    return switch (random.nextInt(replacing ? 5 : 4)) {
      case 0 ->
          config -> ((S3ServiceClientConfiguration.Builder) config).endpointProvider(elsewhere());
      case 1 ->
          config ->
              ((S3ServiceClientConfiguration.Builder) config)
                  .credentialsProvider(AnonymousCredentialsProvider.create());
      case 4 -> tamper.replacingOthers();
      default ->
          config ->
              config.overrideConfiguration(
                  config.overrideConfiguration().toBuilder()
                      .addExecutionInterceptor(tamper.interceptor())
                      .build());
    };
  }
}
