package io.github.ownproof.benchmarks.harness;

import io.github.ownproof.benchmarks.Crypto;
import io.github.ownproof.benchmarks.LargeLibrary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons whose methods take turns in one JVM: those of one suite, whose signatures come
 * from the same place, on one thread or on two.
 *
 * @param only the one method of ours, where a suite's are measured apart; else empty
 */
record Group(
    String suite, Crypto crypto, boolean scales, String only, List<Comparison> comparisons) {

  static List<Group> of(List<Comparison> comparisons) {
    return by(comparisons, one -> !one.scales() && isApart(one.suite()) ? one.ours() : "");
  }

  /** Those that are shown together, whether they are measured apart or not. */
  static List<Group> shown(List<Comparison> comparisons) {
    return by(comparisons, one -> "");
  }

  private static List<Group> by(
      List<Comparison> comparisons, Function<Comparison, String> methodOfOurs) {
    Map<Group, List<Comparison>> groups = new LinkedHashMap<>();
    for (Comparison one : comparisons) {
      Group key =
          new Group(one.suite(), one.crypto(), one.scales(), methodOfOurs.apply(one), List.of());
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(one);
    }
    return groups.entrySet().stream()
        .map(group -> group.getKey().with(List.copyOf(group.getValue())))
        .toList();
  }

  private Group with(List<Comparison> members) {
    return new Group(suite, crypto, scales, only, members);
  }

  /** Such as {@code token-verification-rs256-corretto-first}. */
  String name() {
    String words = suite.substring(suite.lastIndexOf('.') + 1).replaceFirst("Benchmark$", "");
    String from = crypto == Crypto.JDK ? "" : "-" + crypto.name().replace('_', '-');
    return (words + (only.isEmpty() ? "" : "-" + only))
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .concat(from + (scales ? "-threads" : ""))
        .toLowerCase(Locale.ROOT);
  }

  /** How many times as long as usual its methods are measured. */
  int times() {
    LargeLibrary large = large(suite);
    return large == null ? 1 : large.times();
  }

  private static boolean isApart(String suite) {
    LargeLibrary large = large(suite);
    return large != null && large.apart();
  }

  private static @Nullable LargeLibrary large(String suite) {
    try {
      return Class.forName(suite).getAnnotation(LargeLibrary.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("JMH lists " + suite + ", but it is not there", e);
    }
  }

  /** Each once. */
  List<String> methods() {
    return comparisons.stream().flatMap(one -> one.methods().stream()).distinct().toList();
  }
}
