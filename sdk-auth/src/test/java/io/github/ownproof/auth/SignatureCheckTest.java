package io.github.ownproof.auth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.ownproof.testkit.TokenForge;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The step that benchmarks replace is the real one for everybody else. */
class SignatureCheckTest {

  private static final TokenForge FORGE = ForgeVerifiers.forge();

  @Test
  void build_publicly_hasTheRealStep() throws Exception {
    assertThat(stepOf(ForgeVerifiers.accessTokens(FORGE))).isSameAs(SignatureCheck.BY_KEY);
    assertThat(
            stepOf(
                TokenVerifier.builder()
                    .accept(ForgeVerifiers.accessProfile(FORGE))
                    .verifyEveryTokenAnew()
                    .build()))
        .isSameAs(SignatureCheck.BY_KEY);
  }

  @Test
  void build_publicly_refusesAnotherSignature() {
    assertThat(
            ForgeVerifiers.outcome(
                ForgeVerifiers.accessTokens(FORGE)
                    .tryVerify(FORGE.token().signature(new byte[256]).compact())))
        .isEqualTo("SIGNATURE");
  }

  /** Otherwise what is measured with another step is not the path that all take. */
  @Test
  void build_withAnotherStep_asksItOnceAndObeys() {
    AtomicInteger asked = new AtomicInteger();
    TokenVerifier.Builder builder =
        TokenVerifier.builder()
            .accept(ForgeVerifiers.accessProfile(FORGE))
            .clock(FORGE.clock())
            .verifyEveryTokenAnew();
    String token = FORGE.token().signature(new byte[] {1}).compact();

    assertThat(
            ForgeVerifiers.outcome(
                builder
                    .build((key, algorithm, data, length, signature) -> asked.incrementAndGet() > 0)
                    .tryVerify(token)))
        .isEqualTo("ACCEPTED");
    assertThat(
            ForgeVerifiers.outcome(
                builder
                    .build((key, algorithm, data, length, signature) -> asked.incrementAndGet() < 0)
                    .tryVerify(token)))
        .isEqualTo("SIGNATURE");
    assertThat(asked).hasValue(2);
  }

  @Test
  void seam_isReachedByTheVerifierAlone() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.ownproof.auth");

    assertThat(Modifier.isPublic(SignatureCheck.class.getModifiers())).isFalse();
    classes()
        .that()
        .haveFullyQualifiedName(SignatureCheck.class.getName())
        .should()
        .onlyBeAccessed()
        .byClassesThat()
        .haveNameMatching(".*\\.(TokenVerifier(\\$Builder)?|VerificationPath|SignatureCheck)")
        .check(ours);
    noClasses().should().implement(SignatureCheck.class).check(ours);
  }

  private static Object stepOf(TokenVerifier verifier) throws Exception {
    Field path = TokenVerifier.class.getDeclaredField("path");
    path.setAccessible(true);
    Field step = VerificationPath.class.getDeclaredField("signatures");
    step.setAccessible(true);
    assertThat(Modifier.isFinal(path.getModifiers()) && Modifier.isFinal(step.getModifiers()))
        .isTrue();
    return step.get(path.get(verifier));
  }
}
