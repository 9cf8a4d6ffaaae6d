package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.ACME;
import static io.github.ownproof.auth.grant.DeskRig.START;
import static io.github.ownproof.auth.grant.DeskRig.draft;
import static io.github.ownproof.auth.grant.DeskRig.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SupportAccessTest {

  private final DeskRig rig = new DeskRig();

  @Test
  void life_requestApproveIssueRevoke_isOneGrantAllAlong() {
    AccessRequest request = rig.desk.request(rig.token("eve"), draft());
    assertThat(request.state())
        .isEqualTo(
            new AccessState.Pending(START.plus(Duration.ofHours(24)), 1, java.util.List.of()));
    assertThat(request.services()).containsExactly("billing", "orders-api");

    SupportGrant grant = rig.desk.approve(request.id(), rig.token("ada"));
    assertThat(grant.id()).isEqualTo(request.id());
    assertThat(grant.engineer()).isEqualTo(person("eve"));
    assertThat(grant.scope()).isEqualTo(draft().scope());
    assertThat(grant.from()).isEqualTo(START);
    assertThat(grant.until()).isEqualTo(START.plus(Duration.ofHours(1)));
    assertThat(rig.store.isLive(grant.id())).isTrue();

    assertThat(rig.desk.issue(grant.id(), rig.token("eve"))).isNotEmpty();

    AccessRequest revoked = rig.desk.revoke(grant.id(), rig.token("bob"));
    assertThat(revoked.state()).isInstanceOf(AccessState.Revoked.class);
    assertThat(rig.store.isLive(grant.id())).isFalse();
    assertThat(rig.desk.grants(ACME)).isEmpty();
    assertThat(rig.desk.requests(ACME)).containsExactly(revoked);
    assertThat(rig.trail.lines())
        .containsExactly(
            "grant:request ALLOWED",
            "grant:request DONE",
            "grant:approve ALLOWED",
            "grant:approve DONE",
            "grant:issue ALLOWED",
            "grant:issue DONE",
            "grant:revoke ALLOWED",
            "grant:revoke DONE");
    assertThat(rig.told)
        .containsExactly("REQUEST Pending", "APPROVE Granted", "ISSUE Granted", "REVOKE Revoked");
  }
}
