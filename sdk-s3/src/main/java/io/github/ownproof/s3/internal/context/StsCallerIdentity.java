package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/**
 * STS {@code GetCallerIdentity}: needs no permission, and is the one source that knows who signs.
 * The only class here that must not be loaded without the sts jar.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
final class StsCallerIdentity implements SignerLookup {

  private final @Nullable StsClient supplied;
  private final @Nullable URI endpoint;

  StsCallerIdentity(@Nullable StsClient supplied, @Nullable URI endpoint) {
    this.supplied = supplied;
    this.endpoint = endpoint;
  }

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public AccountId ask(AwsCredentialsIdentity identity, String region, Attempt attempt)
      throws Unanswered {
    // A third is left for the sources that come after a silent STS.
    Duration time = attempt.remaining().multipliedBy(2).dividedBy(3);
    if (time.toMillis() == 0) {
      throw new Unanswered("not asked: no time was left");
    }
    IdentityProvider<AwsCredentialsIdentity> credentials = new Only(identity);
    if (supplied != null) {
      return ask(supplied, credentials, time);
    }
    try (StsClient client = client(credentials, region)) {
      attempt.stopWith(client::close);
      return ask(client, credentials, time);
    } catch (SdkException unusable) {
      throw new Unanswered("no client could be made (" + Reasons.of(unusable) + ")");
    } finally {
      attempt.callEnded();
    }
  }

  private StsClient client(IdentityProvider<AwsCredentialsIdentity> credentials, String region) {
    StsClientBuilder builder =
        StsClient.builder().region(Region.of(region)).credentialsProvider(credentials);
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder.build();
  }

  private static AccountId ask(
      StsClient client, IdentityProvider<AwsCredentialsIdentity> credentials, Duration time)
      throws Unanswered {
    String account;
    try {
      // The credentials in question go with the request: a supplied client may have others.
      account =
          client
              .getCallerIdentity(
                  GetCallerIdentityRequest.builder()
                      .overrideConfiguration(
                          c -> c.credentialsProvider(credentials).apiCallTimeout(time))
                      .build())
              .account();
    } catch (RuntimeException failed) {
      throw new Unanswered("GetCallerIdentity failed (" + Reasons.of(failed) + ")");
    }
    if (account == null || !AccountId.isWellFormed(account)) {
      throw new Unanswered("GetCallerIdentity answered without an account of twelve digits");
    }
    return AccountId.of(account);
  }

  /** Exactly these credentials, whatever the program's provider hands out by now. */
  private static final class Only implements IdentityProvider<AwsCredentialsIdentity> {

    private final AwsCredentialsIdentity identity;

    Only(AwsCredentialsIdentity identity) {
      this.identity = identity;
    }

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
      return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(
        ResolveIdentityRequest request) {
      return CompletableFuture.completedFuture(identity);
    }
  }
}
