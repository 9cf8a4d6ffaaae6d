package io.github.ownproof.benchmarks.harness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ownproof.benchmarks.Crypto;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM that measures one group, and its program. */
final class Fork {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOLD_LINES = 15;

  private Fork() {}

  /** Costs by the name of the method. What the JVM says goes to the log. */
  static Map<String, Blocks> run(Group group, Kind kind, double secondsPerMethod, Path log)
      throws IOException {
    Path result = Files.createTempFile(log.toAbsolutePath().getParent(), "fork-", ".json");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(kind.jvmOptions());
    command.addAll(
        List.of(
            "-Xshare:auto",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:CompileCommand=quiet",
            Sink.JVM_OPTION,
            "-cp",
            classPath(group.crypto()),
            Fork.class.getName(),
            result.toString(),
            kind.name(),
            group.crypto().name(),
            String.valueOf(secondsPerMethod),
            group.suite()));
    command.addAll(group.methods());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (process.waitFor() != 0) {
        throw new ForkFailure(group, log, lastLines(log));
      }
      return JSON.readValue(result.toFile(), new TypeReference<Map<String, Blocks>>() {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      process.destroy();
      Files.deleteIfExists(result);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
  }

  /** Ours finds the provider on the class path; {@link Corretto} makes it the peers' as well. */
  private static String classPath(Crypto crypto) {
    String classPath = System.getProperty("java.class.path");
    return crypto == Crypto.JDK
        ? classPath
        : classPath + File.pathSeparator + System.getProperty("benchmarks.corretto");
  }

  /**
   * Where the result goes, what to measure, where signatures come from, seconds, suite, methods.
   */
  public static void main(String[] args) throws Throwable {
    if (Crypto.valueOf(args[2]) == Crypto.CORRETTO_FIRST) {
      Corretto.install();
    }
    Kind kind = Kind.valueOf(args[1]);
    if (kind == Kind.BYTES) {
      SameRandomness.install();
    }
    double seconds = Double.parseDouble(args[3]);
    List<Work> works = Work.of(Class.forName(args[4]), List.of(args).subList(5, args.length));
    Map<String, Blocks> measured =
        switch (kind) {
          case TIMES -> new InTurn(works).measure(seconds);
          case THREADS -> new TwoThreads(works).measure(seconds);
          case BYTES -> new ExactBytes(works).measure(seconds);
        };
    JSON.writeValue(new File(args[0]), measured);
    // A peer's threads may still be there.
    System.exit(0);
  }
}
