package io.github.ownproof.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What was measured on. */
record Machine(String java, String vm, String hardware) {

  static Machine ofThisProgram() {
    return new Machine(
        Runtime.version().toString(),
        System.getProperty("java.vm.version"),
        "%s, %s, %d processors"
            .formatted(
                System.getProperty("os.name") + ' ' + System.getProperty("os.arch"),
                processor(),
                Runtime.getRuntime().availableProcessors()));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }

  int feature() {
    return Runtime.Version.parse(java).feature();
  }
}
