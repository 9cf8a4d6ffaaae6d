package io.github.ownproof.benchmarks.harness;

import io.github.ownproof.benchmarks.Compared;
import io.github.ownproof.benchmarks.Scales;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a comparison promises at most; {@link Compared#NONE} where it promises nothing. */
record Targets(double ratio, double extraBytes, double bytesRatio, double nanos, double bytes) {

  static Targets of(Compared terms) {
    return new Targets(
        terms.ratioAtMost(),
        terms.extraBytesAtMost(),
        terms.bytesRatioAtMost(),
        terms.nanosAtMost(),
        terms.bytesAtMost());
  }

  /** Of two threads. */
  static Targets scaling() {
    return new Targets(
        1 / Scales.SPEED_UP, Compared.NONE, Compared.NONE, Compared.NONE, Compared.NONE);
  }

  boolean isPromise() {
    return time() != null || bytesMost() != null || bytesRatio != Compared.NONE;
  }

  /** The promise on time, or null. */
  @Nullable Double time() {
    return orNull(ratio != Compared.NONE ? ratio : nanos);
  }

  String timeUnit() {
    return ratio != Compared.NONE ? "x" : "ns";
  }

  /** The promise on bytes beyond the peer's, or on all bytes, or null. */
  @Nullable Double bytesMost() {
    return orNull(extraBytes != Compared.NONE ? extraBytes : bytes);
  }

  private static @Nullable Double orNull(double target) {
    return target == Compared.NONE ? null : Double.valueOf(target);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, ratio, " x");
    add(parts, nanos, " ns");
    add(parts, extraBytes, " B more");
    add(parts, bytes, " B");
    add(parts, bytesRatio, " of the bytes");
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  private static void add(List<String> parts, double target, String unit) {
    if (target != Compared.NONE) {
      parts.add("≤ " + format(target) + unit);
    }
  }

  static String format(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
