package io.github.ownproof.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

@AnalyzeClasses(
    packages = "io.github.ownproof.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final DescribedPredicate<JavaClass> MAY_BE_EXPOSED =
      DescribedPredicate.describe(
          "is of Java, of Ownproof and public, or of JSpecify",
          type ->
              type.isPrimitive()
                  || type.getPackageName().startsWith("java.")
                  || type.getPackageName().startsWith("org.jspecify.")
                  || (type.getPackageName().startsWith("io.github.ownproof.core")
                      && isVisible(type)));

  @ArchTest
  static final ArchRule publicTypes_exposeOnlyJavaAndOwnPublicTypes =
      classes().that(visible()).should(exposeOnly(MAY_BE_EXPOSED));

  @ArchTest
  static final ArchRule packages_dependOnEachOther_inOneDirection =
      slices().matching("io.github.ownproof.core.(**)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule core_dependsOnNothingButJavaAndSlf4j =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.slf4j..", "org.jspecify..")
                  .or(resideInAPackage("io.github.ownproof.core.."))
                  .or(resideInAPackage("com.google.errorprone.annotations.."))
                  .or(
                      DescribedPredicate.describe(
                          "are primitive arrays",
                          type -> type.isArray() && type.getBaseComponentType().isPrimitive()))
                  .or(DescribedPredicate.describe("are primitive", JavaClass::isPrimitive)));

  @ArchTest
  static final ArchRule core_knowsNeitherAwsNorTokens =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.nimbusds..", "com.fasterxml..");

  @ArchTest
  static final ArchRule rootPackage_dependsOnNoneOfThoseBelowIt =
      noClasses()
          .that()
          .resideInAPackage("io.github.ownproof.core")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.ownproof.core.*..");

  @ArchTest
  static final ArchRule publicClasses_areClosedForInheritance =
      classes()
          .that(visible())
          .and()
          .areNotInterfaces()
          .and()
          .doNotBelongToAnyOf(OwnproofException.class)
          .should()
          .haveModifier(JavaModifier.FINAL)
          .orShould()
          .beEnums();

  private static DescribedPredicate<JavaClass> visible() {
    return DescribedPredicate.describe("are visible from outside", ArchitectureTest::isVisible);
  }

  private static boolean isVisible(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.getModifiers().contains(JavaModifier.PUBLIC)
        && base.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static ArchCondition<JavaClass> exposeOnly(DescribedPredicate<JavaClass> allowed) {
    return new ArchCondition<>("expose only what " + allowed.getDescription()) {
      @Override
      public void check(JavaClass owner, ConditionEvents events) {
        List<JavaType> exposed = new ArrayList<>(owner.getInterfaces());
        owner.getSuperclass().ifPresent(exposed::add);
        owner.getFields().stream()
            .filter(field -> isExposed(field.getModifiers()))
            .forEach(field -> exposed.add(field.getType()));
        owner.getCodeUnits().stream()
            .filter(unit -> isExposed(unit.getModifiers()))
            .flatMap(ArchitectureTest::signature)
            .forEach(exposed::add);
        exposed.stream()
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .filter(type -> !allowed.test(type.getBaseComponentType()))
            .distinct()
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            owner, owner.getName() + " exposes " + type.getName())));
      }
    };
  }

  private static Stream<JavaType> signature(JavaCodeUnit unit) {
    return Stream.of(
            Stream.of(unit.getReturnType()),
            unit.getParameterTypes().stream(),
            unit.getThrowsClause().getTypes().stream())
        .flatMap(types -> types);
  }

  private static boolean isExposed(Set<JavaModifier> modifiers) {
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC);
  }
}
