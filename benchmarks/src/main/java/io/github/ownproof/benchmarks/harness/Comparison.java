package io.github.ownproof.benchmarks.harness;

import io.github.ownproof.benchmarks.Compared;
import io.github.ownproof.benchmarks.Crypto;
import io.github.ownproof.benchmarks.Scales;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A benchmark method of ours and those of the same suite it is held against.
 *
 * @param suite the full name of the class
 * @param ours the name of our method
 * @param scales whether it is one thread that two threads are held against
 */
record Comparison(
    String id,
    String suite,
    Crypto crypto,
    String ours,
    @Nullable String peer,
    @Nullable String floor,
    boolean scales,
    boolean netOfFloor,
    double bytesVaryBy,
    boolean notInQuick,
    Targets targets) {

  Comparison {
    if (netOfFloor && (peer == null || floor == null)) {
      throw new IllegalStateException(
          id
              + " is to be compared net of its floor, but names no "
              + (peer == null ? "peer" : "floor"));
    }
  }

  /** All there are, found through the list that JMH's annotation processor writes. */
  static List<Comparison> all() {
    Set<String> suites = new TreeSet<>();
    benchmarkMethods().forEach(method -> suites.add(method.substring(0, method.lastIndexOf('.'))));
    return suites.stream()
        .flatMap(suite -> of(load(suite)))
        .sorted(Comparator.comparing(Comparison::id))
        .toList();
  }

  /** The full names of all benchmark methods, ours and others'. */
  static List<String> benchmarkMethods() {
    return BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of())
        .stream()
        .map(BenchmarkListEntry::getUsername)
        .toList();
  }

  private static Class<?> load(String type) {
    try {
      return Class.forName(type);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("JMH lists " + type + ", but it is not there", e);
    }
  }

  static Stream<Comparison> of(Class<?> suite) {
    List<Comparison> found = new ArrayList<>();
    for (Method method : suite.getMethods()) {
      for (Compared terms : method.getAnnotationsByType(Compared.class)) {
        found.add(
            new Comparison(
                terms.id(),
                suite.getName(),
                terms.crypto(),
                method.getName(),
                terms.peer().isEmpty() ? null : terms.peer(),
                terms.floor().isEmpty() ? null : terms.floor(),
                false,
                terms.netOfFloor(),
                terms.bytesVaryBy(),
                terms.notInQuick(),
                Targets.of(terms)));
      }
      Scales scales = method.getAnnotation(Scales.class);
      if (scales != null) {
        found.add(
            new Comparison(
                scales.id(),
                suite.getName(),
                scales.crypto(),
                method.getName(),
                TwoThreads.alone(method.getName()),
                null,
                true,
                false,
                0,
                scales.notInQuick(),
                Targets.scaling()));
      }
    }
    return found.stream();
  }

  boolean isQuick() {
    return targets.isPromise() && !notInQuick;
  }

  boolean isNamed(String name) {
    String part = name.toLowerCase(Locale.ROOT);
    return (suite + '.' + ours).toLowerCase(Locale.ROOT).contains(part)
        || id.toLowerCase(Locale.ROOT).contains(part);
  }

  /** Every benchmark method to call: ours, the peer, the floor. */
  List<String> methods() {
    List<String> methods = new ArrayList<>(List.of(ours));
    if (peer != null && !scales) {
      methods.add(peer);
    }
    if (floor != null) {
      methods.add(floor);
    }
    return methods;
  }
}
