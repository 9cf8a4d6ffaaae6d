package io.github.ownproof.auth;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.haveModifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.core.OwnproofException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "io.github.ownproof.auth",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String AUTH = "io.github.ownproof.auth";
  private static final String KEYS = AUTH + ".keys";
  private static final String GRANT = AUTH + ".grant";
  private static final String SERVLET = AUTH + ".servlet";
  private static final String INTERNAL = AUTH + ".internal";
  private static final Set<String> EXPORTED = Set.of(AUTH, GRANT, KEYS, SERVLET);

  /** Whose existence proves something, and who may make them. */
  private static final Map<String, Set<String>> PROOFS =
      Map.of(
          AUTH + ".Identity", Set.of("AcceptedIssuer"),
          AUTH + ".VerifiedToken", Set.of("AcceptedIssuer"),
          AUTH + ".ContactEmail", Set.of("TokenProfile"),
          AUTH + ".TokenProfile", Set.of("VerifiedToken"),
          AUTH + ".Claims", Set.of("AcceptedIssuer", "Claims"),
          KEYS + ".VerificationKey", Set.of("JwkReader"),
          GRANT + ".SupportGrant", Set.of("Desk"),
          GRANT + ".SupportDecision$Permitted", Set.of("UseRecorder"),
          GRANT + ".VerifiedGrant", Set.of("GrantClaims"));

  /** What a class of another module can see: a public class, in public ones, of our packages. */
  private static final DescribedPredicate<JavaClass> VISIBLE_CLASS =
      describe("is public API", ArchitectureTest::isVisible);

  private static final DescribedPredicate<JavaMember> VISIBLE_MEMBER =
      describe(
          "is a public or protected member of the public API",
          member ->
              isVisible(member.getOwner())
                  && (member.getModifiers().contains(JavaModifier.PUBLIC)
                      || member.getModifiers().contains(JavaModifier.PROTECTED)));

  private static final DescribedPredicate<JavaClass> PROOF =
      describe("is a proof", type -> PROOFS.containsKey(type.getName()));

  @ArchTest
  static final ArchRule publicMethodsShowOnlyTypesThatAreApi =
      codeUnits().that(VISIBLE_MEMBER).should(showOnlyApiTypes());

  @ArchTest
  static final ArchRule publicFieldsShowOnlyTypesThatAreApi =
      fields().that(VISIBLE_MEMBER).should(showOnlyApiTypes()).allowEmptyShould(true);

  @ArchTest
  static final ArchRule publicClassesExtendOnlyTypesThatAreApi =
      classes().that(VISIBLE_CLASS).should(extendOnlyApiTypes());

  @ArchTest
  static final ArchRule internalClassesStayBehindTheModule =
      classes()
          .that()
          .resideInAPackage(INTERNAL)
          .should()
          .onlyBeAccessed()
          .byAnyPackage(AUTH + "..");

  @ArchTest
  static final ArchRule knowsNothingOfTheCloudOrOfTests =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk..",
              "software.amazon.cryptools..",
              "io.github.ownproof.s3..",
              "io.github.ownproof.testkit..");

  @ArchTest
  static final ArchRule onlyKeysKnowNimbus =
      noClasses()
          .that()
          .resideOutsideOfPackage(KEYS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule onlyTheCachesKnowCaffeine =
      noClasses()
          .that(
              describe(
                  "are not the caches",
                  type ->
                      !Set.of("TokenCache", "UnknownKids", "GrantReader")
                          .contains(outermost(type))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.benmanes.caffeine..");

  @ArchTest
  static final ArchRule onlyTheFilterKnowsServlets =
      noClasses()
          .that()
          .resideOutsideOfPackage(SERVLET)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta..");

  @ArchTest
  static final ArchRule logsThroughSlf4j =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.github.ownproof.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule keysDoNotKnowTokens =
      noClasses()
          .that()
          .resideInAPackage(KEYS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AUTH, GRANT, SERVLET);

  /** A service that did not opt in cannot come upon a grant by verifying tokens. */
  @ArchTest
  static final ArchRule verificationDoesNotKnowGrants =
      noClasses()
          .that()
          .resideInAnyPackage(AUTH, SERVLET)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(GRANT);

  @ArchTest
  static final ArchRule internalsDoNotKnowWhatIsBuiltOnThem =
      noClasses()
          .that()
          .resideInAPackage(INTERNAL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AUTH, GRANT, KEYS, SERVLET);

  @ArchTest
  static final ArchRule publicExceptionsAreFinalAndOurs =
      classes()
          .that()
          .areAssignableTo(Throwable.class)
          .and(VISIBLE_CLASS)
          .should(haveModifier(JavaModifier.FINAL))
          .andShould()
          .beAssignableTo(OwnproofException.class)
          .andShould()
          .haveSimpleNameEndingWith("Exception");

  /** Thrown at the rate at which garbage arrives, and caught here. */
  @ArchTest
  static final ArchRule otherThrowablesStayInside =
      classes()
          .that()
          .areAssignableTo(Throwable.class)
          .and(describe("are not API", type -> !isVisible(type)))
          .should(
              beOneOf("Refusal", "MalformedInput", "FetchFailure", "StepRefused", "GrantDenial"))
          .andShould()
          .beAssignableTo(Exception.class)
          .andShould()
          .notBeAssignableTo(RuntimeException.class);

  @ArchTest
  static final ArchRule noMethodOfTheApiThrowsThem =
      methods()
          .that(VISIBLE_MEMBER)
          .should()
          .notDeclareThrowableOfType(Refusal.class)
          .andShould()
          .notDeclareThrowableOfType(MalformedInput.class);

  @ArchTest
  static final ArchRule exceptionsAreMadeHere =
      constructors()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo(Throwable.class)
          .should()
          .notBePublic()
          .andShould()
          .notBeProtected();

  @ArchTest
  static final ArchRule holdingOneIsTheProof =
      classes()
          .that(PROOF)
          .should(haveModifier(JavaModifier.FINAL))
          .andShould()
          .haveOnlyFinalFields()
          .andShould(haveOnlyPackagePrivateConstructors())
          .andShould()
          .notBeAssignableTo(java.io.Serializable.class)
          .andShould()
          .notBeAssignableTo(Cloneable.class);

  @ArchTest
  static final ArchRule proofsAreMadeInOnePlace =
      classes().that(PROOF).should(beMadeOnlyByTheirMakers());

  @ArchTest
  static final ArchRule noWayLeadsFromAnAddressToAnIdentity =
      methods()
          .that()
          .haveRawReturnType(
              describe("an Identity", type -> type.getName().equals(AUTH + ".Identity")))
          .should(takeNothing());

  /** The engineer stays the engineer: nothing makes somebody else of a grant. */
  @ArchTest
  static final ArchRule noGrantLeadsToAnotherUser =
      methods()
          .that(VISIBLE_MEMBER)
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage(GRANT)
          .should(notReturnOneOf(AUTH + ".Identity", AUTH + ".VerifiedToken", AUTH + ".Claims"));

  @ArchTest
  static final ArchRule publicClassesAreFinalOrSealed =
      classes().that(VISIBLE_CLASS).and().areNotInterfaces().should(beFinalOrSealed());

  @Test
  void everyProofExists() {
    assertThat(PROOFS.keySet()).allSatisfy(name -> assertThat(Class.forName(name)).isFinal());
  }

  @Test
  void sharedThrowables_haveNoStackToGrowOrTell() {
    for (Throwable shared : List.of(Refusal.of(Reason.EXPIRED), MalformedInput.malformed())) {
      shared.addSuppressed(new IllegalStateException("left by a caller"));
      assertThat(shared.getSuppressed()).isEmpty();
      assertThat(shared.getStackTrace()).isEmpty();
    }
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type.getSimpleName());
  }

  private static boolean isVisible(JavaClass type) {
    return EXPORTED.contains(type.getPackageName())
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isApi(JavaClass type, JavaClass owner) {
    String name = type.getBaseComponentType().getPackageName();
    return type.getBaseComponentType().isPrimitive()
        || name.equals("java")
        || name.startsWith("java.")
        || name.equals("javax.net.ssl")
        || name.equals("io.github.ownproof.core")
        || name.equals("io.github.ownproof.core.telemetry")
        || (name.equals("io.github.ownproof.core.audit") && owner.getPackageName().equals(GRANT))
        || (name.startsWith("jakarta.servlet") && owner.getPackageName().equals(SERVLET))
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
        report(member.getFullName(), member.getOwner(), shown, events);
      }
    };
  }

  private static ArchCondition<JavaClass> extendOnlyApiTypes() {
    return new ArchCondition<>("extend only types that are API") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        report(
            type.getFullName(),
            type,
            Stream.concat(
                type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream()),
            events);
      }
    };
  }

  private static void report(
      String what, JavaClass owner, Stream<JavaClass> shown, ConditionEvents events) {
    String foreign =
        shown
            .filter(type -> !isApi(type, owner))
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

  private static ArchCondition<JavaClass> beMadeOnlyByTheirMakers() {
    return new ArchCondition<>("be made only by their makers") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getConstructorCallsToSelf()
            .forEach(
                call ->
                    events.add(
                        new SimpleConditionEvent(
                            call,
                            PROOFS
                                .getOrDefault(type.getName(), Set.of())
                                .contains(call.getOriginOwner().getSimpleName()),
                            call.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> beOneOf(String... names) {
    return new ArchCondition<>("be one of " + String.join(", ", names)) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                type, Set.of(names).contains(type.getSimpleName()), type.getFullName()));
      }
    };
  }

  private static ArchCondition<JavaMethod> notReturnOneOf(String... names) {
    return new ArchCondition<>("not return one of " + String.join(", ", names)) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean returnsOne =
            method.getReturnType().getAllInvolvedRawTypes().stream()
                .anyMatch(type -> Set.of(names).contains(type.getName()));
        events.add(new SimpleConditionEvent(method, !returnsOne, method.getFullName()));
      }
    };
  }

  private static ArchCondition<JavaMethod> takeNothing() {
    return new ArchCondition<>("take nothing") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                method, method.getRawParameterTypes().isEmpty(), method.getFullName()));
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
