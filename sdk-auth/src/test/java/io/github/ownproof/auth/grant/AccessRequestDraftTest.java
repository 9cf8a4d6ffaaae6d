package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.AuthenticationRequirement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a draft, a policy and a desk cannot be. */
class AccessRequestDraftTest {

  private static final AccessRequestDraft DRAFT = AccessRequestDraft.of(ACME, "CASE-1");

  private final DeskRig rig = new DeskRig();

  @Test
  void draft_isImmutable_andEachMethodAdds() {
    AccessRequestDraft more =
        DRAFT.resources("a").resources("b").permissions("x:read").permissions("y:read");
    assertThat(more.resourcesWithDescendants("t").scope())
        .isEqualTo(
            new AccessScope(
                Resources.exactly("a", "b").and(Resources.treesOf("t")),
                Set.of("x:read", "y:read"),
                Duration.ofHours(1)));
    assertThat(more.scope().resources().trees()).isEmpty();
    assertThatThrownBy(DRAFT::scope).isInstanceOf(InvalidSupportAccessException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a*", "*", "a?b", "a#b", "a%2fb",
        "a\\b", "a b", "a\tb", "a\nb", "ä", "a\u0000", "a<b", "a\"b", "{a}", "a|b", "a^b", "a`b",
        "[a]"
      })
  void resource_ofAnotherForm_isRefused(String name) {
    invalid(() -> DRAFT.resources(name));
    invalid(() -> DRAFT.resourcesWithDescendants(name));
    assertThat(Resources.treesOf("a").cover(name)).isFalse();
  }

  @Test
  void resource_covers_neitherNeighboursNorParents() {
    Resources tree = Resources.treesOf("orders/123");
    assertThat(List.of("orders/123", "orders/123/items", "orders/123/items/1"))
        .allMatch(tree::cover);
    assertThat(List.of("orders/1234", "orders", "orders/12", "orders/124", "orders/123/../124"))
        .noneMatch(tree::cover);
    assertThat(Resources.exactly("orders/123").cover("orders/123/items")).isFalse();
    assertThat(tree.cover("orders/123/" + "a".repeat(256 - 11))).isTrue();
    assertThat(tree.cover("orders/123/" + "a".repeat(256 - 10))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "orders:*", "*", "-x", "orders read", "ordérs:read"})
  void permission_ofAnotherForm_isRefused(String name) {
    invalid(() -> DRAFT.permissions(name));
  }

  @Test
  void draft_thatLacksSomething_isRefusedBeforeAnythingHappens() {
    AccessRequestDraft all = DeskRig.draft();
    assertThat(rig.desk.request(rig.token("eve"), all).state())
        .isInstanceOf(AccessState.Pending.class);
    rig.trail.clear();
    String[] many = IntStream.range(0, 21).mapToObj(i -> "r" + i).toArray(String[]::new);
    for (AccessRequestDraft draft :
        List.of(
            DRAFT.permissions("orders:read").residency("eu"),
            DRAFT.resources("orders/1").residency("eu"),
            DRAFT.resources("orders/1").permissions("orders:read"),
            all.resources(many),
            all.permissions(many),
            all.duration(Duration.ZERO),
            all.duration(Duration.ofSeconds(-1)),
            all.duration(Duration.ofMillis(1500)))) {
      invalid(() -> rig.desk.tryRequest(rig.token("eve"), draft));
    }
    assertThat(rig.trail.events()).isEmpty();
  }

  @Test
  void ticketJustificationServiceResidencyAndCustomer_haveTheirForms() {
    for (String ticket : List.of("", "a b", "ä", "a\n", "x".repeat(129))) {
      invalid(() -> AccessRequestDraft.of(ACME, ticket));
    }
    for (String words : List.of("x".repeat(501), "a\nb", "a\u0007")) {
      invalid(() -> DRAFT.justification(words));
    }
    assertThat(DRAFT.justification("x".repeat(500)).justification()).hasSize(500);
    for (String word : List.of("", "-a", "a b", "a/b", "x".repeat(65))) {
      invalid(() -> DRAFT.services(word));
      invalid(() -> DRAFT.residency(word));
      invalid(() -> rig.builder().services("ok", word));
    }
    for (String customer : List.of("", "a b", "@x", "someone@example.com", "x".repeat(129))) {
      invalid(() -> CustomerId.of(customer));
    }
    for (String id : List.of("", "sg-", "sg-" + "A".repeat(32), "sg-" + "a".repeat(33))) {
      invalid(() -> GrantId.of(id));
    }
  }

  @Test
  void desk_withoutOneOfWhatItNeeds_isRefused_byItsName() {
    SupportAccess.Builder all = rig.builder();
    Map<String, UnaryOperator<SupportAccess.Builder>> calls =
        Map.of(
            "signingKey", b -> b.signingKey(GrantSigner.of("k", DeskRig.KEY)),
            "grants", b -> b.grants(rig.store),
            "audit", b -> b.audit(rig.trail),
            "customers", b -> b.customers(rig.people),
            "staff", b -> b.staff(rig.people),
            "permissions", b -> b.permissions(DeskRig.READS),
            "services", b -> b.services("orders-api"),
            "stepUp",
                b -> b.stepUp(AuthenticationRequirement.of("mfa").within(Duration.ofMinutes(5))));
    assertThat(all.build()).isNotNull();
    for (String left : calls.keySet()) {
      SupportAccess.Builder builder = SupportAccess.builder();
      for (Map.Entry<String, UnaryOperator<SupportAccess.Builder>> call : calls.entrySet()) {
        builder = call.getKey().equals(left) ? builder : call.getValue().apply(builder);
      }
      assertThatThrownBy(builder::build)
          .isInstanceOf(InvalidSupportAccessException.class)
          .hasMessageContaining("needs " + left);
    }
  }

  @Test
  void desk_withSettingsThatCannotBe_isRefused() {
    invalid(() -> rig.builder().stepUp(AuthenticationRequirement.of("mfa")));
    invalid(() -> rig.builder().stepUp(AuthenticationRequirement.lately(Duration.ofMinutes(5))));
    for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(1500))) {
      invalid(() -> rig.builder().longestAccess(time));
      invalid(() -> rig.builder().pendingFor(time));
      invalid(() -> SupportPolicy.askEachTime().longest(time));
    }
    invalid(() -> rig.builder().longestAccess(Duration.ofHours(8).plusSeconds(1)));
    invalid(() -> rig.builder().pendingFor(Duration.ofDays(14).plusSeconds(1)));
    assertThat(rig.builder().pendingFor(Duration.ofDays(14)).build()).hasToString("SupportAccess");
    invalid(() -> rig.builder().issuer(""));
    invalid(() -> rig.builder().issuer("support desk"));
    for (int number : List.of(-1, 0, 3)) {
      invalid(() -> SupportPolicy.askEachTime().approvers(number));
    }
  }

  @Test
  void time_neverRunsBackwards_norStandsStill_andIsWholeSeconds() {
    SteadyTime time = new SteadyTime(rig.clock, rig.nanos::get);
    rig.clock.advance(Duration.ofMillis(999));
    assertThat(time.now()).isEqualTo(DeskRig.START);
    rig.nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(time.now()).isEqualTo(DeskRig.START.plusSeconds(1));
    rig.clock.advance(Duration.ofDays(-9));
    assertThat(time.now()).isEqualTo(DeskRig.START.plusSeconds(1));
    rig.nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(time.now()).isEqualTo(DeskRig.START.plusSeconds(6));
    rig.clock.set(DeskRig.START.plusSeconds(100));
    assertThat(time.now()).isEqualTo(DeskRig.START.plusSeconds(100));
    rig.nanos.addAndGet(-Duration.ofSeconds(50).toNanos());
    assertThat(time.now()).isEqualTo(DeskRig.START.plusSeconds(100));
  }

  private static void invalid(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidSupportAccessException.class);
  }
}
