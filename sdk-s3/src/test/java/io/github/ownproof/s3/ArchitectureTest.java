package io.github.ownproof.s3;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.ownproof.core.OwnproofException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

@AnalyzeClasses(
    packages = "io.github.ownproof.s3",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String EXPORTED = "io.github.ownproof.s3";
  private static final String LIFECYCLE = EXPORTED + ".lifecycle";

  /** What a class of another module can see: a public class, in public ones, of our package. */
  private static final DescribedPredicate<JavaClass> VISIBLE_CLASS =
      describe("is public API", ArchitectureTest::isVisible);

  private static final DescribedPredicate<JavaMember> VISIBLE_MEMBER =
      describe(
          "is a public or protected member of the public API",
          member ->
              isVisible(member.getOwner())
                  && (member.getModifiers().contains(JavaModifier.PUBLIC)
                      || member.getModifiers().contains(JavaModifier.PROTECTED)));

  @ArchTest
  static final ArchRule publicMethodsShowOnlyTypesThatAreApi =
      codeUnits().that(VISIBLE_MEMBER).should(showOnlyApiTypes());

  @ArchTest
  static final ArchRule publicFieldsShowOnlyTypesThatAreApi =
      fields().that(VISIBLE_MEMBER).should(showOnlyApiTypes());

  @ArchTest
  static final ArchRule publicClassesExtendOnlyTypesThatAreApi =
      classes().that(VISIBLE_CLASS).should(extendOnlyApiTypes());

  @ArchTest
  static final ArchRule internalClassesStayBehindTheModule =
      classes()
          .that()
          .resideInAPackage("..internal..")
          .should()
          .onlyBeAccessed()
          .byAnyPackage("io.github.ownproof.s3..");

  @ArchTest
  static final ArchRule knowsNothingOfTokens =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.nimbusds..", "io.github.ownproof.auth..", "io.github.ownproof.testkit..");

  @ArchTest
  static final ArchRule logsThroughSlf4j =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule usesNoInternalsOfTheAwsSdk =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..internal..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.github.ownproof.s3.(**)").should().beFreeOfCycles();

  /** The flows of the lifecycle are built on the public values; all other internals beneath. */
  @ArchTest
  static final ArchRule internalsDoNotKnowWhatIsBuiltOnThem =
      noClasses()
          .that()
          .resideInAPackage("..internal..")
          .and()
          .resideOutsideOfPackage("..internal.lifecycle..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EXPORTED, LIFECYCLE);

  /** They see the client through an interface of their own. */
  @ArchTest
  static final ArchRule theLifecycleKnowsNoClientOfOurs =
      noClasses()
          .that()
          .resideInAPackage("..internal.lifecycle..")
          .should()
          .dependOnClassesThat(
              describe(
                  "are clients of ours",
                  type ->
                      type.getPackageName().equals(EXPORTED)
                          && type.getSimpleName().endsWith("Client")));

  @ArchTest
  static final ArchRule reflectionIsWhereProxiesAre =
      noClasses()
          .that(
              describe(
                  "are not the two proxies",
                  type ->
                      !Set.of("OnDemand", "WithoutPresignedUrls").contains(type.getSimpleName())))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.reflect..");

  @ArchTest
  static final ArchRule exceptionsAreFinalAndOurs =
      classes()
          .that()
          .areAssignableTo(Throwable.class)
          .and()
          .resideInAnyPackage(EXPORTED, LIFECYCLE)
          .should()
          .bePublic()
          .andShould(haveModifier(JavaModifier.FINAL))
          .andShould()
          .beAssignableTo(OwnproofException.class)
          .andShould()
          .haveSimpleNameEndingWith("Exception");

  @ArchTest
  static final ArchRule otherThrowablesStayInside =
      classes()
          .that()
          .areAssignableTo(Throwable.class)
          .and()
          .resideOutsideOfPackages(EXPORTED, LIFECYCLE, "..internal.policy..")
          .should()
          .notBePublic();

  /** Those of the lifecycle are thrown by its flows, which live in a package of their own. */
  @ArchTest
  static final ArchRule exceptionsAreMadeHere =
      constructors()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo(Throwable.class)
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage(LIFECYCLE)
          .and()
          .areDeclaredInClassesThat()
          .doNotHaveSimpleName("BucketSquattedException")
          .should()
          .notBePublic()
          .andShould()
          .notBeProtected();

  @ArchTest
  static final ArchRule holdingABucketIsTheProof =
      classes()
          .that()
          .haveFullyQualifiedName(EXPORTED + ".PrivateBucket")
          .should(haveModifier(JavaModifier.FINAL))
          .andShould()
          .haveOnlyFinalFields()
          .andShould(haveOnlyPackagePrivateConstructors());

  @ArchTest
  static final ArchRule onlyNamesMakeBuckets =
      classes()
          .that()
          .haveFullyQualifiedName(EXPORTED + ".PrivateBucket")
          .should(beMadeOnlyBy("ResolvedNames", "DeclaredBucket", "ClearedBucket"));

  @ArchTest
  static final ArchRule publicClassesAreFinalOrSealed =
      classes().that(VISIBLE_CLASS).and().areNotInterfaces().should(beFinalOrSealed());

  private static boolean isVisible(JavaClass type) {
    return (type.getPackageName().equals(EXPORTED) || type.getPackageName().equals(LIFECYCLE))
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isApi(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return type.getBaseComponentType().isPrimitive()
        || name.equals("java")
        || name.startsWith("java.")
        || name.equals("io.github.ownproof.core")
        || name.equals("io.github.ownproof.core.audit")
        || name.equals("io.github.ownproof.core.telemetry")
        || name.startsWith("org.jspecify.")
        || (name.startsWith("software.amazon.awssdk.") && !name.contains(".internal"))
        || isVisible(type.getBaseComponentType());
  }

  private static ArchCondition<JavaMember> showOnlyApiTypes() {
    return new ArchCondition<>("show only types that are API") {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        Stream<JavaClass> shown =
            member instanceof JavaCodeUnit code
                ? Stream.concat(
                    code.getAllInvolvedRawTypes().stream(),
                    code.getThrowsClause().getTypes().stream())
                : member.getAllInvolvedRawTypes().stream();
        report(member.getFullName(), shown, events);
      }
    };
  }

  private static ArchCondition<JavaClass> extendOnlyApiTypes() {
    return new ArchCondition<>("extend only types that are API") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        report(
            type.getFullName(),
            Stream.concat(
                type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream()),
            events);
      }
    };
  }

  private static void report(String what, Stream<JavaClass> shown, ConditionEvents events) {
    String foreign =
        shown
            .filter(type -> !isApi(type))
            .map(JavaClass::getFullName)
            .distinct()
            .collect(Collectors.joining(", "));
    events.add(new SimpleConditionEvent(what, foreign.isEmpty(), what + " shows " + foreign));
  }

  private static ArchCondition<JavaClass> haveOnlyPackagePrivateConstructors() {
    return new ArchCondition<>("have only package-private constructors") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getConstructors()
            .forEach(
                constructor ->
                    events.add(
                        new SimpleConditionEvent(
                            constructor,
                            Stream.of(JavaModifier.PUBLIC, JavaModifier.PROTECTED)
                                .noneMatch(constructor.getModifiers()::contains),
                            constructor.getFullName() + " can be called from outside")));
      }
    };
  }

  private static ArchCondition<JavaClass> beMadeOnlyBy(String... makers) {
    return new ArchCondition<>("be made only by " + String.join(", ", makers)) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getConstructorCallsToSelf()
            .forEach(
                call ->
                    events.add(
                        new SimpleConditionEvent(
                            call,
                            Set.of(makers).contains(call.getOriginOwner().getSimpleName()),
                            call.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> beFinalOrSealed() {
    return new ArchCondition<>("be final or sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.getModifiers().contains(JavaModifier.FINAL)
                || type.isEnum()
                || type.reflect().isSealed();
        events.add(new SimpleConditionEvent(type, closed, type.getFullName() + " can be extended"));
      }
    };
  }
}
