package io.github.ownproof.core.audit;

import static io.github.ownproof.core.audit.Events.NOON;
import static io.github.ownproof.core.audit.Events.occasion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.RecordedLogs;
import io.github.ownproof.core.audit.AuditEvent.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class AuditTrailTest {

  @BeforeEach
  @AfterEach
  void quiet() {
    RecordedLogs.clear();
    RecordedLogs.setInfo(AuditTrail.SLF4J_LOGGER, true);
    RecordedLogs.failWith(AuditTrail.SLF4J_LOGGER, null);
    MDC.clear();
  }

  @Test
  void all_everyTrailWorks_recordsInOrder() {
    List<String> seen = new ArrayList<>();

    AuditTrail.all(e -> seen.add("1 " + e.target()), e -> seen.add("2 " + e.target()))
        .record(Events.read("a"));

    assertThat(seen).containsExactly("1 a", "2 a");
  }

  @Test
  void all_oneFails_failsAndAsksNoneAfterIt() {
    List<String> seen = new ArrayList<>();
    AuditFailedException failure = new AuditFailedException("disk full", null);
    AuditTrail all =
        AuditTrail.all(
            e -> seen.add("first"),
            e -> {
              throw failure;
            },
            e -> seen.add("third"));

    assertThatThrownBy(() -> all.record(Events.read("a"))).isSameAs(failure);
    assertThat(seen).containsExactly("first");
  }

  @Test
  void all_oneThrowsSomethingElse_failsWithItAsCause() {
    IllegalStateException cause = new IllegalStateException("secret");
    AuditTrail all =
        AuditTrail.all(
            e -> {
              throw cause;
            });

    assertThatThrownBy(() -> all.record(Events.read("a")))
        .isInstanceOfSatisfying(
            AuditFailedException.class, e -> assertThat(e.code()).isEqualTo("AUDIT_FAILED"))
        .hasCause(cause)
        .hasMessageNotContaining("secret");
  }

  @Test
  void all_arrayChangedAfterwards_isNotAffected() {
    List<String> seen = new ArrayList<>();
    AuditTrail[] others = {e -> seen.add("others")};
    AuditTrail all = AuditTrail.all(e -> seen.add("first"), others);
    others[0] = e -> seen.add("changed");

    all.record(Events.read("a"));

    assertThat(seen).containsExactly("first", "others");
  }

  @Test
  void slf4j_event_isOneInfoLineWithEveryFieldAsKeyAndMdc() {
    AuditTrail.slf4j()
        .record(
            new Access(
                occasion()
                    .onTicket("CASE-1")
                    .underGrant("g-1")
                    .forCustomer("acme")
                    .forEngineer(new Actor.Identified("https://id.example.com", "eve")),
                "orders:read",
                "orders/1",
                Outcome.denied("EXPIRED")));

    assertThat(RecordedLogs.of("io.github.ownproof.audit"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).hasToString("INFO");
              assertThat(line.text())
                  .isEqualTo(
                      "audit.kind=access audit.time=2026-05-04T12:00:00Z"
                          + " audit.actor.type=identified"
                          + " audit.actor.issuer=https://login.example.com"
                          + " audit.actor.subject=user-1 audit.action=orders:read"
                          + " audit.target=orders/1 audit.outcome=DENIED audit.reason=EXPIRED"
                          + " audit.ticket=CASE-1 audit.grant=g-1 audit.customer=acme audit.engineer.issuer=https://id.example.com audit.engineer.subject=eve audit.correlation=req-1 audit");
              assertThat(line.mdc())
                  .containsExactlyInAnyOrderEntriesOf(
                      Map.ofEntries(
                          Map.entry("audit.kind", "access"),
                          Map.entry("audit.time", "2026-05-04T12:00:00Z"),
                          Map.entry("audit.actor.type", "identified"),
                          Map.entry("audit.actor.issuer", "https://login.example.com"),
                          Map.entry("audit.actor.subject", "user-1"),
                          Map.entry("audit.action", "orders:read"),
                          Map.entry("audit.target", "orders/1"),
                          Map.entry("audit.outcome", "DENIED"),
                          Map.entry("audit.reason", "EXPIRED"),
                          Map.entry("audit.ticket", "CASE-1"),
                          Map.entry("audit.grant", "g-1"),
                          Map.entry("audit.customer", "acme"),
                          Map.entry("audit.engineer.issuer", "https://id.example.com"),
                          Map.entry("audit.engineer.subject", "eve"),
                          Map.entry("audit.correlation", "req-1")));
            });
  }

  @Test
  void slf4j_mdcOfTheCaller_isHiddenDuringTheCallAndBackAfterwards() {
    MDC.put("audit.ticket", "outer");
    MDC.put("audit.action", "outer");
    MDC.put("request", "r-1");

    AuditTrail.slf4j().record(Events.read("a"));

    Map<String, String> during = RecordedLogs.of(AuditTrail.SLF4J_LOGGER).get(0).mdc();
    assertThat(during)
        .doesNotContainKey("audit.ticket")
        .containsEntry("audit.action", "orders:read")
        .containsEntry("request", "r-1");
    assertThat(MDC.getCopyOfContextMap())
        .isEqualTo(Map.of("audit.ticket", "outer", "audit.action", "outer", "request", "r-1"));
  }

  @Test
  void slf4j_hostileValues_forgeNeitherALineNorAKey() {
    AuditTrail.slf4j()
        .record(
            new Access(
                Occasion.of(
                    new Actor.Identified("https://i.example", "x audit.outcome=ALLOWED"),
                    NOON,
                    "c\r\nINFO audit.outcome=ALLOWED"),
                "orders:read",
                "a\" audit.outcome=ALLOWED \u2028\u001b[31m {}",
                Outcome.denied("NO")));

    RecordedLogs.Line line = RecordedLogs.of(AuditTrail.SLF4J_LOGGER).get(0);
    assertThat(line.text()).matches("[ -~]*").containsOnlyOnce(" audit.outcome=");
    // Ten fields and the message.
    assertThat(line.text().split(" ")).hasSize(11);
    assertThat(line.mdc().values()).allMatch(value -> value.matches("[!-~]*"));
  }

  @Test
  void slf4j_infoIsOff_failsInsteadOfLosingTheEvent() {
    RecordedLogs.setInfo(AuditTrail.SLF4J_LOGGER, false);

    assertThatThrownBy(() -> AuditTrail.slf4j().record(Events.read("a")))
        .isInstanceOf(AuditFailedException.class)
        .hasMessageContaining("INFO is off for the logger io.github.ownproof.audit");
  }

  @Test
  void slf4j_loggerThrows_failsAndPutsTheMdcBack() {
    MDC.put("audit.ticket", "outer");
    RecordedLogs.failWith(AuditTrail.SLF4J_LOGGER, new IllegalStateException());

    assertThatThrownBy(() -> AuditTrail.slf4j().record(Events.read("a")))
        .isInstanceOf(AuditFailedException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("audit.ticket", "outer"));
  }

  @Test
  void slf4j_fields_coverEveryFieldAnEventCanHave() {
    // Whatever an event may hold must be logged: the two lists are kept in step by this test.
    AuditEvent full =
        new Access(
            occasion().onTicket("T").underGrant("G"), "a", "t", Outcome.failed("KEYS_UNAVAILABLE"));
    AuditEvent aws =
        new Access(
            Occasion.of(
                new Actor.AwsPrincipal(
                    AccountId.of("111122223333"), "arn:aws:iam::111122223333:user/u"),
                NOON,
                "c"),
            "a",
            "t",
            Outcome.DONE);

    for (AuditEvent event : List.of(full, aws)) {
      RecordedLogs.clear();
      AuditTrail.slf4j().record(event);
      assertThat(RecordedLogs.of(AuditTrail.SLF4J_LOGGER).get(0).mdc())
          .hasSameSizeAs(event.fields());
    }
  }
}
