package io.github.ownproof.auth.s3;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.ownproof.auth.s3",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule publicClassesAreFinal =
      classes().that().arePublic().should().haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule knowsNoInternalsOfOthersAndNoTests =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.ownproof..internal..",
              "io.github.ownproof.testkit..",
              "com.nimbusds..",
              "java.util.logging..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.github.ownproof.(**)").should().beFreeOfCycles();

  @ArchTest
  static void whatIsPublic_isListedHere(JavaClasses classes) {
    assertThat(classes.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC)))
        .extracting(JavaClass::getSimpleName)
        .containsExactlyInAnyOrder("S3GrantStore", "Builder", "S3ObjectLockTrail", "Builder");
  }
}
