package io.github.ownproof.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How to ask, and for what. */
final class Usage {

  private static final String COMMANDS =
      """
      usage: ./benchmarks/run COMMAND
        quick [ROUNDS]                   all promises, in five minutes
        release [ROUNDS]                 everything, in about an hour; fails if a promise is broken
        NAME[,NAME] [ROUNDS [SECONDS]]   NAME is an id, or part of some
        baseline                         keeps the ratios of the last run as those to compare with
        compare [WHAT]                   measures one of the above, quick unless told, and fails if
                                         anything became slower or allocates more
        compare --measured               compares the last run
        publish                          copies tables and charts of a whole run to docs/performance
        jmh ARGS                         JMH itself, such as
                                         jmh presignGet -prof gc -t 2 -rf json -rff jmh.json
      Ends with 0 if all is well, 1 if not, 2 if it cannot be done as asked for, and 3 if a release
      could not try all promises because the machine had no two cores free.
      BENCHMARK_JAVA=/path/to/java measures on another Java than the one that builds.

      NAMEs, and what each promises at most:
      """;

  private Usage() {}

  static String text(List<Comparison> all) {
    return all.stream()
        .map(
            one ->
                String.format(
                        Locale.ROOT,
                        "  %-34s %s%s",
                        one.id(),
                        one.targets(),
                        one.isQuick() || !one.targets().isPromise() ? "" : " (not in quick)")
                    .concat("\n"))
        .collect(Collectors.joining("", COMMANDS, ""));
  }
}
