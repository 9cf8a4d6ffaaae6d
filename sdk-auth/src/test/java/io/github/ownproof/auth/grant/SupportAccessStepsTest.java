package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.ACME;
import static io.github.ownproof.auth.grant.DeskRig.START;
import static io.github.ownproof.auth.grant.DeskRig.draft;
import static io.github.ownproof.auth.grant.DeskRig.name;
import static io.github.ownproof.auth.grant.DeskRig.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeating, two approvers, consent, and time to the second. */
class SupportAccessStepsTest {

  private final DeskRig rig = new DeskRig();

  @Test
  void everyStep_repeatedByTheSamePerson_isTheSameAndChangesNothing() {
    AccessRequest first = rig.desk.request(rig.token("eve"), draft());
    assertThat(rig.desk.request(rig.token("eve"), draft())).isEqualTo(first);
    SupportGrant grant = rig.desk.approve(first.id(), rig.token("ada"));
    assertThat(rig.desk.approve(first.id(), rig.token("ada")).request()).isEqualTo(grant.request());
    assertThat(rig.desk.request(rig.token("eve"), draft())).isEqualTo(grant.request());
    AccessRequest revoked = rig.desk.revoke(first.id(), rig.token("ada"));
    assertThat(rig.desk.revoke(first.id(), rig.token("ada"))).isEqualTo(revoked);

    AccessRequest second = rig.desk.request(rig.token("eve"), draft());
    assertThat(second.id()).isNotEqualTo(first.id());
    AccessRequest denied = rig.desk.deny(second.id(), rig.token("ada"));
    assertThat(rig.desk.deny(second.id(), rig.token("ada"))).isEqualTo(denied);
    assertThat(rig.told)
        .containsExactly(
            "REQUEST Pending",
            "APPROVE Granted",
            "REVOKE Revoked",
            "REQUEST Pending",
            "REJECT Denied");
  }

  @Test
  void request_ofAnotherEngineerOrDraft_isAnother() {
    AccessRequestDraft draft = draft();
    assertThat(
            List.of(
                    rig.desk.request(rig.token("eve"), draft),
                    rig.desk.request(rig.token("erik"), draft),
                    rig.desk.request(rig.token("eve"), draft.resources("orders/9")),
                    rig.desk.request(rig.token("eve"), draft.resourcesWithDescendants("orders/9")),
                    rig.desk.request(rig.token("eve"), draft.services("billing")),
                    rig.desk.request(rig.token("eve"), draft.residency("us")),
                    rig.desk.request(rig.token("eve"), draft.justification("please")),
                    rig.desk.request(rig.token("eve"), draft.duration(Duration.ofMinutes(59))))
                .stream()
                .map(AccessRequest::id)
                .distinct())
        .hasSize(8);
  }

  @Test
  void approve_again_withAnotherScope_isNotWhatWasApproved() {
    GrantId id = rig.granted();
    AccessScope less = draft().scope().withDuration(Duration.ofMinutes(1));
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada"), less))).isEqualTo("ALREADY_GRANTED");
  }

  @Test
  void twoApprovers_grantWhatBothAgreedTo() {
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    GrantId id = rig.requested();
    AccessScope asked = draft().scope();
    assertThat(
            name(
                rig.desk.tryApprove(
                    id, rig.token("ada"), asked.withResources(Resources.exactly("orders/123")))))
        .isEqualTo("WAITING");
    assertThat(rig.store.isLive(id)).isFalse();
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo("PENDING");
    rig.pass(Duration.ofMinutes(3));
    SupportGrant grant =
        rig.desk.approve(id, rig.token("bob"), asked.withDuration(Duration.ofMinutes(10)));
    assertThat(grant.scope())
        .isEqualTo(
            asked
                .withResources(Resources.exactly("orders/123"))
                .withDuration(Duration.ofMinutes(10)));
    assertThat(grant.from()).isEqualTo(START.plusSeconds(180));
    assertThat(grant.until()).isEqualTo(START.plusSeconds(780));
  }

  @Test
  void twoApprovers_areTwoPeople() {
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    GrantId id = rig.requested();
    AccessScope less = draft().scope().withDuration(Duration.ofMinutes(1));
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("WAITING");
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("WAITING");
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada"), less))).isEqualTo("WAITING");
    assertThat(rig.desk.approve(id, rig.token("bob")).scope()).isEqualTo(less);
  }

  @Test
  void twoApprovers_withNothingInCommon_areToldSo() {
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    GrantId id = rig.requested();
    AccessScope asked = draft().scope();
    AccessScope one = asked.withResources(Resources.exactly("orders/123"));
    AccessScope other = asked.withResources(Resources.exactly("orders/124"));
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada"), one))).isEqualTo("WAITING");
    SupportOutcome<SupportGrant> outcome = rig.desk.tryApprove(id, rig.token("bob"), other);
    assertThat(name(outcome)).isEqualTo("WIDENED");
    assertThat(((SupportOutcome.Refused<SupportGrant>) outcome).detail()).contains("in common");
    assertThat(rig.state(id)).isInstanceOf(AccessState.Pending.class);
  }

  @Test
  void twoApprovers_theFirstNoLongerOne_waitsForAnother() {
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    rig.people.approvers.put("cleo", START.minusSeconds(9999));
    GrantId id = rig.requested();
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("WAITING");
    rig.people.approvers.remove("ada");
    assertThat(name(rig.desk.tryApprove(id, rig.token("bob")))).isEqualTo("WAITING");
    assertThat(name(rig.desk.tryApprove(id, rig.token("cleo")))).isEqualTo("COMPLETED");
  }

  @Test
  void twoApprovers_theFirstAnEngineerNow_waitsForAnother() {
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    GrantId id = rig.requested();
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("WAITING");
    rig.people.engineers.add("ada");
    assertThat(name(rig.desk.tryApprove(id, rig.token("bob")))).isEqualTo("WAITING");
  }

  @Test
  void twoApprovers_wantedSinceTheRequest_areTwo_andOneWantedSinceIsNot() {
    GrantId one = rig.requested();
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    assertThat(name(rig.desk.tryApprove(one, rig.token("ada")))).isEqualTo("WAITING");
    rig.people.policy = SupportPolicy.askEachTime();
    assertThat(name(rig.desk.tryApprove(one, rig.token("ada")))).isEqualTo("WAITING");
    assertThat(name(rig.desk.tryApprove(one, rig.token("bob")))).isEqualTo("COMPLETED");
  }

  @Test
  void consent_covers_grantsAtOnce_inTheNameOfWhoGaveIt() {
    rig.people.policy = consent("ada", START.minusSeconds(1), draft().scope());
    AccessRequest request = rig.desk.request(rig.token("eve"), draft());
    AccessState.Granted granted = (AccessState.Granted) request.state();
    assertThat(granted.approvals())
        .containsExactly(
            new Approval(person("ada"), START, draft().scope(), Approval.Way.BY_POLICY));
    assertThat(rig.trail.lines())
        .containsExactly(
            "grant:request ALLOWED",
            "grant:request DONE",
            "grant:approve_by_policy ALLOWED",
            "grant:approve_by_policy DONE");
    assertThat(rig.trail.events())
        .extracting(event -> event.occasion().actor())
        .containsOnly((Actor) person("eve"));
    assertThat(rig.told).containsExactly("REQUEST Pending", "APPROVE_BY_POLICY Granted");
  }

  @ParameterizedTest
  @CsvSource({
    // By whom, set when before the request, approver since when before the request.
    "ada, 1, 10, Granted",
    "ada, 0, 10, Pending",
    "ada, -1, 10, Pending",
    "ada, 5, 5, Granted",
    "ada, 5, 4, Pending",
    "walt, 5, 10, Pending",
    "erik, 5, 10, Pending",
    "eve, 5, 10, Pending",
  })
  void consent_countsOnly_ofAnApproverOfThen_andBeforeTheRequest(
      String who, long setBefore, long approverBefore, String state) {
    rig.people.approvers.remove("ada");
    if (!who.equals("walt")) {
      rig.people.approvers.put(who, START.minusSeconds(approverBefore));
    }
    rig.people.policy = consent(who, START.minusSeconds(setBefore), draft().scope());
    assertThat(name(rig.desk.request(rig.token("eve"), draft()).state())).isEqualTo(state);
  }

  @Test
  void consent_toLess_leavesTheRequestWaiting() {
    AccessScope asked = draft().scope();
    for (AccessScope less :
        List.of(
            asked.withDuration(Duration.ofMinutes(59)),
            asked.withResources(Resources.exactly("orders/123")),
            asked.withPermissions("invoices:read"))) {
      DeskRig other = new DeskRig();
      other.people.policy = consent("ada", START.minusSeconds(9), less);
      assertThat(other.desk.request(other.token("eve"), draft()).state())
          .isInstanceOf(AccessState.Pending.class);
    }
  }

  private static SupportPolicy consent(String who, Instant at, AccessScope scope) {
    return SupportPolicy.askEachTime().consent(new SupportPolicy.Consent(person(who), at, scope));
  }

  @ParameterizedTest
  @CsvSource({"86399, COMPLETED", "86400, EXPIRED", "86401, EXPIRED"})
  void pending_lasts24Hours(long seconds, String outcome) {
    GrantId id = rig.requested();
    rig.pass(Duration.ofSeconds(seconds));
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"1, 3599, COMPLETED", "1, 3600, EXPIRED", "8, 28799, COMPLETED", "8, 28800, EXPIRED"})
  void grant_lastsAsLongAsApproved(int hours, long seconds, String outcome) {
    AccessRequestDraft draft = draft().duration(Duration.ofHours(hours));
    GrantId id = rig.desk.request(rig.token("eve"), draft).id();
    SupportGrant grant = rig.desk.approve(id, rig.token("ada"));
    assertThat(grant.until()).isEqualTo(START.plus(Duration.ofHours(hours)));
    rig.pass(Duration.ofSeconds(seconds));
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo(outcome);
    assertThat(rig.desk.grants(ACME)).hasSize(outcome.equals("COMPLETED") ? 1 : 0);
  }

  @Test
  void grant_isNoLongerThanThePolicyOfTheMomentOfApproval() {
    GrantId id = rig.requested();
    rig.people.policy = SupportPolicy.askEachTime().longest(Duration.ofMinutes(10));
    assertThat(rig.desk.approve(id, rig.token("ada")).until()).isEqualTo(START.plusSeconds(600));
  }

  @Test
  void clock_setBack_neitherStopsNorReversesTime() {
    GrantId id = rig.granted();
    rig.clock.advance(Duration.ofDays(-1));
    rig.nanos.addAndGet(Duration.ofMinutes(59).plusSeconds(59).toNanos());
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve", Duration.ofDays(3)))))
        .isEqualTo("COMPLETED");
    rig.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve", Duration.ofDays(3)))))
        .isEqualTo("EXPIRED");
  }

  @Test
  void expiry_isRecordedOnce_byNobody_whoeverLooksFirst() {
    GrantId id = rig.granted();
    rig.pass(Duration.ofHours(1));
    rig.trail.clear();
    assertThat(rig.desk.find(id).orElseThrow().state())
        .isEqualTo(
            new AccessState.Expired(
                START.plusSeconds(3600), ((AccessState.Expired) rig.state(id)).before()));
    assertThat(rig.desk.requests(ACME)).hasSize(1);
    assertThat(rig.trail.lines()).containsExactly("grant:expire ALLOWED", "grant:expire DONE");
    assertThat(rig.trail.events())
        .extracting(event -> event.occasion().actor())
        .containsOnly((Actor) new Actor.Unverified());
    assertThat(rig.told).endsWith("EXPIRE Expired");
  }

  @Test
  void lines_ofEveryStep_carryWhoWhatAndWhy() {
    GrantId id = rig.granted();
    rig.trail.clear();
    assertThat(name(rig.desk.tryDeny(id, rig.token("bob")))).isEqualTo("ALREADY_GRANTED");
    AuditEvent event = rig.trail.events().get(0);
    assertThat(event.fields())
        .containsEntry("kind", "grant")
        .containsEntry("time", START.toString())
        .containsEntry("actor.issuer", DeskRig.ISSUER)
        .containsEntry("actor.subject", "bob")
        .containsEntry("action", "grant:reject")
        .containsEntry("target", "orders/123 orders/124")
        .containsEntry("outcome", "DENIED")
        .containsEntry("reason", "ALREADY_GRANTED")
        .containsEntry("ticket", "CASE-4711")
        .containsEntry("grant", id.value())
        .containsEntry("customer", "acme");
  }

  @Test
  void lines_ofAWholeLife_allNameEngineerTicketGrantCustomerAndResource() {
    GrantId id = rig.granted();
    String token = rig.desk.issue(id, rig.token("eve"));
    SupportAccessChecker checker =
        new SupportAccessChecker(
            SupportAccessChecker.Settings.of(
                    KeySource.pinned(rig.desk.publicKeys()), "orders-api", "eu")
                .customers(rig.people)
                .permissions(DeskRig.READS)
                .grants(rig.store)
                .audit(rig.trail)
                .clock(rig.clock),
            rig.nanos::get);
    assertThat(
            checker
                .check(rig.token("eve"), token, "GET", "orders/123", "orders:read")
                .isPermitted())
        .isTrue();
    assertThat(name(rig.desk.tryRevoke(id, rig.token("ada")))).isEqualTo("COMPLETED");
    assertThat(
            checker
                .check(rig.token("eve"), token, "GET", "orders/123", "orders:read")
                .isPermitted())
        .isFalse();
    rig.pass(Duration.ofHours(24));
    GrantId second = rig.requested();
    rig.pass(Duration.ofHours(24));
    assertThat(rig.desk.find(second).orElseThrow().state()).isInstanceOf(AccessState.Expired.class);

    assertThat(rig.trail.lines())
        .containsExactly(
            "grant:request ALLOWED",
            "grant:request DONE",
            "grant:approve ALLOWED",
            "grant:approve DONE",
            "grant:issue ALLOWED",
            "grant:issue DONE",
            "orders:read ALLOWED",
            "grant:revoke ALLOWED",
            "grant:revoke DONE",
            "orders:read DENIED (REVOKED)",
            "grant:request ALLOWED",
            "grant:request DONE",
            "grant:expire ALLOWED",
            "grant:expire DONE");
    assertThat(rig.trail.events())
        .allSatisfy(
            line ->
                assertThat(line.fields())
                    .containsEntry("engineer.issuer", DeskRig.ISSUER)
                    .containsEntry("engineer.subject", "eve")
                    .containsEntry("ticket", "CASE-4711")
                    .containsEntry("customer", "acme")
                    .hasEntrySatisfying("target", what -> assertThat(what).contains("orders/123"))
                    .containsKeys("grant", "outcome", "correlation"));
  }

  @Test
  void lines_ofOneStep_shareACorrelation_andNoOtherDoes() {
    GrantId id = rig.granted();
    rig.desk.revoke(id, rig.token("ada"));
    List<String> correlations =
        rig.trail.events().stream().map(event -> event.occasion().correlation()).toList();
    assertThat(correlations).hasSize(6);
    assertThat(correlations.stream().distinct()).hasSize(3);
    assertThat(correlations.get(0))
        .isEqualTo(correlations.get(1))
        .isNotEqualTo(correlations.get(2));
  }

  @Test
  void lines_ofRefusals_sayWhatIsKnown() {
    assertThat(name(rig.desk.tryRequest(rig.token("walt"), draft()))).isEqualTo("NOT_ENGINEER");
    assertThat(name(rig.desk.tryRevoke(GrantId.of("sg-" + "0".repeat(32)), rig.token("ada"))))
        .isEqualTo("NOT_FOUND");
    assertThat(rig.trail.events().get(0).fields())
        .containsEntry("kind", "access")
        .containsEntry("action", "grant:request")
        .containsEntry("ticket", "CASE-4711")
        .containsEntry("customer", "acme")
        .containsEntry("actor.subject", "walt")
        .containsEntry("reason", "NOT_ENGINEER")
        .doesNotContainKey("grant");
    assertThat(rig.trail.events().get(1).fields())
        .containsEntry("kind", "access")
        .containsEntry("action", "grant:revoke")
        .containsEntry("grant", "sg-" + "0".repeat(32))
        .containsEntry("reason", "NOT_FOUND");
  }
}
