package io.github.ownproof.benchmarks.harness;

import static io.github.ownproof.benchmarks.harness.Fixtures.measured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {

  private static final Double[] STEADY = {1.0, 1.001, 0.999, 1.0, 1.002};

  static Stream<Arguments> times() {
    return Stream.of(
        Arguments.of("the same", new Double[] {1.001, 1.0, 0.999, 1.0, 0.998}, "fine", false),
        Arguments.of("5 % more", new Double[] {1.05, 1.051, 1.049, 1.05, 1.052}, "SLOWER", true),
        Arguments.of("1 % more", new Double[] {1.01, 1.011, 1.009, 1.01, 1.012}, "fine", false),
        Arguments.of("noise", new Double[] {0.8, 1.3, 1.2, 0.9, 1.25}, "fine", false),
        Arguments.of(
            "5 % less",
            new Double[] {0.95, 0.951, 0.949, 0.95, 0.952}, "faster: take a new baseline", false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("times")
  void findings_ratiosBesideTheBaseline_areJudged(
      String what, Double[] now, String verdict, boolean fails) {
    Finding finding =
        only(baseline("a", ExactCost.NONE), measured("a", ExactCost.NONE, false, now));

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.failure() != null).isEqualTo(fails);
  }

  @Test
  void findings_slower_saysByHowMuchAndWhatToDo() {
    Finding finding =
        only(
            baseline("a", ExactCost.NONE),
            measured("a", ExactCost.NONE, false, 1.05, 1.05, 1.05, 1.051));

    assertThat(finding.failure())
        .startsWith("takes 5.0 % more than in the baseline: find what made it slower")
        .endsWith("take a new baseline and say why in its commit");
    assertThat(Gate.table(List.of(finding))).contains("| a | 1.000 | 1.050 | +5.0 % (+4.8 to");
  }

  static Stream<Arguments> bytes() {
    return Stream.of(
        Arguments.of(alone(100), alone(100), true, "fine"),
        Arguments.of(alone(100), alone(101), true, "MORE BYTES"),
        Arguments.of(alone(100), alone(92), true, "8 bytes fewer: take a new baseline"),
        Arguments.of(alone(100), alone(200), false, "fine"),
        Arguments.of(cost(100, 200, null, 0), cost(101, 200, null, 0), true, "MORE BYTES"),
        Arguments.of(cost(100, 200, null, 0), cost(101, 200, null, 0), false, "MORE BYTES"),
        Arguments.of(cost(100, 200, null, 0), cost(108, 208, null, 0), false, "fine"),
        Arguments.of(cost(100, 200, 40.0, 0), cost(108, 200, 48.0, 0), true, "fine"),
        Arguments.of(cost(100, 200, 40.0, 0), cost(100, 200, 32.0, 0), true, "MORE BYTES"),
        Arguments.of(cost(100, 200, null, 64), cost(164, 200, null, 64), true, "fine"),
        Arguments.of(cost(100, 200, null, 64), cost(165, 200, null, 64), true, "MORE BYTES"),
        Arguments.of(alone(100), ExactCost.NONE, true, "bytes not countable this time"),
        Arguments.of(ExactCost.NONE, alone(100), true, "fine"));
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void findings_bytesBesideTheBaseline_areJudgedToTheByte(
      ExactCost was, ExactCost now, boolean sameVm, String verdict) {
    Baseline baseline =
        new Baseline(
            "17.0.1",
            sameVm ? "vm" : "another",
            "here",
            Map.of("a", new Baseline.Entry(List.of(STEADY), was)));

    Finding finding = only(baseline, measured("a", now, false, STEADY));

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.failure() != null).isEqualTo(verdict.equals("MORE BYTES"));
  }

  @Test
  void findings_promiseBroken_failsThoughNothingChanged() {
    Finding finding =
        only(baseline("a", ExactCost.NONE), measured("a", ExactCost.NONE, true, STEADY));

    assertThat(finding.verdict()).isEqualTo("PROMISE BROKEN");
    assertThat(finding.failure()).isEqualTo("breaks its promise of ≤ 1 x: make it hold again");
  }

  @Test
  void findings_rowsOnOneSideOnly_missingFailsAndNewIsTold() {
    Baseline baseline = baseline("gone", ExactCost.NONE);
    List<Measured> rows = List.of(measured("new", ExactCost.NONE, false, STEADY));

    List<Finding> findings = new Gate(baseline, rows, Set.of()).findings();

    assertThat(findings).extracting(Finding::id).containsExactly("new", "gone");
    assertThat(findings)
        .extracting(Finding::verdict)
        .containsExactly("new: take a baseline", "NOT MEASURED");
    assertThat(findings.get(0).failure()).isNull();
    assertThat(findings.get(1).failure()).contains("was not measured");
    assertThat(new Gate(baseline, rows, Set.of("gone")).findings()).hasSize(1);
  }

  @Test
  void findings_twoThreadsWithoutTwoCores_areToldOnly() {
    Measured row =
        new Measured(
            "a",
            List.of(9.0, 9.0),
            null,
            false,
            true,
            "not measurable here: the machine gave 1.20x",
            "",
            "release",
            "17.0.1",
            "vm",
            "here");

    Finding finding = only(baseline("a", ExactCost.NONE), row);

    assertThat(finding.verdict()).startsWith("not measurable here");
    assertThat(finding.failure()).isNull();
  }

  @Test
  void gate_oneRound_isRefused() {
    assertThatThrownBy(
            () ->
                new Gate(
                    baseline("a", ExactCost.NONE),
                    List.of(measured("a", ExactCost.NONE, false, 1.0)),
                    Set.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("compare two at least");
  }

  @Test
  void of_partOfTheRows_keepsThoseTheRunLeftOut() {
    Baseline before =
        new Baseline(
            "17.0.1",
            "vm",
            "here",
            new TreeMap<>(
                Map.of(
                    "a", new Baseline.Entry(List.of(STEADY), null),
                    "left.out", new Baseline.Entry(List.of(STEADY), null),
                    "gone", new Baseline.Entry(List.of(STEADY), null))));
    List<Measured> rows = List.of(measured("a", ExactCost.NONE, false, 2.0, 2.0));

    Baseline after = Baseline.of(rows, before, Set.of("left.out"));

    assertThat(after.rows()).containsOnlyKeys("a", "left.out");
    assertThat(after.rows().get("a").ratios()).containsExactly(2.0, 2.0);
  }

  @Test
  void of_partOfTheRowsOnAnotherVm_isRefused() {
    Baseline before =
        new Baseline(
            "17.0.2",
            "another",
            "here",
            Map.of("left.out", new Baseline.Entry(List.of(STEADY), null)));

    assertThatThrownBy(
            () ->
                Baseline.of(
                    List.of(measured("a", ExactCost.NONE, false, STEADY)),
                    before,
                    Set.of("left.out")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("measure release");
  }

  private static Finding only(Baseline baseline, Measured row) {
    List<Finding> findings = new Gate(baseline, List.of(row), Set.of()).findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private static Baseline baseline(String id, ExactCost exact) {
    return new Baseline(
        "17.0.1", "vm", "here", Map.of(id, new Baseline.Entry(List.of(STEADY), exact)));
  }

  private static ExactCost alone(double ours) {
    return new ExactCost(ours, null, null, 0);
  }

  private static ExactCost cost(double ours, double peer, @Nullable Double floor, double varyBy) {
    return new ExactCost(ours, peer, floor, varyBy);
  }
}
