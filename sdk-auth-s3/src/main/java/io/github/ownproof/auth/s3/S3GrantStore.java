package io.github.ownproof.auth.s3;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantStore;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.github.ownproof.auth.s3.PrivateObjects.Put;
import io.github.ownproof.auth.s3.PrivateObjects.Read;
import io.github.ownproof.s3.S3PrivateClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Support grants in a private bucket, shared by every process that uses it: {@link
 * io.github.ownproof.auth.s3 the layout}.
 *
 * <pre>{@code
 * GrantStore grants = S3GrantStore.on(S3PrivateClient.create(), "support-grants");
 * }</pre>
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>Every call carries the owner of the bucket; in a bucket of somebody else nothing is written
 *       and nothing is found.
 *   <li>Of many that create or replace the same version, in whatever process, one succeeds. Whose
 *       answer got lost, or was asked twice by the AWS SDK, finds its own write and is told so.
 *   <li>{@link #isLive} is at most a second behind what is stored, by monotonic time; what was
 *       {@linkplain #replace replaced} through this object counts at once. It answers within a
 *       second, or throws.
 *   <li>A document that is not exactly what this library writes is refused. That goes for a member
 *       of a later version as well: update all programs before one uses what is new.
 * </ul>
 *
 * <p>Whatever fails is a {@link GrantStoreException}; no method answers from what it does not know.
 * Thread-safe. Making one does no I/O and opens nothing; the client stays its owner's to close.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">How
 *     S3 decides between writers</a>
 */
public final class S3GrantStore implements GrantStore {

  /** Below a second, with time left for the answer. */
  private static final Duration LIVENESS_PATIENCE = Duration.ofMillis(900);

  private static final int TRIES = 5;

  private final PrivateObjects objects;
  private final GrantKeys keys;
  private final Duration patience;
  private final int pageSize;
  private final WriteNames names = new WriteNames();
  private final ParallelReads reads = new ParallelReads(GrantStoreException::of);
  private final RecentLiveness recent;

  private S3GrantStore(Builder builder, LongSupplier nanoTime) {
    objects = new PrivateObjects(builder.client, builder.bucket, "", GrantStoreException::of);
    keys = new GrantKeys(builder.keyPrefix);
    patience = builder.patience;
    pageSize = builder.pageSize;
    recent = new RecentLiveness(this::ask, builder.livenessAge, nanoTime);
  }

  /** A store with the defaults of {@link #builder}. */
  public static S3GrantStore on(S3PrivateClient client, String bucket) {
    return builder(client, bucket).build();
  }

  /**
   * A builder; its defaults are no key prefix, an age of 500 ms for {@link #isLive}, and 10 seconds
   * of patience with each call.
   *
   * @param client whose private buckets it uses
   * @param bucket the bucket's private name or private id
   */
  public static Builder builder(S3PrivateClient client, String bucket) {
    return new Builder(client, bucket);
  }

  @Override
  public Optional<AccessRequest> find(GrantId id) {
    return stored(id).map(Stored::request);
  }

  @Override
  public boolean create(AccessRequest request) {
    // First the entry: a document without one would be a grant the customer never sees.
    objects.put(keys.entry(request), "", patience);
    String write = names.next();
    String document = Documents.Grant.first(request, write).text();
    try {
      for (int tried = 1; ; tried++) {
        Put put =
            objects.putIf(keys.document(request.id()), document, patience, r -> r.ifNoneMatch("*"));
        if (put.stored()) {
          return true;
        }
        Optional<Stored> there = stored(request.id());
        if (there.isPresent()) {
          return there.get().isOurs(write, 0);
        }
        giveUp(tried, request.id(), put);
      }
    } finally {
      recent.forget(request.id());
    }
  }

  @Override
  public boolean replace(AccessRequest expected, AccessRequest next) {
    String write = names.next();
    @Nullable Put put = null;
    try {
      for (int tried = 1; ; tried++) {
        Stored there = stored(expected.id()).orElse(null);
        if (there == null || there.request().version() != expected.version()) {
          // Without a try there is nothing of ours to be found.
          return there != null && put != null && there.isOurs(write, expected.version());
        }
        if (put != null) {
          giveUp(tried - 1, expected.id(), put);
        }
        put =
            objects.putIf(
                keys.document(expected.id()),
                there.grant().then(next, write).text(),
                patience,
                r -> r.ifMatch(there.eTag()));
        if (put.stored()) {
          return true;
        }
      }
    } finally {
      recent.forget(expected.id());
    }
  }

  private void giveUp(int tried, GrantId id, Put put) {
    if (tried >= TRIES) {
      throw put.trouble() != null
          ? put.trouble()
          : objects.failed("written", keys.document(id), null);
    }
  }

  @Override
  public List<AccessRequest> requests(CustomerId customer) {
    String entries = keys.entries(customer);
    List<GrantId> ids =
        objects.keys(entries, entries, pageSize, patience).stream()
            .flatMap(key -> GrantKeys.request(entries, key).stream())
            .distinct()
            .toList();
    // An entry without a document is of a request that was never stored.
    return reads.map(ids, this::find).stream()
        .flatMap(Optional::stream)
        .filter(request -> request.customer().equals(customer))
        .sorted(
            Comparator.comparing(AccessRequest::requestedAt)
                .thenComparing(request -> request.id().value()))
        .toList();
  }

  @Override
  public boolean isLive(GrantId id) {
    return recent.isLive(id);
  }

  private RecentLiveness.Answer ask(GrantId id, RecentLiveness.@Nullable Answer before) {
    String key = keys.document(id);
    Optional<Read> read =
        before == null || before.eTag().isEmpty()
            ? objects.get(key, LIVENESS_PATIENCE)
            : objects.getUnless(before.eTag(), key, LIVENESS_PATIENCE);
    if (before != null && read.isPresent() && read.get().equals(Read.UNCHANGED)) {
      return before;
    }
    return read.map(found -> parsed(id, found))
        .map(
            found ->
                new RecentLiveness.Answer(
                    found.request().state() instanceof AccessState.Granted, found.eTag()))
        .orElse(new RecentLiveness.Answer(false, ""));
  }

  @Override
  public void record(GrantUse use) {
    objects.put(keys.use(use, names.next()), Documents.text(use), patience);
  }

  @Override
  public List<GrantUse> uses(CustomerId customer, Instant since) {
    String uses = keys.uses(customer);
    List<String> found =
        objects.keys(uses, keys.usesBefore(customer, since), pageSize, patience).stream()
            .filter(key -> GrantKeys.isUse(uses, key))
            .toList();
    return reads.map(found, this::use).stream().filter(use -> !use.at().isBefore(since)).toList();
  }

  private GrantUse use(String key) {
    String document =
        objects
            .get(key, patience)
            .orElseThrow(() -> objects.malformed(key, "it was listed and is gone"))
            .text();
    String why = "it is a use of another customer, grant or time";
    try {
      GrantUse use = Documents.use(document);
      if (keys.isPlaceOf(use, key)) {
        return use;
      }
    } catch (MalformedDocument e) {
      why = e.why();
    }
    throw objects.malformed(key, why);
  }

  private Optional<Stored> stored(GrantId id) {
    return objects.get(keys.document(id), patience).map(read -> parsed(id, read));
  }

  private Stored parsed(GrantId id, Read read) {
    String why = "it is of another request";
    try {
      Documents.Grant grant = Documents.grant(read.text());
      if (grant.request().id().equals(id)) {
        return new Stored(grant, read.eTag());
      }
    } catch (MalformedDocument e) {
      why = e.why();
    }
    throw objects.malformed(keys.document(id), why);
  }

  /** A document that was read. */
  private record Stored(Documents.Grant grant, String eTag) {

    AccessRequest request() {
      return grant.request();
    }

    /** Whether a write was made here since that version. */
    boolean isOurs(String write, long version) {
      if (grant.writes().contains(write)) {
        return true;
      }
      if (request().version() - version > Documents.WRITES) {
        throw GrantStoreException.of(
            "The request "
                + request().id()
                + " changed too often meanwhile to tell whether it was written. Look at it again.",
            null);
      }
      return false;
    }
  }

  /** The version alone: a store prints nothing of what it holds. */
  @Override
  public String toString() {
    return "S3GrantStore";
  }

  /** Options of a store. Not thread-safe. */
  public static final class Builder {

    private static final Duration LONGEST_AGE = Duration.ofMillis(900);

    private final S3PrivateClient client;
    private final String bucket;
    private String keyPrefix = "";
    private Duration livenessAge = Duration.ofMillis(500);
    private Duration patience = Patience.DEFAULT;
    private int pageSize = 1000;

    private Builder(S3PrivateClient client, String bucket) {
      this.client = Objects.requireNonNull(client, "client");
      this.bucket = Objects.requireNonNull(bucket, "bucket");
    }

    /**
     * What every key begins with, such as {@code support/}; nothing if not set.
     *
     * @throws InvalidSupportAccessException if it is not up to 256 ASCII letters, digits and {@code
     *     . _ - /}, or begins with a slash
     */
    public Builder keyPrefix(String prefix) {
      keyPrefix = KeyPrefix.checked(prefix);
      return this;
    }

    /**
     * How old an answer of {@link #isLive} may be; nothing for one question to S3 each time.
     *
     * @throws InvalidSupportAccessException if it is negative or longer than 900 ms
     */
    public Builder livenessAge(Duration age) {
      if (age.isNegative() || age.compareTo(LONGEST_AGE) > 0) {
        throw InvalidSupportAccessException.of(
            "An answer on a grant may be 0 to 900 ms old, not "
                + age
                + ": a revocation has to reach everybody within a second.");
      }
      livenessAge = age;
      return this;
    }

    /**
     * How long to wait for each call to S3, with the AWS SDK's retries; {@link #isLive} waits 900
     * ms, whatever is set.
     *
     * @throws InvalidSupportAccessException if it is not 1 millisecond to 5 minutes
     */
    public Builder patience(Duration each) {
      patience = Patience.checked(each);
      return this;
    }

    /** How many keys to list at once; S3 gives no more than 1,000. */
    Builder pageSize(int keys) {
      pageSize = keys;
      return this;
    }

    /** The store; no I/O. */
    public S3GrantStore build() {
      return build(System::nanoTime);
    }

    S3GrantStore build(LongSupplier nanoTime) {
      return new S3GrantStore(this, nanoTime);
    }
  }
}
