package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.grant.ReferenceModel.Life;
import io.github.ownproof.auth.grant.ReferenceModel.Much;
import io.github.ownproof.auth.grant.ReferenceModel.Req;
import io.github.ownproof.auth.grant.ReferenceModel.Yes;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds what is stored and what is in the trail against what the reference model says. */
final class ModelComparison {

  /**
   * @param against what speaks against a step; any of it may be what is said
   * @param path the states it goes through if nothing does, the last one last
   */
  record Prediction(Set<SupportRefusal> against, List<Req> path) {}

  private final ReferenceModel model;
  private final DeskRig rig;
  private final List<GrantId> ids;
  private final Set<GrantId> maybeDead;
  private final Map<GrantId, AccessRequest> seen = new HashMap<>();

  /**
   * @param ids every request there is, the oldest first; new ones are added
   * @param maybeDead gets those of which the epochs may not have been told
   */
  ModelComparison(ReferenceModel model, DeskRig rig, List<GrantId> ids, Set<GrantId> maybeDead) {
    this.model = model;
    this.rig = rig;
    this.ids = ids;
    this.maybeDead = maybeDead;
  }

  void compare(
      @Nullable GrantId id,
      Prediction predicted,
      SupportOutcome<?> outcome,
      boolean isFaulty,
      List<AuditEvent> written,
      Set<Step> steps,
      long now) {
    int changed = 0;
    for (String customer : ModelTown.CUSTOMERS) {
      for (AccessRequest stored : rig.store.inner.requests(CustomerId.of(customer))) {
        if (isSeen(stored) && !stored.id().equals(id)) {
          continue;
        }
        Req before = model.requests.get(stored.id());
        Req actual = describe(stored);
        boolean isTheOne = stored.id().equals(id) || before == null;
        if (!isTheOne) {
          assertThat(actual.at(now)).as("a request nobody touched").isEqualTo(before.at(now));
        } else {
          changed += before == null ? 1 : 0;
          List<Req> path = predicted.path().stream().map(req -> req.at(now)).toList();
          boolean isDone = !(outcome instanceof SupportOutcome.Refused<?>);
          if (isDone && predicted.against().isEmpty()) {
            assertThat(actual.at(now)).isEqualTo(path.get(path.size() - 1));
          } else if (predicted.against().isEmpty() && isFaulty) {
            assertThat(path).as("how far a step can come").contains(actual.at(now));
          } else {
            assertThat(actual.at(now)).isEqualTo(path.get(0));
            assertThat(before).as("a request out of a refusal").isNotNull();
          }
          if (isFaulty) {
            maybeDead.add(stored.id());
          }
          recorded(before, actual, stored.id(), written, steps);
        }
        if (before == null) {
          ids.add(stored.id());
        }
        sound(stored);
        model.requests.put(stored.id(), actual);
      }
    }
    assertThat(changed).as("new requests of one step").isLessThanOrEqualTo(1);
  }

  /** Whether it is the very object of the last time: nothing of it can have changed. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isSeen(AccessRequest stored) {
    return stored == seen.put(stored.id(), stored);
  }

  /** No access without its line: each change was written down before it was made. */
  private static void recorded(
      @Nullable Req before, Req actual, GrantId id, List<AuditEvent> written, Set<Step> steps) {
    if (actual.life() == Life.GRANTED && (before == null || before.life() != Life.GRANTED)) {
      assertThat(written)
          .as("the line of a grant")
          .anyMatch(
              event ->
                  event instanceof AuditEvent.GrantChange change
                      && steps.contains(change.step())
                      && change.step() != Step.REQUEST
                      && change.outcome().equals(Outcome.ALLOWED)
                      && change.occasion().grantId().equals(Optional.of(id.value())));
    }
  }

  /** What holds of every stored request, whatever the model says. */
  private static void sound(AccessRequest stored) {
    AccessState state = stored.state();
    if (state instanceof AccessState.Granted granted) {
      assertThat(granted.approvals()).isNotEmpty();
      assertThat(granted.approvals()).noneMatch(yes -> yes.by().equals(stored.engineer()));
      assertThat(granted.scope().isWithin(stored.asked())).isTrue();
      assertThat(granted.scope().permissions()).allMatch(DeskRig.READS::isRead);
      assertThat(Duration.between(granted.from(), granted.until()))
          .isBetween(Duration.ofSeconds(1), granted.scope().duration());
      assertThat(granted.scope().duration()).isLessThanOrEqualTo(Duration.ofHours(8));
    }
  }

  static Req describe(AccessRequest stored) {
    AccessState state = stored.state();
    Life life;
    AccessState.Open open;
    if (state instanceof AccessState.Denied denied) {
      life = Life.DENIED;
      open = denied.before();
    } else if (state instanceof AccessState.Revoked revoked) {
      life = Life.REVOKED;
      open = revoked.before();
    } else if (state instanceof AccessState.Expired expired) {
      life = Life.EXPIRED;
      open = expired.before();
    } else {
      open = (AccessState.Open) state;
      life = open instanceof AccessState.Granted ? Life.GRANTED : Life.PENDING;
    }
    return new Req(
        stored.engineer().subject(),
        stored.customer().value(),
        much(stored.asked()),
        stored.requestedAt().getEpochSecond(),
        life,
        open.until().getEpochSecond(),
        open.approvals().stream()
            .map(
                yes ->
                    new Yes(
                        yes.by().subject(), much(yes.scope()), yes.way() == Approval.Way.BY_POLICY))
            .toList(),
        open instanceof AccessState.Granted granted ? much(granted.scope()) : null);
  }

  private static Much much(AccessScope scope) {
    Set<String> points = new TreeSet<>(scope.resources().exact());
    if (scope.resources().trees().contains("orders/2")) {
      points.addAll(Set.of("orders/2", "orders/2/items"));
    }
    return new Much(points, scope.permissions(), scope.duration().toSeconds());
  }
}
