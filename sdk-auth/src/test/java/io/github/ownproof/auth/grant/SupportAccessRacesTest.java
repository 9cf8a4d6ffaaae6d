package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of steps taken at once, in every order their calls of the store can come in. */
class SupportAccessRacesTest {

  /** A desk whose store lets one call through at a time, and what is asked of it. */
  private abstract static class Race implements StoreInterleavings.Scenario {

    DeskRig rig;
    GrantId id;

    /** What came before, without the gate. */
    GrantId before() {
      return rig.requested();
    }

    abstract List<Callable<?>> race();

    @Override
    public final List<Callable<?>> steps(StoreInterleavings.Gate gate) {
      rig = new DeskRig(gate, hasEpochs());
      id = before();
      return race();
    }

    boolean hasEpochs() {
      return false;
    }

    AccessState state() {
      return rig.state(id);
    }

    List<String> names(List<?> outcomes) {
      return outcomes.stream().map(one -> DeskRig.name((SupportOutcome<?>) one)).toList();
    }

    /** The grant happened at most once, and whoever is told it is done has the line. */
    void consistent(List<?> outcomes, String schedule) {
      long grants =
          rig.told.stream()
              .filter(line -> line.startsWith("APPROVE") && line.endsWith("Granted"))
              .count();
      assertThat(grants).as(schedule).isLessThanOrEqualTo(1);
      long done = done(Step.APPROVE);
      long completed = outcomes.stream().filter(SupportOutcome.Completed.class::isInstance).count();
      assertThat(done + done(Step.REJECT) + done(Step.REVOKE) + done(Step.REQUEST) - prior())
          .as(schedule)
          .isGreaterThanOrEqualTo(completed);
    }

    long prior() {
      return 1;
    }

    long done(Step step) {
      return rig.trail.events().stream()
          .filter(
              event ->
                  event instanceof AuditEvent.GrantChange change
                      && change.step() == step
                      && change.outcome().equals(Outcome.DONE))
          .count();
    }

    List<Actor> doneBy(Step step) {
      List<Actor> actors = new ArrayList<>();
      for (AuditEvent event : rig.trail.events()) {
        if (event instanceof AuditEvent.GrantChange change
            && change.step() == step
            && change.outcome().equals(Outcome.DONE)) {
          actors.add(change.occasion().actor());
        }
      }
      return actors;
    }
  }

  @Test
  void approveApprove_oneWins_theOtherIsTold() throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  List<Callable<?>> race() {
                    return List.of(
                        () -> rig.desk.tryApprove(id, rig.token("ada")),
                        () -> rig.desk.tryApprove(id, rig.token("bob")));
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    consistent(outcomes, schedule);
                    assertThat(names(outcomes))
                        .as(schedule)
                        .containsExactlyInAnyOrder("COMPLETED", "ALREADY_GRANTED");
                    String winner = names(outcomes).get(0).equals("COMPLETED") ? "ada" : "bob";
                    assertThat(((AccessState.Granted) state()).approvals())
                        .extracting(Approval::by)
                        .containsExactly(DeskRig.person(winner));
                    assertThat(doneBy(Step.APPROVE)).containsExactly(DeskRig.person(winner));
                  }
                });
    assertThat(schedules).isGreaterThan(5);
  }

  @Test
  void approveApprove_bySamePerson_isOneGrantAndBothAreTold() throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  List<Callable<?>> race() {
                    return List.of(
                        () -> rig.desk.tryApprove(id, rig.token("ada")),
                        () -> rig.desk.tryApprove(id, rig.token("ada")));
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    consistent(outcomes, schedule);
                    assertThat(names(outcomes)).as(schedule).containsOnly("COMPLETED");
                    assertThat(rig.store.inner.find(id).orElseThrow().version()).isEqualTo(2);
                  }
                });
    assertThat(schedules).isGreaterThan(5);
  }

  @Test
  void approveApprove_whereTwoMustAgree_nobodysWordIsLost() throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  GrantId before() {
                    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
                    return rig.requested();
                  }

                  @Override
                  List<Callable<?>> race() {
                    AccessScope one =
                        draft().scope().withResources(Resources.exactly("orders/123"));
                    return List.of(
                        () -> rig.desk.tryApprove(id, rig.token("ada")),
                        () -> rig.desk.tryApprove(id, rig.token("bob"), one));
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    consistent(outcomes, schedule);
                    assertThat(names(outcomes))
                        .as(schedule)
                        .containsExactlyInAnyOrder("COMPLETED", "WAITING");
                    AccessState.Granted granted = (AccessState.Granted) state();
                    assertThat(granted.approvals()).hasSize(2);
                    assertThat(granted.scope().resources())
                        .isEqualTo(Resources.exactly("orders/123"));
                  }
                });
    assertThat(schedules).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void approveRevoke_endsRevokedAndDead_whoeverIsFirst(boolean withEpochs) throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  boolean hasEpochs() {
                    return withEpochs;
                  }

                  @Override
                  List<Callable<?>> race() {
                    return List.of(
                        () -> rig.desk.tryApprove(id, rig.token("ada")),
                        () -> rig.desk.tryRevoke(id, rig.token("bob")));
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    consistent(outcomes, schedule);
                    assertThat(names(outcomes).get(0)).as(schedule).isIn("COMPLETED", "REVOKED");
                    assertThat(names(outcomes).get(1)).as(schedule).isEqualTo("COMPLETED");
                    assertThat(state()).isInstanceOf(AccessState.Revoked.class);
                    assertThat(rig.store.inner.isLive(id)).isFalse();
                    if (withEpochs) {
                      assertThat(rig.epochs.isLive(id)).as(schedule).isFalse();
                    }
                  }
                });
    assertThat(schedules).isGreaterThan(5);
  }

  @Test
  void approveExpire_expiredWins_whenTheTimeIsUp() throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  GrantId before() {
                    GrantId requested = rig.requested();
                    rig.pass(Duration.ofHours(24).minusSeconds(1));
                    return requested;
                  }

                  @Override
                  List<Callable<?>> race() {
                    return List.of(
                        () -> rig.desk.tryApprove(id, rig.token("ada")),
                        () -> {
                          rig.pass(Duration.ofSeconds(1));
                          return rig.desk.tryDeny(id, rig.token("bob"));
                        });
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    consistent(outcomes, schedule);
                    assertThat(List.of(names(outcomes).get(0), names(outcomes).get(1)))
                        .as(schedule)
                        .isIn(
                            List.of("COMPLETED", "ALREADY_GRANTED"), List.of("EXPIRED", "EXPIRED"));
                    assertThat(state())
                        .isInstanceOf(
                            names(outcomes).get(0).equals("COMPLETED")
                                ? AccessState.Granted.class
                                : AccessState.Expired.class);
                  }
                });
    assertThat(schedules).isGreaterThan(5);
  }

  @Test
  void denyApprove_oneWins_theOtherIsTold() throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  List<Callable<?>> race() {
                    return List.of(
                        () -> rig.desk.tryDeny(id, rig.token("ada")),
                        () -> rig.desk.tryApprove(id, rig.token("bob")));
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    consistent(outcomes, schedule);
                    assertThat(names(outcomes))
                        .as(schedule)
                        .isIn(
                            List.of("COMPLETED", "DENIED"),
                            List.of("ALREADY_GRANTED", "COMPLETED"));
                    assertThat(state())
                        .isInstanceOf(
                            names(outcomes).get(0).equals("COMPLETED")
                                ? AccessState.Denied.class
                                : AccessState.Granted.class);
                  }
                });
    assertThat(schedules).isGreaterThan(5);
  }

  @Test
  void requestRequest_isOneRequest() throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  GrantId before() {
                    return GrantId.of("sg-" + "0".repeat(32));
                  }

                  @Override
                  long prior() {
                    return 0;
                  }

                  @Override
                  List<Callable<?>> race() {
                    return List.of(
                        () -> rig.desk.tryRequest(rig.token("eve"), draft()),
                        () -> rig.desk.tryRequest(rig.token("eve"), draft()));
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    assertThat(names(outcomes)).as(schedule).containsOnly("COMPLETED");
                    assertThat(rig.store.inner.requests(DeskRig.ACME)).hasSize(1);
                    assertThat(outcomes.get(0)).isEqualTo(outcomes.get(1));
                    assertThat(rig.told).as(schedule).containsExactly("REQUEST Pending");
                  }
                });
    assertThat(schedules).isGreaterThan(1);
  }

  @Test
  void approveDenyRevoke_threeAtOnce_endInOneFinalState() throws Exception {
    int schedules =
        StoreInterleavings.explore(
            () ->
                new Race() {
                  @Override
                  List<Callable<?>> race() {
                    return List.of(
                        () -> rig.desk.tryApprove(id, rig.token("ada")),
                        () -> rig.desk.tryDeny(id, rig.token("bob")),
                        () -> rig.desk.tryRevoke(id, rig.token("erik")));
                  }

                  @Override
                  public void check(List<?> outcomes, String schedule) {
                    consistent(outcomes, schedule);
                    List<String> names = names(outcomes);
                    if (state() instanceof AccessState.Denied) {
                      assertThat(names)
                          .as(schedule)
                          .isEqualTo(List.of("DENIED", "COMPLETED", "DENIED"));
                    } else {
                      assertThat(state()).isInstanceOf(AccessState.Revoked.class);
                      assertThat(names.get(2)).as(schedule).isEqualTo("COMPLETED");
                      assertThat(names.get(1)).isIn("ALREADY_GRANTED", "REVOKED");
                    }
                    Optional<String> denial =
                        rig.told.stream().filter(line -> line.startsWith("REJECT")).findAny();
                    assertThat(denial.isPresent()).isEqualTo(state() instanceof AccessState.Denied);
                  }
                });
    assertThat(schedules).isGreaterThan(100);
  }
}
