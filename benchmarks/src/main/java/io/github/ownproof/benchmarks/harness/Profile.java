package io.github.ownproof.benchmarks.harness;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to measure, and for how long.
 *
 * @param name as it was asked for
 * @param seconds per method and round
 */
record Profile(String name, List<Comparison> comparisons, int rounds, double seconds) {

  static final String QUICK = "quick";
  static final String RELEASE = "release";

  private static final int QUICK_ROUNDS = 2;
  private static final int NAMED_ROUNDS = 5;
  private static final int RELEASE_ROUNDS = 10;
  private static final double SECONDS = 2;

  /** Of a quick run, without building and counting bytes. */
  private static final double QUICK_SECONDS = 205;

  /** For a JVM to start and to set up its suite. */
  private static final double START_SECONDS = 3.5;

  private static final double LEAST_SECONDS = 0.2;

  /** {@code quick | release | NAME[,NAME...] [ROUNDS [SECONDS]]}. */
  static Profile of(List<String> args, List<Comparison> all) {
    String name = args.get(0);
    List<Comparison> chosen =
        switch (name) {
          case QUICK -> all.stream().filter(Comparison::isQuick).toList();
          case RELEASE -> all;
          default -> named(name, all);
        };
    int rounds =
        args.size() > 1
            ? (int) number("ROUNDS", args.get(1))
            : switch (name) {
              case QUICK -> QUICK_ROUNDS;
              case RELEASE -> RELEASE_ROUNDS;
              default -> NAMED_ROUNDS;
            };
    double seconds =
        args.size() > 2
            ? number("SECONDS", args.get(2))
            : name.equals(QUICK) ? quickSeconds(chosen, rounds) : SECONDS;
    return new Profile(name, chosen, Math.max(1, rounds), seconds);
  }

  private static double quickSeconds(List<Comparison> chosen, int rounds) {
    List<Group> groups = Group.of(chosen);
    int methods = groups.stream().mapToInt(group -> group.times() * group.methods().size()).sum();
    double each = (QUICK_SECONDS / rounds - START_SECONDS * groups.size()) / Math.max(1, methods);
    return Math.max(LEAST_SECONDS, Math.min(SECONDS, each));
  }

  private static List<Comparison> named(String names, List<Comparison> all) {
    for (String name : names.split(",", -1)) {
      if (all.stream().noneMatch(comparison -> comparison.isNamed(name))) {
        throw new UsageException(
            "no benchmark is named like "
                + name
                + "; did you mean "
                + Names.nearest(name, all.stream().map(Comparison::id).toList())
                + "?");
      }
    }
    return Arrays.stream(names.split(",", -1))
        .flatMap(name -> named(all, name))
        .distinct()
        .sorted(Comparator.comparing(Comparison::id))
        .toList();
  }

  /** A whole id means itself, and else a part of it all that have it. */
  private static Stream<Comparison> named(List<Comparison> all, String name) {
    return all.stream().anyMatch(one -> one.id().equals(name))
        ? all.stream().filter(one -> one.id().equals(name))
        : all.stream().filter(one -> one.isNamed(name));
  }

  private static double number(String what, String text) {
    try {
      double number = Double.parseDouble(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new UsageException(what + " is a number above zero, not " + text);
  }
}
