package io.github.ownproof.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.IssuerProfiles;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles, and what it names is there. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  private static final String IMPORTS =
      """
      import io.github.ownproof.auth.*;
      import io.github.ownproof.auth.grant.*;
      import io.github.ownproof.auth.keys.*;
      import io.github.ownproof.auth.s3.*;
      import io.github.ownproof.auth.servlet.*;
      import io.github.ownproof.auth.valkey.*;
      import io.github.ownproof.core.*;
      import io.github.ownproof.core.audit.*;
      import io.github.ownproof.core.telemetry.*;
      import io.github.ownproof.s3.*;
      import io.github.ownproof.s3.lifecycle.*;
      import io.github.ownproof.testkit.*;
      import io.valkey.*;
      import jakarta.servlet.Filter;
      import java.net.URI;
      import java.time.*;
      import java.util.*;
      import javax.crypto.SecretKey;
      import org.junit.jupiter.api.extension.RegisterExtension;
      import software.amazon.awssdk.core.sync.RequestBody;
      import software.amazon.awssdk.services.s3.*;
      """;

  private static final class Source extends SimpleJavaFileObject {

    private final String code;

    Source(String name, String code) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void javaSnippets_compile(@TempDir Path out) throws IOException {
    List<String> snippets =
        SNIPPET.matcher(readme()).results().map(match -> match.group(1)).toList();
    assertThat(snippets).isNotEmpty();
    for (int i = 0; i < snippets.size(); i++) {
      String name = "Snippet" + i;
      String snippet = snippets.get(i);
      boolean members = snippet.startsWith("@") || snippet.startsWith("record ");
      String body = members ? snippet : "void run() throws Exception {\n" + snippet + "}\n";
      assertThat(compile(name, IMPORTS + "class " + name + " {\n" + body + "}\n", out))
          .as(snippet)
          .isEmpty();
    }
  }

  private static List<String> compile(String name, String code, Path out) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  problems,
                  List.of("-proc:none", "-d", out.toString()),
                  null,
                  List.of(new Source(name, code)))
              .call();
      return compiled
          ? List.of()
          : problems.getDiagnostics().stream().map(problem -> problem.toString()).toList();
    }
  }

  @Test
  void links_leadSomewhere() throws IOException {
    Matcher links = LINK.matcher(readme());
    while (links.find()) {
      assertThat(ROOT.resolve(links.group(1))).exists();
    }
  }

  @Test
  void issuerProfiles_areAllNamed() throws IOException {
    String readme = readme();
    assertThat(IssuerProfiles.class.getDeclaredMethods())
        .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
        .isNotEmpty()
        .allSatisfy(method -> assertThat(readme).containsPattern("`" + method.getName() + "\\b"));
  }

  @Test
  void typesOfSupportAccess_areAllInTheOverviewOfTheirPackage() throws IOException {
    Path directory = ROOT.resolve("sdk-auth/src/main/java/io/github/ownproof/auth/grant");
    String overview = Files.readString(directory.resolve("package-info.java"));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).lines().anyMatch(line -> line.startsWith("public "))) {
          String type = file.getFileName().toString().replace(".java", "");
          assertThat(overview).containsPattern("\\{@link[ *\\n]+([a-z.]+)?" + type + "}");
        }
      }
    }
  }

  @Test
  void commands_areThereToRun() throws IOException {
    assertThat(readme())
        .contains(
            """
            ./examples/run quickstart
            ./examples/run token-gateway
            ./examples/run photo-share
            ./examples/run support-desk --selfcheck
            ./verify
            """);
    for (String command : List.of("examples/run", "verify", ".ci/run", "benchmarks/run")) {
      assertThat(ROOT.resolve(command)).isExecutable();
    }
  }
}
