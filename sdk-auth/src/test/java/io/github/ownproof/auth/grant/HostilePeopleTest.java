package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.START;
import static io.github.ownproof.auth.grant.DeskRig.draft;
import static io.github.ownproof.auth.grant.DeskRig.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.MintedPeople;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.core.audit.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who want more than they were given, at the desk, and programs that help them. */
class HostilePeopleTest {

  private static final AccessRequestDraft BROAD = draft().resourcesWithDescendants("orders/9");
  private static final SupportPolicy CONSENT =
      SupportPolicy.askEachTime()
          .consent(
              new SupportPolicy.Consent(
                  DeskRig.person("ada"), START.minusSeconds(9), BROAD.scope()));

  private final DeskRig rig = new DeskRig(builder -> builder, true);

  @Test
  @SuppressWarnings("NullAway") // what a program may do wrong
  void approve_narrowedToNothingAtAll_isNotAllOfIt() {
    GrantId id = rig.requested();

    assertThatNullPointerException()
        .isThrownBy(() -> rig.desk.tryApprove(id, rig.token("ada"), null));
    assertThatNullPointerException().isThrownBy(() -> rig.desk.approve(id, rig.token("ada"), null));

    assertThat(rig.state(id)).isInstanceOf(AccessState.Pending.class);
  }

  @Test
  void approve_ofATree_whenThePolicyNoLongerAllowsTrees_isTooBroad() {
    GrantId before = rig.desk.request(rig.token("eve"), BROAD).id();
    GrantId after = rig.desk.request(rig.token("erik"), BROAD).id();
    rig.desk.approve(before, rig.token("ada"));
    rig.people.policy = SupportPolicy.askEachTime().withoutDescendants();

    assertThat(name(rig.desk.tryApprove(after, rig.token("ada")))).isEqualTo("TOO_BROAD");
    assertThat(rig.state(after)).isInstanceOf(AccessState.Pending.class);
    // What was approved before is; saying so again changes nothing.
    assertThat(name(rig.desk.tryApprove(before, rig.token("ada")))).isEqualTo("COMPLETED");
    AccessScope alone = BROAD.scope().withResources(Resources.exactly("orders/9"));
    assertThat(name(rig.desk.tryApprove(after, rig.token("ada"), alone))).isEqualTo("COMPLETED");
  }

  @Test
  void consent_withdrawnWhileTheRequestIsWritten_approvesNothing() {
    assertThat(stateAfterPolicyChanges(CONSENT, CONSENT)).isInstanceOf(AccessState.Granted.class);
    assertThat(stateAfterPolicyChanges(CONSENT, SupportPolicy.askEachTime()))
        .isInstanceOf(AccessState.Pending.class);
    assertThat(stateAfterPolicyChanges(CONSENT, CONSENT.withoutDescendants()))
        .isInstanceOf(AccessState.Pending.class);
  }

  private static AccessState stateAfterPolicyChanges(SupportPolicy first, SupportPolicy then) {
    DeskRig[] changing = new DeskRig[1];
    AuditTrail trail = event -> changing[0].people.policy = then;
    changing[0] = new DeskRig(builder -> builder.audit(trail), true);
    changing[0].people.policy = first;
    return changing[0].desk.request(changing[0].token("eve"), BROAD).state();
  }

  @Test
  void outcomes_tellNothingByThemselves() {
    rig.people.policy = SupportPolicy.askEachTime().approvers(2);
    AccessRequestDraft draft = draft().justification("Mrs. Miller cannot pay");
    SupportOutcome<AccessRequest> requested = rig.desk.tryRequest(rig.token("eve"), draft);
    GrantId id = requested.orThrow().id();
    SupportOutcome<SupportGrant> waiting = rig.desk.tryApprove(id, rig.token("ada"));
    SupportOutcome<SupportGrant> approved = rig.desk.tryApprove(id, rig.token("bob"));
    SupportOutcome<String> issued = rig.desk.tryIssue(id, rig.token("eve"));
    SupportOutcome<String> refused = rig.desk.tryIssue(id, rig.token("erik"));
    assertThat(
            checker()
                .check(rig.token("eve"), issued.orThrow(), "GET", "orders/1\nx", "orders:read")
                .isPermitted())
        .isFalse();

    assertThat(
            List.of(
                requested,
                requested.orThrow(),
                waiting,
                approved,
                issued,
                refused,
                rig.desk.uses(DeskRig.ACME)))
        .extracting(Object::toString)
        .allSatisfy(
            text ->
                assertThat(text)
                    .doesNotContain("eyJ", "Miller", "CASE-4711", "eve", "ada", "orders", "\n"));
  }

  private SupportAccessChecker checker() {
    return SupportAccess.checker(
        SupportAccessChecker.Settings.of(
                KeySource.pinned(rig.desk.publicKeys()), "orders-api", "eu")
            .customers(rig.people)
            .permissions(DeskRig.READS)
            .grants(rig.store)
            .audit(event -> {})
            .clock(rig.clock));
  }

  @Test
  void issue_toALoginThatEndsSooner_isNoGoodWithALaterLogin() {
    GrantId id = rig.granted();
    String grant = rig.desk.issue(id, rig.token("eve", Duration.ofMinutes(10)));
    VerifiedToken later = rig.token("eve");
    SupportAccessChecker checker = checker();
    assertThat(checker.check(later, grant, "GET", "orders/123", "orders:read").isPermitted())
        .isTrue();
    rig.pass(Duration.ofMinutes(10));

    assertThat(CheckRig.refusal(checker.check(later, grant, "GET", "orders/123", "orders:read")))
        .isEqualTo(SupportRefusal.EXPIRED);
  }

  @Test
  void issue_forWhatBecameAStaffAccount_isRefused() {
    GrantId id = rig.granted();
    rig.people.staffAccounts.add(DeskRig.ACME);

    assertThat(name(rig.desk.tryIssue(id, rig.token("eve")))).isEqualTo("STAFF_ACCOUNT");
  }

  @Test
  void token_endsWithinASecond_isOverFromItsWholeSecondOn() {
    rig.clock.advance(Duration.ofMillis(200));
    VerifiedToken ends = MintedPeople.token("eve", "{}", START.plusMillis(100), rig.clock);

    assertThat(name(rig.desk.tryRequest(ends, draft()))).isEqualTo("TOKEN_EXPIRED");
  }

  /** As a class that cannot be loaded, or a stack that is too deep. */
  @Test
  void revoke_trailBreaksWithAnError_isDoneAllTheSame() {
    AtomicBoolean isBroken = new AtomicBoolean();
    AuditTrail broken =
        event -> {
          if (isBroken.get() && event.outcome().equals(Outcome.ALLOWED)) {
            throw new NoClassDefFoundError("of the trail");
          }
        };
    DeskRig fragile = new DeskRig(builder -> builder.audit(broken), true);
    GrantId id = fragile.granted();
    assertThat(fragile.epochs.isLive(id)).isTrue();
    isBroken.set(true);

    assertThatThrownBy(() -> fragile.desk.tryRevoke(id, fragile.token("ada")))
        .isInstanceOf(NoClassDefFoundError.class);

    assertThat(fragile.state(id)).isInstanceOf(AccessState.Revoked.class);
    assertThat(fragile.epochs.isLive(id)).isFalse();
  }

  @Test
  void everyStepThatGives_trailBreaksWithAnError_givesNothing() {
    AtomicBoolean isBroken = new AtomicBoolean();
    AuditTrail broken =
        event -> {
          if (isBroken.get()) {
            throw new StackOverflowError();
          }
        };
    DeskRig fragile = new DeskRig(builder -> builder.audit(broken), true);
    GrantId pending = fragile.requested();
    GrantId granted =
        fragile.desk.request(fragile.token("erik"), draft().justification("mine")).id();
    fragile.desk.approve(granted, fragile.token("ada"));
    isBroken.set(true);

    assertThatThrownBy(() -> fragile.desk.tryApprove(pending, fragile.token("ada")))
        .isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> fragile.desk.tryIssue(granted, fragile.token("erik")))
        .isInstanceOf(StackOverflowError.class);

    assertThat(fragile.state(pending)).isInstanceOf(AccessState.Pending.class);
    assertThat(fragile.epochs.isLive(pending)).isFalse();
  }

  @Test
  void revoke_storeBreaksWithAnError_theEpochsStopItAllTheSame() {
    AtomicBoolean isBroken = new AtomicBoolean();
    GrantStore inner = GrantStore.inMemory(rig.clock);
    FaultyStore broken =
        new FaultyStore(inner) {
          @Override
          public boolean replace(AccessRequest expected, AccessRequest next) {
            if (isBroken.get()) {
              throw new NoClassDefFoundError("of the store");
            }
            return super.replace(expected, next);
          }
        };
    DeskRig fragile = new DeskRig(builder -> builder.grants(broken), true);
    GrantId id = fragile.granted();
    isBroken.set(true);

    assertThatThrownBy(() -> fragile.desk.tryRevoke(id, fragile.token("ada")))
        .isInstanceOf(NoClassDefFoundError.class);

    assertThat(fragile.epochs.isLive(id)).isFalse();
  }

  /** The listener asks the desk, as one does that shows the customer what is new. */
  @Test
  void listener_thatUsesTheDesk_findsWhatWasDoneAndEnds() {
    SupportAccess[] desk = new SupportAccess[1];
    DeskRig curious =
        new DeskRig(
            builder ->
                builder.listener(
                    new SupportListener() {
                      @Override
                      public void changed(AuditEvent.GrantChange.Step step, AccessRequest now) {
                        assertThat(desk[0].find(now.id())).contains(now);
                        assertThat(desk[0].requests(DeskRig.ACME)).contains(now);
                      }
                    }),
            true);
    desk[0] = curious.desk;
    GrantId id = curious.granted();

    curious.desk.revoke(id, curious.token("ada"));

    assertThat(curious.state(id)).isInstanceOf(AccessState.Revoked.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u2028b",
        "a\u2029b",
        "a\u0085b",
        "pay\u202Eroot",
        "\u2066x\u2069",
        "half \uD83D",
        "\uDE00 half"
      })
  void justification_thatShowsOtherThanItIs_isRefused(String words) {
    assertThatThrownBy(() -> draft().justification(words))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("one line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Größe \uD83D\uDE00", "\u05E9\u05DC\u05D5\u05DD", "a\u200Db"})
  void justification_inAnyLanguage_isKept(String words) {
    assertThat(draft().justification(words).justification()).isEqualTo(words);
  }
}
