package io.github.ownproof.auth.keys;

import io.github.ownproof.core.telemetry.Telemetry;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How keys are fetched and how long they are believed. {@link #defaults()} suits production; each
 * method gives a changed copy.
 *
 * <p>Immutable and thread-safe.
 */
public final class RemoteKeySettings {

  private static final Duration LONGEST_STALE = Duration.ofDays(7);
  private static final Duration LEAST_TIME_TO_LIVE = Duration.ofSeconds(1);
  private static final Duration MOST_TIME_TO_LIVE = Duration.ofDays(1);

  private static final RemoteKeySettings DEFAULTS =
      new RemoteKeySettings(
          Duration.ofHours(6),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofSeconds(5),
          Telemetry.none(),
          System::nanoTime,
          null,
          false);

  private final Duration staleFor;
  private final Duration shortestTimeToLive;
  private final Duration longestTimeToLive;
  private final Duration fetchDeadline;
  private final Telemetry telemetry;
  private final LongSupplier ticker;
  private final @Nullable SSLContext sslContext;
  private final boolean insecureLoopback;

  private RemoteKeySettings(
      Duration staleFor,
      Duration shortestTimeToLive,
      Duration longestTimeToLive,
      Duration fetchDeadline,
      Telemetry telemetry,
      LongSupplier ticker,
      @Nullable SSLContext sslContext,
      boolean insecureLoopback) {
    this.staleFor = staleFor;
    this.shortestTimeToLive = shortestTimeToLive;
    this.longestTimeToLive = longestTimeToLive;
    this.fetchDeadline = fetchDeadline;
    this.telemetry = telemetry;
    this.ticker = ticker;
    this.sslContext = sslContext;
    this.insecureLoopback = insecureLoopback;
  }

  /**
   * Stale keys are used for 6 hours, the time to live is kept between a minute and an hour, nothing
   * is measured, TLS is the JVM's, plain HTTP is refused everywhere.
   */
  public static RemoteKeySettings defaults() {
    return DEFAULTS;
  }

  /**
   * How long keys are used past their time to live while the issuer does not answer. With zero,
   * tokens are refused as 503 from the moment on that the keys are not confirmed in time.
   *
   * @throws InvalidKeysException if it is negative or longer than 7 days
   */
  public RemoteKeySettings staleFor(Duration duration) {
    if (duration.isNegative() || duration.compareTo(LONGEST_STALE) > 0) {
      throw new InvalidKeysException("Stale keys can be used for 0 to 7 days, not " + duration);
    }
    return new RemoteKeySettings(
        duration,
        shortestTimeToLive,
        longestTimeToLive,
        fetchDeadline,
        telemetry,
        ticker,
        sslContext,
        insecureLoopback);
  }

  /**
   * The bounds of the time to live that the issuer asks for with {@code Cache-Control} (RFC 9111
   * section 5.2.2). A key that the issuer removes is refused at most this long later; where the
   * issuer says nothing, it is 5 minutes within these bounds.
   *
   * @throws InvalidKeysException unless a second ≤ shortest ≤ longest ≤ a day
   */
  public RemoteKeySettings timeToLive(Duration shortest, Duration longest) {
    if (shortest.compareTo(LEAST_TIME_TO_LIVE) < 0
        || longest.compareTo(shortest) < 0
        || longest.compareTo(MOST_TIME_TO_LIVE) > 0) {
      throw new InvalidKeysException(
          "The time to live is a second to a day, shortest first, not " + shortest + " " + longest);
    }
    return new RemoteKeySettings(
        staleFor,
        shortest,
        longest,
        fetchDeadline,
        telemetry,
        ticker,
        sslContext,
        insecureLoopback);
  }

  /**
   * Where figures go: {@link io.github.ownproof.core.telemetry.MetricNames#AUTH_KEYS_FETCH} and
   * {@link io.github.ownproof.core.telemetry.MetricNames#AUTH_KEYS_UNKNOWN}.
   */
  public RemoteKeySettings telemetry(Telemetry backend) {
    return new RemoteKeySettings(
        staleFor,
        shortestTimeToLive,
        longestTimeToLive,
        fetchDeadline,
        Telemetry.safe(Objects.requireNonNull(backend)),
        ticker,
        sslContext,
        insecureLoopback);
  }

  /**
   * The monotonic clock that ages are measured by, in nanoseconds as {@link System#nanoTime} has
   * it. For tests: how long a lookup waits is always measured in real time.
   */
  public RemoteKeySettings ticker(LongSupplier nanos) {
    return new RemoteKeySettings(
        staleFor,
        shortestTimeToLive,
        longestTimeToLive,
        fetchDeadline,
        telemetry,
        Objects.requireNonNull(nanos),
        sslContext,
        insecureLoopback);
  }

  /** The TLS context to use instead of the JVM's, such as one that trusts a private authority. */
  public RemoteKeySettings sslContext(SSLContext context) {
    return new RemoteKeySettings(
        staleFor,
        shortestTimeToLive,
        longestTimeToLive,
        fetchDeadline,
        telemetry,
        ticker,
        Objects.requireNonNull(context),
        insecureLoopback);
  }

  /**
   * Accepts {@code http} addresses on {@code localhost} or a loopback literal, where whoever can
   * listen on this machine can say which tokens are good.
   *
   * @param reason why this is right here; not blank, and only there for whoever reads the code
   * @throws InvalidKeysException if the reason is blank
   */
  public RemoteKeySettings allowInsecureLoopback(String reason) {
    if (reason.isBlank()) {
      throw new InvalidKeysException("Plain HTTP on the loopback needs a reason");
    }
    return new RemoteKeySettings(
        staleFor,
        shortestTimeToLive,
        longestTimeToLive,
        fetchDeadline,
        telemetry,
        ticker,
        sslContext,
        true);
  }

  /** For tests, which would not wait for 5 seconds. */
  RemoteKeySettings fetchDeadline(Duration deadline) {
    return new RemoteKeySettings(
        staleFor,
        shortestTimeToLive,
        longestTimeToLive,
        deadline,
        telemetry,
        ticker,
        sslContext,
        insecureLoopback);
  }

  Duration staleFor() {
    return staleFor;
  }

  Duration shortestTimeToLive() {
    return shortestTimeToLive;
  }

  Duration longestTimeToLive() {
    return longestTimeToLive;
  }

  Duration fetchDeadline() {
    return fetchDeadline;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  LongSupplier ticker() {
    return ticker;
  }

  @Nullable SSLContext sslContext() {
    return sslContext;
  }

  boolean insecureLoopback() {
    return insecureLoopback;
  }
}
