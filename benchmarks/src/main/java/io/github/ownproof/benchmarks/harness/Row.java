package io.github.ownproof.benchmarks.harness;

import static java.util.Objects.requireNonNull;

import io.github.ownproof.benchmarks.Scales;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison came to.
 *
 * @param ratio our time over the peer's, by turns side by side
 * @param ratios one per fork; over the floor where there is no peer
 * @param control what the machine gave to two threads that share nothing, over one
 */
record Row(
    Comparison comparison,
    Estimate ours,
    @Nullable Estimate peer,
    @Nullable Estimate floor,
    @Nullable Estimate ratio,
    List<Double> ratios,
    @Nullable Estimate control,
    double oursBytes,
    @Nullable Double peerBytes,
    @Nullable Double floorBytes,
    ExactCost exact) {

  /** Allocation is exact but for what the JVM itself allocates meanwhile. */
  private static final double BYTES_NOISE = 1;

  static Row of(Comparison comparison, List<Turn> turns, ExactCost exact) {
    List<Double> ratios = turns.stream().map(Turn::ratio).filter(Objects::nonNull).toList();
    return new Row(
        comparison,
        times(turns, Turn::ours),
        comparison.peer() == null ? null : times(turns, Turn::peer),
        comparison.floor() == null ? null : times(turns, Turn::floor),
        comparison.peer() == null ? null : Estimate.of(ratios),
        ratios,
        comparison.scales()
            ? Estimate.of(turns.stream().map(turn -> requireNonNull(turn.control())).toList())
            : null,
        bytes(turns, Turn::ours),
        comparison.peer() == null ? null : Double.valueOf(bytes(turns, Turn::peer)),
        comparison.floor() == null ? null : Double.valueOf(bytes(turns, Turn::floor)),
        exact);
  }

  private static Estimate times(List<Turn> turns, Function<Turn, @Nullable Cost> whose) {
    return Estimate.of(
        turns.stream().map(turn -> requireNonNull(whose.apply(turn)).nanos()).toList());
  }

  private static double bytes(List<Turn> turns, Function<Turn, @Nullable Cost> whose) {
    return Blocks.median(
        turns.stream().map(turn -> requireNonNull(whose.apply(turn)).bytes()).toList());
  }

  String id() {
    return comparison.id();
  }

  private Targets targets() {
    return comparison.targets();
  }

  @Nullable Double extraBytes() {
    return peerBytes == null ? null : Double.valueOf(oursBytes - peerBytes);
  }

  @Nullable Double bytesRatio() {
    return peerBytes == null ? null : Double.valueOf(oursBytes / peerBytes);
  }

  /** Whether the promise could not be tried, because the machine was not there for it. */
  boolean isUnmeasurable() {
    return control != null && 1 / control.value() < Turn.FREE_CORES;
  }

  /** Whether the promise holds by what was measured; null without a promise, or unmeasurable. */
  @Nullable Boolean holds() {
    if (!targets().isPromise() || isUnmeasurable()) {
      return null;
    }
    return bytesHold()
        && ours.value() <= targets().nanos()
        && (ratio == null || ratio.value() <= targets().ratio());
  }

  /** Whether the promise is broken by more than noise explains. */
  boolean isMissed() {
    return !isUnmeasurable()
        && (!bytesHold()
            || ours.low() > targets().nanos()
            || (ratio != null && ratio.low() > targets().ratio()));
  }

  private boolean bytesHold() {
    if (comparison.scales()) {
      return true;
    }
    Double extra = extraBytes();
    Double share = bytesRatio();
    return oursBytes <= targets().bytes() + BYTES_NOISE
        && (extra == null || extra <= targets().extraBytes() + BYTES_NOISE)
        && (share == null || share <= targets().bytesRatio());
  }

  String verdict() {
    if (control != null && isUnmeasurable()) {
      return String.format(
          Locale.ROOT, "not measurable here: the machine gave %.2fx", 1 / control.value());
    }
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
    return comparison.scales()
        ? "2 threads: ≥ " + Targets.format(Scales.SPEED_UP) + "x"
        : targets().toString();
  }
}
