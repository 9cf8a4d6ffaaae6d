package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.ExecutionContextProvider;
import io.github.ownproof.core.telemetry.Telemetry;
import io.github.ownproof.s3.internal.context.ContextCache;
import io.github.ownproof.s3.internal.context.Outcome;
import io.github.ownproof.s3.internal.context.Settings;
import io.github.ownproof.s3.internal.context.Setup;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Finds out in which account and region the program works: the account of whoever signs, and the
 * region the AWS SDK would use.
 *
 * <p><b>The account</b> is the first answer of
 *
 * <ol>
 *   <li>{@link Builder#account(AccountId)};
 *   <li>the credentials, where they name their account;
 *   <li>the environment variable {@code AWS_ACCOUNT_ID} or the system property {@code
 *       aws.accountId};
 *   <li>the ARN of the Lambda function, if {@linkplain Builder#lambdaFunctionArn(Supplier) given};
 *   <li>the ECS task metadata, version 4 and then 3;
 *   <li>{@code AWS_ROLE_ARN}, where {@code AWS_WEB_IDENTITY_TOKEN_FILE} is set too (IRSA);
 *   <li>the EC2 instance identity document, by IMDSv2;
 *   <li>STS {@code GetCallerIdentity}, in the region below; needs {@code
 *       software.amazon.awssdk:sts} on the class path.
 * </ol>
 *
 * <p><b>The signer wins.</b> Sources 3 to 7 say where the program runs; only the credentials and
 * STS say who signs, and with an assumed role that is often another account. So each of 3 to 7 is
 * taken at its turn only if the place it describes handed out the credentials: the environment, the
 * instance, the task or the web identity for {@code AWS_ACCOUNT_ID}; the function for its ARN; the
 * task role for the task; the web identity for its role; the instance profile for the instance. For
 * credentials from elsewhere (a profile, a session token, an EKS Pod Identity, a provider of your
 * own) that source is asked after STS, and believed only while STS does not answer: without the sts
 * jar for good, otherwise until STS, asked again every minute in the background, says who it is.
 * Whoever can change what is served at the metadata address is trusted like the machine itself;
 * where that does not hold, set the account.
 *
 * <p><b>The region</b> is the first of {@link Builder#region(String)}; {@code aws.region} or {@code
 * AWS_REGION}; the AWS profile; the Lambda function, the ECS task, the EC2 instance. Pseudo regions
 * such as {@code aws-global} are passed over.
 *
 * <p><b>What it costs.</b> Making one does no I/O. The first {@link #context()} does what is
 * needed, once, however many threads ask; the answer is kept for each access key, and the region
 * for good. While the credentials stay the same, a call asks the credentials provider for them and
 * nothing else. A failure is shared with whoever waits and whoever asks within half a second, and
 * then tried again. Metadata endpoints are asked without proxy, at loopback and link-local
 * addresses only, a second to connect and a second to answer.
 *
 * <p>Thread-safe. Keeps no secret. A search runs on a daemon thread of its own that ends with it.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html">AWS SDKs:
 *     Region</a>
 */
public final class AwsExecutionContext implements ExecutionContextProvider, AutoCloseable {

  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  private final ContextCache cache;
  private final String description;

  private AwsExecutionContext(Setup setup) {
    this.cache = new ContextCache(setup);
    this.description =
        "AwsExecutionContext[account="
            + (setup.account() == null ? "to be found" : setup.account())
            + ", region="
            + (setup.region() == null ? "to be found" : setup.region())
            + "]";
  }

  /** One that finds out everything, for the AWS SDK's default credentials. Does no I/O. */
  public static AwsExecutionContext create() {
    return builder().build();
  }

  /** One with options. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The context of whoever signs now. Waits no longer than the {@linkplain Builder#deadline
   * deadline}; but where the credentials provider refreshes credentials that were known before, as
   * long as that takes, as the S3 client does.
   *
   * @throws ExecutionContextException if it cannot be told: no source answered, the credentials
   *     could not be had, the time was up, or the thread was interrupted, whose flag is then set
   * @throws IllegalStateException after {@link #close()}
   */
  @Override
  public ExecutionContext context() {
    Outcome outcome = cache.current();
    if (outcome instanceof Outcome.Found found) {
      return found.context();
    }
    throw ExecutionContextException.of((Outcome.Unknown) outcome);
  }

  /**
   * Stops a search that is under way, whose waiting threads get an {@link IllegalStateException},
   * and closes the default credentials provider if it was made here. What was passed to the builder
   * stays open. Closing twice does nothing more.
   */
  @Override
  public void close() {
    cache.close();
  }

  /** What was set explicitly; no credentials. */
  @Override
  public String toString() {
    return description;
  }

  /** What to find out, and how. Not thread-safe; what it has built no longer depends on it. */
  public static final class Builder {

    private @Nullable AccountId account;
    private @Nullable String region;
    private @Nullable IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private @Nullable AwsRegionProvider regions;
    private Supplier<AwsRegionProvider> profileRegion = AwsProfileRegionProvider::new;
    private Supplier<@Nullable String> functionArn = () -> null;
    private @Nullable StsClient sts;
    private @Nullable URI stsEndpoint;
    private Duration deadline = DEFAULT_DEADLINE;
    private Settings settings = Settings.ofProcess();
    private LongSupplier nanos = System::nanoTime;
    private Telemetry telemetry = Telemetry.none();

    private Builder() {}

    /** The account, whoever signs: nothing is asked about it, and no credentials are needed. */
    public Builder account(AccountId account) {
      this.account = Objects.requireNonNull(account, "account");
      return this;
    }

    /**
     * The account, as {@link #account(AccountId)}.
     *
     * @throws io.github.ownproof.core.InvalidContextException if it is not exactly twelve digits
     */
    public Builder account(String account) {
      return account(AccountId.of(account));
    }

    /**
     * The region, e.g. {@code eu-west-1}: nothing is asked about it.
     *
     * @throws io.github.ownproof.core.InvalidContextException if it is not the code of one region
     */
    public Builder region(String region) {
      this.region = ExecutionContext.of("000000000000", region).region();
      return this;
    }

    /**
     * The credentials S3 requests will be signed with: pass what the S3 client has. It is asked for
     * every call, so it should keep them as those of the AWS SDK do; the first time on a thread of
     * this class. Default: the AWS SDK's default chain.
     */
    public Builder credentialsProvider(
        IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
      this.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /** Asked for the region instead of the environment, the profile and the host. */
    public Builder regionProvider(AwsRegionProvider regions) {
      this.regions = Objects.requireNonNull(regions, "regions");
      return this;
    }

    /**
     * The ARN of the Lambda function, as {@code Context.getInvokedFunctionArn()} of its handler
     * says it.
     */
    public Builder lambdaFunctionArn(String arn) {
      Objects.requireNonNull(arn, "arn");
      return lambdaFunctionArn(() -> arn);
    }

    /**
     * As {@link #lambdaFunctionArn(String)}, for one that is known with the first invocation only.
     *
     * @param arn asked when the account is needed, on another thread; null while it is not known
     */
    public Builder lambdaFunctionArn(Supplier<@Nullable String> arn) {
      this.functionArn = Objects.requireNonNull(arn, "arn");
      return this;
    }

    /**
     * The client STS is asked with; it stays open. The credentials in question go with each
     * request, whatever the client's own are. Default: one made for the call and closed after it.
     */
    @SuppressWarnings("exports") // only who has the STS client on the class path can call it
    public Builder stsClient(StsClient sts) {
      this.sts = Objects.requireNonNull(sts, "sts");
      return this;
    }

    /** Where STS is asked, instead of the region's endpoint; for VPC endpoints and tests. */
    public Builder stsEndpoint(URI endpoint) {
      this.stsEndpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /**
     * How long {@link AwsExecutionContext#context()} may wait in all; 5 seconds if not set.
     *
     * @throws IllegalArgumentException if it is not between 100 milliseconds and 5 minutes
     */
    public Builder deadline(Duration deadline) {
      if (deadline.compareTo(Duration.ofMillis(100)) < 0
          || deadline.compareTo(Duration.ofMinutes(5)) > 0) {
        throw new IllegalArgumentException(
            "The deadline must be between 100 ms and 5 minutes, not " + deadline);
      }
      this.deadline = deadline;
      return this;
    }

    /**
     * Told how long each search took and how it ended; a back end that fails fails no search. See
     * {@link io.github.ownproof.core.telemetry.MetricNames#S3_CONTEXT_DISCOVERY}.
     */
    public Builder telemetry(Telemetry telemetry) {
      this.telemetry = Telemetry.safe(Objects.requireNonNull(telemetry, "telemetry"));
      return this;
    }

    Builder settings(Settings settings) {
      this.settings = settings;
      return this;
    }

    Builder profileRegion(Supplier<AwsRegionProvider> profileRegion) {
      this.profileRegion = profileRegion;
      return this;
    }

    Builder nanos(LongSupplier nanos) {
      this.nanos = nanos;
      return this;
    }

    /**
     * Builds it; does no I/O.
     *
     * @throws IllegalArgumentException if both an STS client and an STS endpoint are set
     */
    public AwsExecutionContext build() {
      if (sts != null && stsEndpoint != null) {
        throw new IllegalArgumentException(
            "Set the STS client or the STS endpoint, not both: the client has its own endpoint");
      }
      return new AwsExecutionContext(
          new Setup(
              account,
              region,
              credentials,
              regions,
              profileRegion,
              functionArn,
              sts,
              stsEndpoint,
              deadline,
              settings,
              nanos,
              telemetry));
    }
  }
}
