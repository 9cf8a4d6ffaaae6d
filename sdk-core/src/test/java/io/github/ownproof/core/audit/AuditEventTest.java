package io.github.ownproof.core.audit;

import static io.github.ownproof.core.audit.Events.ENGINEER;
import static io.github.ownproof.core.audit.Events.NOON;
import static io.github.ownproof.core.audit.Events.occasion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.audit.AuditEvent.Access;
import io.github.ownproof.core.audit.AuditEvent.BucketChange;
import io.github.ownproof.core.audit.AuditEvent.GrantChange;
import io.github.ownproof.core.audit.Outcome.Result;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {

  private static final AccountId ACCOUNT = AccountId.of("111122223333");

  @Test
  void fields_accessUnderAGrant_haveEverythingInOrder() {
    AuditEvent event =
        new Access(
            occasion()
                .onTicket("CASE-4711")
                .underGrant("g-1")
                .forCustomer("acme")
                .forEngineer(new Actor.Identified("https://id.example.com", "eve")),
            "orders:read",
            "orders/123",
            Outcome.denied("GRANT_REVOKED"));

    assertThat(event.fields())
        .containsExactly(
            entry("kind", "access"),
            entry("time", "2026-05-04T12:00:00Z"),
            entry("actor.type", "identified"),
            entry("actor.issuer", "https://login.example.com"),
            entry("actor.subject", "user-1"),
            entry("action", "orders:read"),
            entry("target", "orders/123"),
            entry("outcome", "DENIED"),
            entry("reason", "GRANT_REVOKED"),
            entry("ticket", "CASE-4711"),
            entry("grant", "g-1"),
            entry("customer", "acme"),
            entry("engineer.issuer", "https://id.example.com"),
            entry("engineer.subject", "eve"),
            entry("correlation", "req-1"));
  }

  @Test
  void fields_bucketChangeOfAPrincipal_haveAccountAndArn() {
    Actor role = new Actor.AwsPrincipal(ACCOUNT, "arn:aws:sts::111122223333:assumed-role/app/i-1");
    AuditEvent event =
        new BucketChange(
            Occasion.of(role, NOON, "req-2"),
            BucketChange.Change.PROMOTE,
            "arn:aws:s3:eu-west-1:111122223333:assets",
            Outcome.DONE);

    assertThat(event.fields())
        .containsExactly(
            entry("kind", "bucket"),
            entry("time", "2026-05-04T12:00:00Z"),
            entry("actor.type", "aws"),
            entry("actor.account", "111122223333"),
            entry("actor.arn", "arn:aws:sts::111122223333:assumed-role/app/i-1"),
            entry("action", "bucket:promote"),
            entry("target", "arn:aws:s3:eu-west-1:111122223333:assets"),
            entry("outcome", "DONE"),
            entry("correlation", "req-2"));
  }

  @Test
  void grantChange_withTicketAndGrant_isAnEvent() {
    AuditEvent event =
        new GrantChange(
            occasion().onTicket("CASE-1").underGrant("g-1"),
            GrantChange.Step.APPROVE,
            "customer-7",
            Outcome.ALLOWED);

    assertThat(event.kind()).isEqualTo("grant");
    assertThat(event.action()).isEqualTo("grant:approve");
  }

  @Test
  void grantChange_withoutTicketOrGrant_isRefused() {
    for (Occasion lacking :
        new Occasion[] {occasion(), occasion().onTicket("CASE-1"), occasion().underGrant("g-1")}) {
      assertThatThrownBy(
              () -> new GrantChange(lacking, GrantChange.Step.REQUEST, "c", Outcome.ALLOWED))
          .isInstanceOfSatisfying(
              InvalidAuditEventException.class,
              e -> assertThat(e.code()).isEqualTo("INVALID_AUDIT_EVENT"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "orders read", "a\nb", ":read", "read*", "l\u00f6schen"})
  void access_actionFromOutside_isRefused(String action) {
    assertThatThrownBy(() -> new Access(occasion(), action, "t", Outcome.ALLOWED))
        .isInstanceOf(InvalidAuditEventException.class);
  }

  @Test
  void target_of1024Characters_isKeptWhole() {
    assertThat(Events.read("x".repeat(1024)).target()).isEqualTo("x".repeat(1024));
  }

  @Test
  void target_longer_isCutAndItsDigestKept() {
    String target = "x".repeat(1025);
    String digest =
        HexFormat.of().formatHex(AuditText.sha256(target.getBytes(StandardCharsets.UTF_8)));

    assertThat(Events.read(target).target())
        .isEqualTo("x".repeat(1024) + "[cut: 1025 characters, SHA-256 " + digest + "]");
  }

  @Test
  void target_cutWithinASurrogatePair_isCutBeforeIt() {
    String target = "x".repeat(1023) + "\ud83d\ude00";

    assertThat(Events.read(target).target()).startsWith("x".repeat(1023) + "[cut: 1025 characters");
  }

  @Test
  void hostileTargetAndCorrelation_areRecordableAndPrintOnOneLine() {
    AuditEvent event =
        new Access(
            Occasion.of(new Actor.Unverified(), NOON, "a\r\nb"),
            "token:verify",
            "\"},\"outcome\":\"ALLOWED\"\n\u2028\ud800\\",
            Outcome.denied("TOKEN_EXPIRED"));

    assertThat(event.toString())
        .isEqualTo(
            "{\"kind\":\"access\",\"time\":\"2026-05-04T12:00:00Z\",\"actor.type\":\"unverified\","
                + "\"action\":\"token:verify\","
                + "\"target\":\"\\\"},\\\"outcome\\\":\\\"ALLOWED\\\"\\u000a\\u2028\\ud800\\\\\","
                + "\"outcome\":\"DENIED\",\"reason\":\"TOKEN_EXPIRED\","
                + "\"correlation\":\"a\\u000d\\u000ab\"}");
    assertThat(event.occasion().toString()).doesNotContain("\n", "\r");
  }

  @Property
  void json_anyTarget_isPrintableAsciiAndCanBeUndone(@ForAll String target) {
    StringBuilder json = new StringBuilder();
    AuditText.appendJson(json, target);

    assertThat(json.toString()).matches("\"[ -~]*\"");
    assertThat(undone(json.substring(1, json.length() - 1))).isEqualTo(target);
    assertThat(AuditText.word(target)).matches("[!-~]*").doesNotContain("\"");
    assertThat(undone(AuditText.word(target))).isEqualTo(target);
  }

  @Test
  void identified_stableSubjects_areTaken() {
    for (String subject :
        new String[] {"auth0|5f7c8ec7", "a b", "\u674e", "\ud83d\ude00", "x".repeat(255)}) {
      assertThat(new Actor.Identified("https://i.example", subject).subject()).isEqualTo(subject);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "a\nb",
        "a\u0000",
        "a\u007f",
        "a\u0085",
        "a\u2028b",
        "a\u202eb",
        "a\u200b",
        "\ud83d",
        "\ude00x"
      })
  void identified_subjectThatIsNotWhatItLooksLike_isRefusedWithoutShowingIt(String subject) {
    assertThatThrownBy(() -> new Actor.Identified("https://i.example", subject))
        .isInstanceOf(InvalidAuditEventException.class)
        .message()
        .contains("actor's subject")
        .matches("[ -~]*");
    assertThatThrownBy(() -> new Actor.Identified(subject, "s"))
        .isInstanceOf(InvalidAuditEventException.class)
        .hasMessageContaining("actor's issuer");
  }

  @Test
  void identified_tooLong_isRefusedSayingTheBound() {
    assertThatThrownBy(() -> new Actor.Identified("https://i.example", "x".repeat(256)))
        .hasMessageContaining("has 256 characters; it has 1 to 255");
    assertThatThrownBy(() -> new Actor.Identified("x".repeat(513), "s"))
        .hasMessageContaining("has 513 characters; it has 1 to 512");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user-1",
        "arn:aws:iam::111122223333",
        "arn:aws:iam::111122223333:",
        "arn:aws:iam::444455556666:user/u",
        "ARN:aws:iam::111122223333:user/u",
        "arn:aws:iam::111122223333:user/u u",
        "arn:aws:iam::111122223333:user/u\n"
      })
  void awsPrincipal_arnThatIsNotOneOfTheAccount_isRefused(String arn) {
    assertThatThrownBy(() -> new Actor.AwsPrincipal(ACCOUNT, arn))
        .isInstanceOf(InvalidAuditEventException.class);
  }

  @Test
  void awsAccount_attributes_haveNoArn() {
    assertThat(new Actor.AwsAccount(ACCOUNT).attributes())
        .containsExactly(entry("type", "aws"), entry("account", "111122223333"));
  }

  @Test
  void outcome_reason_isPresentExactlyWhereThereIsOne() {
    assertThat(Outcome.ALLOWED.reason()).isEmpty();
    assertThat(Outcome.DONE.reason()).isEmpty();
    assertThat(Outcome.denied("A").reason()).contains("A");
    assertThat(Outcome.failed("KEYS_UNAVAILABLE").reason()).contains("KEYS_UNAVAILABLE");
    assertThat(Outcome.denied("A").result()).isEqualTo(Result.DENIED);
    assertThat(Outcome.failed("A").result()).isEqualTo(Result.FAILED);
    assertThat(Outcome.denied("A_1")).hasToString("DENIED (A_1)");
    assertThat(Outcome.DONE).hasToString("DONE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lower", "A B", "A\n", "1A", "sub=42"})
  void outcome_reasonThatIsNoCode_isRefused(String reason) {
    assertThatThrownBy(() -> Outcome.denied(reason)).isInstanceOf(InvalidAuditEventException.class);
    assertThatThrownBy(() -> Outcome.failed(reason)).isInstanceOf(InvalidAuditEventException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "CASE 1", "CASE\n1", "CASE-\u00e9"})
  void occasion_ticketGrantOrCustomerThatIsNoId_isRefused(String id) {
    assertThatThrownBy(() -> occasion().onTicket(id))
        .isInstanceOf(InvalidAuditEventException.class);
    assertThatThrownBy(() -> occasion().underGrant(id))
        .isInstanceOf(InvalidAuditEventException.class);
    assertThatThrownBy(() -> occasion().forCustomer(id))
        .isInstanceOf(InvalidAuditEventException.class);
  }

  @Test
  void occasion_copies_changeOnlyWhatTheySay() {
    Actor.Identified eve = new Actor.Identified("https://id.example.com", "eve");
    Occasion first = occasion().forEngineer(eve).forCustomer("C").onTicket("T").underGrant("G");
    Occasion later = first.at(NOON.plusSeconds(1));

    assertThat(later).isNotEqualTo(first);
    assertThat(later.time()).isEqualTo(NOON.plusSeconds(1));
    assertThat(later.actor()).isEqualTo(ENGINEER);
    assertThat(later.correlation()).isEqualTo("req-1");
    assertThat(later.ticketId()).contains("T");
    assertThat(later.grantId()).contains("G");
    assertThat(later.customerId()).contains("C");
    assertThat(later.engineer()).contains(eve);
    assertThat(later.by(eve))
        .isEqualTo(
            Occasion.of(eve, later.time(), "req-1")
                .forEngineer(eve)
                .forCustomer("C")
                .onTicket("T")
                .underGrant("G"));
    assertThat(later.at(NOON)).isEqualTo(first);
  }

  @Test
  void equals_ofValues_isByEverythingTheyHold() {
    EqualsVerifier.forClass(Outcome.class).withNonnullFields("result").verify();
    EqualsVerifier.forClass(Occasion.class)
        .withPrefabValues(Actor.class, ENGINEER, new Actor.Unverified())
        .withNonnullFields("actor", "time", "correlation")
        .verify();
  }

  private static String undone(String escaped) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else if (escaped.charAt(++i) == 'u') {
        out.append((char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        out.append(escaped.charAt(i));
      }
    }
    return out.toString();
  }
}
