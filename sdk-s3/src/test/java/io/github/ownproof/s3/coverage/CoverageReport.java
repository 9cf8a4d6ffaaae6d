package io.github.ownproof.s3.coverage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What was seen to hold, as files that others quote. Rows that did not hold are not in them. */
final class CoverageReport {

  private static final Path TARGET = Path.of("target");
  private static final Path ROWS = TARGET.resolve("owner-coverage.tsv");
  private static final Path TABLE = TARGET.resolve("owner-coverage.md");

  private record Row(String operation, ClientKind kind, Outcome outcome)
      implements Comparable<Row> {

    String line() {
      return operation + '\t' + kind.label() + '\t' + outcome.label();
    }

    @Override
    public int compareTo(Row other) {
      return line().compareTo(other.line());
    }
  }

  private final NavigableSet<Row> rows = Collections.synchronizedNavigableSet(new TreeSet<>());

  /** What an earlier run wrote must not outlive a run that fails. */
  CoverageReport() {
    try {
      Files.deleteIfExists(ROWS);
      Files.deleteIfExists(TABLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(String operation, ClientKind kind, Outcome outcome) {
    rows.add(new Row(operation, kind, outcome));
  }

  /** The lines of a Markdown table of counts: client kinds by outcomes. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("| client | owned | refused | no bucket |");
    lines.add("|---|---:|---:|---:|");
    for (ClientKind kind : ClientKind.values()) {
      lines.add("| `" + kind.label() + "` |" + counts(row -> row.kind() == kind));
    }
    lines.add("| all |" + counts(row -> true));
    return lines;
  }

  private String counts(Predicate<Row> chosen) {
    StringBuilder cells = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      long count = rows.stream().filter(chosen).filter(row -> row.outcome() == outcome).count();
      cells.append(' ').append(count).append(" |");
    }
    return cells.toString();
  }

  void write() {
    List<String> lines = new ArrayList<>();
    lines.add("operation\tclient-kind\toutcome");
    rows.forEach(row -> lines.add(row.line()));
    try {
      Files.createDirectories(TARGET);
      Files.write(ROWS, lines, UTF_8);
      Files.write(TABLE, table(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
