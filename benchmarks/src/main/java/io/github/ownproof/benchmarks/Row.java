package io.github.ownproof.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison came to.
 *
 * @param ratio our time over the peer's, by turns side by side
 */
record Row(
    String id,
    Compared terms,
    Estimate ours,
    @Nullable Estimate peer,
    @Nullable Estimate floor,
    @Nullable Estimate ratio,
    double oursBytes,
    @Nullable Double peerBytes,
    @Nullable Double floorBytes,
    int turns) {

  /** Allocation is exact but for what the JVM itself allocates meanwhile. */
  private static final double BYTES_NOISE = 1;

  static Row of(Comparison comparison, List<Turn> turns) {
    return new Row(
        comparison.id(),
        comparison.terms(),
        times(turns, Turn::ours),
        comparison.peer() == null ? null : times(turns, Turn::peer),
        comparison.floor() == null ? null : times(turns, Turn::floor),
        comparison.peer() == null
            ? null
            : Estimate.of(
                turns.stream()
                    .map(Turn::ratio)
                    .mapToDouble(ratio -> requireNonNull(ratio))
                    .toArray()),
        bytes(turns, Turn::ours),
        comparison.peer() == null ? null : Double.valueOf(bytes(turns, Turn::peer)),
        comparison.floor() == null ? null : Double.valueOf(bytes(turns, Turn::floor)),
        turns.size());
  }

  private static Estimate times(List<Turn> turns, Function<Turn, @Nullable Cost> whose) {
    return Estimate.of(
        turns.stream().mapToDouble(turn -> requireNonNull(whose.apply(turn)).nanos()).toArray());
  }

  private static double bytes(List<Turn> turns, Function<Turn, @Nullable Cost> whose) {
    return SideBySide.median(
        turns.stream().mapToDouble(turn -> requireNonNull(whose.apply(turn)).bytes()).toArray());
  }

  @Nullable Double extraBytes() {
    return peerBytes == null ? null : Double.valueOf(oursBytes - peerBytes);
  }

  @Nullable Double bytesRatio() {
    return peerBytes == null ? null : Double.valueOf(oursBytes / peerBytes);
  }

  /** The promise on time; null without one. */
  @Nullable Double target() {
    double target =
        terms.ratioAtMost() != Compared.NONE ? terms.ratioAtMost() : terms.nanosAtMost();
    return target == Compared.NONE ? null : Double.valueOf(target);
  }

  /** What the target counts. */
  String targetUnit() {
    return terms.ratioAtMost() != Compared.NONE ? "x" : "ns";
  }

  @Nullable Double bytesTarget() {
    double target =
        terms.extraBytesAtMost() != Compared.NONE ? terms.extraBytesAtMost() : terms.bytesAtMost();
    return target == Compared.NONE ? null : Double.valueOf(target);
  }

  /** Whether the promise holds by what was measured; null without a promise. */
  @Nullable Boolean holds() {
    if (target() == null && bytesTarget() == null && terms.bytesRatioAtMost() == Compared.NONE) {
      return null;
    }
    return bytesHold()
        && ours.value() <= terms.nanosAtMost()
        && (ratio == null || ratio.value() <= terms.ratioAtMost());
  }

  /** Whether the promise is broken by more than noise explains. */
  boolean isMissed() {
    return !bytesHold()
        || ours.low() > terms.nanosAtMost()
        || (ratio != null && ratio.low() > terms.ratioAtMost());
  }

  private boolean bytesHold() {
    Double extra = extraBytes();
    Double share = bytesRatio();
    return oursBytes <= terms.bytesAtMost() + BYTES_NOISE
        && (extra == null || extra <= terms.extraBytesAtMost() + BYTES_NOISE)
        && (share == null || share <= terms.bytesRatioAtMost());
  }

  String verdict() {
    Boolean holds = holds();
    if (holds == null) {
      return "information";
    }
    if (holds) {
      return "holds";
    }
    return isMissed() ? "MISSED" : "open: over the target, within the noise";
  }

  /** What was promised, in words. */
  String promise() {
    StringBuilder text = new StringBuilder();
    if (target() != null) {
      text.append("≤ ").append(format(target())).append(' ').append(targetUnit());
    }
    if (bytesTarget() != null) {
      text.append(text.isEmpty() ? "≤ " : ", ≤ ")
          .append(format(bytesTarget()))
          .append(peerBytes == null ? " B" : " B more");
    }
    if (terms.bytesRatioAtMost() != Compared.NONE) {
      text.append(text.isEmpty() ? "≤ " : ", ≤ ")
          .append(format(terms.bytesRatioAtMost()))
          .append(" of the bytes");
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  static String format(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
