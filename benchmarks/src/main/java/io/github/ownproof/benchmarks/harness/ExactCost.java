package io.github.ownproof.benchmarks.harness;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that nearly all calls allocate where the compiler leaves none out; null where calls differ.
 *
 * @param varyBy by how much they may differ nevertheless
 */
record ExactCost(
    @Nullable Double ours, @Nullable Double peer, @Nullable Double floor, double varyBy) {

  static final ExactCost NONE = new ExactCost(null, null, null, 0);

  static ExactCost of(Comparison comparison, Map<String, Blocks> measured) {
    return new ExactCost(
        bytes(measured, comparison.ours(), comparison.bytesVaryBy()),
        bytes(measured, comparison.peer(), comparison.bytesVaryBy()),
        bytes(measured, comparison.floor(), comparison.bytesVaryBy()),
        comparison.bytesVaryBy());
  }

  private static @Nullable Double bytes(
      Map<String, Blocks> measured, @Nullable String method, double varyBy) {
    if (method == null) {
      return null;
    }
    List<Double> calls = requireNonNull(measured.get(method)).bytes();
    double bytes = varyBy > 0 ? Blocks.median(calls) : ExactBytes.mostFrequent(calls);
    return Double.isNaN(bytes) ? null : Double.valueOf(bytes);
  }

  /**
   * What is ours: beyond the floor, or else beyond the peer. What these allocate changes with keys
   * and times that differ between runs, and with the JDK and with libraries that both use.
   */
  @Nullable Double beyondOthers() {
    Double other = floor != null ? floor : peer;
    return ours == null || other == null ? null : Double.valueOf(ours - other);
  }
}
