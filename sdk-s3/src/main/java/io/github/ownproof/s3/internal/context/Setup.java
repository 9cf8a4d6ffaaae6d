package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.telemetry.Telemetry;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * What the discovery was told and may ask.
 *
 * @param account the explicit account; null to find it out
 * @param region the explicit region, checked already; null to find it out
 * @param credentials who signs; null for the AWS SDK's default chain, made when first needed
 * @param regions asked instead of the settings, the profile and the host; null for those
 * @param profileRegion makes the source of the profile's region when it is first needed
 * @param functionArn the Lambda function's ARN, or null while there is none
 * @param sts the caller's own STS client, which stays open; null to make one for each call
 * @param stsEndpoint where that one goes instead of to the region's STS; null for the region's
 * @param deadline how long one call may wait
 * @param settings the environment
 * @param nanos a clock that only goes forward, in nanoseconds
 * @param telemetry told how long each search took; must not throw
 */
public record Setup(
    @Nullable AccountId account,
    @Nullable String region,
    @Nullable IdentityProvider<? extends AwsCredentialsIdentity> credentials,
    @Nullable AwsRegionProvider regions,
    Supplier<AwsRegionProvider> profileRegion,
    Supplier<@Nullable String> functionArn,
    @Nullable StsClient sts,
    @Nullable URI stsEndpoint,
    Duration deadline,
    Settings settings,
    LongSupplier nanos,
    Telemetry telemetry) {

  private static final String STS_CLIENT = "software.amazon.awssdk.services.sts.StsClient";

  SignerLookup signerLookup() {
    try {
      Class.forName(STS_CLIENT, false, Setup.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError absent) {
      return new NoSts();
    }
    return new StsCallerIdentity(sts, stsEndpoint);
  }

  /** Redacted: a credentials provider may print what it holds. */
  @Override
  public String toString() {
    return "Setup[account=" + account + ", region=" + region + ", deadline=" + deadline + "]";
  }

  private record NoSts() implements SignerLookup {

    @Override
    public String missing() {
      return "not on the class path: add software.amazon.awssdk:sts";
    }

    @Override
    public AccountId ask(AwsCredentialsIdentity identity, String region, Attempt attempt)
        throws Unanswered {
      throw new Unanswered(missing());
    }
  }
}
