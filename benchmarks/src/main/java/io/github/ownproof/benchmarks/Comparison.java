package io.github.ownproof.benchmarks;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A benchmark method of ours and those it is held against, by their full names. */
record Comparison(Compared terms, String ours, @Nullable String peer, @Nullable String floor) {

  /** All there are, found through the list that JMH's annotation processor writes. */
  static List<Comparison> all() {
    Set<String> types = new TreeSet<>();
    benchmarkMethods().forEach(method -> types.add(method.substring(0, method.lastIndexOf('.'))));
    List<Comparison> found = new ArrayList<>();
    for (String type : types) {
      for (Method method : load(type).getMethods()) {
        for (Compared terms : method.getAnnotationsByType(Compared.class)) {
          String prefix = type + '.';
          found.add(
              new Comparison(
                  terms,
                  prefix + method.getName(),
                  terms.peer().isEmpty() ? null : prefix + terms.peer(),
                  terms.floor().isEmpty() ? null : prefix + terms.floor()));
        }
      }
    }
    found.sort(Comparator.comparing(Comparison::id));
    return List.copyOf(found);
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

  String id() {
    return terms.id();
  }

  boolean isQuick() {
    return hasPromise() && !terms.notInQuick();
  }

  private boolean hasPromise() {
    return terms.ratioAtMost() != Compared.NONE
        || terms.extraBytesAtMost() != Compared.NONE
        || terms.bytesRatioAtMost() != Compared.NONE
        || terms.nanosAtMost() != Compared.NONE
        || terms.bytesAtMost() != Compared.NONE;
  }

  boolean isNamed(String name) {
    String part = name.toLowerCase(Locale.ROOT);
    return ours.toLowerCase(Locale.ROOT).contains(part)
        || id().toLowerCase(Locale.ROOT).contains(part);
  }

  /** Every method to measure: ours, the peer, the floor. */
  List<String> methods() {
    List<String> methods = new ArrayList<>(List.of(ours));
    if (peer != null) {
      methods.add(peer);
    }
    if (floor != null) {
      methods.add(floor);
    }
    return methods;
  }
}
