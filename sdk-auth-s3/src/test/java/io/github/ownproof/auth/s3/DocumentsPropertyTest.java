package io.github.ownproof.auth.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.auth.grant.AccessRequest;
import io.github.ownproof.auth.grant.AccessScope;
import io.github.ownproof.auth.grant.AccessState;
import io.github.ownproof.auth.grant.Approval;
import io.github.ownproof.auth.grant.CustomerId;
import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.auth.grant.GrantUse;
import io.github.ownproof.auth.grant.Resources;
import io.github.ownproof.core.audit.Actor;
import io.github.ownproof.core.audit.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DocumentsPropertyTest {

  @Property(tries = 500)
  void everyRequest_comesBackAsItWas(
      @ForAll("requests") AccessRequest request, @ForAll("writes") List<String> writes)
      throws MalformedDocument {
    Documents.Grant grant = new Documents.Grant(request, writes);

    assertThat(Documents.grant(grant.text())).isEqualTo(grant);
    assertThat(grant.text()).matches("[ -~]*");
  }

  @Property(tries = 300)
  void everyUse_comesBackAsItWas(@ForAll("uses") GrantUse use) throws MalformedDocument {
    assertThat(Documents.use(Documents.text(use))).isEqualTo(use);
  }

  /** One form: whatever is changed about a document, it is refused or says something else. */
  @Property(tries = 500)
  void oneByteTakenOutOrDoubled_isNoOtherFormOfTheSame(
      @ForAll("requests") AccessRequest request, @ForAll int at, @ForAll boolean doubled) {
    Documents.Grant grant = Documents.Grant.first(request, "w");
    String text = grant.text();
    int i = Math.floorMod(at, text.length());
    String changed =
        text.substring(0, i)
            + (doubled ? text.substring(i, i + 1) : "")
            + text.substring(doubled ? i : i + 1);

    try {
      assertThat(Documents.grant(changed)).isNotEqualTo(grant);
    } catch (MalformedDocument refused) {
      assertThat(refused.why()).isNotEmpty();
    }
  }

  @Property(tries = 50)
  void oneMemberMoreOrTwiceOrInAnotherPlace_isRefused(@ForAll("requests") AccessRequest request) {
    String text = Documents.Grant.first(request, "w").text();
    String inner = text.substring(1, text.length() - 1);
    for (String other :
        List.of(
            "{" + inner + ",\"more\":1}",
            "{" + inner + ",\"schema\":1}",
            "{ " + inner + "}",
            text + "\n",
            text.replace("\"state\":{", "\"state\":{\"is\":\"granted\","),
            text.replace("\"version\":", "\"restricted\":\"yes\",\"version\":"),
            text.replace("{\"schema\":1,", "{").replaceAll("}$", ",\"schema\":1}"),
            text.replaceFirst("\"schema\":1", "\"schema\":1.0"))) {
      assertThatThrownBy(() -> Documents.grant(other))
          .as(other)
          .isInstanceOf(MalformedDocument.class);
    }
  }

  @Property(tries = 20)
  void aDocumentOfALaterSchema_isRefusedBySayingSo(@ForAll("requests") AccessRequest request) {
    String text = Documents.Grant.first(request, "w").text();

    assertThatThrownBy(() -> Documents.grant(text.replaceFirst("\"schema\":1", "\"schema\":2")))
        .isInstanceOf(MalformedDocument.class)
        .hasMessageContaining("newer version");
  }

  @Provide
  Arbitrary<AccessRequest> requests() {
    return Combinators.combine(
            ids(),
            Arbitraries.longs().between(1, Long.MAX_VALUE),
            people(),
            customers(),
            anyText(),
            scopes(),
            instants(),
            states())
        .as(
            (id, version, engineer, customer, text, scope, at, state) ->
                new AccessRequest(
                    id,
                    version,
                    engineer,
                    customer,
                    "CASE-" + version,
                    text,
                    Set.of("orders", "billing" + version),
                    "eu",
                    scope,
                    at,
                    state));
  }

  @Provide
  Arbitrary<GrantUse> uses() {
    return Combinators.combine(
            ids(), customers(), people(), anyText(), anyText(), instants(), outcomes())
        .as(
            (id, customer, engineer, resource, correlation, at, outcome) ->
                new GrantUse(
                    id,
                    customer,
                    engineer,
                    "CASE-1",
                    "orders",
                    "GET",
                    resource,
                    "orders:read",
                    at,
                    outcome,
                    correlation));
  }

  @Provide
  Arbitrary<List<String>> writes() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(32).list().ofMaxSize(32);
  }

  private static Arbitrary<AccessState> states() {
    Arbitrary<AccessState.Open> open = Arbitraries.oneOf(pending(), granted());
    return Arbitraries.oneOf(
        open,
        Combinators.combine(people(), instants(), pending()).as(AccessState.Denied::new),
        Combinators.combine(people(), instants(), open).as(AccessState.Revoked::new),
        Combinators.combine(instants(), open).as(AccessState.Expired::new));
  }

  private static Arbitrary<AccessState.Pending> pending() {
    return Combinators.combine(
            instants(), Arbitraries.integers().between(1, 2), approvals().list().ofMaxSize(2))
        .as(AccessState.Pending::new);
  }

  private static Arbitrary<AccessState.Granted> granted() {
    return Combinators.combine(scopes(), instants(), instants(), approvals().list().ofMaxSize(2))
        .as(AccessState.Granted::new);
  }

  private static Arbitrary<Approval> approvals() {
    return Combinators.combine(
            people(), instants(), scopes(), Arbitraries.of(Approval.Way.values()))
        .as(Approval::new);
  }

  private static Arbitrary<AccessScope> scopes() {
    Arbitrary<String> names = Arbitraries.of("orders/1", "a~b/$!&'()+,;=-@:", "x", "y/z", "o/2");
    return Combinators.combine(
            names.set().ofMinSize(1).ofMaxSize(4),
            names.set().ofMaxSize(3),
            Arbitraries.of("orders:read", "a.b_c/d-e:read", "x").set().ofMinSize(1),
            Arbitraries.longs().between(1, 1_000_000))
        .as(
            (exact, trees, permissions, seconds) ->
                new AccessScope(
                    new Resources(exact, trees), permissions, Duration.ofSeconds(seconds)));
  }

  private static Arbitrary<GrantId> ids() {
    return Arbitraries.strings()
        .withChars("0123456789abcdefghijklmnopqrstuvwxyz")
        .ofLength(32)
        .map(text -> GrantId.of("sg-" + text));
  }

  private static Arbitrary<CustomerId> customers() {
    return Arbitraries.of("acme", "A.b_c:d-1", "0").map(CustomerId::of);
  }

  private static Arbitrary<Actor.Identified> people() {
    return Combinators.combine(
            Arbitraries.of("https://idp.test", "https://idp.test/\"q\"\\"),
            Arbitraries.of("engineer-1", "jörg", "工程师", "😀 a"))
        .as(Actor.Identified::new);
  }

  private static Arbitrary<Outcome> outcomes() {
    return Arbitraries.of(
        Outcome.ALLOWED, Outcome.DONE, Outcome.denied("REVOKED"), Outcome.failed("GRANT_STORE"));
  }

  private static Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
            Arbitraries.of(0, 1, 999_999_999, 500_000_000))
        .as((second, nano) -> Instant.ofEpochSecond(second, nano));
  }

  /** Of any kind, lone surrogates and control characters among them. */
  private static Arbitrary<String> anyText() {
    return Arbitraries.strings().ofMaxLength(40);
  }
}
