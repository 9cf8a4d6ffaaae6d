package io.github.ownproof.auth.keys;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class UnknownKidsTest {

  private final UnknownKids kids = new UnknownKids();

  @Test
  void missing_once_fiveSeconds() {
    kids.missing("a", 0);
    assertThat(kids.isKnownMissing("a", SECONDS.toNanos(5) - 1)).isTrue();
    assertThat(kids.isKnownMissing("a", SECONDS.toNanos(5))).isFalse();
    assertThat(kids.isKnownMissing("b", 0)).isFalse();
  }

  @Test
  void missing_byManyAtOnce_countsOnce() {
    for (int i = 0; i < 1000; i++) {
      kids.missing("a", i);
    }
    assertThat(kids.isKnownMissing("a", SECONDS.toNanos(5))).isFalse();
  }

  @Test
  void missing_againAndAgain_doublesToAMinute() {
    long now = 0;
    for (long pause : new long[] {5, 10, 20, 40, 60, 60}) {
      kids.missing("a", now);
      now += SECONDS.toNanos(pause);
      assertThat(kids.isKnownMissing("a", now - 1)).isTrue();
      assertThat(kids.isKnownMissing("a", now)).isFalse();
    }
  }

  @Test
  void clear_all_areForgotten() {
    kids.missing("a", 0);
    kids.clear();
    assertThat(kids.isKnownMissing("a", 0)).isFalse();
  }

  @Test
  void memory_manyAndLongIds_isBounded() {
    for (int i = 0; i < 100_000; i++) {
      kids.missing("kid-" + i, 0);
    }
    for (int i = 0; i < 1000; i++) {
      kids.missing("k".repeat(8000) + i, 0);
    }
    assertThat(kids.weight()).isLessThanOrEqualTo(128_000);
  }
}
