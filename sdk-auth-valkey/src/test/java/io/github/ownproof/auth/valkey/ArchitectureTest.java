package io.github.ownproof.auth.valkey;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@AnalyzeClasses(
    packages = "io.github.ownproof.auth.valkey",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** The client is what one connects with: it is API. What lies below it is not. */
  private static final Set<String> CLIENT_API =
      Set.of(
          "io.valkey.UnifiedJedis",
          "io.valkey.JedisPooled",
          "io.valkey.HostAndPort",
          "io.valkey.DefaultJedisClientConfig$Builder");

  private static final DescribedPredicate<JavaClass> VISIBLE =
      describe("is public API", ArchitectureTest::isVisible);

  @ArchTest
  static final ArchRule publicMethodsShowOnlyTypesThatAreApi =
      codeUnits().that(describe("are visible", ArchitectureTest::isVisible)).should(showOnlyApi());

  @ArchTest
  static final ArchRule publicClassesAreFinal =
      classes().that(VISIBLE).should(haveModifier(JavaModifier.FINAL));

  @ArchTest
  static final ArchRule knowsTheContractsOfGrantsOnly =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "are of Ownproof but neither grants nor its root exception",
                  type ->
                      type.getPackageName().startsWith("io.github.ownproof")
                          && !type.getPackageName().equals("io.github.ownproof.auth.grant")
                          && !type.getPackageName().equals("io.github.ownproof.auth.valkey")
                          && !type.getName().equals("io.github.ownproof.core.OwnproofException")));

  @ArchTest
  static final ArchRule knowsNothingElseOfTheCloud =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.google.gson..", "org.json..");

  @ArchTest
  static final ArchRule onlyTheMemoryKnowsCaffeine =
      noClasses()
          .that()
          .doNotHaveSimpleName("EpochMemory")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.benmanes.caffeine..");

  @ArchTest
  static final ArchRule theMemoryAndTheValuesDoNotKnowTheClient =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("Epoch")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.valkey..");

  @ArchTest
  static final ArchRule nothingIsSynchronizedAroundTheServer =
      codeUnits().should(notBeSynchronized());

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaCodeUnit code) {
    return isVisible(code.getOwner())
        && (code.getModifiers().contains(JavaModifier.PUBLIC)
            || code.getModifiers().contains(JavaModifier.PROTECTED));
  }

  private static boolean isApi(JavaClass type) {
    JavaClass component = type.getBaseComponentType();
    String in = component.getPackageName();
    return component.isPrimitive()
        || in.startsWith("java.")
        || in.equals("javax.crypto")
        || in.equals("io.github.ownproof.auth.grant")
        || CLIENT_API.contains(component.getName())
        || (in.equals("io.github.ownproof.auth.valkey") && isVisible(component));
  }

  private static ArchCondition<JavaCodeUnit> showOnlyApi() {
    return new ArchCondition<>("show only types that are API") {
      @Override
      public void check(JavaCodeUnit code, ConditionEvents events) {
        String foreign =
            Stream.concat(
                    code.getAllInvolvedRawTypes().stream(),
                    code.getThrowsClause().getTypes().stream())
                .filter(type -> !isApi(type))
                .map(JavaClass::getName)
                .distinct()
                .collect(Collectors.joining(", "));
        events.add(
            new SimpleConditionEvent(
                code, foreign.isEmpty(), code.getFullName() + " shows " + foreign));
      }
    };
  }

  private static ArchCondition<JavaCodeUnit> notBeSynchronized() {
    return new ArchCondition<>("not be synchronized") {
      @Override
      public void check(JavaCodeUnit code, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                code,
                !code.getModifiers().contains(JavaModifier.SYNCHRONIZED),
                code.getFullName() + " is synchronized"));
      }
    };
  }
}
