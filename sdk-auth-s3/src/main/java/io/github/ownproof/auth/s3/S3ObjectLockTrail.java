package io.github.ownproof.auth.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.github.ownproof.auth.s3.PrivateObjects.Put;
import io.github.ownproof.auth.s3.PrivateObjects.Read;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditFailedException;
import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.core.audit.ChainHead;
import io.github.ownproof.core.audit.ChainVerification;
import io.github.ownproof.core.audit.HashChainedTrail;
import io.github.ownproof.core.audit.InvalidAuditEventException;
import io.github.ownproof.s3.S3PrivateClient;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/**
 * An audit trail in a private bucket that nobody can change or remove before its time: the lines of
 * a {@link HashChainedTrail}, each an object of its own under S3 Object Lock.
 *
 * <pre>{@code
 * s3.createPrivateBucket(PrivateBucketPlan.of("audit").objectLock());
 * AuditTrail trail = S3ObjectLockTrail.on(s3, "audit", Duration.ofDays(365));
 * }</pre>
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>A line is kept when {@link #record} returns, locked in compliance mode until the retention
 *       is over: not even the account's root user can remove it. Later versions and delete markers
 *       do not hide it from {@link #verify}, which reads the first version of each line.
 *   <li>Any number of processes write one chain. A line is put only where there is none, so no two
 *       have the same place: whoever comes second goes on after the first. Whose answer got lost
 *       finds its own line; none is recorded twice.
 *   <li>{@link #verify} finds each change, gap and foreign line, and with a {@link #head()} noted
 *       elsewhere also what is cut off the end.
 * </ul>
 *
 * <p>Not guaranteed: that an event is <em>not</em> kept when {@link #record} throws; and anything
 * after the retention. Each event costs one call to S3, one after the other within a process.
 *
 * <p>Thread-safe. Making one does no I/O; the first event looks for the end of the chain, in a few
 * lists and without reading it. The client stays its owner's to close.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">S3 Object
 *     Lock</a>
 */
public final class S3ObjectLockTrail implements AuditTrail {

  private static final int MOST_TROUBLES = 3;

  private final PrivateObjects objects;
  private final ChainObjects chain;
  private final WriteNames names = new WriteNames();
  private final ObjectLockMode mode;
  private final Duration retention;
  private final Duration patience;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ChainHead head;

  private S3ObjectLockTrail(Builder builder) {
    objects =
        new PrivateObjects(
            builder.client,
            builder.bucket,
            "A trail takes a bucket with Object Lock: PrivateBucketPlan.of(...).objectLock()",
            AuditFailedException::new);
    chain =
        new ChainObjects(
            objects,
            builder.keyPrefix,
            builder.pageSize,
            builder.patience,
            AuditFailedException::new);
    mode = builder.mode;
    retention = builder.retention;
    patience = builder.patience;
    clock = builder.clock;
  }

  /** A trail with the defaults of {@link #builder}. */
  public static S3ObjectLockTrail on(S3PrivateClient client, String bucket, Duration retention) {
    return builder(client, bucket, retention).build();
  }

  /**
   * A builder; its defaults are compliance mode, keys that begin with {@code trail/}, the system
   * clock, and 10 seconds of patience with each call.
   *
   * @param client whose private buckets it uses
   * @param bucket the private name or private id of a bucket with Object Lock
   * @param retention how long each line is locked from when it is recorded; there is no way back
   * @throws InvalidSupportAccessException if the retention is under a day or over a hundred years
   */
  public static Builder builder(S3PrivateClient client, String bucket, Duration retention) {
    return new Builder(client, bucket, retention);
  }

  /**
   * {@inheritDoc}
   *
   * @throws AuditFailedException if S3 does not confirm the line, or so many others write that it
   *     finds no place in time
   */
  @Override
  public void record(AuditEvent event) {
    takeTurn();
    try {
      long start = System.nanoTime();
      String write = names.next();
      ChainHead after = head == null ? newest(ChainHead.EMPTY) : head;
      // Until it is known what became of the line, so is not where the chain ends.
      head = null;
      Put put = new Put(false, null);
      int troubles = 0;
      while (troubles < MOST_TROUBLES && System.nanoTime() - start < patience.toNanos()) {
        NextLine line = NextLine.of(event, after);
        put = put(line, write);
        if (put.stored() || isOurs(line, write)) {
          head = line.head();
          return;
        }
        if (put.trouble() == null) {
          after = newest(after);
        } else {
          troubles++;
        }
      }
      throw put.trouble() != null
          ? put.trouble()
          : objects.failed("written", chain.key(after.count() + 1), null);
    } finally {
      lock.unlock();
    }
  }

  /** Whoever comes after many that wait for S3 in vain does not wait for each of them. */
  private void takeTurn() {
    try {
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AuditFailedException(
            "The events before this one took too long to be kept, so this one was not. Look at the"
                + " network and at S3's state.",
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuditFailedException(
          "The thread was interrupted before its event was kept. Record it again.", e);
    }
  }

  private Put put(NextLine line, String write) {
    return objects.putIf(
        chain.key(line.head().count()),
        line.text(),
        patience,
        r ->
            r.ifNoneMatch("*")
                .metadata(Map.of(PrivateObjects.WRITE, write))
                .objectLockMode(mode)
                .objectLockRetainUntilDate(
                    clock.instant().plus(retention).truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Whether the line is there already, from a try whose answer was lost. */
  private boolean isOurs(NextLine line, String write) {
    Optional<Read> there = chain.line(line.head().count()).map(chain::read);
    return there.isPresent()
        && there.get().write().equals(write)
        && there.get().text().equals(line.text());
  }

  /** The end of the chain, looked for from a head that is known. */
  private ChainHead newest(ChainHead known) {
    Optional<ChainObjects.Line> last = chain.lastAfter(known.count());
    if (last.isEmpty()) {
      return known;
    }
    String text = chain.read(last.get()).text();
    try {
      ChainHead found = ChainHead.of(text.getBytes(ISO_8859_1));
      if (found.count() == last.get().number()) {
        return found;
      }
    } catch (InvalidAuditEventException notALine) {
      throw objects.malformed(last.get().key(), "it is no line of the chain");
    }
    throw objects.malformed(last.get().key(), "it is another line of the chain");
  }

  /**
   * The last line as the bucket has it now: note it where whoever writes the chain cannot write.
   *
   * @throws AuditFailedException if it cannot be read
   */
  public ChainHead head() {
    return newest(ChainHead.EMPTY);
  }

  /**
   * Verifies the chain in the bucket, from the first line to the last.
   *
   * @throws AuditFailedException if it cannot be read
   */
  public ChainVerification verify() {
    return verify(ChainHead.EMPTY);
  }

  /**
   * Verifies the chain in the bucket, and that it still holds the line of a head noted earlier.
   * Others may write meanwhile.
   *
   * @param expected a head this chain had; {@link ChainHead#EMPTY} expects nothing
   * @throws AuditFailedException if it cannot be read
   */
  public ChainVerification verify(ChainHead expected) {
    return HashChainedTrail.verify(chain.stream(), expected);
  }

  /** The mode and the retention. */
  @Override
  public String toString() {
    return "S3ObjectLockTrail[" + mode + ", " + retention + "]";
  }

  /** The line of an event after a head. */
  private record NextLine(String text, ChainHead head) {

    static NextLine of(AuditEvent event, ChainHead after) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (HashChainedTrail trail = HashChainedTrail.writingTo(out, after)) {
        trail.record(event);
        return new NextLine(out.toString(US_ASCII), trail.head());
      }
    }
  }

  /** Options of a trail. Not thread-safe. */
  public static final class Builder {

    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final S3PrivateClient client;
    private final String bucket;
    private final Duration retention;
    private ObjectLockMode mode = ObjectLockMode.COMPLIANCE;
    private String keyPrefix = "trail/";
    private Duration patience = Patience.DEFAULT;
    private Clock clock = Clock.systemUTC();
    private int pageSize = 1000;

    private Builder(S3PrivateClient client, String bucket, Duration retention) {
      this.client = Objects.requireNonNull(client, "client");
      this.bucket = Objects.requireNonNull(bucket, "bucket");
      if (retention.compareTo(SHORTEST) < 0 || retention.compareTo(LONGEST) > 0) {
        throw InvalidSupportAccessException.of(
            "A trail is locked for 1 day to 36,500 days, not " + retention + ".");
      }
      this.retention = retention;
    }

    /**
     * Locks lines in governance mode: whoever has {@code s3:BypassGovernanceRetention} can remove
     * them. For trials, and where a duty to erase may come before the trail.
     */
    public Builder removableByGovernanceBypass() {
      mode = ObjectLockMode.GOVERNANCE;
      return this;
    }

    /**
     * What every key begins with; {@code trail/} if not set. A prefix is one chain.
     *
     * @throws InvalidSupportAccessException if it is not up to 256 ASCII letters, digits and {@code
     *     . _ - /}, or begins with a slash
     */
    public Builder keyPrefix(String prefix) {
      keyPrefix = KeyPrefix.checked(prefix);
      return this;
    }

    /**
     * How long to wait for each call to S3, with the AWS SDK's retries; for a place in the chain;
     * and for the turn after other events of this process.
     *
     * @throws InvalidSupportAccessException if it is not 1 millisecond to 5 minutes
     */
    public Builder patience(Duration each) {
      patience = Patience.checked(each);
      return this;
    }

    /** The clock the retention is counted from. */
    public Builder clock(Clock newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /** How many versions to list at once; S3 gives no more than 1,000. */
    Builder pageSize(int versions) {
      pageSize = versions;
      return this;
    }

    /** The trail; no I/O. */
    public S3ObjectLockTrail build() {
      return new S3ObjectLockTrail(this);
    }
  }
}
