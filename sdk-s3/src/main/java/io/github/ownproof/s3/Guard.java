package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** What both private clients do with each request before it goes, and with each failure after. */
final class Guard {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int DEEPEST_CAUSE = 16;

  private final PrivateBuckets buckets;
  private final OwnedRequests requests;
  private final OwnedBucketsPlugin plugin;
  private final boolean perRequest;
  private final boolean explains;

  private Guard(
      PrivateBuckets buckets, OwnedBucketsPlugin plugin, boolean perRequest, boolean explains) {
    this.buckets = buckets;
    this.requests = OwnedRequests.ofCallers(buckets);
    this.plugin = plugin;
    this.perRequest = perRequest;
    this.explains = explains;
  }

  /** For a client that has the plugin. */
  static Guard over(PrivateBuckets buckets) {
    return new Guard(buckets, OwnedBucketsPlugin.of(buckets), false, true);
  }

  /** For a client that was built without the plugin: each request brings it along. */
  static Guard bringing(OwnedBucketsPlugin plugin, PrivateBuckets buckets) {
    return new Guard(buckets, plugin, true, true);
  }

  /** The same guard, letting the AWS SDK's own exceptions through. */
  Guard withAwsExceptions() {
    return new Guard(buckets, plugin, perRequest, false);
  }

  /** The same guard, explaining what S3 answers. */
  Guard withOurExceptions() {
    return explains ? this : new Guard(buckets, plugin, perRequest, true);
  }

  PrivateBuckets buckets() {
    return buckets;
  }

  static boolean isGuarded(
      @Nullable SdkServiceClientConfiguration configuration, PrivateBuckets buckets) {
    return configuration != null
        && configuration.overrideConfiguration() != null
        && OwnedBucketsPlugin.isGuarded(
            configuration.overrideConfiguration().executionInterceptors(), buckets);
  }

  /** The request as it may go to the client beneath. */
  @SuppressWarnings("unchecked") // a request's builder builds a request of the same type
  <T extends AwsRequest> T prepare(T request) {
    AwsRequest owned = requests.own(request);
    if (perRequest) {
      refuseSessions(owned);
    }
    if (perRequest || hasPlugins(owned)) {
      AwsRequestOverrideConfiguration override =
          owned
              .overrideConfiguration()
              .map(AwsRequestOverrideConfiguration::toBuilder)
              .orElseGet(AwsRequestOverrideConfiguration::builder)
              .addPlugin(plugin)
              .build();
      owned = owned.toBuilder().overrideConfiguration(override).build();
    }
    return (T) ClearedBucket.atItsEndpoint(owned);
  }

  /** The session of a directory bucket is opened by a request of its own, which brings nothing. */
  private void refuseSessions(AwsRequest owned) {
    S3Operation operation = S3Operation.of(owned);
    String physicalName = operation.bucket(owned);
    S3Resource kind = physicalName == null ? S3Resource.BUCKET : S3Resource.of(physicalName);
    if (kind == S3Resource.DIRECTORY_BUCKET || kind == S3Resource.DIRECTORY_ACCESS_POINT) {
      throw UnguardedRequestException.operation(
          operation.name(),
          "this client would open a session with "
              + kind.description()
              + " before anything can look at it. Reach it with S3PrivateClient.create(), or a Java"
              + " client built with OwnedBucketsPlugin.");
    }
  }

  /** A request's plugins may replace all the client's interceptors: ours has to come last. */
  private static boolean hasPlugins(AwsRequest request) {
    AwsRequestOverrideConfiguration override = request.overrideConfiguration().orElse(null);
    return override != null && !override.plugins().isEmpty();
  }

  /** What to throw for a failure of a prepared request: itself, or what explains it better. */
  RuntimeException explain(AwsRequest request, RuntimeException failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof OwnproofException ours) {
        return ours;
      }
      cause = cause.getCause();
    }
    return explains && failure instanceof AwsServiceException answer
        ? explainAnswer(request, answer)
        : failure;
  }

  private RuntimeException explainAnswer(AwsRequest request, AwsServiceException answer) {
    S3Operation operation = S3Operation.of(request);
    ResolvedNames names = buckets.namesKnown();
    String physicalName = operation.bucket(request);
    if (names == null || physicalName == null) {
      return answer;
    }
    PrivateBucket bucket = names.byPhysicalName(physicalName);
    if (bucket == null) {
      bucket = ClearedBucket.of(request, () -> names.context().account());
    }
    if (bucket == null) {
      return answer;
    }
    if (isDenied(answer)) {
      return BucketOwnershipException.of(operation, bucket, names.spelling(bucket), answer);
    }
    if (operation.kind() == S3Operation.Kind.CREATE_BUCKET
        && "BucketAlreadyExists".equals(code(answer))) {
      return new BucketSquattedException(bucket, answer);
    }
    if (isBucketAbsent(operation, answer)) {
      return BucketAbsentException.of(operation, bucket, answer);
    }
    return answer;
  }

  /** An answer to HEAD has no body, and so no code. */
  static boolean isDenied(AwsServiceException answer) {
    String code = code(answer);
    return answer.statusCode() == FORBIDDEN
        && (code == null || code.equals("AccessDenied") || code.equals("403"));
  }

  private static boolean isBucketAbsent(S3Operation operation, AwsServiceException answer) {
    return answer instanceof NoSuchBucketException
        || "NoSuchBucket".equals(code(answer))
        || (answer.statusCode() == NOT_FOUND && operation.name().equals("HeadBucket"));
  }

  private static @Nullable String code(AwsServiceException answer) {
    return answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
  }
}
