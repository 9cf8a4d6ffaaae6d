package io.github.ownproof.s3;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.endpoints.EndpointProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Sends each request to its bucket's own region, under its physical name, at S3's regional
 * endpoint.
 *
 * <p>This is where a name reaches the host on every AWS SDK: before 2.47 the host is decided ahead
 * of all interceptors, so that one which renames the bucket comes too late.
 */
final class PrivateEndpoints implements S3EndpointProvider {

  private final S3EndpointProvider rules;
  private final PrivateBuckets buckets;

  PrivateEndpoints(@Nullable EndpointProvider rules, PrivateBuckets buckets) {
    this.rules = rules instanceof S3EndpointProvider s3 ? s3 : S3EndpointProvider.defaultProvider();
    this.buckets = buckets;
  }

  @Override
  public CompletableFuture<Endpoint> resolveEndpoint(S3EndpointParams params) {
    String written = params.bucket();
    if (written == null) {
      return rules.resolveEndpoint(params);
    }
    ResolvedNames names = buckets.names();
    PrivateBucket physical = names.byPhysicalName(written);
    PrivateBucket bucket = physical != null ? physical : names.resolve(written);
    Region region = bucket.endpointRegion();
    if (region.equals(params.region())
        && bucket.physicalName().equals(written)
        && !Boolean.TRUE.equals(params.useGlobalEndpoint())) {
      return rules.resolveEndpoint(params);
    }
    return rules.resolveEndpoint(
        params.toBuilder()
            .bucket(bucket.physicalName())
            .region(region)
            .useGlobalEndpoint(false)
            .build());
  }
}
