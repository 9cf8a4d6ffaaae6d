package io.github.ownproof.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A run: each round takes every group in a JVM of its own, because two JVMs seldom compile the same
 * program alike, and one group after the other, because a machine is seldom the same for an hour.
 */
final class Rounds {

  /** Enough for a few hundred calls of all but the slowest. */
  private static final double BYTES_SECONDS = 1;

  /** On a busy machine, both cores are free for moments only. */
  private static final double LEAST_THREADS_SECONDS = 1.5;

  private final Profile profile;
  private final Path logs;
  private final PrintStream out;
  private final List<Group> groups;

  Rounds(Profile profile, Path logs, PrintStream out) throws IOException {
    this.profile = profile;
    this.logs = Files.createDirectories(logs);
    this.out = out;
    this.groups = Group.of(profile.comparisons());
  }

  List<Row> run() throws IOException {
    out.printf(
        Locale.ROOT,
        "%d comparisons in %d groups, %d rounds, %.1f s for each method, on Java %s%n",
        profile.comparisons().size(),
        groups.size(),
        profile.rounds(),
        profile.seconds(),
        Runtime.version());
    Map<String, ExactCost> exact = exactBytes();
    Map<Comparison, List<Turn>> turns = new LinkedHashMap<>();
    Progress progress = new Progress(out, profile.rounds(), groups);
    for (int round = 1; round <= profile.rounds(); round++) {
      for (Group group : groups) {
        progress.starts(round, group);
        Map<String, Blocks> measured =
            Fork.run(
                group,
                group.scales() ? Kind.THREADS : Kind.TIMES,
                group.times()
                    * (group.scales()
                        ? Math.max(LEAST_THREADS_SECONDS, profile.seconds())
                        : profile.seconds()),
                logs.resolve(group.name() + '-' + round + ".log"));
        for (Comparison one : group.comparisons()) {
          turns.computeIfAbsent(one, unused -> new ArrayList<>()).add(Turn.of(one, measured));
        }
      }
    }
    progress.ends();
    return profile.comparisons().stream()
        .map(
            one ->
                Row.of(
                    one,
                    turns.getOrDefault(one, List.of()),
                    exact.getOrDefault(one.id(), ExactCost.NONE)))
        .toList();
  }

  /** Nothing is timed here, so that these JVMs may run beside each other. */
  private Map<String, ExactCost> exactBytes() throws IOException {
    List<Group> counted = groups.stream().filter(group -> !group.scales()).toList();
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Callable<Map<String, Blocks>>> forks = new ArrayList<>();
      for (Group group : counted) {
        forks.add(
            () ->
                Fork.run(
                    group, Kind.BYTES, BYTES_SECONDS, logs.resolve(group.name() + "-bytes.log")));
      }
      Map<String, ExactCost> exact = new LinkedHashMap<>();
      List<Future<Map<String, Blocks>>> results = forks.stream().map(threads::submit).toList();
      for (int i = 0; i < results.size(); i++) {
        Map<String, Blocks> measured = results.get(i).get();
        out.printf("bytes %d/%d  %s%n", i + 1, counted.size(), counted.get(i).name());
        for (Comparison one : counted.get(i).comparisons()) {
          exact.put(one.id(), ExactCost.of(one, measured));
        }
      }
      return exact;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ForkFailure failure) {
        throw failure;
      }
      throw new UncheckedIOException(new IOException(e.getCause()));
    } finally {
      threads.shutdownNow();
    }
  }
}
