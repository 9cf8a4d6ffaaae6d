package io.github.ownproof.benchmarks.harness;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison came to in one JVM.
 *
 * @param ratio our time over the peer's, or over the floor's where there is no peer; null without
 *     either
 * @param control what the ratio of work is that two threads cannot share; null with one thread
 */
record Turn(
    Cost ours,
    @Nullable Cost peer,
    @Nullable Cost floor,
    @Nullable Double ratio,
    @Nullable Double control) {

  /** Blocks whose medians are taken before a floor is taken off: what is left is small. */
  private static final int WINDOW = 8;

  /** What costs no more than the floor is told as this share, for a ratio has to be positive. */
  private static final double LEAST_NET = 0.01;

  /** With less than that by two threads that share nothing, the machine had no two free cores. */
  static final double FREE_CORES = 1.9;

  private static final int FEWEST_FREE = 8;

  static Turn of(Comparison comparison, Map<String, Blocks> measured) {
    return comparison.scales() ? scaling(comparison, measured) : inTurn(comparison, measured);
  }

  private static Turn inTurn(Comparison comparison, Map<String, Blocks> measured) {
    Blocks ours = blocks(measured, comparison.ours());
    Blocks peer = comparison.peer() == null ? null : blocks(measured, comparison.peer());
    Blocks floor = comparison.floor() == null ? null : blocks(measured, comparison.floor());
    Blocks other = peer != null ? peer : floor;
    Double ratio =
        other == null
            ? null
            : Double.valueOf(
                comparison.netOfFloor()
                    ? netRatio(ours.nanos(), other.nanos(), requireNonNull(floor).nanos())
                    : Blocks.median(ratios(ours, other)));
    return new Turn(
        ours.median(),
        peer == null ? null : peer.median(),
        floor == null ? null : floor.median(),
        ratio,
        null);
  }

  /**
   * By those moments only at which the machine had two cores free, which the control beside tells;
   * by all where they are few, and then the control tells that too.
   */
  private static Turn scaling(Comparison comparison, Map<String, Blocks> measured) {
    Blocks together = blocks(measured, comparison.ours());
    Blocks alone = blocks(measured, requireNonNull(comparison.peer()));
    List<Double> control =
        ratios(
            blocks(measured, TwoThreads.CONTROL),
            blocks(measured, TwoThreads.alone(TwoThreads.CONTROL)));
    List<Double> ratios = ratios(together, alone);
    int[] free =
        IntStream.range(0, control.size()).filter(i -> 1 / control.get(i) >= FREE_CORES).toArray();
    int[] used = free.length < FEWEST_FREE ? IntStream.range(0, control.size()).toArray() : free;
    return new Turn(
        together.median(),
        alone.median(),
        null,
        Blocks.median(Arrays.stream(used).mapToObj(ratios::get).toList()),
        Blocks.median(Arrays.stream(used).mapToObj(control::get).toList()));
  }

  private static Blocks blocks(Map<String, Blocks> measured, String method) {
    return requireNonNull(measured.get(method), () -> "not measured: " + method);
  }

  /** Of neighbours. */
  private static List<Double> ratios(Blocks ours, Blocks other) {
    return IntStream.range(0, ours.nanos().size())
        .mapToObj(i -> ours.nanos().get(i) / other.nanos().get(i))
        .toList();
  }

  static double netRatio(List<Double> ours, List<Double> peer, List<Double> floor) {
    int windows = Math.max(1, ours.size() / WINDOW);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      int from = i * ours.size() / windows;
      int to = (i + 1) * ours.size() / windows;
      double least = Blocks.median(floor.subList(from, to));
      double net = Blocks.median(ours.subList(from, to)) - least;
      double netPeer = Blocks.median(peer.subList(from, to)) - least;
      ratios.add(netPeer <= 0 ? Double.POSITIVE_INFINITY : Math.max(LEAST_NET, net / netPeer));
    }
    return Blocks.median(ratios);
  }
}
