package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.ACME;
import static io.github.ownproof.auth.grant.DeskRig.START;
import static io.github.ownproof.auth.grant.DeskRig.draft;
import static io.github.ownproof.auth.grant.DeskRig.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ownproof.auth.IdentityKind;
import io.github.ownproof.auth.MintedPeople;
import io.github.ownproof.auth.TokenKind;
import io.github.ownproof.auth.VerifiedToken;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal that can come from the desk, and that nothing comes of it. */
class SupportAccessRefusalsTest {

  private static final String FRESH = "\"acr\":\"mfa\",\"auth_time\":" + START.getEpochSecond();

  private final DeskRig rig = new DeskRig();

  static Stream<Arguments> steps() {
    return Stream.of(
        step("request", (rig, token) -> rig.desk.tryRequest(token, draft().resources("orders/9"))),
        step("approve", (rig, token) -> rig.desk.tryApprove(rig.requested(), token)),
        step("deny", (rig, token) -> rig.desk.tryDeny(rig.requested(), token)),
        step("issue", (rig, token) -> rig.desk.tryIssue(rig.granted(), token)),
        step("revoke", (rig, token) -> rig.desk.tryRevoke(rig.granted(), token)));
  }

  private static Arguments step(
      String name, BiFunction<DeskRig, VerifiedToken, SupportOutcome<?>> step) {
    return arguments(name, step);
  }

  /** Who could take the step, were it not for the token. */
  private static String whoMay(String step) {
    return List.of("approve", "deny").contains(step) ? "ada" : "eve";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void everyStep_byTokenThatIsNobodysOwn_isRefused(
      String name, BiFunction<DeskRig, VerifiedToken, SupportOutcome<?>> step) {
    for (String marker :
        List.of(
            "\"act\":{\"sub\":\"x\"}",
            "\"may_act\":{\"sub\":\"x\"}",
            "\"generated_by\":\"x\"",
            "\"impersonator\":\"x\"",
            "\"impersonator\":{\"id\":\"1\"}",
            "\"impersonated\":true",
            "\"impersonatedBy\":\"x\"",
            "\"impersonator_id\":\"1\"",
            "\"impersonator_uuid\":\"1\"",
            "\"impersonator_user_id\":1",
            "\"impersonation\":{\"active\":true}",
            "\"is_impersonated\":true",
            "\"on_behalf_of\":\"x\"",
            "\"https://example.com/impersonator\":\"x\"",
            "\"amr\":[\"pwd\",\"imp\"]")) {
      VerifiedToken marked = rig.tokenWith(whoMay(name), "{" + FRESH + "," + marker + "}");
      assertThat(name(step.apply(new DeskRig(), marked))).isEqualTo("IMPERSONATION");
    }
    for (TokenKind kind : List.of(TokenKind.ID, TokenKind.WORKLOAD)) {
      VerifiedToken other =
          MintedPeople.token(
              whoMay(name),
              "{" + FRESH + "}",
              START.plusSeconds(60),
              rig.clock,
              IdentityKind.USER,
              kind);
      assertThat(name(step.apply(new DeskRig(), other))).isEqualTo("NOT_A_PERSON");
    }
    for (IdentityKind kind : List.of(IdentityKind.SERVICE, IdentityKind.WORKLOAD)) {
      VerifiedToken machine =
          MintedPeople.token(
              whoMay(name),
              "{" + FRESH + "}",
              START.plusSeconds(60),
              rig.clock,
              kind,
              TokenKind.ACCESS);
      assertThat(name(step.apply(new DeskRig(), machine))).isEqualTo("NOT_A_PERSON");
    }
    assertThat(name(step.apply(new DeskRig(), rig.token(whoMay(name), Duration.ZERO))))
        .isEqualTo("TOKEN_EXPIRED");
    assertThat(name(step.apply(new DeskRig(), rig.token(whoMay(name), Duration.ofSeconds(1)))))
        .isEqualTo("COMPLETED");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void everyStep_byStranger_isRefused(
      String name, BiFunction<DeskRig, VerifiedToken, SupportOutcome<?>> step) {
    String refusal = name(step.apply(rig, rig.token("walt")));
    assertThat(refusal)
        .isEqualTo(List.of("request", "issue").contains(name) ? "NOT_ENGINEER" : "NOT_APPROVER");
  }

  static Stream<Arguments> drafts() {
    return Stream.of(
        arguments("TICKET", of(AccessRequestDraft.of(ACME, "case-4711"))),
        arguments("TICKET", of(AccessRequestDraft.of(ACME, "XCASE-4711x"))),
        arguments("STAFF_ACCOUNT", of(AccessRequestDraft.of(DeskRig.STAFF, "CASE-1"))),
        arguments("SERVICE", draft().services("mail")),
        arguments("SERVICE", draft().services("billing", "mail")),
        arguments("NOT_READ_ONLY", draft().permissions("orders:write")),
        arguments("NOT_READ_ONLY", draft().permissions("orders:delete")),
        arguments("NOT_IN_RECORD", draft().resources("users/1")),
        arguments("NOT_IN_RECORD", draft().permissions("invoices:read")),
        arguments("NOT_IN_RECORD", of(AccessRequestDraft.of(CustomerId.of("unknown"), "CASE-1"))),
        arguments("TOO_LONG", draft().duration(Duration.ofHours(8).plusSeconds(1))),
        arguments("COMPLETED", draft().duration(Duration.ofHours(8))),
        arguments("COMPLETED", draft().resourcesWithDescendants("orders")),
        arguments("COMPLETED", draft().services("billing")));
  }

  private static AccessRequestDraft of(AccessRequestDraft draft) {
    return draft.resources("orders/123").permissions("orders:read").residency("eu");
  }

  @ParameterizedTest
  @MethodSource("drafts")
  void request_ofWhatMayNotBeAsked_isRefusedAndLeavesNothing(
      String refusal, AccessRequestDraft draft) {
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft))).isEqualTo(refusal);
    assertThat(rig.desk.requests(draft.customer())).hasSize(refusal.equals("COMPLETED") ? 1 : 0);
  }

  @Test
  void request_ofWrite_namesTheReadToAskFor() {
    SupportOutcome<AccessRequest> outcome =
        rig.desk.tryRequest(rig.token("eve"), draft().permissions("orders:write"));
    assertThat(((SupportOutcome.Refused<AccessRequest>) outcome).detail())
        .contains("orders:write", "orders:read");
  }

  @Test
  void request_againstPolicy_isRefused() {
    rig.people.policy =
        SupportPolicy.askEachTime().withoutDescendants().longest(Duration.ofMinutes(30));
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft()))).isEqualTo("TOO_LONG");
    AccessRequestDraft half = draft().duration(Duration.ofMinutes(30));
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), half))).isEqualTo("COMPLETED");
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), half.resourcesWithDescendants("orders"))))
        .isEqualTo("TOO_BROAD");
  }

  @Test
  void request_overTheDesksOwnCap_isRefused() {
    DeskRig strict = new DeskRig(builder -> builder.longestAccess(Duration.ofMinutes(59)));
    assertThat(name(strict.desk.tryRequest(strict.token("eve"), draft()))).isEqualTo("TOO_LONG");
  }

  @Test
  void request_51stOfTheSame_isTooMany() {
    for (int i = 0; i < 50; i++) {
      GrantId id = rig.requested();
      assertThat(name(rig.desk.tryDeny(id, rig.token("ada")))).isEqualTo("COMPLETED");
    }
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft()))).isEqualTo("TOO_MANY");
    assertThat(name(rig.desk.tryRequest(rig.token("erik"), draft()))).isEqualTo("COMPLETED");
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft().justification("other"))))
        .isEqualTo("COMPLETED");
  }

  @Test
  void approve_byRequesterOrAnySupport_isRefused_alsoIfTheyAreApprovers() {
    GrantId id = rig.requested();
    rig.people.approvers.put("eve", START.minusSeconds(9999));
    rig.people.approvers.put("erik", START.minusSeconds(9999));
    assertThat(name(rig.desk.tryApprove(id, rig.token("eve")))).isEqualTo("SELF_APPROVAL");
    assertThat(name(rig.desk.tryApprove(id, rig.token("erik")))).isEqualTo("SELF_APPROVAL");
    assertThat(name(rig.desk.tryDeny(id, rig.token("erik")))).isEqualTo("SELF_APPROVAL");
    // Who asked is the requester still, whatever their job is today.
    rig.people.engineers.remove("eve");
    assertThat(name(rig.desk.tryApprove(id, rig.token("eve")))).isEqualTo("SELF_APPROVAL");
    assertThat(name(rig.desk.tryDeny(id, rig.token("eve")))).isEqualTo("SELF_APPROVAL");
    assertThat(rig.state(id)).isInstanceOf(AccessState.Pending.class);
  }

  @ParameterizedTest
  @CsvSource({"-1, COMPLETED", "0, COMPLETED", "1, APPROVER_SINCE_REQUEST"})
  void approve_byApproverSince_dependsOnTheRequest(int seconds, String outcome) {
    GrantId id = rig.requested();
    rig.people.approvers.put("nina", START.plusSeconds(seconds));
    assertThat(name(rig.desk.tryApprove(id, rig.token("nina")))).isEqualTo(outcome);
  }

  @Test
  void deny_byApproverSinceRequest_isTaken() {
    GrantId id = rig.requested();
    rig.people.approvers.put("nina", START.plusSeconds(60));
    assertThat(name(rig.desk.tryDeny(id, rig.token("nina")))).isEqualTo("COMPLETED");
  }

  @ParameterizedTest
  @CsvSource({
    "mfa, 0, COMPLETED",
    "mfa, 300, COMPLETED",
    "mfa, 301, STEP_UP",
    "pwd, 0, STEP_UP",
    "MFA, 0, STEP_UP",
  })
  void approve_takesFreshStrongLogin(String acr, long age, String outcome) {
    GrantId id = rig.requested();
    VerifiedToken token =
        rig.tokenWith(
            "ada",
            "{\"acr\":\"" + acr + "\",\"auth_time\":" + (START.getEpochSecond() - age) + "}");
    SupportOutcome<SupportGrant> approved = rig.desk.tryApprove(id, token);
    assertThat(name(approved)).isEqualTo(outcome);
    if (approved instanceof SupportOutcome.Refused<SupportGrant> refused) {
      assertThat(refused.challenge())
          .contains("insufficient_user_authentication", "acr_values=\"mfa\"", "max_age=\"300\"");
    }
  }

  @Test
  void approve_withoutAcrOrAuthTime_isRefused_whileDenyAndRevokeAreNot() {
    GrantId id = rig.requested();
    assertThat(name(rig.desk.tryApprove(id, rig.tokenWith("ada", "{}")))).isEqualTo("STEP_UP");
    assertThat(name(rig.desk.tryApprove(id, rig.tokenWith("ada", "{\"acr\":\"mfa\"}"))))
        .isEqualTo("STEP_UP");
    assertThat(name(rig.desk.tryDeny(id, rig.tokenWith("ada", "{}")))).isEqualTo("COMPLETED");
    GrantId second = rig.granted();
    assertThat(name(rig.desk.tryRevoke(second, rig.tokenWith("ada", "{}")))).isEqualTo("COMPLETED");
  }

  static Stream<Arguments> wider() {
    AccessScope asked = draft().scope();
    return Stream.of(
        arguments("WIDENED", asked.withResources(Resources.exactly("orders/123", "orders/9"))),
        arguments("WIDENED", asked.withResources(Resources.treesOf("orders/123"))),
        arguments("WIDENED", asked.withPermissions("orders:read", "invoices:read")),
        arguments("WIDENED", asked.withDuration(Duration.ofHours(1).plusSeconds(1))),
        arguments("COMPLETED", asked.withDuration(Duration.ofSeconds(1))),
        arguments("COMPLETED", asked.withResources(Resources.exactly("orders/124"))),
        arguments("COMPLETED", asked));
  }

  @ParameterizedTest
  @MethodSource("wider")
  void approve_narrowsAndNeverWidens(String outcome, AccessScope scope) {
    GrantId id = rig.requested();
    SupportOutcome<SupportGrant> approved = rig.desk.tryApprove(id, rig.token("ada"), scope);
    assertThat(name(approved)).isEqualTo(outcome);
    if (outcome.equals("COMPLETED")) {
      assertThat(approved.orThrow().scope()).isEqualTo(scope);
      assertThat(approved.orThrow().until()).isEqualTo(START.plus(scope.duration()));
    } else {
      assertThat(rig.state(id)).isInstanceOf(AccessState.Pending.class);
    }
  }

  @Test
  void issue_toAnotherEngineer_isRefused() {
    GrantId id = rig.granted();
    assertThat(name(rig.desk.tryIssue(id, rig.token("erik")))).isEqualTo("OTHER_ENGINEER");
    rig.people.engineers.remove("eve");
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo("NOT_ENGINEER");
  }

  @Test
  void revoke_byAnyEngineer_isTaken_alsoByOnesThatHaveNothingToDoWithIt() {
    assertThat(name(rig.desk.tryRevoke(rig.granted(), rig.token("erik")))).isEqualTo("COMPLETED");
  }

  static Stream<Arguments> states() {
    Function<DeskRig, GrantId> denied =
        rig -> {
          GrantId id = rig.requested();
          return rig.desk.deny(id, rig.token("ada")).id();
        };
    Function<DeskRig, GrantId> revoked =
        rig -> {
          GrantId id = rig.granted();
          return rig.desk.revoke(id, rig.token("ada")).id();
        };
    Function<DeskRig, GrantId> withdrawn =
        rig -> {
          GrantId id = rig.requested();
          return rig.desk.revoke(id, rig.token("eve")).id();
        };
    Function<DeskRig, GrantId> unanswered =
        rig -> {
          GrantId id = rig.requested();
          rig.pass(Duration.ofHours(24));
          return id;
        };
    Function<DeskRig, GrantId> over =
        rig -> {
          GrantId id = rig.granted();
          rig.pass(Duration.ofHours(1));
          return id;
        };
    Function<DeskRig, GrantId> unknown = rig -> GrantId.of("sg-" + "0".repeat(32));
    Function<DeskRig, GrantId> pending = DeskRig::requested;
    Function<DeskRig, GrantId> granted = DeskRig::granted;
    return Stream.of(
        // State, then what approve by bob, deny by bob, issue to eve, revoke by bob give.
        arguments("pending", pending, "COMPLETED COMPLETED PENDING COMPLETED"),
        arguments("granted", granted, "ALREADY_GRANTED ALREADY_GRANTED COMPLETED COMPLETED"),
        arguments("denied", denied, "DENIED DENIED DENIED DENIED"),
        arguments("revoked", revoked, "REVOKED REVOKED REVOKED COMPLETED"),
        arguments("withdrawn", withdrawn, "REVOKED REVOKED REVOKED COMPLETED"),
        arguments("unanswered", unanswered, "EXPIRED EXPIRED EXPIRED EXPIRED"),
        arguments("over", over, "EXPIRED EXPIRED EXPIRED EXPIRED"),
        arguments("unknown", unknown, "NOT_FOUND NOT_FOUND NOT_FOUND NOT_FOUND"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void everyStep_inEveryState_hasItsOutcome(
      String name, Function<DeskRig, GrantId> state, String expected) {
    List<Function<DeskRig, SupportOutcome<?>>> steps =
        List.of(
            world -> world.desk.tryApprove(state.apply(world), world.token("bob")),
            world -> world.desk.tryDeny(state.apply(world), world.token("bob")),
            world -> world.desk.tryIssue(state.apply(world), world.token("eve")),
            world -> world.desk.tryRevoke(state.apply(world), world.token("bob")));
    assertThat(steps.stream().map(step -> name(step.apply(new DeskRig()))))
        .containsExactly(expected.split(" "));
  }

  @Test
  void refusal_asException_saysTheSame() {
    GrantId id = rig.requested();
    assertThatThrownBy(() -> rig.desk.approve(id, rig.token("walt")))
        .isInstanceOfSatisfying(
            SupportAccessRefusedException.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(SupportRefusal.NOT_APPROVER);
              assertThat(refused.code()).isEqualTo("SUPPORT_NOT_APPROVER");
            });
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    assertThatThrownBy(() -> rig.desk.approve(id, rig.token("ada")))
        .isInstanceOfSatisfying(
            SupportAccessRefusedException.class,
            waiting -> assertThat(waiting.refusal()).isEqualTo(SupportRefusal.PENDING));
  }
}
