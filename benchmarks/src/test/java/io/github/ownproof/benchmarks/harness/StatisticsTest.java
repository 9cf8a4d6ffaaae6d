package io.github.ownproof.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {

  private static final Offset<Double> EXACTLY = within(1e-9);

  /** From printed tables, and for one and two degrees from their closed forms. */
  @ParameterizedTest
  @CsvSource({
    "0.025, 1, 12.7062",
    "0.025, 2, 4.3027",
    "0.025, 4, 2.7764",
    "0.025, 9, 2.2622",
    "0.025, 30, 2.0423",
    "0.005, 10, 3.1693",
    "0.001, 3, 10.2145",
    "0.0005, 20, 3.8495",
    "0.05, 120, 1.6577",
  })
  void quantileAbove_knownProbability_isThatOfTheTables(
      double probability, double freedom, double expected) {
    assertThat(StudentT.quantileAbove(probability, freedom)).isCloseTo(expected, within(1e-4));
    assertThat(StudentT.above(expected, freedom)).isCloseTo(probability, within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"0", "0.3", "1", "4", "50"})
  void above_oneDegreeOfFreedom_isTheArcTangent(double t) {
    double expected = 0.5 - Math.atan(t) / Math.PI;

    assertThat(StudentT.above(t, 1)).isCloseTo(expected, EXACTLY);
    assertThat(StudentT.above(-t, 1)).isCloseTo(1 - expected, EXACTLY);
  }

  @Test
  void of_threeValues_hasTheirGeometricMeanAndStudentsInterval() {
    Estimate estimate = Estimate.of(exp(0, 1, 2));

    assertThat(Math.log(estimate.value())).isCloseTo(1, EXACTLY);
    assertThat(Math.log(estimate.low())).isCloseTo(1 - 4.302653 / Math.sqrt(3), within(1e-5));
    assertThat(Math.log(estimate.high())).isCloseTo(1 + 4.302653 / Math.sqrt(3), within(1e-5));
  }

  @Test
  void of_oneValue_saysNothingOfItsError() {
    assertThat(Estimate.of(List.of(2.0))).isEqualTo(new Estimate(2, 0, Double.POSITIVE_INFINITY));
  }

  /** The chances were found by adding up the density in small steps. */
  @ParameterizedTest
  @CsvSource({
    "27.5 21.0 19.0 23.6 17.0 17.9, 27.1 22.0 20.8 23.4 23.4 23.5, -1.28963075 7.63656214 0.88256912",
    "1.0 2.0 3.0, 10.0 11.0 12.5 9.0, -9.13927326 4.98624453 0.99986670",
  })
  void chanceOfMore_twoSeries_isWelchs(String one, String other, String expected) {
    String[] parts = expected.split(" ", -1);
    Welch test = Welch.of(logsOf(one), logsOf(other));

    assertThat(test.difference() / test.error())
        .isCloseTo(Double.parseDouble(parts[0]), within(1e-6));
    assertThat(test.freedom()).isCloseTo(Double.parseDouble(parts[1]), within(1e-6));
    assertThat(test.chanceOfMore()).isCloseTo(Double.parseDouble(parts[2]), within(1e-6));
    assertThat(test.chanceOfLess()).isCloseTo(1 - Double.parseDouble(parts[2]), within(1e-6));
  }

  @Test
  void chanceOfMore_seriesWithoutNoise_isCertain() {
    Welch more = Welch.of(List.of(1.1, 1.1), List.of(1.0, 1.0));

    assertThat(more.chanceOfMore()).isZero();
    assertThat(more.chanceOfLess()).isEqualTo(1);
    assertThat(more.change().low()).isCloseTo(1.1, EXACTLY);
    assertThat(Welch.of(List.of(1.0, 1.0), List.of(1.0, 1.0)).chanceOfMore()).isEqualTo(1);
  }

  /** The worked example: after the second, no more is beyond chance, though one alone would be. */
  @Test
  void beyondChance_fourTests_isHolms() {
    assertThat(Welch.beyondChance(Map.of("a", 0.01, "b", 0.04, "c", 0.03, "d", 0.005), 0.05))
        .containsExactlyInAnyOrder("a", "d");
    assertThat(Welch.beyondChance(Map.of("a", 0.02, "b", 0.03), 0.05))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(Welch.beyondChance(Map.of("a", 0.03, "b", 0.04), 0.05)).isEmpty();
    assertThat(Welch.beyondChance(Map.<String, Double>of(), 0.05)).isEmpty();
  }

  @Test
  void netRatio_noisyBlocks_takesTheFloorOffBoth() {
    List<Double> floor = repeated(100, 103, 97, 100, 250, 100, 99, 101);
    List<Double> ours = repeated(107, 110, 106, 107, 108, 107, 90, 107);
    List<Double> peer = repeated(110, 113, 106, 110, 400, 110, 99, 110);

    assertThat(Turn.netRatio(ours, peer, floor)).isCloseTo(0.7, within(0.02));
  }

  @Test
  void netRatio_peerAtItsFloor_isNoRatio() {
    assertThat(Turn.netRatio(repeated(5), repeated(4), repeated(4))).isInfinite();
  }

  @Test
  void turn_anyNumberOfMethods_letsEachStandEverywhereAsOften() {
    for (int of = 1; of <= 5; of++) {
      int[][] seen = new int[of][of];
      for (int round = 0; round < 2 * of; round++) {
        for (int place = 0; place < of; place++) {
          seen[InTurn.turn(round, place, of)][place]++;
        }
      }
      for (int[] method : seen) {
        assertThat(method).containsOnly(2);
      }
    }
  }

  private static List<Double> repeated(double... values) {
    return Arrays.stream(new int[40])
        .boxed()
        .flatMap(unused -> Arrays.stream(values).boxed())
        .toList();
  }

  private static List<Double> exp(double... logs) {
    return Arrays.stream(logs).map(Math::exp).boxed().toList();
  }

  private static List<Double> logsOf(String numbers) {
    return exp(Arrays.stream(numbers.split(" ", -1)).mapToDouble(Double::parseDouble).toArray());
  }
}
