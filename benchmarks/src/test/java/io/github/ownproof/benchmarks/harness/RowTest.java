package io.github.ownproof.benchmarks.harness;

import static io.github.ownproof.benchmarks.harness.Fixtures.comparison;
import static io.github.ownproof.benchmarks.harness.Fixtures.ratioAtMost;
import static io.github.ownproof.benchmarks.harness.Fixtures.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.benchmarks.Compared;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowTest {

  private static final double NONE = Compared.NONE;

  static Stream<Arguments> verdicts() {
    return Stream.of(
        Arguments.of(Fixtures.NO_PROMISE, new double[] {9, 9, 9}, null, "information"),
        Arguments.of(ratioAtMost(1), new double[] {0.9, 0.91, 0.9}, true, "holds"),
        Arguments.of(ratioAtMost(1), new double[] {1, 1, 1}, true, "holds"),
        Arguments.of(
            ratioAtMost(1),
            new double[] {0.9, 1.2, 1.1},
            false,
            "open: over the target, within the noise"),
        Arguments.of(ratioAtMost(1), new double[] {1.1, 1.11, 1.1}, false, "MISSED"),
        Arguments.of(new Targets(NONE, -500, NONE, NONE, NONE), new double[] {1, 1}, true, "holds"),
        Arguments.of(
            new Targets(NONE, -502, NONE, NONE, NONE), new double[] {1, 1}, false, "MISSED"),
        Arguments.of(new Targets(NONE, NONE, 0.5, NONE, NONE), new double[] {1, 1}, true, "holds"),
        Arguments.of(
            new Targets(NONE, NONE, 0.49, NONE, NONE), new double[] {1, 1}, false, "MISSED"),
        Arguments.of(new Targets(NONE, NONE, NONE, 101, 500), new double[] {1, 1}, true, "holds"),
        Arguments.of(new Targets(NONE, NONE, NONE, 99, NONE), new double[] {1, 1}, false, "MISSED"),
        Arguments.of(
            new Targets(NONE, NONE, NONE, NONE, 498), new double[] {1, 1}, false, "MISSED"));
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void verdict_targetsAndRatios_isTold(
      Targets targets, double[] ratios, @Nullable Boolean holds, String verdict) {
    Row row = row(comparison("a.row", "peer", targets), ratios);

    assertThat(row.holds()).isEqualTo(holds);
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.isMissed()).isEqualTo(verdict.equals("MISSED"));
  }

  @ParameterizedTest
  @MethodSource("scalings")
  void verdict_twoThreads_dependsOnWhatTheMachineGave(
      double ratio, double control, @Nullable Boolean holds, String verdict) {
    Turn turn = new Turn(new Cost(1, Double.NaN), new Cost(2, Double.NaN), null, ratio, control);

    Row row = Row.of(Fixtures.scaling("a.threads"), List.of(turn, turn), ExactCost.NONE);

    assertThat(row.holds()).isEqualTo(holds);
    assertThat(row.verdict()).isEqualTo(verdict);
    assertThat(row.isMissed()).isEqualTo(verdict.equals("MISSED"));
  }

  static Stream<Arguments> scalings() {
    return Stream.of(
        Arguments.of(0.52, 0.51, true, "holds"),
        Arguments.of(0.9, 0.51, false, "MISSED"),
        Arguments.of(0.9, 0.625, null, "not measurable here: the machine gave 1.60x"),
        Arguments.of(0.52, 0.625, null, "not measurable here: the machine gave 1.60x"));
  }

  @Test
  void ratio_twoThreads_isToldAsAPersonWould() {
    assertThat(Table.of(List.of(row(Fixtures.scaling("a.threads"), 0.5, 0.52))))
        .contains("2 threads: 1.96x", "2 threads: ≥ 1.80x");
  }
}
