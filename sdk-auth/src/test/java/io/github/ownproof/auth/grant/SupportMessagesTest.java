package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.DeskRig.ACME;
import static io.github.ownproof.auth.grant.DeskRig.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.keys.KeySource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told no is told what was wrong, with which value, and what to do. */
class SupportMessagesTest {

  private final DeskRig rig = new DeskRig();

  private static String detail(SupportOutcome<?> outcome) {
    return ((SupportOutcome.Refused<?>) outcome).detail();
  }

  @Test
  void approval_thatWidens_isToldEachThingThatWasNotAskedFor() {
    AccessScope asked = draft().scope();
    GrantId id = rig.requested();
    AccessScope wider =
        new AccessScope(
            asked.resources().and(Resources.exactly("orders/9")).and(Resources.treesOf("items")),
            asked.withPermissions("orders:read", "invoices:read").permissions(),
            Duration.ofHours(3));
    assertThat(detail(rig.desk.tryApprove(id, rig.token("ada"), wider)))
        .endsWith(
            "not asked for was orders/9 items/..., invoices:read, 3 hours instead of 1 hour. Leave"
                + " that out.");
  }

  @Test
  void request_forTooLong_isToldBothTimesInWords() {
    assertThat(
            detail(
                rig.desk.tryRequest(
                    rig.token("eve"), draft().duration(Duration.ofHours(8).plusMinutes(30)))))
        .contains("8 hours at most, not 8 hours 30 minutes: ask for less");
  }

  @Test
  void request_onTicketOfAnotherForm_isToldWhichAndWhichForm() {
    AccessRequestDraft draft =
        AccessRequestDraft.of(ACME, "case-4711")
            .resources("orders/123")
            .permissions("orders:read")
            .residency("eu");
    assertThat(detail(rig.desk.tryRequest(rig.token("eve"), draft)))
        .contains("'case-4711'", "[A-Z][A-Z0-9]*-[0-9]+");
  }

  @Test
  void name_thatIsGivenTwice_countsOnce() {
    assertThat(Resources.exactly("orders/1", "orders/1")).isEqualTo(Resources.exactly("orders/1"));
    assertThat(Resources.treesOf("orders", "orders")).isEqualTo(Resources.treesOf("orders"));
    AccessScope asked = draft().scope();
    assertThat(asked.withPermissions("orders:read", "orders:read"))
        .isEqualTo(asked.withPermissions("orders:read"));
  }

  @Test
  void checker_withoutAStore_isToldOfTheOneSettingThatIsEnough() {
    SupportAccessChecker.Settings settings =
        SupportAccessChecker.Settings.of(
            KeySource.pinned(rig.desk.publicKeys()), "orders-api", "eu");
    assertThatThrownBy(() -> SupportAccess.checker(settings))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining(
            "without customers(...), permissions(...), grants(...): call those on its Settings");
    assertThatThrownBy(() -> SupportAccess.checker(settings.liveness(id -> true)))
        .hasMessageContaining("uses(...)");
    assertThatThrownBy(() -> SupportAccess.checker(settings.uses(rig.store)))
        .hasMessageContaining("liveness(...)");
  }

  @ParameterizedTest
  @CsvSource(value = {"''", "'a desk'", "'désk'"})
  void checker_ofADeskWhoseNameCannotBe_isRefused(String name) {
    SupportAccessChecker.Settings settings =
        SupportAccessChecker.Settings.of(
            KeySource.pinned(rig.desk.publicKeys()), "orders-api", "eu");
    assertThatThrownBy(() -> settings.issuer(name))
        .isInstanceOf(InvalidSupportAccessException.class)
        .hasMessageContaining("visible ASCII");
  }

  @ParameterizedTest
  @CsvSource({
    "PT1S, 1 second",
    "PT8H, 8 hours",
    "PT336H, 14 days",
    "PT26H3M2S, 1 day 2 hours 3 minutes 2 seconds",
    "PT0S, PT0S",
    "PT-1H, PT-1H",
    "PT1.5S, PT1.5S"
  })
  void time_isSaidAsPeopleDo(Duration time, String words) {
    assertThat(Spans.words(time)).isEqualTo(words);
  }
}
