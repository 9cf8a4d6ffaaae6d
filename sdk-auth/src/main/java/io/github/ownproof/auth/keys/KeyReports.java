package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.keys.FetchFailure.Why;
import io.github.ownproof.core.telemetry.MetricNames;
import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.core.telemetry.Telemetry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators see of a source of keys: the issuer's host and closed words. Thread-safe. */
final class KeyReports {

  private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);

  private static final Tag NO_REASON = Tag.of(Tag.REASON, "none");
  private static final Tag REFUSED = Tag.of(Tag.OUTCOME, "refused");
  private static final Tag LIMITED = Tag.of(Tag.OUTCOME, "limited");

  private final String host;
  private final Duration staleFor;
  private final Telemetry telemetry;

  KeyReports(String host, Duration staleFor, Telemetry telemetry) {
    this.host = host;
    this.staleFor = staleFor;
    this.telemetry = telemetry;
  }

  /** A fetch that brought keys, or word that they are the same. */
  void succeeded(Attempt attempt, boolean same, boolean afterFailures) {
    time(attempt, Tag.of(Tag.OUTCOME, same ? "unchanged" : "fetched"), NO_REASON);
    if (afterFailures) {
      LOG.info("The keys of {} can be fetched again", host);
    }
  }

  /** A fetch that failed; logged if it is the first since one that did not. */
  void failed(Attempt attempt, Why why, boolean first) {
    time(attempt, Tag.of(Tag.OUTCOME, "failed"), Tag.of(Tag.REASON, why.word()));
    if (first) {
      LOG.warn(
          "The keys of {} cannot be fetched: {}. Any at hand stay in use for at most {} past"
              + " their time to live",
          host,
          why.word(),
          staleFor);
    }
  }

  /** A key the issuer was asked for and does not have. */
  void refused() {
    telemetry.count(MetricNames.AUTH_KEYS_UNKNOWN, 1, REFUSED);
  }

  /** A key the issuer was not asked for, because it was asked for another one just before. */
  void limited() {
    telemetry.count(MetricNames.AUTH_KEYS_UNKNOWN, 1, LIMITED);
  }

  private void time(Attempt attempt, Tag outcome, Tag reason) {
    long nanos = System.nanoTime() - attempt.startedNanos();
    telemetry.time(
        MetricNames.AUTH_KEYS_FETCH, Duration.ofNanos(Math.max(0, nanos)), outcome, reason);
  }
}
