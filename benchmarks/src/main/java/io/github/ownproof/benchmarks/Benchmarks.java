package io.github.ownproof.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs comparisons and reports them, in rounds: each round takes every comparison in a JVM of its
 * own, because two JVMs seldom compile the same program alike.
 */
public final class Benchmarks {

  private static final double QUICK_SECONDS = 200;
  private static final double MOST_QUICK_SECONDS = 10;
  private static final int QUICK_ROUNDS = 3;
  private static final int NAMED_ROUNDS = 5;
  private static final double NAMED_SECONDS = 10;
  private static final int RELEASE_ROUNDS = 10;
  private static final double RELEASE_SECONDS = 20;

  private final Path folder;
  private final int rounds;
  private final double seconds;

  private Benchmarks(Path folder, int rounds, double seconds) {
    this.folder = folder;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** {@code FOLDER quick}, {@code FOLDER release}, {@code FOLDER NAME [ROUNDS]}. */
  public static void main(String[] args) throws IOException, RunnerException {
    Path folder = Path.of(args[0]);
    List<Comparison> all = Comparison.all();
    if (args.length == 1) {
      System.out.println("usage: benchmarks/run quick | release | NAME [ROUNDS]");
      System.out.println("NAME is part of one of these:");
      all.forEach(comparison -> System.out.println("  " + comparison.id()));
      return;
    }
    String what = args[1];
    boolean release = what.equals("release");
    boolean quick = what.equals("quick");
    List<Comparison> chosen =
        all.stream()
            .filter(
                comparison -> release || (quick ? comparison.isQuick() : comparison.isNamed(what)))
            .toList();
    if (chosen.isEmpty()) {
      System.err.println("no benchmark is named like " + what);
      System.exit(2);
    }
    // Another JMH on this machine disturbs no more than anything else there.
    System.setProperty("jmh.ignoreLock", "true");
    List<Row> rows = benchmarks(folder, args, chosen.size()).run(chosen);
    Report.write(rows, folder);
    System.out.println(Report.table(rows));
    rows.stream()
        .filter(row -> Boolean.FALSE.equals(row.holds()))
        .forEach(row -> System.out.println(row.id() + ": " + row.verdict()));
    System.out.println("written: " + folder.resolve("ratios.json") + ", ratios.md, ratios.svg");
    if (release && rows.stream().anyMatch(Row::isMissed)) {
      System.exit(1);
    }
  }

  private static Benchmarks benchmarks(Path folder, String[] args, int comparisons) {
    return switch (args[1]) {
      case "quick" ->
          new Benchmarks(
              folder,
              QUICK_ROUNDS,
              Math.min(MOST_QUICK_SECONDS, QUICK_SECONDS / (comparisons * QUICK_ROUNDS)));
      case "release" -> new Benchmarks(folder, RELEASE_ROUNDS, RELEASE_SECONDS);
      default ->
          new Benchmarks(
              folder, args.length > 2 ? Integer.parseInt(args[2]) : NAMED_ROUNDS, NAMED_SECONDS);
    };
  }

  private List<Row> run(List<Comparison> comparisons) throws IOException, RunnerException {
    Path logs = Files.createDirectories(folder.resolve("jmh"));
    Map<Comparison, List<Turn>> measured = new LinkedHashMap<>();
    System.out.printf(
        "%d comparisons, %d rounds of %.1f s each, on Java %s%n",
        comparisons.size(), rounds, seconds, Runtime.version());
    for (int round = 1; round <= rounds; round++) {
      for (Comparison comparison : comparisons) {
        Path log = logs.resolve(comparison.id() + '-' + round + ".log");
        Turn turn =
            comparison.peer() == null
                ? Alone.run(comparison, seconds / 2, log)
                : SideBySide.run(comparison, seconds, log);
        measured.computeIfAbsent(comparison, unused -> new ArrayList<>()).add(turn);
        System.out.printf("round %d/%d  %-28s %s%n", round, rounds, comparison.id(), line(turn));
      }
    }
    return measured.entrySet().stream()
        .map(entry -> Row.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String line(Turn turn) {
    Cost peer = turn.peer();
    String ours = "%.1f ns, %.0f B".formatted(turn.ours().nanos(), turn.ours().bytes());
    return peer == null
        ? ours
        : "%s; peer %.1f ns, %.0f B; ratio %.4f"
            .formatted(ours, peer.nanos(), peer.bytes(), turn.ratio());
  }
}
