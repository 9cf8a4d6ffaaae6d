package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.s3.internal.clearance.Clearance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.BucketNamespace;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/**
 * Gives a request its bucket's physical name and owner. Both layers do it through here: the private
 * client on what callers write, the interceptor on what the AWS SDK sends by itself.
 */
final class OwnedRequests {

  /** A bucket in S3's first region has no location constraint. */
  private static final String FIRST_REGION = "us-east-1";

  private final Function<String, PrivateBucket> buckets;
  private final Supplier<AccountId> creator;
  private final Counters counters;

  private OwnedRequests(Function<String, PrivateBucket> buckets, PrivateBuckets all) {
    this.buckets = buckets;
    this.creator = () -> all.context().account();
    this.counters = all.counters();
  }

  /** For requests as callers write them: physical names only as {@link PrivateBuckets#resolve}. */
  static OwnedRequests ofCallers(PrivateBuckets buckets) {
    return new OwnedRequests(buckets::resolve, buckets);
  }

  /** For requests on their way, whose physical names may be of any region of ours. */
  static OwnedRequests ofClients(PrivateBuckets buckets) {
    return new OwnedRequests(
        name -> {
          ResolvedNames names = buckets.names();
          PrivateBucket physical = names.byPhysicalName(name);
          return physical != null ? physical : names.resolve(name);
        },
        buckets);
  }

  /**
   * The request with physical names and owners; the same one if it has them already.
   *
   * @throws UnguardedRequestException if the operation cannot be owned, or the caller gave another
   *     owner than the bucket's
   * @throws BucketNameException if a bucket is missing or its name cannot be one
   * @throws ForeignBucketException if a bucket is not ours to use
   */
  AwsRequest own(AwsRequest request) {
    return own(S3Operation.of(request), request);
  }

  /** The same, for a request whose operation is known already. */
  AwsRequest own(S3Operation operation, AwsRequest request) {
    try {
      return owned(operation, request);
    } catch (OwnproofException e) {
      counters.refused(operation, e);
      throw e;
    }
  }

  private AwsRequest owned(S3Operation operation, AwsRequest request) {
    return switch (operation.kind()) {
      case OWNED, COPY -> ownBuckets(operation, withoutOwnerOverrides(operation, request));
      case CREATE_BUCKET -> ownCreation(operation, withoutOwnerOverrides(operation, request));
      case NO_BUCKET, PRESIGNED_URL -> request;
      case REFUSED ->
          throw UnguardedRequestException.operation(operation.name(), operation.refusal());
    };
  }

  private AwsRequest ownBuckets(S3Operation operation, AwsRequest request) {
    String written = required(operation, operation.bucket(request), "bucket");
    PrivateBucket bucket = bucket(written, request);
    PublicAccess.check(operation, request, bucket);
    String owner = bucket.owner().value();
    String given = operation.owner(request);
    checkOwner(operation, bucket, given);
    boolean named = written.equals(bucket.physicalName());
    if (named && given != null && isSourceOwned(operation, request)) {
      return request;
    }
    AwsRequest.Builder builder = request.toBuilder();
    operation.setBucket(builder, bucket.physicalName());
    operation.setOwner(builder, owner);
    if (operation.kind() == S3Operation.Kind.COPY) {
      ownSource(operation, request, builder);
    }
    return builder.build();
  }

  /** Whether an operation that copies has its source's physical name and owner, too. */
  private boolean isSourceOwned(S3Operation operation, AwsRequest request) {
    if (operation.kind() != S3Operation.Kind.COPY) {
      return true;
    }
    PrivateBucket source = source(operation, request);
    String copySource = operation.copySource(request);
    boolean named =
        copySource == null
            ? source.physicalName().equals(operation.sourceBucket(request))
            : CopySource.parse(copySource).in(source.physicalName()).equals(copySource);
    return named && source.owner().value().equals(operation.sourceOwner(request));
  }

  private void ownSource(S3Operation operation, AwsRequest request, AwsRequest.Builder builder) {
    PrivateBucket source = source(operation, request);
    checkOwner(operation, source, operation.sourceOwner(request));
    operation.setSourceOwner(builder, source.owner().value());
    String copySource = operation.copySource(request);
    if (copySource == null) {
      operation.setSourceBucket(builder, source.physicalName());
    } else {
      operation.setCopySource(builder, CopySource.parse(copySource).in(source.physicalName()));
    }
  }

  /** The bucket a request is for; a promotion's public bucket has no private name. */
  private PrivateBucket bucket(String written, AwsRequest request) {
    PrivateBucket cleared = ClearedBucket.of(request, creator);
    return cleared != null && cleared.physicalName().equals(written)
        ? cleared
        : buckets.apply(written);
  }

  private PrivateBucket source(S3Operation operation, AwsRequest request) {
    String copySource = operation.copySource(request);
    String sourceBucket = operation.sourceBucket(request);
    if (copySource != null && sourceBucket != null) {
      throw BucketNameException.conflict(
          operation.name()
              + " has both copySource and sourceBucket. Give one of them: sourceBucket and"
              + " sourceKey.");
    }
    return buckets.apply(
        copySource == null
            ? required(operation, sourceBucket, "sourceBucket")
            : CopySource.parse(copySource).bucket());
  }

  private AwsRequest ownCreation(S3Operation operation, AwsRequest request) {
    CreateBucketRequest creation = (CreateBucketRequest) request;
    String written = required(operation, creation.bucket(), "bucket");
    PrivateBucket bucket = bucket(written, request);
    PublicAccess.check(operation, request, bucket);
    if (!bucket.owner().equals(creator.get())) {
      throw UnguardedRequestException.operation(
          operation.name(),
          bucket
              + " belongs to another account, which alone can create it. A bucket created from here"
              + " would be ours, and every later call would fail.");
    }
    CreateBucketRequest.Builder builder =
        creation.toBuilder()
            .bucket(bucket.physicalName())
            .createBucketConfiguration(location(creation, bucket));
    if (isAccountRegional(bucket)) {
      if (creation.bucketNamespaceAsString() != null
          && creation.bucketNamespace() != BucketNamespace.ACCOUNT_REGIONAL) {
        throw UnguardedRequestException.operation(
            operation.name(),
            "the name "
                + quote(bucket.physicalName())
                + " is in the account regional namespace, but bucketNamespace is "
                + quote(creation.bucketNamespaceAsString())
                + ". Leave bucketNamespace out.");
      }
      builder.bucketNamespace(BucketNamespace.ACCOUNT_REGIONAL);
    }
    if (creation.objectOwnership() == null && isOwnershipOurs(creation, bucket)) {
      // S3's own default; said all the same, so that no default decides.
      builder.objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    }
    CreateBucketRequest owned = builder.build();
    return owned.equals(creation) ? creation : owned;
  }

  /** A directory bucket takes none; a promotion's bucket gets what the promotion says. */
  private static boolean isOwnershipOurs(CreateBucketRequest creation, PrivateBucket bucket) {
    return bucket.kind() == S3Resource.BUCKET
        && !Clearance.clears(Clearance.of(creation), "CreateBucket", bucket.physicalName());
  }

  /** Whether S3 keeps this name for its account. */
  static boolean isAccountRegional(PrivateBucket bucket) {
    return NameRules.readPhysical(bucket.physicalName())
        .filter(parts -> parts.suffix().equals("an"))
        .isPresent();
  }

  /**
   * The bucket's region is in its name, so it decides; the AWS SDK would fill in the client's,
   * which may be another.
   */
  private static @Nullable CreateBucketConfiguration location(
      CreateBucketRequest creation, PrivateBucket bucket) {
    CreateBucketConfiguration written = creation.createBucketConfiguration();
    CreateBucketConfiguration located =
        (written == null ? CreateBucketConfiguration.builder() : written.toBuilder())
            .locationConstraint(bucket.region().equals(FIRST_REGION) ? null : bucket.region())
            .build();
    return located.equals(CreateBucketConfiguration.builder().build()) ? null : located;
  }

  /** Headers and query parameters set by hand would double the owner, or contradict it. */
  private AwsRequest withoutOwnerOverrides(S3Operation operation, AwsRequest request) {
    AwsRequestOverrideConfiguration override = request.overrideConfiguration().orElse(null);
    if (override == null
        || !(hasOwner(override.headers()) || hasOwner(override.rawQueryParameters()))) {
      return request;
    }
    checkOverrides(operation, request, override.headers());
    checkOverrides(operation, request, override.rawQueryParameters());
    AwsRequestOverrideConfiguration.Builder builder = override.toBuilder();
    builder.headers(withoutOwner(override.headers()));
    builder.rawQueryParameters(withoutOwner(override.rawQueryParameters()));
    return request.toBuilder().overrideConfiguration(builder.build()).build();
  }

  private void checkOverrides(
      S3Operation operation, AwsRequest request, Map<String, List<String>> overrides) {
    overrides.forEach(
        (name, values) -> {
          if (OwnerHeaders.isOne(name)) {
            PrivateBucket bucket = overridden(operation, request, name);
            values.forEach(value -> checkOwner(operation, bucket, Objects.requireNonNull(value)));
          }
        });
  }

  private PrivateBucket overridden(S3Operation operation, AwsRequest request, String header) {
    if (header.equalsIgnoreCase(OwnerHeaders.OWNER)) {
      return bucket(required(operation, operation.bucket(request), "bucket"), request);
    }
    if (operation.kind() == S3Operation.Kind.COPY) {
      return source(operation, request);
    }
    throw UnguardedRequestException.conflict(
        operation.name(), "it has no source, but carries " + OwnerHeaders.SOURCE_OWNER + ".");
  }

  private static boolean hasOwner(Map<String, List<String>> overrides) {
    for (String name : overrides.keySet()) {
      if (OwnerHeaders.isOne(name)) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, List<String>> withoutOwner(Map<String, List<String>> overrides) {
    return overrides.entrySet().stream()
        .filter(entry -> !OwnerHeaders.isOne(entry.getKey()))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void checkOwner(
      S3Operation operation, PrivateBucket bucket, @Nullable String given) {
    if (given != null && !given.equals(bucket.owner().value())) {
      throw UnguardedRequestException.conflict(
          operation.name(),
          (given.isEmpty()
                  ? "the expected owner it was given is empty"
                  : "it was given the owner " + quote(given))
              + ", but "
              + bucket.name()
              + " belongs to "
              + bucket.owner()
              + ".");
    }
  }

  private static String required(S3Operation operation, @Nullable String value, String member) {
    if (value == null) {
      throw BucketNameException.invalid(
          operation.name() + " has no " + member + ". Give it a private name.");
    }
    return value;
  }
}
