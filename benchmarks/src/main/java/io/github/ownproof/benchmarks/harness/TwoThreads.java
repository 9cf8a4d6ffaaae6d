package io.github.ownproof.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Calls methods by one thread and by two, some milliseconds each in turn, and takes the time by the
 * clock on the wall. Next to each stands the same with work that two threads cannot share, which
 * tells whether the machine had two cores free.
 */
final class TwoThreads {

  /** Under this name is what the machine itself gave. */
  static final String CONTROL = "(control)";

  private static final long BLOCK_NANOS = 5_000_000;
  private static final long CHUNK_NANOS = 100_000;
  private static final double WARM_UP_SHARE = 0.4;

  /** About a microsecond. */
  private static final int CONTROL_STEPS = 500;

  private final List<Work> works;

  TwoThreads(List<Work> works) {
    this.works = works;
  }

  /** The name of what a method takes by one thread. */
  static String alone(String method) {
    return method + " (one thread)";
  }

  Map<String, Blocks> measure(double secondsPerMethod) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Pair> pairs = new ArrayList<>();
      for (Work work : works) {
        pairs.add(new Pair(work.name(), work, work, threads));
      }
      pairs.add(new Pair(CONTROL, control(), control(), threads));
      long start = System.nanoTime();
      long nanos = (long) (secondsPerMethod * works.size() * 1e9);
      do {
        for (Pair pair : pairs) {
          pair.warmUp();
        }
      } while (System.nanoTime() < start + (long) (nanos * WARM_UP_SHARE));
      do {
        for (Pair pair : pairs) {
          pair.measure();
        }
      } while (System.nanoTime() < start + nanos);
      Map<String, Blocks> measured = new LinkedHashMap<>();
      for (Pair pair : pairs) {
        measured.put(pair.name, new Blocks(pair.together, List.of()));
        measured.put(alone(pair.name), new Blocks(pair.alone, List.of()));
      }
      return measured;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Arithmetic alone: objects that are written lie side by side after a collection, and share. */
  private static Work control() {
    return new Work(CONTROL, TwoThreads::mix);
  }

  private static Object mix() {
    long mixed = System.nanoTime();
    for (int i = 0; i < CONTROL_STEPS; i++) {
      mixed = mixed * 6_364_136_223_846_793_005L + (mixed >>> 13);
    }
    return mixed == 0 ? "zero" : "other";
  }

  /** What each of two threads calls. */
  private static final class Pair {

    final String name;
    final List<Double> alone = new ArrayList<>();
    final List<Double> together = new ArrayList<>();
    private final Work first;
    private final Work second;
    private final ExecutorService threads;
    private int chunk = 1;

    Pair(String name, Work first, Work second, ExecutorService threads) {
      this.name = name;
      this.first = first;
      this.second = second;
      this.threads = threads;
    }

    void warmUp() throws Exception {
      double nanos = nanosPerCall(first, second);
      chunk = (int) Math.max(1, Math.min(CHUNK_NANOS / nanos, chunk * 8.0));
    }

    /** One thread is measured before and after two, so that a slower machine meets both alike. */
    void measure() throws Exception {
      double before = nanosPerCall(first);
      together.add(nanosPerCall(first, second));
      alone.add((before + nanosPerCall(second)) / 2);
    }

    private double nanosPerCall(Work... mine) throws InterruptedException, ExecutionException {
      CyclicBarrier start = new CyclicBarrier(mine.length);
      List<Future<Double>> rates = new ArrayList<>();
      for (Work work : mine) {
        rates.add(threads.submit(() -> rate(work, start)));
      }
      double callsPerNano = 0;
      for (Future<Double> rate : rates) {
        callsPerNano += rate.get();
      }
      return 1 / callsPerNano;
    }

    /** Counts on its own stack, which no other thread shares. */
    private double rate(Work work, CyclicBarrier start)
        throws BrokenBarrierException, InterruptedException {
      start.await();
      long began = System.nanoTime();
      long calls = 0;
      long now;
      do {
        work.repeat(chunk);
        calls += chunk;
        now = System.nanoTime();
      } while (now - began < BLOCK_NANOS);
      return (double) calls / (now - began);
    }
  }
}
