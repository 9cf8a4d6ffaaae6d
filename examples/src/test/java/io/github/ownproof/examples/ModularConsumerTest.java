package io.github.ownproof.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A modular program compiles and runs with what ownproof-s3 brings along, and nothing else. */
class ModularConsumerTest {

  /** What a consumer of ownproof-s3 does not get: optional, for tests, or not a module. */
  private static final List<String> NOT_BROUGHT =
      List.of(
          "testkit",
          "s3proxy",
          "jetty",
          "error_prone",
          "/sts-",
          "junit",
          "assertj",
          "opentest4j",
          "apiguardian",
          "byte-buddy",
          "surefire",
          "slf4j-simple",
          "examples",
          "transfer-manager",
          "aws-crt",
          "jclouds",
          "guava",
          "jackson",
          "guice",
          "jakarta",
          "javax",
          "jul-to",
          "jcl-over",
          "prometheus",
          "grpc",
          "aopalliance",
          "gson",
          "jaxb",
          "modernizer",
          "listenablefuture",
          "failureaccess",
          "j2objc",
          "checker",
          "angus",
          "istack",
          "txw2",
          "xmlbuilder",
          "commons",
          "aws-query");

  @Test
  void modularProgram_compilesAndRuns(@TempDir Path dir) throws Exception {
    Path sources = Files.createDirectories(dir.resolve("src/demo"));
    Files.writeString(
        dir.resolve("src/module-info.java"), "module demo { requires io.github.ownproof.s3; }");
    Files.writeString(
        sources.resolve("Main.java"),
        """
        package demo;
        import io.github.ownproof.core.ExecutionContext;
        import io.github.ownproof.s3.*;
        public class Main {
          public static void main(String[] args) {
            PrivateBuckets b = PrivateBuckets.of(ExecutionContext.of("111122223333", "eu-west-1"));
            System.out.println(b.resolve("my-app-assets").physicalName());
          }
        }
        """);
    String modules =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> NOT_BROUGHT.stream().noneMatch(entry::contains))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    Path out = dir.resolve("out");
    assertThat(
            run(
                "javac",
                "-p",
                modules,
                "-d",
                out.toString(),
                dir.resolve("src/module-info.java").toString(),
                sources.resolve("Main.java").toString()))
        .doesNotContain("error:");
    assertThat(run("java", "-p", out + File.pathSeparator + modules, "-m", "demo/demo.Main"))
        .contains("my-app-assets-111122223333-eu-west-1-an");
  }

  private static String run(String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", tool).toString()),
                Stream.of(arguments))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return printed;
  }
}
