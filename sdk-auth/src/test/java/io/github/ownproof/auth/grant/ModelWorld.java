package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.auth.MintedPeople;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.grant.ModelAction.Fault;
import io.github.ownproof.auth.grant.ReferenceModel.Life;
import io.github.ownproof.auth.grant.ReferenceModel.Login;
import io.github.ownproof.auth.grant.ReferenceModel.Much;
import io.github.ownproof.auth.grant.ReferenceModel.Req;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditEvent.GrantChange.Step;
import io.github.ownproof.core.audit.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plays actions on a desk and on the reference model at once, and compares after each. */
final class ModelWorld {

  private static final Set<SupportRefusal> OUR_TROUBLE =
      EnumSet.of(
          SupportRefusal.STORE_UNAVAILABLE, SupportRefusal.TRAIL_UNAVAILABLE, SupportRefusal.BUSY);

  record Issued(String compact, GrantId id, long iat, long exp) {}

  private final ReferenceModel model = new ReferenceModel();
  private final ModelTown town = new ModelTown(model);
  private final DeskRig rig;
  private final ModelFaults faults;
  private final ModelCheck check;
  private final ModelComparison comparison;
  private final List<GrantId> ids = new ArrayList<>();
  private final List<Issued> tokens = new ArrayList<>();
  private final Set<GrantId> maybeDead = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
  private final SteadySecond deskTime = new SteadySecond();
  private final SteadySecond checkersTime = new SteadySecond();
  private int permitted;

  ModelWorld(boolean hasEpochs) {
    this.rig = new DeskRig(builder -> builder.customers(town).staff(town), hasEpochs);
    this.faults = new ModelFaults(rig, town);
    this.check =
        new ModelCheck(
            rig,
            town,
            hasEpochs ? GrantLiveness.all(rig.store, rig.epochs) : rig.store,
            checkersTime);
    this.comparison = new ModelComparison(model, rig, ids, hasEpochs ? maybeDead : new HashSet<>());
  }

  int permitted() {
    return permitted;
  }

  int granted() {
    return (int) model.requests.values().stream().filter(r -> r.granted() != null).count();
  }

  void play(ModelAction action) {
    switch (ids.isEmpty() && action.who() < 48 ? ModelAction.Kind.REQUEST : action.kind()) {
      case REQUEST -> request(action);
      case APPROVE -> approve(action);
      case DENY -> deny(action);
      case REVOKE -> revoke(action);
      case ISSUE -> issue(action);
      case CHECK -> check(action);
      case PASS_TIME -> {
        long[] seconds = {1, 2, 59, 60, 599, 600, 1800, 3599, 3600, 4 * 3600, 86399};
        rig.pass(Duration.ofSeconds(seconds[action.variant() % seconds.length]));
      }
      case SET_CLOCK -> {
        long[] seconds = {-1, -3600, -86400, -5 * 86400, 1, 300, 7200};
        rig.clock.advance(Duration.ofSeconds(seconds[action.variant() % seconds.length]));
      }
      case CHANGE_RECORD -> {
        String customer = ModelTown.CUSTOMERS.get(action.who() % 3);
        String point = ModelTown.POINTS.get(action.variant() % ModelTown.POINTS.size());
        String line = ModelTown.read(point) + " " + point;
        if (!model.records.get(customer).remove(line)) {
          model.records.get(customer).add(line);
        }
      }
      case CHANGE_ROLE -> changeRole(action);
    }
  }

  private void changeRole(ModelAction action) {
    if (action.variant() % 3 == 0) {
      if (!model.engineers.remove("erik")) {
        model.engineers.add("erik");
      }
      return;
    }
    String customer = ModelTown.CUSTOMERS.get(action.who() % 3);
    String person = List.of("ada", "nina", "gil", "ina").get(action.variant() % 4);
    if (model.approvers.get(customer).remove(person) == null) {
      model.approvers.get(customer).put(person, rig.clock.instant().getEpochSecond());
    }
  }

  private void request(ModelAction action) {
    String who = action.who() < 56 ? List.of("eve", "erik").get(action.who() % 2) : anybody(action);
    Login login = login(who, action);
    String customer =
        ModelTown.CUSTOMERS.get(action.variant() % 19 == 0 ? 3 : action.variant() % 3);
    Set<String> exact = new TreeSet<>();
    Set<String> trees = new TreeSet<>();
    Set<String> permissions = new TreeSet<>(Set.of("orders:read"));
    long seconds = 3600;
    switch (action.variant() / 16 % 16) {
      case 1, 7, 8 -> exact.addAll(Set.of("orders/1", "orders/2"));
      case 2, 9 -> {
        exact.addAll(Set.of("orders/1", "invoices/1"));
        permissions.add("invoices:read");
        seconds = 4 * 3600;
      }
      case 3, 10 -> trees.add("orders/2");
      case 4 -> {
        exact.add("orders/1");
        permissions.add("orders:write");
      }
      case 5 -> {
        exact.add("orders/1");
        seconds = 9 * 3600;
      }
      case 6 -> {
        exact.add("orders/2");
        seconds = 600;
      }
      default -> exact.add("orders/1");
    }
    Set<String> points = new TreeSet<>(exact);
    trees.forEach(tree -> points.addAll(Set.of("orders/2", "orders/2/items")));
    Much asked = new Much(points, permissions, seconds);
    AccessRequestDraft draft =
        AccessRequestDraft.of(CustomerId.of(customer), "CASE-1")
            .resources(exact.toArray(String[]::new))
            .resourcesWithDescendants(trees.toArray(String[]::new))
            .permissions(permissions.toArray(String[]::new))
            .residency("eu")
            .duration(Duration.ofSeconds(seconds));
    long now = deskTime.now();
    Set<SupportRefusal> against =
        model.againstRequest(login, customer, exact, !trees.isEmpty(), asked, now);
    GrantId open = null;
    for (GrantId id : ids) {
      Req one = model.requests.get(id).at(now);
      if (one.isOpen()
          && one.engineer().equals(who)
          && one.customer().equals(customer)
          && one.asked().equals(asked)) {
        open = id;
      }
    }
    List<Req> path = new ArrayList<>();
    if (open == null) {
      path.addAll(model.requested(who, customer, asked, now));
    } else {
      Req stands = model.requests.get(open).at(now);
      path.add(stands);
      Req consented = stands.life() == Life.PENDING ? model.consented(stands, now) : null;
      if (consented != null) {
        path.add(consented);
      }
    }
    VerifiedToken token = token(login);
    carryOut(
        action,
        open,
        new ModelComparison.Prediction(against, path),
        () -> rig.desk.tryRequest(token, draft),
        Set.of(Step.REQUEST, Step.APPROVE_BY_POLICY));
  }

  private void approve(ModelAction action) {
    GrantId id = id(action);
    Req before = model.requests.get(id);
    Login login = login(approver(before, action), action);
    long now = deskTime.now();
    if (before == null) {
      unknown(action, id, login, now, () -> rig.desk.tryApprove(id, token(login)));
      return;
    }
    Req stands = before.at(now);
    AccessRequest stored = rig.store.inner.find(id).orElseThrow();
    AccessScope narrowed = null;
    Much much = stands.asked();
    switch (action.variant() / 16 % 16) {
      case 0, 1 -> {
        narrowed = stored.asked().withResources(Resources.exactly("orders/1"));
        much = new Much(Set.of("orders/1"), much.permissions(), much.seconds());
      }
      case 2 -> {
        narrowed = stored.asked().withDuration(Duration.ofMinutes(10));
        much = new Much(much.points(), much.permissions(), 600);
      }
      case 3 -> {
        narrowed = stored.asked().withResources(Resources.exactly("orders/2"));
        much = new Much(Set.of("orders/2"), much.permissions(), much.seconds());
      }
      case 4 -> {
        narrowed = stored.asked().withPermissions("orders:write");
        much = new Much(much.points(), Set.of("orders:write"), much.seconds());
      }
      default -> {}
    }
    Set<SupportRefusal> against = model.againstApproval(login, stands, much, now);
    Req after = against.isEmpty() ? model.approved(login.who(), stands, much, now) : stands;
    VerifiedToken token = token(login);
    AccessScope scope = narrowed;
    carryOut(
        action,
        id,
        new ModelComparison.Prediction(against, List.of(stands, after)),
        () ->
            scope == null ? rig.desk.tryApprove(id, token) : rig.desk.tryApprove(id, token, scope),
        Set.of(Step.APPROVE));
  }

  private void deny(ModelAction action) {
    GrantId id = id(action);
    Req before = model.requests.get(id);
    Login login = login(approver(before, action), action);
    long now = deskTime.now();
    if (before == null) {
      unknown(action, id, login, now, () -> rig.desk.tryDeny(id, token(login)));
      return;
    }
    Req stands = before.at(now);
    String deniedBy =
        rig.store.inner.find(id).orElseThrow().state() instanceof AccessState.Denied denied
            ? denied.by().subject()
            : null;
    Set<SupportRefusal> against = model.againstDenial(login, stands, deniedBy, now);
    Req after = against.isEmpty() ? stands.as(Life.DENIED) : stands;
    carryOut(
        action,
        id,
        new ModelComparison.Prediction(against, List.of(stands, after)),
        () -> rig.desk.tryDeny(id, token(login)),
        Set.of(Step.REJECT));
  }

  private void revoke(ModelAction action) {
    GrantId id = id(action);
    Req before = model.requests.get(id);
    Login login = login(approver(before, action), action);
    long now = deskTime.now();
    if (before == null) {
      unknown(action, id, login, now, () -> rig.desk.tryRevoke(id, token(login)));
      return;
    }
    Req stands = before.at(now);
    Set<SupportRefusal> against = model.againstRevocation(login, stands, now);
    Req after = against.isEmpty() ? stands.as(Life.REVOKED) : stands;
    carryOut(
        action,
        id,
        new ModelComparison.Prediction(against, List.of(stands, after)),
        () -> rig.desk.tryRevoke(id, token(login)),
        Set.of(Step.REVOKE));
  }

  private void issue(ModelAction action) {
    GrantId id = id(action);
    Req before = model.requests.get(id);
    Login login = login(engineer(before, action), action);
    long now = deskTime.now();
    if (before == null) {
      unknown(action, id, login, now, () -> rig.desk.tryIssue(id, token(login)));
      return;
    }
    Req stands = before.at(now);
    VerifiedToken token = token(login);
    SupportOutcome<String> outcome =
        carryOut(
            action,
            id,
            new ModelComparison.Prediction(model.againstIssue(login, stands, now), List.of(stands)),
            () -> rig.desk.tryIssue(id, token),
            Set.of(Step.ISSUE));
    if (outcome instanceof SupportOutcome.Completed<String> done) {
      tokens.add(new Issued(done.value(), id, now, Math.min(stands.until(), login.exp())));
    }
  }

  private void check(ModelAction action) {
    if (tokens.isEmpty()) {
      return;
    }
    Issued issued = tokens.get(Math.max(0, tokens.size() - 1 - action.what()));
    // The desk is not asked, so its time is not looked at either: it would remember.
    Login login =
        login(engineer(model.requests.get(issued.id()), action), action, checkersTime.now());
    String method = action.variant() % 7 == 0 ? "POST" : action.variant() % 7 == 1 ? "HEAD" : "GET";
    String point =
        ModelTown.POINTS.get(
            action.variant() / 7 % 3 == 0
                ? action.variant() / 16 % ModelTown.POINTS.size()
                : action.who() % 2);
    String read = action.variant() % 11 == 0 ? "orders:write" : ModelTown.read(point);
    int lines = rig.trail.events().size();
    faults.begin(action.fault());
    ModelCheck.Answer answer = check.ask(token(login), issued, method, point, read, model, login);
    faults.end();
    if (answer.isPermitted()) {
      permitted++;
      assertThat(answer.isWanted()).as("a read that must not be").isTrue();
      assertThat(action.fault())
          .as("a read while the trail or the customers are down")
          .isNotIn(Fault.TRAIL_DOWN, Fault.STORE_DOWN, Fault.CUSTOMERS_DOWN);
      assertThat(rig.trail.events().subList(lines, rig.trail.events().size()))
          .as("the line of a permitted read")
          .anyMatch(
              event ->
                  event instanceof AuditEvent.Access access
                      && access.outcome().equals(Outcome.ALLOWED)
                      && access.target().equals(point)
                      && access.occasion().grantId().equals(Optional.of(issued.id().value())));
    } else if (action.fault() == Fault.NONE && !maybeDead.contains(issued.id())) {
      assertThat(answer.isWanted()).as("a refused read that is allowed").isFalse();
    }
  }

  private <T> void unknown(
      ModelAction action, GrantId id, Login login, long now, Supplier<SupportOutcome<T>> step) {
    Set<SupportRefusal> against = model.againstPerson(login, now);
    against.add(SupportRefusal.NOT_FOUND);
    if (action.kind() == ModelAction.Kind.ISSUE && !model.engineers.contains(login.who())) {
      against.add(SupportRefusal.NOT_ENGINEER);
    }
    carryOut(action, null, new ModelComparison.Prediction(against, List.of()), step, Set.of());
    assertThat(rig.store.inner.find(id)).isEmpty();
  }

  /** Takes the step, and compares what it says, what is stored and what is in the trail. */
  @CanIgnoreReturnValue
  private <T> SupportOutcome<T> carryOut(
      ModelAction action,
      @Nullable GrantId id,
      ModelComparison.Prediction predicted,
      Supplier<SupportOutcome<T>> step,
      Set<Step> steps) {
    int lines = rig.trail.events().size();
    faults.begin(action.fault());
    SupportOutcome<T> outcome = step.get();
    faults.end();
    long now = deskTime.now();
    List<AuditEvent> written = rig.trail.events().subList(lines, rig.trail.events().size());
    boolean isFaulty = action.fault() != Fault.NONE;
    if (outcome instanceof SupportOutcome.Refused<T> refused) {
      assertThat(
              predicted.against().contains(refused.refusal())
                  || (isFaulty && OUR_TROUBLE.contains(refused.refusal())))
          .as(
              "refused with %s, which must be for one of %s",
              refused.refusal(), predicted.against())
          .isTrue();
      assertThat(refused.challenge().isEmpty())
          .isEqualTo(refused.refusal() != SupportRefusal.STEP_UP);
    } else {
      assertThat(predicted.against()).as("what speaks against a step that was done").isEmpty();
    }
    if (!isFaulty) {
      AuditEvent last = written.get(written.size() - 1);
      assertThat(last.outcome())
          .isEqualTo(
              outcome instanceof SupportOutcome.Refused<T> refused
                  ? Outcome.denied(refused.refusal().name())
                  : Outcome.DONE);
    }
    comparison.compare(id, predicted, outcome, isFaulty, written, steps, now);
    return outcome;
  }

  private String anybody(ModelAction action) {
    return ModelTown.PEOPLE.get(action.variant() % ModelTown.PEOPLE.size());
  }

  private String approver(@Nullable Req request, ModelAction action) {
    if (request == null || action.who() >= 52) {
      return anybody(action);
    }
    List<String> known =
        new ArrayList<>(new TreeSet<>(model.approvers.get(request.customer()).keySet()));
    return known.isEmpty() ? anybody(action) : known.get(action.who() % known.size());
  }

  private String engineer(@Nullable Req request, ModelAction action) {
    return request == null || action.who() >= 58 ? anybody(action) : request.engineer();
  }

  private GrantId id(ModelAction action) {
    return ids.isEmpty() || (action.what() == 5 && action.variant() % 8 == 0)
        ? GrantId.of("sg-" + "0".repeat(32))
        : ids.get(Math.max(0, ids.size() - 1 - action.what()));
  }

  private Login login(String who, ModelAction action) {
    return login(who, action, deskTime.now());
  }

  private static Login login(String who, ModelAction action, long now) {
    int variant = action.variant() % 61;
    long exp = variant == 3 ? now + 600 : variant == 4 ? now : now + 12 * 3600;
    return new Login(who, variant != 0, variant != 1 && variant != 2, exp);
  }

  private VerifiedToken token(Login login) {
    long now = rig.clock.instant().getEpochSecond();
    String acr = login.isFresh() || now % 2 == 0 ? "mfa" : "pwd";
    long authTime = login.isFresh() || !acr.equals("mfa") ? now : now - 301;
    return MintedPeople.token(
        login.who(),
        "{\"acr\":\""
            + acr
            + "\",\"auth_time\":"
            + authTime
            + (login.isOwn() ? "" : ",\"act\":{\"sub\":\"x\"}")
            + "}",
        Instant.ofEpochSecond(login.exp()),
        rig.clock);
  }

  /** The reference's own idea of a time that never runs backwards. */
  final class SteadySecond {

    private @Nullable Instant last;
    private long ticks;

    long now() {
      Instant before = last;
      Instant clock = rig.clock.instant();
      Instant now = clock;
      if (before != null) {
        Instant passed = before.plusNanos(rig.nanos.get() - ticks);
        now = passed.isAfter(clock) ? passed : clock;
      }
      last = now;
      ticks = rig.nanos.get();
      return now.getEpochSecond();
    }
  }
}
