package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.ACME;
import static io.github.ownproof.auth.grant.DeskRig.draft;
import static io.github.ownproof.auth.grant.DeskRig.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.AuditTrail;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/**
 * The trail, the store, the epochs, the application, the key or the listener fail: at each point.
 */
class SupportAccessFaultsTest {

  private final DeskRig rig = new DeskRig(builder -> builder, true);

  @Test
  void trailDown_nothingIsGivenAnywhere() {
    GrantId id = rig.requested();
    GrantId other = rig.desk.request(rig.token("erik"), draft()).id();
    rig.desk.approve(other, rig.token("ada"));
    List<AccessRequest> before = rig.desk.requests(ACME);
    rig.trail.down(true);
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft().resources("orders/9"))))
        .isEqualTo("TRAIL_UNAVAILABLE");
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("TRAIL_UNAVAILABLE");
    assertThat(name(rig.desk.tryDeny(id, rig.token("ada")))).isEqualTo("TRAIL_UNAVAILABLE");
    assertThat(name(rig.desk.tryIssue(other, rig.token("erik")))).isEqualTo("TRAIL_UNAVAILABLE");
    assertThat(rig.desk.requests(ACME)).isEqualTo(before);
    // What is refused for another reason is refused for that one.
    assertThat(name(rig.desk.tryApprove(id, rig.token("walt")))).isEqualTo("NOT_APPROVER");
  }

  @Test
  void trailDown_consentGivesNothing() {
    rig.people.policy =
        SupportPolicy.askEachTime()
            .consent(
                new SupportPolicy.Consent(
                    DeskRig.person("ada"), DeskRig.START.minusSeconds(9), draft().scope()));
    rig.trail.failAt(3);
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft()))).isEqualTo("TRAIL_UNAVAILABLE");
    assertThat(rig.desk.requests(ACME).get(0).state()).isInstanceOf(AccessState.Pending.class);
    assertThat(rig.desk.request(rig.token("eve"), draft()).state())
        .isInstanceOf(AccessState.Granted.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void trail_failsAtALineOfApprove_isSaid_andRepeatingHeals(int line) {
    GrantId id = rig.requested();
    rig.trail.clear();
    rig.trail.failAt(line);
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("TRAIL_UNAVAILABLE");
    assertThat(rig.state(id))
        .isInstanceOf(line == 1 ? AccessState.Pending.class : AccessState.Granted.class);
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("COMPLETED");
    assertThat(rig.trail.lines()).containsExactly("grant:approve ALLOWED", "grant:approve DONE");
    assertThat(rig.told).containsExactly("REQUEST Pending", "APPROVE Granted");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void trail_failsAtALineOfIssue_givesNoToken(int line) {
    GrantId id = rig.granted();
    rig.trail.failAt(line);
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo("TRAIL_UNAVAILABLE");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void trail_failsAtALineOfRevoke_itIsRevokedAllTheSame(int line) {
    GrantId id = rig.granted();
    rig.trail.failAt(line);
    SupportOutcome<AccessRequest> outcome = rig.desk.tryRevoke(id, rig.token("ada"));
    assertThat(name(outcome)).isEqualTo("TRAIL_UNAVAILABLE");
    assertThat(((SupportOutcome.Refused<AccessRequest>) outcome).detail())
        .startsWith("It is taken back")
        .contains("repeat");
    assertThat(rig.state(id)).isInstanceOf(AccessState.Revoked.class);
    assertThat(rig.epochs.isLive(id)).isFalse();
    assertThat(rig.told).endsWith("REVOKE Revoked");
    rig.trail.clear();
    assertThat(name(rig.desk.tryRevoke(id, rig.token("ada")))).isEqualTo("COMPLETED");
    assertThat(rig.trail.lines()).containsExactly("grant:revoke DONE");
  }

  @Test
  void trailDown_timeIsUpAllTheSame() {
    GrantId id = rig.granted();
    rig.pass(Duration.ofHours(1));
    rig.trail.down(true);
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo("EXPIRED");
    assertThat(rig.desk.find(id).orElseThrow().state()).isInstanceOf(AccessState.Expired.class);
    assertThat(rig.desk.grants(ACME)).isEmpty();
    assertThat(rig.state(id)).isInstanceOf(AccessState.Granted.class);
    rig.trail.down(false);
    assertThat(rig.desk.find(id).orElseThrow().state()).isInstanceOf(AccessState.Expired.class);
    assertThat(rig.state(id)).isInstanceOf(AccessState.Expired.class);
  }

  @Test
  void store_losesTheAnswerOfAnApproval_repeatingFindsIt() {
    GrantId id = rig.requested();
    rig.store.plan(FaultyStore.Fault.NONE, FaultyStore.Fault.AFTER);
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(rig.state(id)).isInstanceOf(AccessState.Granted.class);
    assertThat(rig.epochs.isLive(id)).isFalse();
    assertThat(rig.trail.lines())
        .endsWith("grant:approve ALLOWED", "grant:approve FAILED (STORE_UNAVAILABLE)");
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("COMPLETED");
    assertThat(rig.epochs.isLive(id)).isTrue();
  }

  @Test
  void store_losesTheAnswerOfARequest_repeatingFindsIt() {
    rig.store.plan(FaultyStore.Fault.NONE, FaultyStore.Fault.AFTER);
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft()))).isEqualTo("STORE_UNAVAILABLE");
    AccessRequest stored = rig.desk.requests(ACME).get(0);
    assertThat(rig.desk.request(rig.token("eve"), draft())).isEqualTo(stored);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyStore.Fault.class,
      names = {"BEFORE", "AFTER"})
  void store_failsInARevocation_theEpochsStopItAllTheSame(FaultyStore.Fault fault) {
    GrantId id = rig.granted();
    rig.store.plan(FaultyStore.Fault.NONE, fault);
    SupportOutcome<AccessRequest> outcome = rig.desk.tryRevoke(id, rig.token("ada"));
    assertThat(name(outcome)).isEqualTo("STORE_UNAVAILABLE");
    assertThat(((SupportOutcome.Refused<AccessRequest>) outcome).detail()).contains("repeat");
    assertThat(rig.epochs.isLive(id)).isFalse();
    assertThat(name(rig.desk.tryRevoke(id, rig.token("ada")))).isEqualTo("COMPLETED");
    assertThat(rig.state(id)).isInstanceOf(AccessState.Revoked.class);
  }

  @Test
  void storeDown_everyStepIsRefused_andEveryQuestionThrows() {
    GrantId id = rig.granted();
    rig.store.down(true);
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft()))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(name(rig.desk.tryDeny(id, rig.token("ada")))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(name(rig.desk.tryRevoke(id, rig.token("ada")))).isEqualTo("STORE_UNAVAILABLE");
    assertThatThrownBy(() -> rig.desk.find(id)).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> rig.desk.requests(ACME)).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> rig.desk.grants(ACME)).isInstanceOf(GrantStoreException.class);
    assertThatThrownBy(() -> rig.desk.uses(ACME)).isInstanceOf(GrantStoreException.class);
  }

  @Test
  void store_failsWhileExpiring_isSaid() {
    GrantId id = rig.granted();
    rig.pass(Duration.ofHours(1));
    rig.store.plan(FaultyStore.Fault.NONE, FaultyStore.Fault.BEFORE);
    assertThatThrownBy(() -> rig.desk.find(id)).isInstanceOf(GrantStoreException.class);
    rig.store.plan(FaultyStore.Fault.NONE, FaultyStore.Fault.BEFORE);
    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo("STORE_UNAVAILABLE");
  }

  @Test
  void epochsDown_approvalIsNotLive_untilRepeated() {
    GrantId id = rig.requested();
    rig.epochs.down(true);
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(rig.state(id)).isInstanceOf(AccessState.Granted.class);
    assertThat(rig.told).endsWith("APPROVE Granted");
    rig.epochs.down(false);
    assertThat(rig.epochs.isLive(id)).isFalse();
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("COMPLETED");
    assertThat(rig.epochs.isLive(id)).isTrue();
  }

  @Test
  void epochsDown_revocationIsInTheStore_andRepeatingTellsTheEpochs() {
    GrantId id = rig.granted();
    rig.epochs.down(true);
    SupportOutcome<AccessRequest> outcome = rig.desk.tryRevoke(id, rig.token("ada"));
    assertThat(name(outcome)).isEqualTo("STORE_UNAVAILABLE");
    assertThat(rig.state(id)).isInstanceOf(AccessState.Revoked.class);
    rig.epochs.down(false);
    assertThat(rig.epochs.isLive(id)).isTrue();
    assertThat(name(rig.desk.tryRevoke(id, rig.token("erik")))).isEqualTo("COMPLETED");
    assertThat(rig.epochs.isLive(id)).isFalse();
  }

  @Test
  void epochs_activatedAfterARevocation_areKilledAgain() {
    GrantId id = rig.requested();
    rig.epochs.afterActivate(
        () -> {
          AccessRequest granted = rig.store.inner.find(id).orElseThrow();
          AccessState.Open open = (AccessState.Open) granted.state();
          assertThat(
                  rig.store.inner.replace(
                      granted,
                      granted.next(
                          new AccessState.Revoked(DeskRig.person("bob"), DeskRig.START, open))))
              .isTrue();
        });
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada")))).isEqualTo("REVOKED");
    assertThat(rig.epochs.isLive(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"isEngineer", "isStaffAccount", "policy", "record", "approverSince"})
  void application_doesNotAnswer_isNoYes(String method) {
    GrantId id = rig.requested();
    rig.people.failing = Set.of(method);
    boolean isAskedOfRequests = !method.equals("approverSince");
    assertThat(name(rig.desk.tryRequest(rig.token("eve"), draft().resources("orders/9"))))
        .isEqualTo(isAskedOfRequests ? "STORE_UNAVAILABLE" : "COMPLETED");
    boolean isAskedOfApprovals = Set.of("isEngineer", "policy", "approverSince").contains(method);
    assertThat(name(rig.desk.tryApprove(id, rig.token("ada"))))
        .isEqualTo(isAskedOfApprovals ? "STORE_UNAVAILABLE" : "COMPLETED");
  }

  @Test
  void application_knowsOnlyOneOfStaffAndApprovers_revocationNeedsNoMore() {
    GrantId one = rig.granted();
    rig.people.failing = Set.of("isEngineer");
    assertThat(name(rig.desk.tryRevoke(one, rig.token("walt")))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(name(rig.desk.tryRevoke(one, rig.token("ada")))).isEqualTo("COMPLETED");
    rig.people.failing = Set.of();
    GrantId other = rig.granted();
    rig.people.failing = Set.of("approverSince");
    assertThat(name(rig.desk.tryRevoke(other, rig.token("walt")))).isEqualTo("STORE_UNAVAILABLE");
    assertThat(name(rig.desk.tryRevoke(other, rig.token("erik")))).isEqualTo("COMPLETED");
  }

  @Test
  void listener_throws_changesNothing() {
    DeskRig other =
        new DeskRig(
            builder ->
                builder.listener(
                    new SupportListener() {
                      @Override
                      public void changed(Step step, AccessRequest request) {
                        throw new IllegalStateException("no mail today");
                      }
                    }));
    GrantId id = other.granted();
    assertThat(name(other.desk.tryIssue(id, other.token("eve")))).isEqualTo("COMPLETED");
    assertThat(name(other.desk.tryRevoke(id, other.token("ada")))).isEqualTo("COMPLETED");
  }

  @Test
  void signer_fails_givesNoToken_andSaysSo() {
    for (Exception failure :
        List.of(new GeneralSecurityException("secret"), new IllegalStateException("secret"))) {
      DeskRig other = new DeskRig(builder -> builder.signingKey(failing(failure)));
      GrantId id = other.granted();
      SupportOutcome<String> outcome = other.desk.tryIssue(id, other.token("eve"));
      assertThat(name(outcome)).isEqualTo("KEYS_UNAVAILABLE");
      assertThat(((SupportOutcome.Refused<String>) outcome).detail()).doesNotContain("secret");
      assertThat(other.trail.lines())
          .endsWith("grant:issue ALLOWED", "grant:issue FAILED (KEYS_UNAVAILABLE)");
    }
  }

  private static GrantSigner failing(Exception failure) {
    return new GrantSigner() {
      @Override
      public String keyId() {
        return "desk-1";
      }

      @Override
      public PublicKey publicKey() {
        return DeskRig.KEY.getPublic();
      }

      @Override
      public byte[] sign(byte[] message) throws GeneralSecurityException {
        if (failure instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        throw (GeneralSecurityException) failure;
      }
    };
  }

  @Test
  void busyStore_isGivenUpOn_notTriedForEver() {
    DeskRig other =
        new DeskRig(builder -> builder.grants(new NeverReplaces(GrantStore.inMemory())));
    GrantId id = other.desk.request(other.token("eve"), draft()).id();
    assertThat(name(other.desk.tryApprove(id, other.token("ada")))).isEqualTo("BUSY");
    assertThat(name(other.desk.tryDeny(id, other.token("ada")))).isEqualTo("BUSY");
    assertThat(name(other.desk.tryRevoke(id, other.token("ada")))).isEqualTo("BUSY");
  }

  @Test
  void slf4jTrail_keepsEveryStep_andLeavesNothingInTheMdc() {
    AuditTrail seeing =
        event -> {
          AuditTrail.slf4j().record(event);
          assertThat(event.fields()).containsKeys("ticket", "grant", "customer", "actor.subject");
        };
    DeskRig other = new DeskRig(builder -> builder.audit(seeing));
    GrantId id = other.granted();
    assertThat(name(other.desk.tryRevoke(id, other.token("ada")))).isEqualTo("COMPLETED");
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  private record NeverReplaces(GrantStore inner) implements GrantStore {

    @Override
    public Optional<AccessRequest> find(GrantId id) {
      return inner.find(id);
    }

    @Override
    public boolean create(AccessRequest request) {
      return inner.create(request);
    }

    @Override
    public boolean replace(AccessRequest expected, AccessRequest next) {
      return false;
    }

    @Override
    public List<AccessRequest> requests(CustomerId customer) {
      return inner.requests(customer);
    }

    @Override
    public boolean isLive(GrantId id) {
      return inner.isLive(id);
    }

    @Override
    public void record(GrantUse use) {
      inner.record(use);
    }

    @Override
    public List<GrantUse> uses(CustomerId customer, Instant since) {
      return inner.uses(customer, since);
    }
  }
}
