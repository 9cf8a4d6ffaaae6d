package io.github.ownproof.benchmarks.harness;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One line for each group of each round: what runs, how much is done, how long it still takes. */
final class Progress {

  private final PrintStream out;
  private final int rounds;
  private final int methods;
  private final long start = System.nanoTime();
  private int done;
  private int running;

  Progress(PrintStream out, int rounds, List<Group> groups) {
    this.out = out;
    this.rounds = rounds;
    this.methods = rounds * groups.stream().mapToInt(group -> group.methods().size()).sum();
  }

  void starts(int round, Group group) {
    done += running;
    running = group.methods().size();
    out.printf(
        Locale.ROOT,
        "round %d/%d  %3d %%  %-9s  %s%n",
        round,
        rounds,
        100 * done / methods,
        left(),
        group.name());
  }

  void ends() {
    out.println("measured in " + text(Duration.ofNanos(System.nanoTime() - start)));
  }

  private String left() {
    return done == 0
        ? ""
        : text(Duration.ofNanos((System.nanoTime() - start) / done * (methods - done))) + " left";
  }

  private static String text(Duration time) {
    return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }
}
