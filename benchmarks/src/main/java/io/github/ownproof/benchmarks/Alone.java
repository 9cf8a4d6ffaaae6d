package io.github.ownproof.benchmarks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures work that has no peer with JMH, each method in a JVM of its own. */
final class Alone {

  private static final int ITERATIONS = 4;

  private Alone() {}

  static Turn run(Comparison comparison, double seconds, Path log) throws RunnerException {
    String floor = comparison.floor();
    return new Turn(
        cost(comparison.ours(), seconds, log),
        null,
        floor == null ? null : cost(floor, seconds, log),
        null);
  }

  private static Cost cost(String method, double seconds, Path log) throws RunnerException {
    TimeValue iteration = TimeValue.milliseconds((long) (seconds * 1000 / (2 * ITERATIONS)));
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include('^' + Pattern.quote(method) + '$')
                    .forks(1)
                    .threads(1)
                    .warmupIterations(ITERATIONS)
                    .warmupTime(iteration)
                    .measurementIterations(ITERATIONS)
                    .measurementTime(iteration)
                    .jvmArgsAppend(SideBySide.JVM_OPTIONS.toArray(String[]::new))
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .output(log.toString())
                    .build())
            .runSingle();
    return new Cost(
        result.getPrimaryResult().getScore(),
        requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore());
  }
}
