package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SteadyTimeTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00.4Z");

  /** How far clock and ticks move before somebody asks what time it is. */
  record Move(long clockMillis, long tickMillis) {}

  @Provide
  Arbitrary<List<Move>> moves() {
    return Combinators.combine(
            Arbitraries.longs().between(-3_000, 3_000), Arbitraries.longs().between(0, 1_500))
        .as(Move::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property
  void now_clockSetAnyWay_neverRunsBackwards_norBehindClockOrTicks(
      @ForAll("moves") List<Move> moves) {
    MutableClock clock = MutableClock.at(START);
    AtomicLong nanos = new AtomicLong();
    SteadyTime time = new SteadyTime(clock, nanos::get);
    Instant before = time.now();
    Instant first = before;

    for (Move move : moves) {
      clock.advance(Duration.ofMillis(move.clockMillis()));
      nanos.addAndGet(Duration.ofMillis(move.tickMillis()).toNanos());
      Instant now = time.now();

      assertThat(now).isAfterOrEqualTo(before);
      assertThat(now.getEpochSecond()).isGreaterThanOrEqualTo(clock.instant().getEpochSecond());
      assertThat(now.getEpochSecond())
          .isGreaterThanOrEqualTo(first.getEpochSecond() + nanos.get() / 1_000_000_000);
      assertThat(now.getNano()).isZero();
      before = now;
    }
  }
}
