package io.github.ownproof.auth.keys;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.keys.FetchPlan.Need;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FetchPlanTest {

  private final FetchPlan plan = new FetchPlan();

  @Test
  void delay_growsToItsMost() {
    assertThat(Need.ALL.delay(1)).isEqualTo(MILLISECONDS.toNanos(100));
    assertThat(Need.ALL.delay(4)).isEqualTo(MILLISECONDS.toNanos(800));
    assertThat(Need.ALL.delay(1_000_000)).isEqualTo(MILLISECONDS.toNanos(800));
    assertThat(Need.ONE.delay(100)).isEqualTo(SECONDS.toNanos(5));
    assertThat(Need.RENEWAL.delay(1)).isEqualTo(SECONDS.toNanos(1));
    assertThat(Need.RENEWAL.delay(Integer.MAX_VALUE)).isEqualTo(SECONDS.toNanos(30));
  }

  /** A monotonic clock may start anywhere, and run over. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 2_000_000_000})
  void clock_anyStart_sameDecisions(long start) {
    assertThat(plan.mayAskForUnknown(start)).isTrue();
    plan.askedForUnknown(start);
    assertThat(plan.mayAskForUnknown(start + SECONDS.toNanos(5) - 1)).isFalse();
    assertThat(plan.mayAskForUnknown(start + SECONDS.toNanos(5))).isTrue();
    plan.failed(start);
    assertThat(plan.mayRetry(Need.ALL, start + MILLISECONDS.toNanos(100) - 1)).isFalse();
    assertThat(plan.mayRetry(Need.ALL, start + MILLISECONDS.toNanos(100))).isTrue();
    assertThat(plan.mayOvertake(start, start + MILLISECONDS.toNanos(800) - 1)).isFalse();
    assertThat(plan.mayOvertake(start, start + MILLISECONDS.toNanos(800))).isTrue();
    KnownKeys known = known(start);
    assertThat(known.isFresh(start + SECONDS.toNanos(300) - 1)).isTrue();
    assertThat(known.isFresh(start + SECONDS.toNanos(300))).isFalse();
    assertThat(known.isUsable(start + SECONDS.toNanos(360) - 1)).isTrue();
    assertThat(known.isUsable(start + SECONDS.toNanos(360))).isFalse();
    assertThat(known.refreshAt() - start).isBetween(SECONDS.toNanos(225), SECONDS.toNanos(240));
  }

  @Test
  void failure_forAnUnknownKid_isNotCountedAgainstTheLimit() {
    plan.askedForUnknown(0);
    plan.failed(1);
    plan.unknownNotAnswered();
    assertThat(plan.mayAskForUnknown(1)).isTrue();
    assertThat(plan.mayRetry(Need.ONE, 1)).isFalse();
  }

  @Test
  void due_noKeysAndNobodyAsked_later() {
    assertThat(plan.due(null, null, 0)).isEqualTo(SECONDS.toNanos(60));
  }

  @Test
  void due_noKeysAndAskedLately_soon() {
    plan.asked(0);
    plan.failed(5);
    assertThat(plan.due(null, null, 5)).isEqualTo(5 + MILLISECONDS.toNanos(100));
    assertThat(plan.due(null, 7L, 8)).isEqualTo(7 + MILLISECONDS.toNanos(800));
    long late = SECONDS.toNanos(60);
    assertThat(plan.due(null, null, late)).isEqualTo(late + SECONDS.toNanos(60));
  }

  @Test
  void due_keysStaleTooLongAndNobodyAsks_stillTried() {
    KnownKeys known = known(0);
    plan.failed(SECONDS.toNanos(400));
    assertThat(plan.due(known, null, SECONDS.toNanos(400))).isEqualTo(SECONDS.toNanos(401));
  }

  private static KnownKeys known(long at) {
    try {
      return new KnownKeys(
          KeySet.read(new byte[] {'{', '"', 'k', 'e', 'y', 's', '"', ':', '[', ']', '}'}),
          URI.create("https://keys.example.com"),
          1,
          Optional.empty(),
          "",
          at,
          Duration.ofMinutes(5),
          Duration.ofMinutes(1));
    } catch (io.github.ownproof.auth.internal.MalformedInput e) {
      throw new AssertionError(e);
    }
  }
}
