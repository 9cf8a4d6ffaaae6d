package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of other packages that would get around the guard do not compile. */
class MisuseDoesNotCompileTest {

  @SuppressWarnings("InlineFormatString") // a program is easier read as one
  private static final String PROGRAM =
      """
      package user;

      import io.github.ownproof.core.*;
      import io.github.ownproof.s3.*;
      import software.amazon.awssdk.services.s3.S3Client;

      class Program {
        Object use(S3Client s3, PrivateBuckets buckets, ExecutionContext context) {
          return EXPRESSION;
        }
      }
      """;

  @Test
  void rightUse_compiles() {
    assertThat(
            errors(
                """
                PrivateBuckets.builder()
                    .context(context)
                    .trust("inbox", "acme-inbox", AccountId.of("444455556666"), "us-east-1")
                    .build()
                    .resolve("inbox")
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // a proof that nobody gave
        "new PrivateBucket(\"a\", \"a\", context) | compiler.err.not.def.public.cant.access",
        "new PrivateBucket(\"a\", \"a\", context) {} | compiler.err.cant.inherit.from.final",
        // a naming of one's own
        "new BucketNaming() { String suffix() { return \"x\"; } }"
            + " | compiler.err.local.classes.cant.extend.sealed",
        // a client without what guards it
        "new S3PrivateClient(s3, buckets) | compiler.err.cant.apply.symbol",
        "new S3PrivateAsyncClient(null) | compiler.err.cant.apply.symbol",
        "new PrivateBuckets(null) | compiler.err.cant.apply.symbol",
        "new OwnedBucketsPlugin(buckets) | compiler.err.cant.apply.symbol",
        "new OwnerGate(buckets, null) | compiler.err.cant.resolve.location",
        // an account that was not checked
        "PrivateBuckets.builder().trust(\"a\", \"b\", \"444455556666\", \"us-east-1\")"
            + " | compiler.err.prob.found.req",
        "PrivateBuckets.builder().trustAccount(\"444455556666\") | compiler.err.prob.found.req",
        "PrivateBuckets.builder().trust(\"a\", \"b\", \"us-east-1\")"
            + " | compiler.err.cant.apply.symbol",
        // a name instead of a bucket, or the other way round
        "PrivateBuckets.builder().naming(\"un1que1d\") | compiler.err.prob.found.req",
        "buckets.resolve(buckets.resolve(\"a\")) | compiler.err.prob.found.req",
        // what would turn the guard off
        "new UnguardedRequestException(\"A\", \"b\") | compiler.err.report.access",
        "buckets.names() | compiler.err.not.def.public.cant.access"
      })
  void misuse_doesNotCompile(String expression, String code) {
    assertThat(errors(expression)).extracting(Diagnostic::getCode).contains(code);
  }

  private static List<Diagnostic<? extends JavaFileObject>> errors(String expression) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
      var unused =
          compiler
              .getTask(
                  null,
                  new NoOutput(files),
                  diagnostics,
                  List.of("-proc:none", "-cp", System.getProperty("java.class.path")),
                  null,
                  List.of(new Source(PROGRAM.replace("EXPRESSION", expression))))
              .call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .toList();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(URI.create("string:///user/Program.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** A program that does compile leaves nothing behind. */
  private static final class NoOutput extends ForwardingJavaFileManager<JavaFileManager> {

    NoOutput(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("string:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return OutputStream.nullOutputStream();
        }
      };
    }
  }
}
