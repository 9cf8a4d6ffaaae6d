package io.github.ownproof.auth;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of other packages that would make up who somebody is do not compile. */
class MisuseTest {

  @SuppressWarnings("InlineFormatString") // a program is easier read as one
  private static final String PROGRAM =
      """
      package user;

      import io.github.ownproof.auth.*;
      import io.github.ownproof.auth.grant.*;
      import io.github.ownproof.auth.keys.*;

      class Program {
        Object use(
            VerifiedToken token,
            TokenVerifier verifier,
            KeySource keys,
            ContactEmail email,
            SupportAccess desk,
            SupportAccessChecker checker,
            SupportDecision decision,
            GrantId id,
            AccessRequest request,
            AccessRequestDraft draft) {
          return EXPRESSION;
        }
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        TokenVerifier.builder()
            .accept(
                IssuerProfiles.oidc("https://login.example.com")
                    .audience("api")
                    .accessTokens()
                    .keys(keys))
            .build()
            .verify("token")
            .identity()
            .subject()
        """,
        "token.profile().contactEmail().map(ContactEmail::address)",
        "verifier.tryVerify(\"token\").fold(yes -> yes.identity().issuer(), no -> no.challenge())",
        "new RevocationCheck() { public boolean isRevoked(VerifiedToken t) { return false; } }",
        "checker.check(token, \"grant\", \"GET\", \"orders/1\", \"orders:read\").orThrow().customer()",
        "SupportBanner.of(decision.orThrow()).text()",
        "desk.issue(desk.approve(id, token).id(), token)"
      })
  void rightUse_compiles(String expression) {
    assertThat(errors(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // an identity that nobody proved
        "new Identity(\"https://a\", \"b\", IdentityKind.USER)"
            + " | compiler.err.not.def.public.cant.access",
        "new Identity(\"https://a\", \"b\", IdentityKind.USER) {}"
            + " | compiler.err.cant.inherit.from.final",
        "new VerifiedToken(null, null, null, null, null, null, null, null)"
            + " | compiler.err.not.def.public.cant.access",
        "new Claims(null) | compiler.err.not.def.public.cant.access",
        "new ContactEmail(\"a@b.example\", true) | compiler.err.not.def.public.cant.access",
        "new TokenProfile(token.claims()) | compiler.err.not.def.public.cant.access",
        "new Verification.Accepted(new Object()) | compiler.err.prob.found.req",
        // an identity from an address, or from a claim
        "(Identity) email | compiler.err.prob.found.req",
        "new java.util.ArrayList<Identity>().add(email) | compiler.err.prob.found.req",
        "new java.util.ArrayList<Identity>().add(token.claims().string(\"email\").get())"
            + " | compiler.err.prob.found.req",
        "token.identity().email() | compiler.err.cant.resolve.location.args",
        "token.email() | compiler.err.cant.resolve.location.args",
        "token.profile().subject() | compiler.err.cant.resolve.location.args",
        "IssuerProfiles.oidc(\"https://a\").subjectClaim(\"email\")"
            + " | compiler.err.cant.resolve.location.args",
        // an audience or a kind left out
        "IssuerProfiles.oidc(\"https://a\").accessTokens()"
            + " | compiler.err.cant.resolve.location.args",
        "IssuerProfiles.oidc(\"https://a\").idTokens()"
            + " | compiler.err.cant.resolve.location.args",
        "TokenVerifier.builder().accept(IssuerProfiles.oidc(\"https://a\"))"
            + " | compiler.err.prob.found.req",
        "TokenVerifier.builder().accept(IssuerProfiles.oidc(\"https://a\").audience(\"b\"))"
            + " | compiler.err.prob.found.req",
        // keys, outcomes and profiles of one's own
        "new KeySource() {} | compiler.err.local.classes.cant.extend.sealed",
        "new Verification() {} | compiler.err.local.classes.cant.extend.sealed",
        "new KeyLookup() {} | compiler.err.local.classes.cant.extend.sealed",
        "new VerificationKey(null, null, null, null, null, null, null)"
            + " | compiler.err.not.def.public.cant.access",
        "new IssuerProfile(null) | compiler.err.report.access",
        "new TokenRejectedException(Reason.EXPIRED, \"\")"
            + " | compiler.err.not.def.public.cant.access",
        "new AcceptedIssuer(null, keys, false) | compiler.err.cant.resolve.location",
        // a check switched off without a reason, or for good
        "IssuerProfiles.authress(\"a\").acceptEmailShapedSubjects()"
            + " | compiler.err.cant.apply.symbol",
        "IssuerProfiles.authress(\"a\").acceptUntypedAccessTokens(true)"
            + " | compiler.err.prob.found.req",
        "IssuerProfiles.authress(\"a\").rules() | compiler.err.not.def.public.cant.access",
        "JwsAlgorithm.HS256 | compiler.err.cant.resolve.location",
        "JwsAlgorithm.NONE | compiler.err.cant.resolve.location",
        "PresentedToken.bearer(\"x\").token() | compiler.err.not.def.public.cant.access",
        // a grant, or a read, that nobody gave
        "new SupportGrant(request, null) | compiler.err.not.def.public.cant.access",
        "new SupportDecision.Permitted(null, null) | compiler.err.not.def.public.cant.access",
        "new SupportDecision.Denied(SupportRefusal.REVOKED)"
            + " | compiler.err.not.def.public.cant.access",
        "new SupportDecision() {} | compiler.err.local.classes.cant.extend.sealed",
        "new SupportGrant(request, null) {} | compiler.err.cant.inherit.from.final",
        "(SupportGrant) (Object) request == request | compiler.err.incomparable.types",
        "SupportBanner.of(request) | compiler.err.prob.found.req",
        "new SupportAccessChecker(null) | compiler.err.cant.apply.symbol",
        "new SupportAccessRefusedException(SupportRefusal.REVOKED, \"\")"
            + " | compiler.err.not.def.public.cant.access",
        // a string or an identity in the place of a verified token
        "checker.check(\"token\", \"grant\", \"GET\", \"orders/1\", \"orders:read\")"
            + " | compiler.err.prob.found.req",
        "checker.check(token.identity(), \"grant\", \"GET\", \"orders/1\", \"orders:read\")"
            + " | compiler.err.prob.found.req",
        "desk.request(\"token\", draft) | compiler.err.prob.found.req",
        "desk.approve(id, \"token\") | compiler.err.prob.found.req",
        "desk.approve(id, token.identity()) | compiler.err.prob.found.req",
        "desk.issue(id, \"token\") | compiler.err.prob.found.req",
        "desk.revoke(id, \"token\") | compiler.err.prob.found.req",
        // an effective user
        "decision.orThrow().identity() | compiler.err.cant.resolve.location.args",
        "checker.identity(token, \"grant\") | compiler.err.cant.resolve.location.args",
        "verifier.verify(token, \"grant\") | compiler.err.cant.apply.symbols"
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
