package io.github.ownproof.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run is written.
 *
 * @param folder holds {@code ratios.json}, {@code ratios.md} and the charts of the last run only
 */
record Results(Path folder) {

  Path ratios() {
    return folder.resolve("ratios.json");
  }

  void write(List<Row> rows, Profile profile) throws IOException {
    Files.createDirectories(folder);
    for (Path old : charts(folder)) {
      Files.delete(old);
    }
    RatiosFile.write(rows, profile.name(), Machine.ofThisProgram(), ratios());
    Files.writeString(folder.resolve("ratios.md"), Table.of(rows));
    Files.writeString(folder.resolve("ratios.svg"), Chart.ofPromises(rows));
    for (Group group : Group.shown(profile.comparisons())) {
      List<Row> its =
          rows.stream().filter(row -> group.comparisons().contains(row.comparison())).toList();
      Files.writeString(folder.resolve(group.name() + ".svg"), Chart.ofSuite(group, its));
    }
  }

  /** Copies tables and charts to where the docs show them. */
  List<Path> publish(Path docs) throws IOException {
    String java = RatiosFile.read(ratios()).get(0).java();
    Path target =
        Files.createDirectories(docs.resolve("java-" + Runtime.Version.parse(java).feature()));
    for (Path old : charts(target)) {
      Files.delete(old);
    }
    List<Path> copied = new ArrayList<>();
    List<Path> files = new ArrayList<>(List.of(folder.resolve("ratios.md")));
    files.addAll(charts(folder));
    for (Path file : files) {
      copied.add(
          Files.copy(
              file,
              target.resolve(file.getFileName().toString()),
              StandardCopyOption.REPLACE_EXISTING));
    }
    return copied;
  }

  private static List<Path> charts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".svg")).sorted().toList();
    }
  }
}
