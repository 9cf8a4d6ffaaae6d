package io.github.ownproof.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ratios of a run that later runs are held against, kept in the repository. */
record Baseline(String java, String vm, String machine, Map<String, Entry> rows) {

  /** Fewer tell nothing of how much they vary. */
  static final int FEWEST_FORKS = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param ratios one per fork
   */
  record Entry(List<Double> ratios, @Nullable ExactCost exactBytes) {}

  static Path file(Path folder, String java) {
    return folder.resolve("java-" + Runtime.Version.parse(java).feature() + ".json");
  }

  static Baseline read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new UsageException(
          "there is no baseline " + file + "; take one: ./benchmarks/run release, then baseline");
    }
    return JSON.readValue(file.toFile(), Baseline.class);
  }

  /** What the run left out, or could not measure, stays as it was. */
  static Baseline of(List<Measured> rows, @Nullable Baseline before, Set<String> leftOut) {
    Measured any = rows.get(0);
    Map<String, Entry> entries = new TreeMap<>();
    if (before != null && before.rows().keySet().stream().anyMatch(leftOut::contains)) {
      if (!before.vm().equals(any.vm())) {
        throw new UsageException(
            "the baseline is of Java %s, and this run of %s left benchmarks out: measure release"
                .formatted(before.java(), any.java()));
      }
      before
          .rows()
          .forEach(
              (id, entry) -> {
                if (leftOut.contains(id)) {
                  entries.put(id, entry);
                }
              });
    }
    for (Measured row : rows) {
      if (row.unmeasurable()) {
        Entry kept = before == null ? null : before.rows().get(row.id());
        if (kept != null) {
          entries.put(row.id(), kept);
        }
        continue;
      }
      if (row.ratios().size() < FEWEST_FORKS && !row.ratios().isEmpty()) {
        throw new UsageException("a baseline needs two rounds at least; release has ten");
      }
      entries.put(row.id(), new Entry(row.ratios(), row.exactBytes()));
    }
    return new Baseline(any.java(), any.vm(), any.machine(), entries);
  }

  /** A line for each row, so that a change shows what changed. */
  void write(Path file) throws IOException {
    StringBuilder text =
        new StringBuilder("{\n")
            .append("  \"java\": " + JSON.writeValueAsString(java) + ",\n")
            .append("  \"vm\": " + JSON.writeValueAsString(vm) + ",\n")
            .append("  \"machine\": " + JSON.writeValueAsString(machine) + ",\n")
            .append("  \"rows\": {");
    String comma = "\n";
    for (Map.Entry<String, Entry> row : rows.entrySet()) {
      text.append(comma)
          .append("    " + JSON.writeValueAsString(row.getKey()) + ": ")
          .append(JSON.writeValueAsString(row.getValue()));
      comma = ",\n";
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text.append("\n  }\n}\n"));
  }
}
