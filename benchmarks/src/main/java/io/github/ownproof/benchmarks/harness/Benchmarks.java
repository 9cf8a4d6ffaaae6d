package io.github.ownproof.benchmarks.harness;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The command line, see {@link Usage}. */
public final class Benchmarks {

  static final int FINE = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;
  static final int NOT_MEASURABLE = 3;

  private final Path module;
  private final Results results;
  private final PrintStream out;
  private final List<Comparison> all = Comparison.all();

  Benchmarks(Path module, PrintStream out) {
    this.module = module;
    this.results = new Results(module.resolve("target"));
    this.out = out;
  }

  /** The folder of this module, then the command. */
  public static void main(String[] args) throws IOException {
    System.exit(
        new Benchmarks(Path.of(args[0]), System.out).run(List.of(args).subList(1, args.length)));
  }

  int run(List<String> args) throws IOException {
    try {
      String command = args.isEmpty() ? "" : args.get(0);
      List<String> rest = args.subList(Math.min(1, args.size()), args.size());
      return switch (command) {
        case "" -> {
          out.print(Usage.text(all));
          yield FINE;
        }
        case "baseline" -> baseline();
        case "compare" -> compare(rest);
        case "publish" -> publish();
        default -> verdict(measure(Profile.of(args, all)), command.equals(Profile.RELEASE));
      };
    } catch (UsageException e) {
      out.println(e.getMessage());
      return MISUSED;
    } catch (ForkFailure e) {
      out.println(e.getMessage());
      return FAILED;
    }
  }

  @CanIgnoreReturnValue
  private List<Row> measure(Profile profile) throws IOException {
    List<Row> rows = new Rounds(profile, results.folder().resolve("forks"), out).run();
    results.write(rows, profile);
    out.println(Table.of(rows));
    rows.stream()
        .filter(row -> Boolean.FALSE.equals(row.holds()) || row.isUnmeasurable())
        .forEach(row -> out.println(row.id() + ": " + row.verdict()));
    out.println("written: " + results.ratios() + ", ratios.md and charts");
    return rows;
  }

  private int verdict(List<Row> rows, boolean fails) {
    if (fails && rows.stream().anyMatch(Row::isMissed)) {
      return FAILED;
    }
    if (fails && rows.stream().anyMatch(Row::isUnmeasurable)) {
      out.println("not all promises could be tried: measure again with two cores free");
      return NOT_MEASURABLE;
    }
    return FINE;
  }

  private int baseline() throws IOException {
    List<Measured> rows = RatiosFile.read(results.ratios());
    Path file = Baseline.file(module.resolve("baselines"), rows.get(0).java());
    Baseline.of(rows, Files.exists(file) ? Baseline.read(file) : null, leftOut(rows)).write(file);
    out.println("written: " + file);
    rows.stream()
        .filter(Measured::unmeasurable)
        .forEach(row -> out.println("without " + row.id() + ": " + row.verdict()));
    return FINE;
  }

  private int compare(List<String> args) throws IOException {
    Path baselines = module.resolve("baselines");
    if (!args.contains("--measured")) {
      // Before an hour of measuring, not after.
      Baseline unused = Baseline.read(Baseline.file(baselines, Runtime.version().toString()));
      measure(Profile.of(args.isEmpty() ? List.of(Profile.QUICK) : args, all));
      out.println();
    }
    List<Measured> rows = RatiosFile.read(results.ratios());
    Baseline baseline = Baseline.read(Baseline.file(baselines, rows.get(0).java()));
    List<Finding> findings = new Gate(baseline, rows, leftOut(rows)).findings();
    out.printf(
        "Against the baseline, which is of Java %s on %s:%n%n%s%n",
        baseline.java(), baseline.machine(), Gate.table(findings));
    if (!baseline.vm().equals(rows.get(0).vm())) {
      out.println(
          "This is another build of the JDK: bytes are judged only beyond the floor's or peer's.");
    }
    findings.stream()
        .filter(finding -> finding.failure() != null)
        .forEach(finding -> out.println(finding.id() + " " + finding.failure() + "."));
    return findings.stream().anyMatch(finding -> finding.failure() != null) ? FAILED : FINE;
  }

  /** What a run of that name does not measure. */
  private Set<String> leftOut(List<Measured> rows) {
    List<Comparison> chosen = Profile.of(List.of(rows.get(0).profile()), all).comparisons();
    return all.stream()
        .filter(one -> !chosen.contains(one))
        .map(Comparison::id)
        .collect(Collectors.toSet());
  }

  private int publish() throws IOException {
    Set<String> leftOut = leftOut(RatiosFile.read(results.ratios()));
    if (!leftOut.isEmpty()) {
      throw new UsageException(
          "the last run left %d benchmarks out, which the docs would lose: measure release"
              .formatted(leftOut.size()));
    }
    Path docs = module.resolve("../docs/performance").normalize();
    results.publish(docs).forEach(file -> out.println("written: " + file));
    return FINE;
  }
}
