package io.github.ownproof.benchmarks.harness;

import io.github.ownproof.benchmarks.Crypto;
import io.github.ownproof.benchmarks.LargeLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The comparisons whose methods take turns in one JVM: those of one suite, whose signatures come
 * from the same place, on one thread or on two.
 */
record Group(String suite, Crypto crypto, boolean scales, List<Comparison> comparisons) {

  static List<Group> of(List<Comparison> comparisons) {
    Map<Group, List<Comparison>> groups = new LinkedHashMap<>();
    for (Comparison one : comparisons) {
      Group key = new Group(one.suite(), one.crypto(), one.scales(), List.of());
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(one);
    }
    return groups.entrySet().stream()
        .map(group -> group.getKey().with(List.copyOf(group.getValue())))
        .toList();
  }

  private Group with(List<Comparison> members) {
    return new Group(suite, crypto, scales, members);
  }

  /** Such as {@code token-verification-rs256-corretto-first}. */
  String name() {
    String words =
        suite
            .substring(suite.lastIndexOf('.') + 1)
            .replaceFirst("Benchmark$", "")
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
    String from = crypto == Crypto.JDK ? "" : "-" + crypto.name().replace('_', '-');
    return (words + from + (scales ? "-threads" : "")).toLowerCase(Locale.ROOT);
  }

  /** How many times as long as usual its methods are measured. */
  int times() {
    try {
      LargeLibrary large = Class.forName(suite).getAnnotation(LargeLibrary.class);
      return large == null ? 1 : large.times();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("JMH lists " + suite + ", but it is not there", e);
    }
  }

  /** Each once. */
  List<String> methods() {
    return comparisons.stream().flatMap(one -> one.methods().stream()).distinct().toList();
  }
}
