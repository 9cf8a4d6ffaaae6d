package io.github.ownproof.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.core.AccountId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/**
 * An S3 with many accounts, in this process, for tests: it knows whose each bucket is and enforces
 * it as S3 does.
 *
 * <pre>{@code
 * try (S3World world = S3World.start()) {
 *   world.account("444455556666").client().createBucket(r -> r.bucket("acme-reports"));
 *   world.account("111122223333").client()
 *       .headBucket(r -> r.bucket("acme-reports").expectedBucketOwner("111122223333")); // 403
 * }
 * }</pre>
 *
 * <p><b>Whose behaviour is this?</b> Object semantics, Signature Version 4 and presigning are <a
 * href="https://github.com/gaul/s3proxy">S3Proxy</a>'s, in this process and in memory. The rest is
 * this class's own, and comes after S3Proxy verified the signature and before anything is read or
 * stored:
 *
 * <ul>
 *   <li>Accounts, by access key. Each one's credentials may do everything in it.
 *   <li>One bucket namespace for all accounts, and the account regional part of it: names that end
 *       with {@code -an}.
 *   <li>The owner condition, as header and as query parameter, on every operation but CreateBucket
 *       and ListBuckets, where S3 ignores it; and the one for the source of a copy.
 *   <li>Regions: each bucket is in one, and a request signed for another is told so. The region a
 *       request is signed for stands for the endpoint it was sent to.
 *   <li>Permission across accounts: nothing, until a bucket policy or an ACL opens it. Deny wins.
 *       New buckets block public access and have ACLs off, as on S3, so whoever wants to open one
 *       has to take that away first; {@link Account#openToEveryone(String)} does both.
 *   <li>Bucket configuration is kept and returned. Block Public Access, ownership controls, policy,
 *       ACL and versioning have their effect; encryption, lifecycle, replication, CORS, website,
 *       logging, and notification have none.
 *   <li>Object Lock: a version that was put with a mode and a date cannot be deleted before. A
 *       bucket's default retention is kept and has no effect.
 *   <li>Tags, ACLs and single parts of objects.
 * </ul>
 *
 * <p><b>What is not modelled:</b> IAM policies, roles and session tokens (an account has one
 * principal, {@code arn:aws:iam::<account>:root}, and a policy that names a role or user lets
 * nobody in); service principals but that of CloudFront ({@link #cloudFront}); policy variables but
 * the three that stand for {@code *}, {@code ?} and {@code $}, and condition keys other than those
 * of the account, the region, TLS, the listing parameters and the {@code x-amz-} headers; {@code
 * x-amz-grant-} headers; objects owned by their writer instead of the bucket's owner; DeleteObjects
 * by another account with only some keys allowed (it is refused as a whole); access points,
 * directory buckets, S3 Control and STS; virtual-hosted addressing; browser uploads by POST;
 * restore, select, changes of retention, and legal holds; TLS ({@code aws:SecureTransport} is
 * always true, so that policies that demand it can be tested). What is not modelled is answered
 * {@code 501 NotImplemented}, never silently accepted. A bucket cannot be named {@code healthz}.
 *
 * <p>Thread-safe.
 */
public final class S3World implements AutoCloseable {

  private final Namespace namespace = new Namespace();
  private final Accounts accounts = new Accounts();
  private final WireLog log = new WireLog();
  private final Faults faults = new Faults();
  private final SecureRandom random = new SecureRandom();
  private final BlobStore store;
  private final String defaultRegion;
  private final S3Server server;
  private boolean closed;

  private S3World(Builder builder) {
    defaultRegion = builder.defaultRegion;
    store = BlobStores.create("transient-nio2", new Properties());
    BucketCalls bucketCalls =
        new BucketCalls(namespace, store, builder.clock, Set.copyOf(builder.regions));
    Gate gate = new Gate(namespace, accounts, store, bucketCalls);
    server = S3Server.start(new GateServlet(gate, log, faults, builder.clock));
  }

  /** Starts a world with the defaults of {@link #builder()}. */
  public static S3World start() {
    return builder().start();
  }

  /** A builder; its defaults are the system clock, region {@code us-east-1}, and every region. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens: plain HTTP on a free port of the loopback. */
  public URI endpoint() {
    return server.endpoint();
  }

  /**
   * An account; it exists from the first time it is asked for, and is always the same one.
   *
   * @param id twelve digits
   * @throws io.github.ownproof.core.InvalidContextException if {@code id} is not twelve digits
   */
  public Account account(String id) {
    return account(AccountId.of(id));
  }

  /** An account; it exists from the first time it is asked for, and is always the same one. */
  public Account account(AccountId id) {
    return accounts.get(id, absent -> new Account(absent, endpoint(), defaultRegion, random));
  }

  /**
   * Points an S3 client builder of any kind at this world as that account, in the default region.
   *
   * @return {@code builder}
   */
  @CanIgnoreReturnValue
  public <B extends S3BaseClientBuilder<B, ?>> B configure(B builder, AccountId as) {
    return account(as).configure(builder);
  }

  /**
   * A CloudFront distribution that reads from buckets here as far as their policies let it.
   *
   * @param arn e.g. {@code arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE}
   * @throws IllegalArgumentException if it is not the ARN of one
   */
  public Distribution cloudFront(String arn) {
    return new Distribution(arn, namespace, store);
  }

  /** The account a bucket belongs to; empty if there is no such bucket. */
  public Optional<AccountId> bucketOwner(String bucket) {
    return Optional.ofNullable(namespace.find(bucket)).map(Bucket::owner);
  }

  /** The region a bucket is in; empty if there is no such bucket. */
  public Optional<String> bucketRegion(String bucket) {
    return Optional.ofNullable(namespace.find(bucket)).map(Bucket::region);
  }

  /** The requests the server received since it started or the log was cleared, oldest first. */
  public List<WireRequest> wireLog() {
    return log.snapshot();
  }

  /**
   * Empties the world: every bucket with all that is in it, the wire log and the planned faults.
   * Accounts and their clients stay as they are. No request may be under way.
   */
  public void clear() {
    faults.clear();
    for (Bucket bucket : namespace.all()) {
      namespace.release(bucket);
      store.deleteContainer(bucket.name());
    }
    log.clear();
  }

  /** Forgets the requests so far. */
  public void clearWireLog() {
    log.clear();
  }

  /** Lets this happen to the next request. */
  public void failNext(Fault fault) {
    failNext(request -> true, fault);
  }

  /** Lets this happen to the next request that matches. Plans are served oldest first. */
  public void failNext(Predicate<? super WireRequest> which, Fault fault) {
    faults.plan(which, fault, true);
  }

  /** Lets this happen to every request until the faults are cleared. */
  public void failAll(Fault fault) {
    failAll(request -> true, fault);
  }

  /** Lets this happen to every request that matches, until the faults are cleared. */
  public void failAll(Predicate<? super WireRequest> which, Fault fault) {
    faults.plan(which, fault, false);
  }

  /** Forgets every planned fault; requests that hang are reset, delayed ones go on. */
  public void clearFaults() {
    faults.clear();
  }

  /** Closes the clients and the server; its threads end and its port is free. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    faults.clear();
    accounts.all().forEach(Account::close);
    server.close();
    store.close();
  }

  /** Options of a world. Not thread-safe. */
  public static final class Builder {

    private Clock clock = Clock.systemUTC();
    private String defaultRegion = "us-east-1";
    private final Set<String> regions = new LinkedHashSet<>();

    private Builder() {}

    /**
     * The clock of the wire log and of bucket creation dates. Signatures are always held against
     * the system clock.
     */
    @CanIgnoreReturnValue
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /** The region of clients that are not asked for with another; {@code us-east-1} if not set. */
    @CanIgnoreReturnValue
    public Builder defaultRegion(String region) {
      defaultRegion = region;
      return this;
    }

    /** The only regions buckets can be created in; any if not called. */
    @CanIgnoreReturnValue
    public Builder regions(String... only) {
      regions.addAll(List.of(only));
      return this;
    }

    /** Starts the world. */
    public S3World start() {
      return new S3World(this);
    }
  }
}
