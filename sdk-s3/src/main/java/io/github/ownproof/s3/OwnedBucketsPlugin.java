package io.github.ownproof.s3;

import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.endpoints.EndpointProvider;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Guards a client that is built with the AWS SDK's own builder:
 *
 * <pre>{@code
 * S3Client s3 = S3Client.builder().addPlugin(OwnedBucketsPlugin.of(buckets)).build();
 * }</pre>
 *
 * <p>Every request of the client, those the AWS SDK makes by itself included, carries the owner of
 * its bucket and goes to the bucket's physical name in the bucket's region, or is stopped with an
 * {@link UnguardedRequestException} before it leaves. Private names may be used as buckets.
 *
 * <p>Requests that would publish anything, or free a bucket's name, are refused as {@link
 * S3PrivateClient} refuses them: ACLs, websites, public policies, weaker Block Public Access or
 * object ownership, and {@code DeleteBucket} of a name that anybody could take next.
 *
 * <p>What the private clients add to that: waiters, {@code utilities()} and {@code delegate()} that
 * know private names, exceptions that say what a 403 may mean, {@code diagnose}, and a guard that a
 * plugin of a single request cannot replace along with the client's other interceptors. Exceptions
 * of ours may arrive wrapped in the AWS SDK's {@code SdkClientException} here.
 *
 * <p>Add it last: a plugin after it that sets the whole override configuration anew takes this one
 * out. The private clients put theirs last themselves.
 *
 * <p>The AWS SDK's presigner takes no plugin: {@link S3PrivatePresigner} is ours. Works on {@code
 * S3ClientBuilder} and {@code S3AsyncClientBuilder}, multipart included; the CRT builder takes no
 * plugin: build that client through {@link S3PrivateAsyncClient}. Cross-region access cannot be
 * combined with it: the region is part of the bucket. Immutable and thread-safe.
 */
public final class OwnedBucketsPlugin implements SdkPlugin {

  private final PrivateBuckets buckets;
  private final OwnerInterceptor interceptor;

  private OwnedBucketsPlugin(PrivateBuckets buckets, OwnerGate.Signing signing) {
    this.buckets = Objects.requireNonNull(buckets, "buckets");
    this.interceptor = new OwnerInterceptor(buckets, new OwnerGate(buckets, signing));
  }

  /** The plugin that guards access to {@code buckets}. */
  public static OwnedBucketsPlugin of(PrivateBuckets buckets) {
    return new OwnedBucketsPlugin(buckets, OwnerGate.Signing.BY_SDK);
  }

  /** For the CRT client, request by request: its builder takes no plugin, and it signs natively. */
  static OwnedBucketsPlugin ofCrt(PrivateBuckets buckets) {
    return new OwnedBucketsPlugin(buckets, OwnerGate.Signing.BY_CRT);
  }

  /** Called by the AWS SDK when it builds a client or takes a request with this plugin. */
  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder config) {
    if (!(config instanceof S3ServiceClientConfiguration.Builder s3)) {
      throw UnguardedRequestException.client(
          "OwnedBucketsPlugin guards S3 clients, and was added to the builder of another service."
              + " Take it out there.");
    }
    if (Boolean.TRUE.equals(s3.crossRegionAccessEnabled())) {
      throw UnguardedRequestException.client(
          "A guarded S3 client cannot have crossRegionAccessEnabled: the region is part of each"
              + " private bucket, and a redirect must not choose another. Leave it out, and name a"
              + " bucket of another region by its private id.");
    }
    ClientOverrideConfiguration override = s3.overrideConfiguration();
    refuseOwnerHeaders(override);
    if (isGuarded(override.executionInterceptors(), buckets)) {
      return;
    }
    EndpointProvider rules = s3.endpointProvider();
    if (rules != null && !(rules instanceof S3EndpointProvider)) {
      throw UnguardedRequestException.client(
          "The client's endpoint provider is a "
              + rules.getClass().getName()
              + ", which cannot be asked for a bucket's endpoint. Give it an S3EndpointProvider.");
    }
    s3.overrideConfiguration(override.toBuilder().addExecutionInterceptor(interceptor).build());
    s3.endpointProvider(new PrivateEndpoints(rules, buckets));
  }

  /** Whether a client that was built with these interceptors is guarded for {@code buckets}. */
  static boolean isGuarded(List<ExecutionInterceptor> interceptors, PrivateBuckets buckets) {
    for (ExecutionInterceptor interceptor : interceptors) {
      if (interceptor instanceof OwnerInterceptor owner && owner.isFor(buckets)) {
        return true;
      }
    }
    return false;
  }

  private static void refuseOwnerHeaders(ClientOverrideConfiguration override) {
    for (String header : override.headers().keySet()) {
      if (OwnerHeaders.isOne(header)) {
        throw UnguardedRequestException.conflict(
            "Building the client", "its override configuration sets " + header + " on every call.");
      }
    }
  }
}
