package io.github.ownproof.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PromisesTest {

  private static final Path MODULE = Path.of("").toAbsolutePath();

  private final List<Comparison> all = Comparison.all();

  /** Whoever loosens a promise, or drops one, changes this list as well, and is seen. */
  @Test
  void promises_ofAllSuites_areThoseOfTheList() throws IOException {
    List<String> listed =
        Files.readAllLines(MODULE.resolve("promises.txt")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();

    assertThat(
            all.stream()
                .filter(one -> one.targets().isPromise())
                .map(one -> one.id() + ": " + one.targets())
                .toList())
        .as("promises made by annotations, beside benchmarks/promises.txt")
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void baselines_inTheRepository_nameWhatThereIs() throws IOException {
    Set<String> ids = all.stream().map(Comparison::id).collect(Collectors.toSet());
    Path folder = MODULE.resolve("baselines");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Baseline baseline = Baseline.read(file);
        assertThat(file).isEqualTo(Baseline.file(folder, baseline.java()));
        assertThat(baseline.rows()).as(file.toString()).isNotEmpty();
        assertThat(ids).as(file.toString()).containsAll(baseline.rows().keySet());
        assertThat(baseline.rows().values())
            .allMatch(
                row -> row.ratios().isEmpty() || row.ratios().size() >= Baseline.FEWEST_FORKS);
      }
    }
  }
}
