package io.github.ownproof.benchmarks.harness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what each of some hundred calls allocates. */
final class ExactBytes {

  private static final int WARM_UP_CALLS = 60;
  private static final int CALLS = 300;
  private static final int FEWEST_CALLS = 20;

  /** A cache keeps house now and then, and the JVM makes what it calls by reflection faster. */
  private static final double NEARLY_ALL = 0.8;

  private final ThreadMXBean thread =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);
  private final List<Work> works;

  ExactBytes(List<Work> works) {
    this.works = works;
  }

  Map<String, Blocks> measure(double secondsPerMethod) {
    Map<String, Blocks> measured = new LinkedHashMap<>();
    for (Work work : works) {
      List<Double> bytes = count(work, secondsPerMethod);
      int first = Math.min(WARM_UP_CALLS, bytes.size() / 2);
      measured.put(work.name(), new Blocks(List.of(), bytes.subList(first, bytes.size())));
    }
    return measured;
  }

  private List<Double> count(Work work, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Double> bytes = new ArrayList<>();
    while (bytes.size() < CALLS && (bytes.size() < FEWEST_CALLS || System.nanoTime() < end)) {
      SameRandomness.restart();
      long before = thread.getCurrentThreadAllocatedBytes();
      Sink.take(work.call().get());
      bytes.add((double) (thread.getCurrentThreadAllocatedBytes() - before));
    }
    return bytes;
  }

  /** What nearly all calls allocate; NaN where there is no such number. */
  static double mostFrequent(List<Double> bytes) {
    Map<Double, Integer> counts = new LinkedHashMap<>();
    bytes.forEach(value -> counts.merge(value, 1, Integer::sum));
    Map.Entry<Double, Integer> most =
        Collections.max(counts.entrySet(), Map.Entry.comparingByValue());
    return most.getValue() >= NEARLY_ALL * bytes.size() ? most.getKey() : Double.NaN;
  }
}
