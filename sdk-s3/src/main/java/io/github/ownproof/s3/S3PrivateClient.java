package io.github.ownproof.s3;

import io.github.ownproof.core.audit.AuditFailedException;
import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.s3.internal.lifecycle.BucketCreation;
import io.github.ownproof.s3.internal.lifecycle.BucketRemoval;
import io.github.ownproof.s3.internal.lifecycle.Promotions;
import io.github.ownproof.s3.lifecycle.BucketDeletion;
import io.github.ownproof.s3.lifecycle.BucketSettingException;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.EmptyingIncompleteException;
import io.github.ownproof.s3.lifecycle.EmptyingReport;
import io.github.ownproof.s3.lifecycle.InvalidPlanException;
import io.github.ownproof.s3.lifecycle.NameReleaseException;
import io.github.ownproof.s3.lifecycle.PolicyConflictException;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Utilities;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.waiters.S3Waiter;

/**
 * An {@link S3Client} for private buckets: fits wherever the AWS SDK's client does, takes private
 * names as buckets, and lets no request out without the owner of its bucket.
 *
 * <pre>{@code
 * try (S3PrivateClient s3 = S3PrivateClient.create()) {
 *   s3.putObject(r -> r.bucket("my-app-assets").key("hello.txt"), RequestBody.fromString("hello"));
 * }
 * }</pre>
 *
 * <p>Guarantees, for each call, its retries, and the calls the AWS SDK makes for it:
 *
 * <ul>
 *   <li>host and path name the bucket that {@link PrivateBuckets} resolves, in its region
 *   <li>the request carries that bucket's owner, once and signed, and a copy its source's owner too
 *   <li>if either does not hold, the request does not leave: {@link UnguardedRequestException}
 * </ul>
 *
 * <p>Operations that cannot carry an owner are few: {@code ListBuckets}, {@code
 * ListDirectoryBuckets} and {@code WriteGetObjectResponse} reach no bucket and pass; {@code
 * CreateBucket} passes for names of our own account; {@code CreateSession} and {@code RenameObject}
 * are refused.
 *
 * <p>Nothing is published through it. ACLs but {@code private} and {@code
 * bucket-owner-full-control}, websites, policies that let in anybody who is not known beforehand or
 * CloudFront, and whatever weakens Block Public Access or object ownership are refused with {@link
 * PublicAccessRefusedException}, which names the {@link Promotion} to use instead; headers and
 * query parameters written by hand count as well. {@code deleteBucket} of a bucket whose name
 * anybody could take next is refused with {@link NameReleaseException}; see {@link BucketDeletion}.
 *
 * <p>What it throws beyond the AWS SDK's exceptions: {@link BucketOwnershipException} where S3
 * denies a call, {@link BucketAbsentException} where the bucket is not there, and {@link
 * BucketNameException}, {@link ForeignBucketException} and {@link UnguardedRequestException} before
 * any I/O. {@link #withAwsExceptions()} keeps the AWS SDK's own for code that catches those.
 *
 * <p>Thread-safe. Building one does no I/O; where the account or region has to be discovered, the
 * first call does it. {@link #close()} closes what the builder made, and nothing that was passed
 * in. It protects against mistakes and squatters, not against hostile code in the same process.
 */
public final class S3PrivateClient extends DelegatingS3Client {

  /** The AWS SDK's client without anything around it has no public type of its own. */
  private static final String PLAIN_CLIENT = "software.amazon.awssdk.services.s3.DefaultS3Client";

  private final S3Client client;
  private final Guard guard;
  private final Lifetime lifetime;
  private final @Nullable AuditTrail trail;

  private S3PrivateClient(
      S3Client client, Guard guard, Lifetime lifetime, @Nullable AuditTrail trail) {
    super(client);
    this.client = client;
    this.guard = guard;
    this.lifetime = lifetime;
    this.trail = trail;
  }

  /** A client for the account and region this program runs in; both are discovered on first use. */
  public static S3PrivateClient create() {
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
   * already; any other brings the plugin along on each request, which costs some microseconds a
   * call.
   *
   * @throws UnguardedRequestException if {@code existing} makes calls of its own that no plugin of
   *     a request reaches, as a cross-region or encryption client does; such a client is built with
   *     {@link OwnedBucketsPlugin}, or around one that is
   */
  public static S3PrivateClient wrap(S3Client existing, PrivateBuckets buckets) {
    Objects.requireNonNull(existing, "existing");
    Objects.requireNonNull(buckets, "buckets");
    if (existing instanceof S3PrivateClient
        || Guard.isGuarded(existing.serviceClientConfiguration(), buckets)) {
      return new S3PrivateClient(existing, Guard.over(buckets), Lifetime.closing(List.of()), null);
    }
    if (!existing.getClass().getName().equals(PLAIN_CLIENT)) {
      throw UnguardedRequestException.client(
          existing.getClass().getName()
              + " may make calls of its own that cannot be guarded from outside. Build it, or the"
              + " client inside it, with .addPlugin(OwnedBucketsPlugin.of(buckets)), then wrap it.");
    }
    return new S3PrivateClient(
        existing,
        Guard.bringing(OwnedBucketsPlugin.of(buckets), buckets),
        Lifetime.closing(List.of()),
        null);
  }

  /** The buckets this client resolves names with. */
  public PrivateBuckets buckets() {
    return guard.buckets();
  }

  /**
   * This client, throwing the AWS SDK's own exceptions for what S3 answers, such as {@code
   * NoSuchBucketException}: for libraries that catch those. It is the same client in every other
   * way, and closing either closes both.
   */
  public S3PrivateClient withAwsExceptions() {
    return new S3PrivateClient(client, guard.withAwsExceptions(), lifetime, trail);
  }

  /**
   * Tells why calls to a bucket are denied, with two calls that read no object: ListBuckets and
   * HeadBucket with the owner.
   *
   * @param bucket as written in calls
   * @throws BucketNameException if it cannot name a bucket
   * @throws ForeignBucketException if it is not ours to use
   * @throws software.amazon.awssdk.services.s3.model.S3Exception if S3 refuses for a reason that
   *     says nothing about the bucket, such as credentials that are not valid
   */
  public BucketDiagnosis diagnose(String bucket) {
    return Diagnosis.of(withAwsExceptions(), guard.buckets().resolve(bucket));
  }

  /**
   * Makes a private bucket, or puts one that is ours right: {@link
   * #createPrivateBucket(PrivateBucketPlan)} without options. What had to be put right is logged as
   * a warning; give a plan to have it as a value.
   *
   * @param bucket a private name or private id
   */
  public PrivateBucket createPrivateBucket(String bucket) {
    return createPrivateBucket(PrivateBucketPlan.of(bucket)).bucket();
  }

  /**
   * Makes a bucket as planned, or puts one that is ours right, and tells what it did. Running it
   * again is always safe: after a crash it finishes what was begun.
   *
   * @throws BucketSquattedException if another account has a bucket of that name; nothing was
   *     written
   * @throws BucketOwnershipException if S3 denies a call and does not tell why
   * @throws BucketNameException if the plan names no bucket, but an access point or the like
   * @throws ForeignBucketException if the bucket is another account's by its name already
   * @throws InvalidPlanException if the plan's KMS key is in another region than the bucket
   * @throws BucketSettingException if a setting cannot be read, or does not stay
   * @throws PolicyConflictException if somebody else changes the bucket's policy at the same time
   * @throws AuditFailedException if it cannot be recorded; before the change, nothing was written
   */
  public ProvisionedBucket createPrivateBucket(PrivateBucketPlan plan) {
    return new BucketCreation(host()).create(plan);
  }

  /** {@link #promoteBucket(Promotion, ProgressListener)} that nobody watches. */
  public PromotionReport promoteBucket(Promotion promotion) {
    return promoteBucket(promotion, ProgressListener.none());
  }

  /**
   * Publishes a part of a private bucket, as the promotion says. Running it again is always safe:
   * it finishes what was begun, and brings public copies up to date.
   *
   * <p>What the listener throws ends the promotion, and is thrown on.
   *
   * @throws PromotionException if it cannot be made; its code tells at which point
   * @throws PublicAccessRefusedException if the bucket's policy, which would be written again,
   *     opens it in other ways
   * @throws BucketSquattedException if another account has a bucket of the public bucket's name
   * @throws BucketAbsentException if there is no such private bucket
   * @throws BucketOwnershipException if S3 denies a call and does not tell why
   * @throws PolicyConflictException if somebody else changes the bucket's policy at the same time
   * @throws AuditFailedException if it cannot be recorded; before the change, nothing was written
   */
  public PromotionReport promoteBucket(Promotion promotion, ProgressListener listener) {
    return new Promotions(host()).promote(promotion, listener);
  }

  /** {@link #demoteBucket(Promotion, ProgressListener)} that nobody watches. */
  public DemotionReport demoteBucket(Promotion promotion) {
    return demoteBucket(promotion, ProgressListener.none());
  }

  /**
   * Undoes a promotion, and nothing else. Access ends first, then copies are removed. Running it
   * again is always safe.
   *
   * @throws PromotionException if it cannot be undone
   * @throws BucketSquattedException if another account has a bucket of the public bucket's name
   * @throws BucketAbsentException if a CloudFront promotion's bucket is not there
   * @throws BucketOwnershipException if S3 denies a call and does not tell why
   * @throws PolicyConflictException if somebody else changes the bucket's policy at the same time
   * @throws AuditFailedException if it cannot be recorded; before the change, nothing was written
   */
  public DemotionReport demoteBucket(Promotion promotion, ProgressListener listener) {
    return new Promotions(host()).demote(promotion, listener);
  }

  /**
   * What of a private bucket is published, as S3 knows it. Public buckets are found by their names
   * and tags, among all of this account's that begin with {@code public-}.
   *
   * @param bucket as written in calls
   * @throws PromotionException if the bucket is another account's, or cannot be promoted at all
   * @throws BucketAbsentException if there is no such bucket
   * @throws BucketOwnershipException if S3 denies a call and does not tell why
   */
  public List<Promotion> promotions(String bucket) {
    return new Promotions(host()).list(bucket);
  }

  /** {@link #emptyAndKeep(String, ProgressListener)} that nobody watches. */
  public EmptyingReport emptyAndKeep(String bucket) {
    return emptyAndKeep(bucket, ProgressListener.none());
  }

  /**
   * Removes everything in a bucket, versions and unfinished uploads included, and keeps the bucket:
   * its name stays ours. There is no way back. What is written meanwhile may stay. Running it again
   * goes on with what is left.
   *
   * @param bucket as written in calls
   * @throws EmptyingIncompleteException if S3 refuses to remove something; the rest is gone then
   * @throws ForeignBucketException if the bucket is another account's
   */
  public EmptyingReport emptyAndKeep(String bucket, ProgressListener listener) {
    return new BucketRemoval(host()).emptyAndKeep(bucket, listener);
  }

  /**
   * Deletes an empty bucket. A name outside the account regional namespace becomes free for
   * everybody with it, which {@link BucketDeletion#releaseName} agrees to.
   *
   * @throws NameReleaseException if the name would become free and that was not agreed to, or
   *     another name was; nothing was deleted
   * @throws ForeignBucketException if the bucket is another account's
   * @throws BucketAbsentException if there is no such bucket
   * @throws AuditFailedException if it cannot be recorded; before the deletion, nothing was deleted
   * @throws software.amazon.awssdk.services.s3.model.S3Exception if S3 refuses, as with {@code
   *     BucketNotEmpty}: {@link #emptyAndKeep(String)} empties it
   */
  public void deleteBucket(BucketDeletion deletion) {
    new BucketRemoval(host()).delete(deletion);
  }

  /** The lifecycle tells answers by our exceptions, whichever this client throws. */
  private LifecycleHost host() {
    return new LifecycleHost(
        new S3PrivateClient(client, guard.withOurExceptions(), lifetime, trail),
        guard.buckets(),
        bucket -> Diagnosis.of(withAwsExceptions(), bucket),
        trail);
  }

  /** A waiter whose calls go through this client. */
  @Override
  public S3Waiter waiter() {
    return S3Waiter.builder().client(withAwsExceptions()).build();
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
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    lifetime.checkOpen();
    T prepared = guard.prepare(request);
    try {
      return operation.apply(prepared);
    } catch (SdkException e) {
      throw guard.explain(prepared, e);
    }
  }

  /** What it is and whose buckets it reaches; nothing of the credentials. */
  @Override
  public String toString() {
    return "S3PrivateClient[" + guard.buckets() + "]";
  }

  /** Closes what the builder made; a client or provider that was passed in stays open. */
  @Override
  public void close() {
    lifetime.close();
  }

  /** Builds an {@link S3PrivateClient}. Not thread-safe. */
  public static final class Builder {

    private final ClientSettings settings = new ClientSettings();
    private Consumer<S3ClientBuilder> configuration = unused -> {};

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
     * Sets anything else of the AWS SDK's builder: the HTTP client, retries, time limits. Called
     * when the client beneath is built; calls add up. Credentials and endpoint belong into the
     * options above.
     */
    public Builder configure(Consumer<? super S3ClientBuilder> options) {
      configuration = configuration.andThen(Objects.requireNonNull(options, "options"));
      return this;
    }

    /**
     * Builds the client, without I/O.
     *
     * @throws UnguardedRequestException if it was configured in a way that cannot be guarded
     */
    public S3PrivateClient build() {
      ClientSettings.Resolved resolved = settings.resolve();
      S3Client client =
          resolved.isContextKnown()
              ? build(resolved)
              : OnDemand.of(S3Client.class, resolved::discover, () -> build(resolved));
      return new S3PrivateClient(
          client, Guard.over(resolved.buckets()), resolved.lifetime(client), settings.trail);
    }

    private S3Client build(ClientSettings.Resolved resolved) {
      S3ClientBuilder builder = S3Client.builder();
      resolved.applyTo(builder);
      configuration.accept(builder);
      S3Client client = builder.addPlugin(OwnedBucketsPlugin.of(resolved.buckets())).build();
      resolved.checkSigner(client.serviceClientConfiguration(), client);
      return client;
    }
  }
}
