package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ownproof.auth.IssuerProfiles;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.keys.KeySource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which reads a grant that stands allows. */
class CheckedReadsTest {

  private final CheckRig rig = new CheckRig();

  private String outcome(String method, String resource, String permission) {
    return outcome(rig.engineer(), rig.grant(), method, resource, permission);
  }

  private String outcome(
      VerifiedToken engineer, String grant, String method, String resource, String permission) {
    rig.lines.clear();
    String outcome =
        rig.checker()
            .check(engineer, grant, method, resource, permission)
            .fold(yes -> "PERMITTED", no -> no.refusal().name());
    assertThat(rig.lines).as("audit lines").hasSize(1);
    return outcome;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, PERMITTED",
    "HEAD, PERMITTED",
    "POST, METHOD",
    "PUT, METHOD",
    "PATCH, METHOD",
    "DELETE, METHOD",
    "OPTIONS, METHOD",
    "TRACE, METHOD",
    "CONNECT, METHOD",
    "QUERY, METHOD",
    "PROPFIND, METHOD",
    "get, METHOD",
    "Get, METHOD",
    "' GET', METHOD",
    "'GET ', METHOD",
    "GETX, METHOD",
    "'', METHOD",
    "G\u0415T, METHOD",
  })
  void method_notGetOrHead_isDenied(String method, String expected) {
    assertThat(outcome(method, RESOURCE, READ)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "orders/123, PERMITTED",
    "orders/200, PERMITTED",
    "orders/200/items/1, PERMITTED",
    // beside it, above it, below it
    "orders/1234, RESOURCE",
    "orders/12, RESOURCE",
    "orders/122, RESOURCE",
    "orders, RESOURCE",
    "orders/123/items, RESOURCE",
    "orders/2001, RESOURCE",
    "orders/20, RESOURCE",
    // other spellings of it, and ways out of it
    "orders/123/, RESOURCE",
    "/orders/123, RESOURCE",
    "orders//123, RESOURCE",
    "ORDERS/123, RESOURCE",
    "Orders/123, RESOURCE",
    "orders%2f123, RESOURCE",
    "orders%2F123, RESOURCE",
    "orders/%31%32%33, RESOURCE",
    "orders\\123, RESOURCE",
    "orders/./123, RESOURCE",
    "orders/../orders/123, RESOURCE",
    "orders/200/../123, RESOURCE",
    "orders/200/../../users/1, RESOURCE",
    "orders/200/.., RESOURCE",
    "orders/200/, RESOURCE",
    "orders/200//items, RESOURCE",
    "orders/200/%2e%2e, RESOURCE",
    "orders/*, RESOURCE",
    "*, RESOURCE",
    "orders/123?x=1, RESOURCE",
    "orders/123#x, RESOURCE",
    "orders/123;v=1, RESOURCE",
    // what some servers make .. of, or nothing
    "orders/200/..;/123, RESOURCE",
    "orders/200/..;x=1/..;/users/1, RESOURCE",
    "orders/200/.;/items, RESOURCE",
    "orders/200/;x/items, RESOURCE",
    "orders/200/;, RESOURCE",
    "orders/200/..;, RESOURCE",
    "orders/200/items;v=1, PERMITTED",
    "orders/200/...;v=1, PERMITTED",
    "' orders/123', RESOURCE",
    "'orders/123 ', RESOURCE",
    "'', RESOURCE",
    "orders/１23, RESOURCE",
  })
  void resource_notTheGrants_isDenied(String resource, String expected) {
    assertThat(outcome("GET", resource, READ)).isEqualTo(expected);
  }

  @Test
  void resource_withControlsOrHuge_isDenied() {
    assertThat(outcome("GET", "orders/123\u0000", READ)).isEqualTo("RESOURCE");
    assertThat(outcome("GET", "orders/123\r\naudit.outcome=ALLOWED", READ)).isEqualTo("RESOURCE");
    assertThat(outcome("GET", "orders/" + "1".repeat(1_000_000), READ)).isEqualTo("RESOURCE");
    assertThat(rig.told).allSatisfy(use -> assertThat(use.resource()).hasSizeLessThan(1200));
  }

  @ParameterizedTest
  @CsvSource({
    "orders:read, PERMITTED",
    // a read that the grant has not
    "invoices:read, PERMISSION",
    // writes, which the customer's record does allow
    "orders:write, NOT_READ_ONLY",
    "admin, NOT_READ_ONLY",
    // nothing anybody knows
    "orders:Read, NOT_READ_ONLY",
    "orders:*, NOT_READ_ONLY",
    "*, NOT_READ_ONLY",
    "support:read, NOT_READ_ONLY",
    "orders, NOT_READ_ONLY",
    "'orders:read ', NOT_READ_ONLY",
    "'', NOT_READ_ONLY",
    // a read of the grant that the record has not
    "notes:read, NOT_IN_RECORD",
  })
  void permission_notAReadOfTheGrantAndTheRecord_isDenied(String permission, String expected) {
    assertThat(outcome("GET", RESOURCE, permission)).isEqualTo(expected);
  }

  @Test
  void permission_withoutALegalForm_isRecordedAsACheck() {
    assertThat(outcome("GET", RESOURCE, "orders read\n")).isEqualTo("NOT_READ_ONLY");

    assertThat(rig.lines.get(0).action()).isEqualTo("support:check");
  }

  @Test
  @SuppressWarnings("NullAway") // a program that passes on what a request lacks
  void argument_missing_isDenied() {
    assertThat(outcome(null, RESOURCE, READ)).isEqualTo("METHOD");
    assertThat(outcome("GET", null, READ)).isEqualTo("RESOURCE");
    assertThat(outcome("GET", RESOURCE, null)).isEqualTo("NOT_READ_ONLY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders:write", "orders:read", "admin"})
  void record_allowsTheReadByAnyPermissionItGoesWith(String held) {
    rig.record =
        AccessRecord.of(new AccessRecord.Statement(Set.of(held), Resources.exactly(RESOURCE)));

    assertThat(outcome("GET", RESOURCE, READ)).isEqualTo("PERMITTED");
    assertThat(outcome("GET", "orders/200", READ)).isEqualTo("NOT_IN_RECORD");
  }

  @Test
  void record_shrinksMeanwhile_isDeniedAtTheNextCheck() {
    SupportAccessChecker checker = rig.checker();
    VerifiedToken engineer = rig.engineer();
    String grant = rig.grant();
    assertThat(checker.check(engineer, grant, "GET", RESOURCE, READ).isPermitted()).isTrue();

    rig.record =
        AccessRecord.of(
            new AccessRecord.Statement(Set.of("orders:write"), Resources.treesOf("orders/200")));

    assertThat(CheckRig.refusal(checker.check(engineer, grant, "GET", RESOURCE, READ)))
        .isEqualTo(SupportRefusal.NOT_IN_RECORD);
  }

  @Test
  void revoked_isDeniedAtTheNextCheck() {
    SupportAccessChecker checker = rig.checker();
    VerifiedToken engineer = rig.engineer();
    String grant = rig.grant();
    assertThat(checker.check(engineer, grant, "GET", RESOURCE, READ).isPermitted()).isTrue();

    AccessRequest before = rig.request();
    assertThat(
            rig.store.replace(
                before,
                before.next(
                    new AccessState.Revoked(
                        before.engineer(), CheckRig.NOW, (AccessState.Open) before.state()))))
        .isTrue();

    assertThat(CheckRig.refusal(checker.check(engineer, grant, "GET", RESOURCE, READ)))
        .isEqualTo(SupportRefusal.REVOKED);
  }

  @Test
  void keyNoLongerTrusted_isDeniedAlthoughTheGrantIsRemembered() {
    var keys = KeySource.pinned("desk-1", rig.deskKey.publicKey());
    SupportAccessChecker.Settings settings =
        SupportAccessChecker.Settings.of(keys, "orders-api", "eu")
            .customers(rig)
            .permissions(CheckRig.READS)
            .grants(rig.store)
            .audit(rig.lines::add)
            .clock(rig.clock);
    SupportAccessChecker checker = rig.checker(settings);
    VerifiedToken engineer = rig.engineer();
    String grant = rig.grant();
    assertThat(checker.check(engineer, grant, "GET", RESOURCE, READ).isPermitted()).isTrue();

    keys.evict("desk-1");
    assertThat(CheckRig.refusal(checker.check(engineer, grant, "GET", RESOURCE, READ)))
        .isEqualTo(SupportRefusal.SIGNATURE);

    keys.close();
    assertThat(CheckRig.refusal(checker.check(engineer, grant, "GET", RESOURCE, READ)))
        .isEqualTo(SupportRefusal.KEYS_UNAVAILABLE);
  }

  @Test
  void otherEngineer_withTheGrantAndATokenOfTheirOwn_isDenied() {
    assertThat(outcome(rig.login(t -> t.subject("engineer-2")), rig.grant(), "GET", RESOURCE, READ))
        .isEqualTo("OTHER_ENGINEER");
    assertThat(rig.told.get(0).engineer().subject()).isEqualTo("engineer-2");
  }

  @Test
  void sameSubjectOfAnotherIssuer_isDenied() {
    var elsewhere = rig.logins.withIssuer("https://login.example.org");
    try (var verifier = rig.verifier(elsewhere)) {
      assertThat(
              outcome(
                  verifier.verify(elsewhere.token().compact()), rig.grant(), "GET", RESOURCE, READ))
          .isEqualTo("OTHER_ENGINEER");
    }
  }

  @Test
  void idTokenOfTheEngineer_isDenied() {
    try (var verifier =
        TokenVerifier.builder()
            .accept(
                IssuerProfiles.oidc(CheckRig.LOGIN)
                    .audience("orders-api")
                    .idTokens()
                    .keys(KeySource.pinned(rig.logins.jwks())))
            .clock(rig.clock)
            .build()) {
      VerifiedToken login = verifier.verify(rig.logins.clientId("orders-api").idToken().compact());

      assertThat(outcome(login, rig.grant(), "GET", RESOURCE, READ)).isEqualTo("NOT_A_PERSON");
    }
  }

  @Test
  void serviceNotNamed_isDenied() {
    SupportAccessChecker.Settings other =
        SupportAccessChecker.Settings.of(
                KeySource.pinned("desk-1", rig.deskKey.publicKey()), "users-api", "eu")
            .customers(rig)
            .permissions(CheckRig.READS)
            .grants(rig.store)
            .audit(rig.lines::add)
            .clock(rig.clock);

    assertThat(
            CheckRig.refusal(
                rig.checker(other).check(rig.engineer(), rig.grant(), "GET", RESOURCE, READ)))
        .isEqualTo(SupportRefusal.SERVICE);
  }

  @Test
  void everyLine_saysWhoWhyUnderWhatWhoseWhatAndHow() {
    assertThat(outcome("GET", RESOURCE, READ)).isEqualTo("PERMITTED");
    Map<String, String> permitted = rig.lines.get(0).fields();
    assertThat(outcome("PUT", "orders/124", READ)).isEqualTo("METHOD");
    Map<String, String> denied = rig.lines.get(0).fields();

    for (Map<String, String> line : List.of(permitted, denied)) {
      assertThat(line)
          .containsEntry("kind", "access")
          .containsEntry("actor.issuer", CheckRig.LOGIN)
          .containsEntry("actor.subject", "engineer-1")
          .containsEntry("action", READ)
          .containsEntry("ticket", "CASE-4711")
          .containsEntry("grant", CheckRig.GRANT.value())
          .containsEntry("customer", "acme");
    }
    assertThat(permitted).containsEntry("target", RESOURCE).containsEntry("outcome", "ALLOWED");
    assertThat(denied)
        .containsEntry("target", "orders/124")
        .containsEntry("outcome", "DENIED")
        .containsEntry("reason", "METHOD");
    assertThat(permitted.get("correlation")).isNotEqualTo(denied.get("correlation"));
    assertThat(rig.store.uses(CheckRig.ACME, CheckRig.NOW))
        .isEqualTo(rig.told)
        .extracting(GrantUse::correlation, use -> use.outcome().result().name(), GrantUse::method)
        .containsExactly(
            tuple(permitted.get("correlation"), "ALLOWED", "GET"),
            tuple(denied.get("correlation"), "DENIED", "PUT"));
  }

  @Test
  void grantThatIsNone_leavesALineWithoutATicketAndNoUse() {
    assertThat(outcome(rig.engineer(), "garbage", "GET", RESOURCE, READ)).isEqualTo("MALFORMED");

    assertThat(rig.lines.get(0).fields())
        .containsEntry("actor.subject", "engineer-1")
        .doesNotContainKeys("ticket", "grant", "customer");
    assertThat(rig.told).isEmpty();
    assertThat(rig.store.uses(CheckRig.ACME, CheckRig.NOW)).isEmpty();
  }

  @Test
  void banner_tellsWhoLooksAtWhat() {
    SupportDecision.Permitted permitted = rig.check(rig.grant()).orThrow();

    assertThat(SupportBanner.of(permitted).text())
        .isEqualTo(
            "Support access to acme, read only, on CASE-4711, until 22 Nov 2026, 11:00 UTC. The"
                + " customer sees every use.");
  }
}
