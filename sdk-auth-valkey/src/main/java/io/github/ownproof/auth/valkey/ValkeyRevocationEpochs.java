package io.github.ownproof.auth.valkey;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantLiveness;
import io.github.ownproof.auth.grant.GrantStoreException;
import io.github.ownproof.auth.grant.InvalidSupportAccessException;
import io.github.ownproof.auth.grant.RevocationEpochs;
import io.github.ownproof.core.OwnproofException;
import io.valkey.ConnectionPoolConfig;
import io.valkey.DefaultJedisClientConfig;
import io.valkey.HostAndPort;
import io.valkey.JedisPooled;
import io.valkey.UnifiedJedis;
import io.valkey.exceptions.JedisConnectionException;
import io.valkey.exceptions.JedisDataException;
import io.valkey.params.SetParams;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Revocation epochs that processes share through Valkey (or Redis, 6.2 or later). Thread-safe; make
 * one for each process and share it. The client stays the caller's to close.
 *
 * <p>A grant is live while its key says so: {@link #activate} sets the key if there is none, {@link
 * #revoke} sets it to a revocation whatever was there, and a key that is missing, over, evicted or
 * not ours is a grant that is not live. Each step is one command on one key, {@code SET} or {@code
 * GETRANGE} ({@code DEL} where there is no room for a revocation), so a cluster will do, and an ACL
 * needs to allow no others but what the client says for itself, such as {@code PING}. A live key
 * ends after a time relative to the server's own clock ({@code PX}) that is worked out with this
 * process's clock; a grant's token ends by itself besides.
 *
 * <p>What it promises: {@link #isLive} never says yes on an answer to a question sent more than 900
 * milliseconds before, measured by a clock that nobody sets; a revocation through this object holds
 * from the moment {@link #revoke} is called, even if it throws; and a revocation that this process
 * has seen is not forgotten because the server forgot it, as long as it is among the 10,000 grants
 * remembered.
 *
 * <p>What it does not promise:
 *
 * <ul>
 *   <li>Replication is asynchronous: a failover may lose a revocation just taken, and the new
 *       primary then says live. Where that matters, also ask where the grants are kept: {@link
 *       GrantLiveness#all GrantLiveness.all(epochs, store)}. Replicas must not be read from.
 *   <li>Whoever can write to the server can keep a grant alive whose token exists. Authenticated
 *       values ({@link #authenticated}) keep out who can only write, or who came after the
 *       revocation; a value read while the grant was live can still be put back. Against both,
 *       again {@link GrantLiveness#all}, and an ACL for these keys.
 *   <li>Evicted is denied: set {@code maxmemory-policy} to {@code noeviction}. {@code volatile-ttl}
 *       evicts live grants before revocations, but may evict both. A revocation evicted or lost is
 *       still a denial, as nothing activates a revoked grant again.
 *   <li>A machine that was suspended goes on where it stopped: its answers are as old as before,
 *       and so much older as it was away. The token's own end is checked by the clock all the same.
 * </ul>
 */
public final class ValkeyRevocationEpochs implements RevocationEpochs {

  private static final int TIMEOUT_MILLIS = 250;
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9:._-]{1,64}");
  private static final Duration MOST_REMEMBERED = Duration.ofMillis(900);

  /** Longer than any grant and any difference of clocks, and short enough for a server to count. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Duration REVOCATION_MARGIN = Duration.ofHours(1);

  /** The longest access there is, and the margin: clocks that differ do not shorten it. */
  private static final Duration SHORTEST_REVOCATION = Duration.ofHours(9);

  /** What an error reply begins with, such as WRONGTYPE: it says what failed and quotes nothing. */
  private static final Pattern ERROR_WORD = Pattern.compile("([A-Z]{2,20})\\b.*", Pattern.DOTALL);

  private final UnifiedJedis client;
  private final EpochValues values;
  private final String keyPrefix;
  private final Clock clock;
  private final EpochMemory memory;
  private final Duration remembered;

  private ValkeyRevocationEpochs(Builder settings) {
    this.client = settings.client;
    this.values = settings.values;
    this.keyPrefix = settings.keyPrefix;
    this.clock = settings.clock;
    this.remembered = settings.remembered;
    this.memory = new EpochMemory(settings.remembered, settings.nanoTicker);
  }

  /**
   * Epochs that only holders of this key can write: what anybody else puts there is an error, and
   * the grant not live. What that does not keep out is said above.
   *
   * @param client a client that threads may share: {@link JedisPooled}, {@code JedisCluster},
   *     {@code JedisSentineled}, or {@link #client}. Its timeouts are how long a check may wait for
   *     the server; set those for connecting, reading and borrowing a connection to 250 ms or so
   *     (some are 2 seconds by default, and some endless)
   * @param key for HMAC-SHA256, at least 32 random bytes, the same in every process, and for
   *     nothing else
   * @throws InvalidSupportAccessException if the key cannot be used for it
   */
  public static Builder authenticated(UnifiedJedis client, SecretKey key) {
    return new Builder(client, EpochValues.authenticated(key));
  }

  /**
   * Epochs that everybody can write who can write to the server.
   *
   * @param client as in {@link #authenticated}
   * @param reason why that is good enough, for whoever reads the configuration next; shown by
   *     {@link #toString}
   * @throws InvalidSupportAccessException if the reason is blank
   */
  public static Builder unauthenticated(UnifiedJedis client, String reason) {
    return new Builder(client, EpochValues.unauthenticated(reason));
  }

  /**
   * A client for one server that gives up soon: 250 ms to connect, to wait for an answer and to
   * wait for one of its 16 connections, each of which is tested before it is used. Does no I/O.
   * Close it when the epochs are no longer used.
   *
   * @param server the server; for a cluster or sentinels make a client of your own
   * @param access how to get in, e.g. {@code with -> with.ssl(true).user("desk").password(secret)}
   */
  public static JedisPooled client(
      HostAndPort server, UnaryOperator<DefaultJedisClientConfig.Builder> access) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(16);
    pool.setMaxIdle(16);
    pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
    // So that connections to a server that was restarted do not fail one check each.
    pool.setTestOnBorrow(true);
    return new JedisPooled(
        server,
        access
            .apply(
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(TIMEOUT_MILLIS)
                    .socketTimeoutMillis(TIMEOUT_MILLIS))
            .build(),
        pool);
  }

  /**
   * {@inheritDoc} The first call decides how long it is live; nothing happens if that is past by
   * this process's clock.
   */
  @Override
  public void activate(GrantId id, Instant until) {
    long left = fromNow(until).toMillis();
    if (left < 1 || memory.isRevoked(id)) {
      return;
    }
    String key = keyPrefix + id;
    String live = values.of(key, id, EpochState.LIVE);
    String reply = ask(id, () -> client.set(key, live, new SetParams().nx().px(left)));
    if (reply == null) {
      // There is something. A grant that lives, or one that was revoked and stays so?
      if (read(id) == EpochState.ABSENT) {
        throw GrantStoreException.of(
            "Valkey had something for grant " + id + " and then nothing. Activate it again.", null);
      }
    } else if (!reply.equals("OK")) {
      throw strange(id);
    }
    memory.forget(id);
  }

  /** {@inheritDoc} At least nine hours, and at least an hour longer than then. */
  @Override
  public void revoke(GrantId id, Instant until) {
    Duration left = fromNow(until).plus(REVOCATION_MARGIN);
    long millis = (left.compareTo(SHORTEST_REVOCATION) < 0 ? SHORTEST_REVOCATION : left).toMillis();
    String key = keyPrefix + id;
    String revoked = values.of(key, id, EpochState.REVOKED);
    memory.revoke(id);
    try {
      if (!Objects.equals(
          ask(id, () -> revokeOrRemove(key, revoked, new SetParams().px(millis))), "OK")) {
        throw strange(id);
      }
    } finally {
      // Again, for questions sent since: they may have been answered before the server knew.
      memory.revoke(id);
    }
  }

  @Override
  public boolean isLive(GrantId id) {
    return memory.isLive(id, () -> read(id));
  }

  /** The settings, and the reason for values that are not authenticated; no key. */
  @Override
  public String toString() {
    return "ValkeyRevocationEpochs[values "
        + values
        + ", keyPrefix "
        + keyPrefix
        + ", remembered "
        + remembered.toMillis()
        + " ms]";
  }

  private EpochState read(GrantId id) {
    String key = keyPrefix + id;
    // A part only: somebody may have put something huge there.
    return values.read(
        key, id, ask(id, () -> client.getrange(key, 0, EpochValues.READ_AT_MOST - 1)));
  }

  private @Nullable String revokeOrRemove(String key, String revoked, SetParams params) {
    try {
      return client.set(key, revoked, params);
    } catch (JedisDataException e) {
      // A full server takes no revocation, but removes what is live.
      try {
        client.del(key);
      } catch (RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  /** How long until then, nothing if it is past. */
  private Duration fromNow(Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(LONGEST) > 0 ? LONGEST : left;
  }

  private static @Nullable String ask(GrantId id, Supplier<@Nullable String> command) {
    try {
      return command.get();
    } catch (RuntimeException e) {
      throw failed(id, e);
    }
  }

  /** The message of an error may quote the command, and with it a value that must not spread. */
  private static GrantStoreException failed(GrantId id, RuntimeException e) {
    String message = e.getMessage();
    Matcher word = ERROR_WORD.matcher(message == null ? "" : message);
    return GrantStoreException.of(
        "Valkey could not be asked or told about grant "
            + id
            + " ("
            + e.getClass().getSimpleName()
            + (e instanceof JedisDataException && word.matches() ? ", " + word.group(1) : "")
            + "). Until it can, the grant counts as not live; see that it runs, has room, and lets"
            + " this process in, and try again.",
        e instanceof JedisConnectionException ? e : null);
  }

  private static GrantStoreException strange(GrantId id) {
    return GrantStoreException.of(
        "Valkey neither did nor refused what it was told about grant "
            + id
            + ". See that what answers there is Valkey, and try again.",
        null);
  }

  /** Settings of epochs. Not thread-safe. */
  public static final class Builder {

    private final UnifiedJedis client;
    private final EpochValues values;
    private String keyPrefix = "ownproof:grant:";
    private Duration remembered = Duration.ofMillis(500);
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanoTicker = System::nanoTime;

    private Builder(UnifiedJedis client, EpochValues values) {
      this.client = Objects.requireNonNull(client);
      this.values = values;
    }

    /**
     * What keys begin with, the same in every process; {@code ownproof:grant:} by default.
     *
     * @param prefix 1 to 64 letters, digits and {@code : . _ -}
     * @throws InvalidSupportAccessException if it is not
     */
    public Builder keyPrefix(String prefix) {
      if (!PREFIX.matcher(prefix).matches()) {
        throw InvalidSupportAccessException.of(
            "The prefix of keys in Valkey is 1 to 64 letters, digits and : . _ -, not "
                + OwnproofException.quote(prefix)
                + ".");
      }
      this.keyPrefix = prefix;
      return this;
    }

    /**
     * How long an answer is remembered, 0 to 900 milliseconds, 500 by default: so much later, at
     * most, does this process learn of a revocation by another, and so often, at most, does it ask
     * for each grant. At 0 every check asks.
     *
     * @throws InvalidSupportAccessException if it is less or more
     */
    public Builder rememberFor(Duration time) {
      if (time.isNegative() || time.compareTo(MOST_REMEMBERED) > 0) {
        throw InvalidSupportAccessException.of(
            "Answers of Valkey are remembered for 0 to "
                + MOST_REMEMBERED.toMillis()
                + " ms, so that a revocation takes effect within a second; not for "
                + time
                + ".");
      }
      this.remembered = time;
      return this;
    }

    /** What time it is; the system's clock. */
    public Builder clock(Clock other) {
      this.clock = Objects.requireNonNull(other);
      return this;
    }

    Builder nanoTicker(LongSupplier other) {
      this.nanoTicker = other;
      return this;
    }

    /** The epochs. Does no I/O. */
    public ValkeyRevocationEpochs build() {
      return new ValkeyRevocationEpochs(this);
    }
  }
}
