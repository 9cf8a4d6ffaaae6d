package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.internal.clearance.Clearance;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** The public bucket of a promotion, which only requests that bring a clearance can reach. */
final class ClearedBucket {

  private ClearedBucket() {}

  /** The bucket a request is cleared for, where that is a public one. */
  static @Nullable PrivateBucket of(SdkRequest request, Supplier<AccountId> owner) {
    Clearance clearance = request instanceof AwsRequest aws ? Clearance.of(aws) : null;
    return clearance == null || !clearance.publicBucket()
        ? null
        : of(clearance.physicalName(), clearance.region(), owner.get());
  }

  static PrivateBucket of(String physicalName, String region, AccountId owner) {
    return new PrivateBucket(physicalName, physicalName, ExecutionContext.of(owner, region));
  }

  /** The client's own endpoints know private buckets only. */
  static AwsRequest atItsEndpoint(AwsRequest request) {
    Clearance clearance = Clearance.of(request);
    AwsRequestOverrideConfiguration override = request.overrideConfiguration().orElse(null);
    if (clearance == null || !clearance.publicBucket() || override == null) {
      return request;
    }
    S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
    S3EndpointProvider there =
        params ->
            rules.resolveEndpoint(
                params.toBuilder()
                    .region(Region.of(clearance.region()))
                    .useGlobalEndpoint(false)
                    .build());
    return request.toBuilder()
        .overrideConfiguration(override.toBuilder().endpointProvider(there).build())
        .build();
  }
}
