package io.github.ownproof.s3;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The AWS SDK's presigners, one for each region that was needed, for all that is not signed here.
 * They hold no resource, so one more or less does no harm. Thread-safe.
 */
final class AwsPresigners {

  /** More regions than there are; a private id may name one that is not. */
  private static final int MOST = 128;

  private final ClientSettings.Resolved settings;
  private final OwnerPlacement placement;
  private final ConcurrentHashMap<String, S3Presigner> byRegion = new ConcurrentHashMap<>();
  private final AtomicLong used = new AtomicLong();

  AwsPresigners(ClientSettings.Resolved settings, OwnerPlacement placement) {
    this.settings = settings;
    this.placement = placement;
  }

  /** The presigner of a bucket's region. */
  S3Presigner of(PrivateBucket bucket) {
    used.incrementAndGet();
    S3Presigner known = byRegion.get(bucket.region());
    if (known != null) {
      return known;
    }
    S3Presigner made = build(bucket.region());
    if (byRegion.size() >= MOST) {
      byRegion.clear();
    }
    byRegion.put(bucket.region(), made);
    return made;
  }

  @SuppressWarnings("deprecation") // the AWS SDK's own presigner still sets it
  private S3Presigner build(String region) {
    S3Presigner.Builder builder =
        S3Presigner.builder().region(Region.of(region)).credentialsProvider(settings.credentials());
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    if (settings.pathStyle()) {
      // Checking checksums adds a header that no browser sends; the AWS SDK leaves it out, too.
      builder.serviceConfiguration(
          S3Configuration.builder()
              .pathStyleAccessEnabled(true)
              .checksumValidationEnabled(false)
              .build());
    }
    return builder.build();
  }

  /**
   * An owned request as the AWS SDK's presigner is to take it: with its owner in the one place it
   * is meant to be, signed by {@code identity}.
   */
  @SuppressWarnings("unchecked") // a request's builder builds a request of the same type
  <T extends AwsRequest> T prepare(T owned, PrivateBucket bucket, AwsCredentialsIdentity identity) {
    AwsRequest.Builder builder = owned.toBuilder();
    AwsRequestOverrideConfiguration.Builder override =
        owned
            .overrideConfiguration()
            .map(AwsRequestOverrideConfiguration::toBuilder)
            .orElseGet(AwsRequestOverrideConfiguration::builder)
            .credentialsProvider(new FixedIdentity(identity));
    if (placement == OwnerPlacement.QUERY) {
      S3Operation.of(owned).clearOwner(builder);
      override.putRawQueryParameter(OwnerHeaders.OWNER, bucket.owner().value());
    }
    return (T) builder.overrideConfiguration(override.build()).build();
  }

  /** How often one of them was asked for. */
  long used() {
    return used.get();
  }
}
