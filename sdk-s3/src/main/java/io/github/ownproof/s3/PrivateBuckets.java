package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.ExecutionContextProvider;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one place that turns a name into a bucket.
 *
 * <p>A short private name becomes a physical name made of the name, the account, the region and a
 * suffix, and the account that must own it:
 *
 * <pre>{@code
 * PrivateBuckets buckets =
 *     PrivateBuckets.builder()
 *         .context(ExecutionContext.of("111122223333", "eu-west-1"))
 *         .adopt("audit-logs", "mycompany-prod-logs")
 *         .build();
 * buckets.resolve("my-app-assets").physicalName(); // my-app-assets-111122223333-eu-west-1-an
 * buckets.resolve("audit-logs").physicalName(); // mycompany-prod-logs
 * }</pre>
 *
 * <p>What may be written as a bucket:
 *
 * <ul>
 *   <li>a <em>private name</em>, {@code my-app-assets}; upper and lower case name the same bucket
 *   <li>a <em>private id</em>, {@code arn:aws:s3:us-east-1:111122223333:my-app-assets}: the bucket
 *       of that name in that region; another account's only after {@link Builder#trustAccount}
 *   <li>a physical name that the first of these produces, or that was declared: itself
 * </ul>
 *
 * <p>Everything else is refused with a {@link BucketNameException}, a {@link
 * ForeignBucketException} or, for an account or region that cannot be one, an {@link
 * io.github.ownproof.core.InvalidContextException}, before any I/O. Resolving is deterministic,
 * injective on lower-cased names, and idempotent, and {@code resolve(physicalName).name()} gives
 * the private name back.
 *
 * <p>Immutable, thread-safe, meant to be shared by all clients. Resolving does no I/O, but for the
 * first call where the context is discovered.
 */
public final class PrivateBuckets {

  private final ExecutionContextProvider provider;
  private final boolean ownContext;
  private final boolean fixedContext;
  private final BucketNaming naming;
  private final List<DeclaredBucket> declared;
  private final Set<AccountId> trustedAccounts;
  private final Counters counters;
  private final BackgroundDiscovery discovery =
      new BackgroundDiscovery(
          () -> {
            var unused = names();
          });
  private volatile @Nullable ResolvedNames current;

  private PrivateBuckets(Builder builder) {
    ExecutionContextProvider chosen = builder.provider;
    this.ownContext = chosen == null;
    this.provider = chosen == null ? AwsExecutionContext.create() : chosen;
    this.fixedContext = builder.fixedContext;
    this.counters = builder.counters;
    this.naming = builder.naming;
    this.declared = List.copyOf(builder.declared);
    this.trustedAccounts = Set.copyOf(builder.trustedAccounts);
  }

  private PrivateBuckets(PrivateBuckets other, ExecutionContextProvider provider) {
    this.ownContext = false;
    this.provider = provider;
    this.fixedContext = false;
    this.counters = other.counters;
    this.naming = other.naming;
    this.declared = other.declared;
    this.trustedAccounts = other.trustedAccounts;
  }

  /** The private buckets of one account in one region, with the default naming. */
  public static PrivateBuckets of(ExecutionContext context) {
    return builder().context(context).build();
  }

  /** A builder; what it builds without any option discovers its context on first use. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The bucket that {@code bucket} names.
   *
   * @param bucket a private name, a private id, or a physical name of ours
   * @throws BucketNameException if it cannot name a bucket
   * @throws ForeignBucketException if it names one of an account or region that is not ours
   * @throws io.github.ownproof.core.InvalidContextException if it is a private id whose account is
   *     not twelve digits, or whose region is not one
   * @throws io.github.ownproof.core.OwnproofException if the context had to be discovered and could
   *     not be
   */
  public PrivateBucket resolve(String bucket) {
    return names().resolve(Objects.requireNonNull(bucket, "bucket"));
  }

  /**
   * Where these buckets are: the account and region a plain private name resolves in.
   *
   * @throws io.github.ownproof.core.OwnproofException if it had to be discovered and could not be
   */
  public ExecutionContext context() {
    return provider.context();
  }

  /** How private names become physical ones. */
  public BucketNaming naming() {
    return naming;
  }

  /** Whether nobody gave a context, so that a client may find it out with its own credentials. */
  boolean isWithoutContext() {
    return ownContext;
  }

  /** The same buckets, in the context that {@code provider} tells. */
  PrivateBuckets in(ExecutionContextProvider provider) {
    return new PrivateBuckets(this, provider);
  }

  /** The names that were resolved with last; asks nobody. */
  @Nullable ResolvedNames namesKnown() {
    return current;
  }

  /** Finds the context for calls that must not block. */
  BackgroundDiscovery discovery() {
    return discovery;
  }

  /** The public bucket of a promotion: ours, and never one that a private name stands for. */
  PrivateBucket publicBucket(String physicalName, String region) {
    NameRules.checkPublicName(physicalName);
    if (names().byPhysicalName(physicalName) != null) {
      throw BucketNameException.invalid(
          OwnproofException.quote(physicalName)
              + " is declared as a private bucket, and cannot be a public one as well. Choose"
              + " another name for the public bucket.");
    }
    return ClearedBucket.of(physicalName, region, context().account());
  }

  /** What is counted of requests to these buckets. */
  Counters counters() {
    return counters;
  }

  /** Whether resolving needs no discovery, and so no I/O, any more. */
  boolean isContextKnown() {
    return fixedContext || current != null;
  }

  /** The names in the context of now: a rotated identity may bring another account. */
  ResolvedNames names() {
    ResolvedNames names = current;
    if (names != null && fixedContext) {
      return names;
    }
    ExecutionContext context = provider.context();
    if (names == null || !names.isFor(context)) {
      names = new ResolvedNames(context, naming, declared, trustedAccounts);
      current = names;
    }
    return names;
  }

  /** Naming, and the context where it is known. */
  @Override
  public String toString() {
    ResolvedNames names = current;
    return "PrivateBuckets[" + naming + (names == null ? "" : ", " + names.context()) + "]";
  }

  /** Builds {@link PrivateBuckets}. Not thread-safe. */
  public static final class Builder {

    private @Nullable ExecutionContextProvider provider;
    private boolean fixedContext;
    private BucketNaming naming = BucketNaming.accountRegional();
    private final List<DeclaredBucket> declared = new ArrayList<>();
    private final Set<AccountId> trustedAccounts = new LinkedHashSet<>();
    private Counters counters = Counters.none();

    private Builder() {}

    /**
     * The account and region to resolve in. Omitted, they are discovered on first use: by a client
     * with that client's credentials, otherwise with the AWS SDK's default chain.
     */
    public Builder context(ExecutionContext context) {
      Builder builder = context(ExecutionContextProvider.of(context));
      builder.fixedContext = true;
      return builder;
    }

    /** Who tells the account and region to resolve in; asked for each name, never before. */
    public Builder context(ExecutionContextProvider provider) {
      this.provider = Objects.requireNonNull(provider, "provider");
      this.fixedContext = false;
      return this;
    }

    /**
     * How private names become physical ones; {@link BucketNaming#accountRegional()} if omitted.
     */
    public Builder naming(BucketNaming naming) {
      this.naming = Objects.requireNonNull(naming, "naming");
      return this;
    }

    /**
     * Declares a bucket of ours that exists already under a name of its own, in the region of the
     * context.
     *
     * @param privateName what programs call it
     * @param physicalName the name it has in S3
     * @throws BucketNameException if either breaks the rules, or is declared already
     */
    public Builder adopt(String privateName, String physicalName) {
      return declare(DeclaredBucket.adopted(privateName, physicalName, null));
    }

    /**
     * Declares a bucket of ours that exists already under a name of its own, in a region of its
     * own.
     *
     * @param privateName what programs call it
     * @param physicalName the name it has in S3
     * @param region the region it is in
     * @throws BucketNameException if either name breaks the rules, or is declared already
     * @throws io.github.ownproof.core.InvalidContextException if the region is not one
     */
    public Builder adopt(String privateName, String physicalName, String region) {
      return declare(
          DeclaredBucket.adopted(
              privateName, physicalName, Objects.requireNonNull(region, "region")));
    }

    /**
     * Declares somebody else's bucket, by name: calls to it carry {@code owner}, and fail if the
     * bucket ever belongs to another account. The same step declares an access point, by its ARN or
     * alias; the owner is then the account of the bucket behind it.
     *
     * @param privateName what programs call it
     * @param physicalName the name it has in S3, or the ARN or alias of an access point
     * @param owner the account that owns the bucket
     * @param region the region it is in
     * @throws BucketNameException if a name breaks the rules, or is declared already
     * @throws io.github.ownproof.core.InvalidContextException if the region is not one
     */
    public Builder trust(String privateName, String physicalName, AccountId owner, String region) {
      return declare(
          DeclaredBucket.trusted(
              privateName,
              physicalName,
              Objects.requireNonNull(owner, "owner"),
              Objects.requireNonNull(region, "region")));
    }

    /** Lets private ids name buckets of {@code account}; it uses the same naming as we do. */
    public Builder trustAccount(AccountId account) {
      trustedAccounts.add(Objects.requireNonNull(account, "account"));
      return this;
    }

    /**
     * Counts what becomes of requests to these buckets, on every client that is built with them:
     * those that left with their owner, those that were refused, and those that S3 denied. The
     * names are in {@link io.github.ownproof.core.telemetry.MetricNames}; a back end that fails
     * fails no call.
     */
    public Builder telemetry(Telemetry telemetry) {
      this.counters = Counters.to(Objects.requireNonNull(telemetry, "telemetry"));
      return this;
    }

    /** Builds; does no I/O. */
    public PrivateBuckets build() {
      return new PrivateBuckets(this);
    }

    private Builder declare(DeclaredBucket bucket) {
      for (DeclaredBucket other : declared) {
        bucket.checkAgainst(other);
      }
      declared.add(bucket);
      return this;
    }
  }
}
