package io.github.ownproof.benchmarks.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls methods in turn, a few milliseconds each, and takes the CPU time and the allocation of the
 * one thread that runs them.
 *
 * <p>All run the same compiled code of the libraries beneath and meet the same neighbours on the
 * machine, so that ratios are steady to a percent where JVMs of their own differ by ten.
 */
final class InTurn {

  private static final double BLOCK_NANOS = 5_000_000;
  private static final double WARM_UP_SHARE = 0.6;

  /** A first call may take a thousand times as long as the next, and tells little. */
  private static final int MOST_GROWTH = 8;

  private final ThreadMXBean thread =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);
  private final List<Work> works;
  private final int[] calls;

  InTurn(List<Work> works) {
    this.works = works;
    this.calls = new int[works.size()];
  }

  Map<String, Blocks> measure(double secondsPerMethod) {
    long start = thread.getCurrentThreadCpuTime();
    long nanos = (long) (secondsPerMethod * works.size() * 1e9);
    long warm = start + (long) (nanos * WARM_UP_SHARE);
    do {
      for (int i = 0; i < calls.length; i++) {
        calls[i] = Math.max(1, calls[i]);
        double enough = BLOCK_NANOS / block(i).nanos();
        calls[i] = (int) Math.max(1, Math.min(enough, (double) calls[i] * MOST_GROWTH));
      }
    } while (thread.getCurrentThreadCpuTime() < warm);

    Map<String, Blocks> measured = new LinkedHashMap<>();
    works.forEach(
        work -> measured.put(work.name(), new Blocks(new ArrayList<>(), new ArrayList<>())));
    List<Blocks> blocks = List.copyOf(measured.values());
    int round = 0;
    do {
      for (int i = 0; i < calls.length; i++) {
        int turn = turn(round, i, calls.length);
        Cost cost = block(turn);
        blocks.get(turn).nanos().add(cost.nanos());
        blocks.get(turn).bytes().add(cost.bytes());
      }
      round++;
    } while (thread.getCurrentThreadCpuTime() < start + nanos);
    return measured;
  }

  /** Each goes first as often as the others, and follows each of its neighbours as often. */
  static int turn(int round, int place, int of) {
    int turn = (round / 2 + place) % of;
    return round % 2 == 0 ? turn : of - 1 - turn;
  }

  private Cost block(int index) {
    Work work = works.get(index);
    int count = calls[index];
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long nanos = thread.getCurrentThreadCpuTime();
    work.repeat(count);
    long after = thread.getCurrentThreadCpuTime();
    return new Cost(
        (double) (after - nanos) / count,
        (double) (thread.getCurrentThreadAllocatedBytes() - bytes) / count);
  }
}
