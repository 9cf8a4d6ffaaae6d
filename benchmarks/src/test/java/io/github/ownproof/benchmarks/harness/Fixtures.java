package io.github.ownproof.benchmarks.harness;

import io.github.ownproof.benchmarks.Compared;
import io.github.ownproof.benchmarks.Crypto;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons and turns as tests need them. */
final class Fixtures {

  static final Targets NO_PROMISE =
      new Targets(Compared.NONE, Compared.NONE, Compared.NONE, Compared.NONE, Compared.NONE);

  private Fixtures() {}

  static Targets ratioAtMost(double most) {
    return new Targets(most, Compared.NONE, Compared.NONE, Compared.NONE, Compared.NONE);
  }

  static Comparison comparison(String id, @Nullable String peer, Targets targets) {
    return new Comparison(
        id, "a.SuiteBenchmark", Crypto.JDK, "ours", peer, "floor", false, false, 0, false, targets);
  }

  static Comparison scaling(String id) {
    return new Comparison(
        id,
        "a.SuiteBenchmark",
        Crypto.JDK,
        "ours",
        TwoThreads.alone("ours"),
        null,
        true,
        false,
        0,
        false,
        Targets.scaling());
  }

  /** A turn per ratio; ours takes 100 ns and 500 bytes, the peer 1,000 bytes. */
  static Row row(Comparison comparison, double... ratios) {
    return Row.of(
        comparison,
        Arrays.stream(ratios)
            .mapToObj(
                ratio ->
                    new Turn(
                        new Cost(100, 500),
                        comparison.peer() == null ? null : new Cost(100 / ratio, 1000),
                        new Cost(10, 100),
                        ratio,
                        comparison.scales() ? 0.51 : null))
            .toList(),
        ExactCost.NONE);
  }

  static Measured measured(String id, ExactCost exact, boolean missed, Double... ratios) {
    return new Measured(
        id, List.of(ratios), exact, missed, false, "-", "≤ 1 x", "release", "17.0.1", "vm", "here");
  }
}
