package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What is surely right must be right by the slow check, and nearly all that is right is sure. */
class TokenTimesSpanTest {

  private static final Instant AROUND = Instant.ofEpochSecond(1_800_000_000);

  record Case(TokenTimes times, Duration skew, @Nullable Duration maxAge, Instant now) {

    boolean passes() {
      return passes(now);
    }

    boolean passes(Instant at) {
      try {
        times.check(at, skew, maxAge);
        return true;
      } catch (Refusal refused) {
        return false;
      }
    }

    boolean isSure() {
      return times.surely(skew, maxAge).has(now.toEpochMilli());
    }
  }

  /** Close to one another, to a nanosecond at times, so that the edges are met. */
  private static Arbitrary<Instant> instants() {
    Arbitrary<Long> seconds = Arbitraries.longs().between(-3, 3);
    Arbitrary<Integer> nanos =
        Arbitraries.oneOf(
            Arbitraries.of(0, 1, 999_999, 1_000_000, 1_000_001, 999_999_999),
            Arbitraries.integers().between(0, 999_999_999));
    return Combinators.combine(seconds, nanos).as((s, n) -> AROUND.plusSeconds(s).plusNanos(n));
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Duration> skews = Arbitraries.of(0L, 1L, 999L, 1000L, 1001L).map(Duration::ofMillis);
    Arbitrary<TokenTimes> times =
        Combinators.combine(instants(), instants().injectNull(0.3), instants().injectNull(0.3))
            .as(TokenTimes::new);
    Arbitrary<Duration> ages =
        Arbitraries.longs().between(0, 3_000_000_000L).map(Duration::ofNanos).injectNull(0.5);
    return Combinators.combine(times, skews, ages, instants()).as(Case::new);
  }

  @Property(tries = 20_000)
  void surely_anyTimes_neverSaysMoreThanTheCheck(@ForAll("cases") Case any) {
    if (any.isSure()) {
      assertThat(any.passes()).as(any.toString()).isTrue();
    }
  }

  /** The latest date there is, and an age whose end has no milliseconds that fit a long. */
  @Example
  void surely_datesAndAgesAtTheirBounds_doNotOverflow() {
    Instant latest = Instant.ofEpochSecond(253_402_300_799L, 999_999_999);
    Duration forGood = Duration.ofDays(365L * 500_000_000);
    TokenTimes times = new TokenTimes(latest, Instant.EPOCH, Instant.EPOCH);

    TokenTimes.Span span = times.surely(Duration.ofSeconds(60), forGood);

    assertThat(new Case(times, Duration.ofSeconds(60), forGood, AROUND).passes()).isTrue();
    assertThat(span.has(AROUND.toEpochMilli())).isTrue();
    assertThat(span.until()).isEqualTo(latest.plusSeconds(60).toEpochMilli());
    assertThat(span.from()).isEqualTo(-60_000);
  }

  @Property(tries = 20_000)
  void surely_awayFromTheEdges_saysWhatTheCheckSays(@ForAll("cases") Case any) {
    Instant millisecond = Instant.ofEpochMilli(any.now().toEpochMilli());
    boolean allOfIt =
        any.passes(millisecond)
            && any.passes(millisecond.plusNanos(999_999))
            && any.passes(millisecond.plusMillis(1));

    if (allOfIt) {
      assertThat(any.isSure()).as(any.toString()).isTrue();
    }
  }
}
