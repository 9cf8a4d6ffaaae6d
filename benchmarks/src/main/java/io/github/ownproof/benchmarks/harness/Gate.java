package io.github.ownproof.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds a run against a baseline. Slower is what is slower beyond chance and beyond what a ratio
 * moves by itself; more bytes are more by one; a broken promise fails whatever was before.
 */
final class Gate {

  /** So rarely is any row of an unchanged program called slower. */
  private static final double FALSE_ALARMS = 0.01;

  /** Ratios move by that much from day to day and from machine to machine, with nothing changed. */
  private static final double MARGIN = 0.02;

  private static final String OR_BASELINE =
      "; if it is worth that, take a new baseline and say why in its commit";

  private final Baseline baseline;
  private final Map<String, Measured> rows = new TreeMap<>();
  private final Set<String> leftOut;

  /**
   * @param leftOut what the run did not mean to measure
   */
  Gate(Baseline baseline, List<Measured> rows, Set<String> leftOut) {
    this.baseline = baseline;
    this.leftOut = leftOut;
    rows.forEach(row -> this.rows.put(row.id(), row));
    if (rows.stream().anyMatch(row -> row.ratios().size() == 1)) {
      throw new UsageException("one round tells nothing of noise: compare two at least");
    }
  }

  List<Finding> findings() {
    Map<String, Welch> tests = new LinkedHashMap<>();
    rows.forEach(
        (id, row) -> {
          Baseline.Entry was = baseline.rows().get(id);
          if (was != null
              && !row.unmeasurable()
              && !row.ratios().isEmpty()
              && !was.ratios().isEmpty()) {
            tests.put(id, Welch.of(row.ratios(), was.ratios()));
          }
        });
    Map<String, Double> chances = new LinkedHashMap<>();
    Map<String, Double> chancesOfLess = new LinkedHashMap<>();
    tests.forEach((id, test) -> chances.put(id, test.chanceOfMore()));
    tests.forEach((id, test) -> chancesOfLess.put(id, test.chanceOfLess()));
    Set<String> more = Welch.beyondChance(chances, FALSE_ALARMS);
    Set<String> less = Welch.beyondChance(chancesOfLess, FALSE_ALARMS);

    List<Finding> findings = new ArrayList<>();
    rows.values()
        .forEach(
            row ->
                findings.add(
                    finding(
                        row,
                        baseline.rows().get(row.id()),
                        tests.get(row.id()),
                        more.contains(row.id()),
                        less.contains(row.id()))));
    for (String id : baseline.rows().keySet()) {
      if (!rows.containsKey(id) && !leftOut.contains(id)) {
        findings.add(
            new Finding(
                id,
                estimate(baseline.rows().get(id)),
                null,
                null,
                "NOT MEASURED",
                "is in the baseline, but was not measured: bring it back, or take a new baseline"
                    + " without it and say why in its commit"));
      }
    }
    return findings;
  }

  private Finding finding(
      Measured row,
      Baseline.@Nullable Entry was,
      @Nullable Welch test,
      boolean more,
      boolean less) {
    List<String> verdicts = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Estimate change = test == null ? null : test.change();
    if (row.unmeasurable()) {
      verdicts.add(row.verdict());
    }
    if (was == null) {
      verdicts.add("new: take a baseline");
    } else {
      if (change != null && more && change.low() > 1 + MARGIN) {
        verdicts.add("SLOWER");
        failures.add(
            String.format(
                Locale.ROOT,
                "takes %.1f %% more than in the baseline: find what made it slower%s",
                100 * (change.value() - 1),
                OR_BASELINE));
      }
      if (change != null && less && change.high() < 1 - MARGIN) {
        verdicts.add("faster: take a new baseline");
      }
      judgeBytes(row, was, verdicts, failures);
    }
    if (row.missed()) {
      verdicts.add("PROMISE BROKEN");
      failures.add("breaks its promise of " + row.promise() + ": make it hold again");
    }
    return new Finding(
        row.id(),
        was == null ? null : estimate(was),
        row.ratios().isEmpty() ? null : Estimate.of(row.ratios()),
        change,
        verdicts.isEmpty() ? "fine" : String.join(", ", verdicts),
        failures.isEmpty() ? null : String.join("; and it ", failures));
  }

  private void judgeBytes(
      Measured row, Baseline.Entry was, List<String> verdicts, List<String> failures) {
    Double before = bytes(was.exactBytes(), row.vm());
    Double now = bytes(row.exactBytes(), row.vm());
    double varyBy = row.exactBytes() == null ? 0 : row.exactBytes().varyBy();
    if (before == null || now == null) {
      if (before != null) {
        verdicts.add("bytes not countable this time");
      }
    } else if (now > before + varyBy) {
      verdicts.add("MORE BYTES");
      failures.add(
          String.format(
              Locale.ROOT,
              "allocates %.0f bytes more than in the baseline: find the allocation%s",
              now - before,
              OR_BASELINE));
    } else if (now < before - varyBy) {
      verdicts.add(
          String.format(Locale.ROOT, "%.0f bytes fewer: take a new baseline", before - now));
    }
  }

  /** By itself, what it allocates can be compared on the same build of the JDK only. */
  private @Nullable Double bytes(@Nullable ExactCost cost, String vm) {
    if (cost == null) {
      return null;
    }
    Double beyond = cost.beyondOthers();
    return beyond != null ? beyond : vm.equals(baseline.vm()) ? cost.ours() : null;
  }

  private static @Nullable Estimate estimate(Baseline.@Nullable Entry entry) {
    return entry == null || entry.ratios().isEmpty() ? null : Estimate.of(entry.ratios());
  }

  static String table(List<Finding> findings) {
    StringBuilder text =
        new StringBuilder(
            """
            | id | was | now | change (95 %) | |
            |---|--:|--:|--:|---|
            """);
    for (Finding finding : findings) {
      text.append("| ")
          .append(
              String.join(
                  " | ",
                  finding.id(),
                  ratio(finding.was()),
                  ratio(finding.now()),
                  percent(finding.change()),
                  finding.verdict()))
          .append(" |\n");
    }
    return text.toString();
  }

  private static String ratio(@Nullable Estimate ratio) {
    return ratio == null ? "–" : String.format(Locale.ROOT, "%.3f", ratio.value());
  }

  private static String percent(@Nullable Estimate change) {
    return change == null
        ? "–"
        : String.format(
            Locale.ROOT,
            "%+.1f %% (%+.1f to %+.1f)",
            100 * (change.value() - 1),
            100 * (change.low() - 1),
            100 * (change.high() - 1));
  }
}
