package io.github.ownproof.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures a method of ours and those it is compared with in one JVM, a few milliseconds each in
 * turn, by the CPU time and the allocation of the one thread that runs them.
 *
 * <p>Both run the same compiled code of the library beneath and meet the same neighbours on the
 * machine, so that the ratio is steady to a percent where JVMs of their own differ by ten.
 */
final class SideBySide {

  /** One JVM is like the next: a fixed heap, and no collector threads beside the work. */
  static final List<String> JVM_OPTIONS =
      List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto");

  private static final long BLOCK_NANOS = 5_000_000;
  private static final int WARM_UP_BLOCK = 50;
  private static final double WARM_UP_SHARE = 0.6;

  @SuppressWarnings("UnusedVariable") // what is written here cannot be optimized away
  private static volatile @Nullable Object sink;

  private final ThreadMXBean thread =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);
  private final List<Supplier<?>> methods;

  private SideBySide(List<Supplier<?>> methods) {
    this.methods = methods;
  }

  /** Runs a comparison in a JVM of its own. */
  static Turn run(Comparison comparison, double seconds, Path log) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(JVM_OPTIONS);
    command.addAll(
        List.of("-cp", classPath(comparison), SideBySide.class.getName(), String.valueOf(seconds)));
    command.addAll(comparison.methods());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int exit = process.waitFor();
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      if (exit != 0) {
        throw new IllegalStateException(comparison.id() + " failed:\n" + String.join("\n", lines));
      }
      return turn(comparison, lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      process.destroy();
    }
  }

  /** Ours finds the provider on the class path; {@link Corretto} makes it the peers' as well. */
  private static String classPath(Comparison comparison) {
    String classPath = System.getProperty("java.class.path");
    return comparison.terms().corretto()
        ? classPath + File.pathSeparator + System.getProperty("benchmarks.corretto")
        : classPath;
  }

  private static Turn turn(Comparison comparison, List<String> lines) {
    List<String> last = lines.subList(lines.size() - comparison.methods().size() - 1, lines.size());
    return new Turn(
        cost(last.get(0)),
        cost(last.get(1)),
        comparison.floor() == null ? null : cost(last.get(2)),
        Double.valueOf(last.get(last.size() - 1)));
  }

  private static Cost cost(String line) {
    int space = line.indexOf(' ');
    return new Cost(
        Double.parseDouble(line.substring(0, space)),
        Double.parseDouble(line.substring(space + 1)));
  }

  /** Seconds of CPU time, then the methods; prints a line of time and bytes each, and the ratio. */
  public static void main(String[] args) throws Throwable {
    Corretto.installIfPresent();
    new SideBySide(methods(Arrays.asList(args).subList(1, args.length)))
        .measure((long) (Double.parseDouble(args[0]) * 1e9));
  }

  private static List<Supplier<?>> methods(List<String> names) throws Throwable {
    String first = names.get(0);
    Class<?> type = Class.forName(first.substring(0, first.lastIndexOf('.')));
    Object benchmark = type.getConstructor().newInstance();
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(Setup.class)) {
        method.invoke(benchmark);
      }
    }
    List<Supplier<?>> methods = new ArrayList<>();
    for (String name : names) {
      methods.add(supplier(benchmark, type.getMethod(name.substring(name.lastIndexOf('.') + 1))));
    }
    return methods;
  }

  /** Called like a method reference, because a reflective call would cost on top. */
  private static Supplier<?> supplier(Object benchmark, Method method) throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle handle = lookup.unreflect(method);
    return (Supplier<?>)
        LambdaMetafactory.metafactory(
                lookup,
                "get",
                MethodType.methodType(Supplier.class, benchmark.getClass()),
                MethodType.methodType(Object.class),
                handle,
                MethodType.methodType(method.getReturnType()))
            .getTarget()
            .invoke(benchmark);
  }

  private void measure(long nanos) {
    long start = thread.getCurrentThreadCpuTime();
    long warm = start + (long) (nanos * WARM_UP_SHARE);
    Cost last = new Cost(1, 0);
    while (thread.getCurrentThreadCpuTime() < warm) {
      for (Supplier<?> method : methods) {
        last = block(method, WARM_UP_BLOCK);
      }
    }
    int calls = (int) Math.max(1, BLOCK_NANOS / last.nanos());
    List<Cost[]> rounds = new ArrayList<>();
    for (int round = 0; thread.getCurrentThreadCpuTime() < start + nanos; round++) {
      Cost[] costs = new Cost[methods.size()];
      for (int i = 0; i < costs.length; i++) {
        int turn = round % 2 == 0 ? i : costs.length - 1 - i;
        costs[turn] = block(methods.get(turn), calls);
      }
      rounds.add(costs);
    }
    for (int i = 0; i < methods.size(); i++) {
      int method = i;
      System.out.println(
          median(rounds.stream().mapToDouble(costs -> costs[method].nanos()).toArray())
              + " "
              + median(rounds.stream().mapToDouble(costs -> costs[method].bytes()).toArray()));
    }
    System.out.println(
        median(
            rounds.stream().mapToDouble(costs -> costs[0].nanos() / costs[1].nanos()).toArray()));
  }

  private Cost block(Supplier<?> method, int calls) {
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long nanos = thread.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) {
      sink = method.get();
    }
    long after = thread.getCurrentThreadCpuTime();
    return new Cost(
        (double) (after - nanos) / calls,
        (double) (thread.getCurrentThreadAllocatedBytes() - bytes) / calls);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
