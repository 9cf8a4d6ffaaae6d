package io.github.ownproof.s3;

import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.s3.internal.lifecycle.BucketCreation;
import io.github.ownproof.s3.internal.lifecycle.BucketRemoval;
import io.github.ownproof.s3.internal.lifecycle.Promotions;
import io.github.ownproof.s3.lifecycle.BucketDeletion;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.EmptyingReport;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3CrtAsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.waiters.S3AsyncWaiter;

/**
 * An {@link S3AsyncClient} for private buckets, with the guarantees of {@link S3PrivateClient}: for
 * the Netty client, the AWS SDK's multipart client, the CRT client, and an {@code
 * S3TransferManager} over any of them.
 *
 * <pre>{@code
 * S3PrivateAsyncClient s3 =
 *     S3PrivateAsyncClient.builder().configure(b -> b.multipartEnabled(true)).build();
 * S3TransferManager transfers = S3TransferManager.builder().s3Client(s3).build();
 * }</pre>
 *
 * <p>With the CRT client, uploads and downloads run natively and are looked at as a whole before
 * they are split; copies run on the AWS SDK's own multipart client, because the CRT client's copy
 * makes calls that nothing can guard.
 *
 * <p>A transfer manager over this client transfers, but cannot pause and resume, which the AWS SDK
 * offers for its own client types only. For that, give it a multipart client built with {@link
 * OwnedBucketsPlugin}.
 *
 * <p>It refuses what would publish anything, or free a bucket's name, as {@link S3PrivateClient}
 * does: ACLs, websites, public policies, weaker Block Public Access or object ownership, and {@code
 * deleteBucket} of a name that anybody could take next.
 *
 * <p>Where account and region have to be discovered, the first calls do not wait for it: it happens
 * on a thread of its own. Later, when credentials have been exchanged for another identity's, a
 * call may wait until its account is known. Failures arrive in the future, bad names included.
 * Thread-safe. {@link #close()} closes what the builder made, and nothing that was passed in.
 */
public final class S3PrivateAsyncClient extends DelegatingS3AsyncClient {

  /** The AWS SDK's client without anything around it has no public type of its own. */
  private static final String PLAIN_CLIENT =
      "software.amazon.awssdk.services.s3.DefaultS3AsyncClient";

  private static final String CRT_PACKAGE = "software.amazon.awssdk.services.s3.internal.crt.";

  private final S3AsyncClient client;
  private final Guard guard;
  private final Lifetime lifetime;
  private final WaiterThread waiterThread;
  private final @Nullable Copier copier;
  private final LifecycleThreads lifecycle;

  private S3PrivateAsyncClient(
      S3AsyncClient client,
      Guard guard,
      Lifetime lifetime,
      WaiterThread waiterThread,
      @Nullable Copier copier,
      LifecycleThreads lifecycle) {
    super(client);
    this.client = client;
    this.guard = guard;
    this.lifetime = lifetime;
    this.waiterThread = waiterThread;
    this.copier = copier;
    this.lifecycle = lifecycle;
  }

  /** A client for the account and region this program runs in; both are discovered on first use. */
  public static S3PrivateAsyncClient create() {
    return builder().build();
  }

  /** A builder; without any option it builds what {@link #create()} does. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Guards a client that exists already. Closing the result does not close {@code existing}.
   *
   * <p>A client built with {@link OwnedBucketsPlugin} for the same {@code buckets} is guarded
   * already; a plain or a CRT client brings the plugin along on each request. Over a plain client
   * {@code presignedUrlExtension()} is refused, over a CRT client {@code copyObject}: they make
   * calls that no plugin of a request reaches.
   *
   * @throws UnguardedRequestException if {@code existing} makes calls of its own that cannot be
   *     guarded from outside, as a multipart or cross-region client does; build it with {@link
   *     OwnedBucketsPlugin}
   */
  public static S3PrivateAsyncClient wrap(S3AsyncClient existing, PrivateBuckets buckets) {
    Objects.requireNonNull(existing, "existing");
    Objects.requireNonNull(buckets, "buckets");
    if (existing instanceof S3PrivateAsyncClient
        || Guard.isGuarded(existing.serviceClientConfiguration(), buckets)) {
      return of(existing, Guard.over(buckets), null);
    }
    if (isCrt(existing)) {
      return of(
          existing, Guard.bringing(OwnedBucketsPlugin.ofCrt(buckets), buckets), Copier.refusing());
    }
    if (!existing.getClass().getName().equals(PLAIN_CLIENT)) {
      throw UnguardedRequestException.client(
          existing.getClass().getName()
              + " may make calls of its own that cannot be guarded from outside. Build it, or the"
              + " client inside it, with .addPlugin(OwnedBucketsPlugin.of(buckets)), then wrap it.");
    }
    return of(
        WithoutPresignedUrls.over(existing),
        Guard.bringing(OwnedBucketsPlugin.of(buckets), buckets),
        null);
  }

  /** The CRT client has no public type of its own. */
  private static boolean isCrt(S3AsyncClient client) {
    return client.getClass().getName().startsWith(CRT_PACKAGE);
  }

  private static S3PrivateAsyncClient of(
      S3AsyncClient existing, Guard guard, @Nullable Copier copier) {
    WaiterThread waiterThread = new WaiterThread();
    LifecycleThreads lifecycle = new LifecycleThreads(null, null);
    return new S3PrivateAsyncClient(
        existing,
        guard,
        Lifetime.closing(List.of(waiterThread, lifecycle)),
        waiterThread,
        copier,
        lifecycle);
  }

  /** The buckets this client resolves names with. */
  public PrivateBuckets buckets() {
    return guard.buckets();
  }

  /**
   * This client, failing with the AWS SDK's own exceptions for what S3 answers, such as {@code
   * NoSuchBucketException}: for libraries that catch those. It is the same client in every other
   * way, and closing either closes both.
   */
  public S3PrivateAsyncClient withAwsExceptions() {
    return new S3PrivateAsyncClient(
        client,
        guard.withAwsExceptions(),
        lifetime,
        waiterThread,
        copier == null ? null : copier.withAwsExceptions(),
        lifecycle);
  }

  /**
   * Tells why calls to a bucket are denied, with two calls that read no object: ListBuckets and
   * HeadBucket with the owner.
   *
   * @param bucket as written in calls
   */
  public CompletableFuture<BucketDiagnosis> diagnose(String bucket) {
    return GuardedFutures.onceContextIsKnown(
        guard.buckets(), () -> Diagnosis.of(withAwsExceptions(), guard.buckets().resolve(bucket)));
  }

  /** See {@link S3PrivateClient#createPrivateBucket(String)}. */
  public CompletableFuture<PrivateBucket> createPrivateBucket(String bucket) {
    return GuardedFutures.started(() -> createPrivateBucket(PrivateBucketPlan.of(bucket)))
        .thenApply(ProvisionedBucket::bucket);
  }

  /** See {@link S3PrivateClient#createPrivateBucket(PrivateBucketPlan)}. */
  public CompletableFuture<ProvisionedBucket> createPrivateBucket(PrivateBucketPlan plan) {
    return lifecycle.submit(() -> new BucketCreation(host()).create(plan));
  }

  /** See {@link S3PrivateClient#promoteBucket(Promotion)}. */
  public CompletableFuture<PromotionReport> promoteBucket(Promotion promotion) {
    return promoteBucket(promotion, ProgressListener.none());
  }

  /** See {@link S3PrivateClient#promoteBucket(Promotion, ProgressListener)}. */
  public CompletableFuture<PromotionReport> promoteBucket(
      Promotion promotion, ProgressListener listener) {
    return lifecycle.submit(() -> new Promotions(host()).promote(promotion, listener));
  }

  /** See {@link S3PrivateClient#demoteBucket(Promotion)}. */
  public CompletableFuture<DemotionReport> demoteBucket(Promotion promotion) {
    return demoteBucket(promotion, ProgressListener.none());
  }

  /** See {@link S3PrivateClient#demoteBucket(Promotion, ProgressListener)}. */
  public CompletableFuture<DemotionReport> demoteBucket(
      Promotion promotion, ProgressListener listener) {
    return lifecycle.submit(() -> new Promotions(host()).demote(promotion, listener));
  }

  /** See {@link S3PrivateClient#promotions(String)}. */
  public CompletableFuture<List<Promotion>> promotions(String bucket) {
    return lifecycle.submit(() -> new Promotions(host()).list(bucket));
  }

  /** See {@link S3PrivateClient#emptyAndKeep(String)}. */
  public CompletableFuture<EmptyingReport> emptyAndKeep(String bucket) {
    return emptyAndKeep(bucket, ProgressListener.none());
  }

  /** See {@link S3PrivateClient#emptyAndKeep(String, ProgressListener)}. */
  public CompletableFuture<EmptyingReport> emptyAndKeep(String bucket, ProgressListener listener) {
    return lifecycle.submit(() -> new BucketRemoval(host()).emptyAndKeep(bucket, listener));
  }

  /** See {@link S3PrivateClient#deleteBucket(BucketDeletion)}. */
  public CompletableFuture<Void> deleteBucket(BucketDeletion deletion) {
    return lifecycle.submit(
        () -> {
          new BucketRemoval(host()).delete(deletion);
          return null;
        });
  }

  /** The lifecycle tells answers by our exceptions, whichever this client throws. */
  private LifecycleHost host() {
    S3AsyncClient plain = lifecycle.client(client);
    Guard explaining = plain == client ? guard.withOurExceptions() : Guard.over(guard.buckets());
    BlockingS3 s3 =
        new BlockingS3(
            new S3PrivateAsyncClient(
                plain,
                explaining,
                lifetime,
                waiterThread,
                plain == client ? copier : null,
                lifecycle));
    return new LifecycleHost(
        s3,
        guard.buckets(),
        bucket -> s3.join(Diagnosis.of(withAwsExceptions(), bucket)),
        lifecycle.trail());
  }

  /** A waiter whose calls go through this client; it ends with this client. */
  @Override
  public S3AsyncWaiter waiter() {
    return S3AsyncWaiter.builder()
        .client(withAwsExceptions())
        .scheduledExecutorService(waiterThread.executor())
        .build();
  }

  /**
   * Refused: the AWS SDK's utilities would print URLs with the private name for the bucket's, a
   * name that anybody may own.
   *
   * @throws UnguardedRequestException always
   */
  @Override
  public S3Utilities utilities() {
    throw UnguardedRequestException.operation(
        "utilities",
        "its URLs would name the private name instead of the bucket. Resolve the name with"
            + " buckets().resolve(...) and give the physical name to S3Utilities.builder().");
  }

  /** This client: there is no way past the guard. */
  @Override
  public SdkClient delegate() {
    return this;
  }

  @Override
  public CompletableFuture<CopyObjectResponse> copyObject(CopyObjectRequest request) {
    Copier other = copier;
    return other == null
        ? super.copyObject(request)
        : GuardedFutures.started(() -> other.copy(request));
  }

  /** Uploads a file; the CRT client reads it natively. */
  @Override
  public CompletableFuture<PutObjectResponse> putObject(PutObjectRequest request, Path file) {
    return invokeOperation(request, prepared -> client.putObject(prepared, file));
  }

  /** Downloads to a file that does not exist yet; the CRT client writes it natively. */
  @Override
  public CompletableFuture<GetObjectResponse> getObject(GetObjectRequest request, Path file) {
    return invokeOperation(request, prepared -> client.getObject(prepared, file));
  }

  @Override
  protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
      T request, Function<T, CompletableFuture<R>> operation) {
    return GuardedFutures.onceContextIsKnown(
        guard.buckets(),
        () -> {
          lifetime.checkOpen();
          T prepared = guard.prepare(request);
          return GuardedFutures.explained(guard, prepared, operation.apply(prepared));
        });
  }

  /** What it is and whose buckets it reaches; nothing of the credentials. */
  @Override
  public String toString() {
    return "S3PrivateAsyncClient[" + guard.buckets() + "]";
  }

  /** Closes what the builder made; a client or provider that was passed in stays open. */
  @Override
  public void close() {
    lifetime.close();
  }

  /** Builds an {@link S3PrivateAsyncClient}. Not thread-safe. */
  public static final class Builder {

    private final ClientSettings settings = new ClientSettings();
    private Consumer<S3AsyncClientBuilder> configuration = unused -> {};
    private @Nullable Consumer<S3CrtAsyncClientBuilder> crt;

    private Builder() {}

    /**
     * The buckets to resolve names with. Omitted, or built without a context: those of the account
     * and region this program runs in, discovered on first use with this client's credentials.
     */
    public Builder buckets(PrivateBuckets buckets) {
      settings.buckets = Objects.requireNonNull(buckets, "buckets");
      return this;
    }

    /** Who signs, and who we are where that is discovered. Omitted: the AWS SDK's default chain. */
    public Builder credentialsProvider(AwsCredentialsProvider credentials) {
      settings.credentials = Objects.requireNonNull(credentials, "credentials");
      return this;
    }

    /** Another endpoint than S3's own, such as a VPC endpoint or a server for tests. */
    public Builder endpointOverride(URI endpoint) {
      settings.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    /** Puts the bucket into the path instead of the host name, as many other S3 servers need it. */
    public Builder pathStyle() {
      settings.pathStyle = true;
      return this;
    }

    /**
     * Where changes to buckets themselves go on record: their creation, repair, promotion, demotion
     * and deletion. What cannot be recorded does not happen.
     */
    public Builder auditTrail(AuditTrail trail) {
      settings.trail = Objects.requireNonNull(trail, "trail");
      return this;
    }

    /**
     * Sets anything else of the AWS SDK's builder: the HTTP client, multipart, retries, time
     * limits. Called when the client beneath is built; calls add up. Credentials and endpoint
     * belong into the options above.
     */
    public Builder configure(Consumer<? super S3AsyncClientBuilder> options) {
      configuration = configuration.andThen(Objects.requireNonNull(options, "options"));
      return this;
    }

    /**
     * Uses the CRT client for everything but copies; needs {@code
     * software.amazon.awssdk.crt:aws-crt}. Calls add up. What {@link #configure} sets applies to
     * the client that copies.
     */
    public Builder crt(Consumer<? super S3CrtAsyncClientBuilder> options) {
      Objects.requireNonNull(options, "options");
      crt = crt == null ? options::accept : crt.andThen(options);
      return this;
    }

    /**
     * Builds the client, without I/O.
     *
     * @throws UnguardedRequestException if it was configured in a way that cannot be guarded
     */
    public S3PrivateAsyncClient build() {
      ClientSettings.Resolved resolved = settings.resolve();
      Consumer<S3CrtAsyncClientBuilder> options = crt;
      return options == null ? buildJava(resolved) : buildCrt(resolved, options);
    }

    private S3PrivateAsyncClient buildJava(ClientSettings.Resolved resolved) {
      S3AsyncClient client = AsyncClients.java(resolved, configuration);
      WaiterThread waiterThread = new WaiterThread();
      LifecycleThreads lifecycle = lifecycle(resolved);
      return new S3PrivateAsyncClient(
          client,
          Guard.over(resolved.buckets()),
          resolved.lifetime(lifecycle, waiterThread, client),
          waiterThread,
          null,
          lifecycle);
    }

    private S3PrivateAsyncClient buildCrt(
        ClientSettings.Resolved resolved, Consumer<S3CrtAsyncClientBuilder> options) {
      PrivateBuckets buckets = resolved.buckets();
      S3AsyncClient client = AsyncClients.crt(resolved, options);
      Consumer<S3AsyncClientBuilder> multipart =
          configuration.andThen(builder -> builder.multipartEnabled(true));
      S3AsyncClient copyClient = AsyncClients.javaOnDemand(resolved, multipart);
      WaiterThread waiterThread = new WaiterThread();
      LifecycleThreads lifecycle = lifecycle(resolved);
      Lifetime lifetime = resolved.lifetime(lifecycle, waiterThread, client, copyClient);
      S3PrivateAsyncClient copies =
          new S3PrivateAsyncClient(
              copyClient, Guard.over(buckets), lifetime, waiterThread, null, lifecycle);
      return new S3PrivateAsyncClient(
          client,
          Guard.bringing(OwnedBucketsPlugin.ofCrt(buckets), buckets),
          lifetime,
          waiterThread,
          Copier.with(copies),
          lifecycle);
    }

    /**
     * Split copies would be calls of the AWS SDK's own, which need not bring its clearance along.
     */
    private LifecycleThreads lifecycle(ClientSettings.Resolved resolved) {
      Consumer<S3AsyncClientBuilder> plain =
          configuration.andThen(builder -> builder.multipartEnabled(false));
      return new LifecycleThreads(AsyncClients.javaOnDemand(resolved, plain), settings.trail);
    }
  }
}
