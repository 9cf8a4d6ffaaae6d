package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.testkit.MutableClock;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The AWS SDK's presigner and ours, set up alike: what the one makes, the other has to make. */
final class AwsTwin implements AutoCloseable {

  static final String OWNER = "111122223333";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  final S3Presigner aws;
  final OwnerPlacement placement;
  final PrivateBuckets buckets;
  final S3PrivatePresigner ours;
  final MutableClock clock = MutableClock.at(Instant.EPOCH);

  AwsTwin(
      String region,
      AwsCredentials credentials,
      OwnerPlacement placement,
      @Nullable URI endpoint,
      boolean pathStyle) {
    this.placement = placement;
    this.buckets =
        PrivateBuckets.builder()
            .context(ExecutionContext.of(AccountId.of(OWNER), region))
            .adopt("logs", "mycompany-prod-logs")
            .build();
    StaticCredentialsProvider provider = StaticCredentialsProvider.create(credentials);
    S3Presigner.Builder theirs =
        S3Presigner.builder().region(Region.of(region)).credentialsProvider(provider);
    S3PrivatePresigner.Builder mine =
        S3PrivatePresigner.builder()
            .buckets(buckets)
            .credentialsProvider(provider)
            .ownerPlacement(placement)
            .clock(clock);
    if (endpoint != null) {
      theirs.endpointOverride(endpoint);
      mine = mine.endpointOverride(endpoint);
    }
    if (pathStyle) {
      theirs.serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build());
      mine = mine.pathStyle();
    }
    this.aws = theirs.build();
    this.ours = mine.build();
  }

  String physicalName(String bucket) {
    return buckets.resolve(bucket).physicalName();
  }

  /** How a caller of the AWS SDK's presigner puts the owner into the query. */
  void ownInQuery(AwsRequestOverrideConfiguration.Builder override) {
    if (placement == OwnerPlacement.QUERY) {
      override.putRawQueryParameter(OwnerHeaders.OWNER, OWNER);
    }
  }

  @Nullable String ownerMember() {
    return placement == OwnerPlacement.SIGNED_HEADER ? OWNER : null;
  }

  static String time(SdkHttpRequest http) {
    return http.firstMatchingRawQueryParameter("X-Amz-Date").orElseThrow();
  }

  static Instant signedAt(SdkHttpRequest http) {
    return LocalDateTime.parse(time(http), TIME).toInstant(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    aws.close();
    ours.close();
  }
}
