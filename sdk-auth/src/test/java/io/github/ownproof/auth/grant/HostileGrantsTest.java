package io.github.ownproof.auth.grant;

import static io.github.ownproof.auth.grant.CheckRig.NOW;
import static io.github.ownproof.auth.grant.CheckRig.READ;
import static io.github.ownproof.auth.grant.CheckRig.RESOURCE;
import static io.github.ownproof.auth.grant.SupportRefusal.CONFIRMATION;
import static io.github.ownproof.auth.grant.SupportRefusal.MALFORMED;
import static io.github.ownproof.auth.grant.SupportRefusal.OTHER_ENGINEER;
import static io.github.ownproof.auth.grant.SupportRefusal.RESIDENCY;
import static io.github.ownproof.auth.grant.SupportRefusal.REVOKED;
import static io.github.ownproof.auth.grant.SupportRefusal.SERVICE;
import static io.github.ownproof.auth.grant.SupportRefusal.SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Grants with one thing wrong, each denied for it, on a checker that knows the right one. */
class HostileGrantsTest {

  private static final String DIGEST = "A".repeat(43);

  private final CheckRig rig = new CheckRig();
  private final SupportAccessChecker checker = rig.checker();
  private final VerifiedToken engineer = rig.engineer();
  private final ForgedToken right = rig.forged();
  private final ForgedKey desk = rig.deskKey;

  private record Hostile(String what, String grant, SupportRefusal refusal) {}

  private final List<Hostile> corpus = new ArrayList<>();

  private void denied(String what, String grant, SupportRefusal refusal) {
    corpus.add(new Hostile(what, grant, refusal));
  }

  private void denied(String what, ForgedToken grant, SupportRefusal refusal) {
    denied(what, grant.compact(), refusal);
  }

  private SupportDecision check(String grant) {
    return checker.check(engineer, grant, "GET", RESOURCE, READ);
  }

  @TestFactory
  Stream<DynamicTest> header_notTheOne_isDenied() {
    for (String typ :
        List.of(
            "at+jwt",
            "JWT",
            "",
            "dpop+jwt",
            "support-grant",
            "Support-Grant+JWT",
            "support-grant+jwt ",
            "application/support-grant+jwt")) {
      denied("typ " + typ, right.type(typ), MALFORMED);
    }
    for (String alg : List.of("ES384", "ES256K", "RS256", "PS256", "Ed25519", "es256", "", "ES")) {
      denied("alg " + alg, right.algorithm(alg), MALFORMED);
    }
    for (String alg : List.of("none", "None", "NONE", "nOnE")) {
      denied("alg " + alg + " signed", right.algorithm(alg), MALFORMED);
      denied("alg " + alg, right.algorithm(alg).signature(new byte[0]), MALFORMED);
    }
    for (String alg : List.of("HS256", "HS384", "HS512")) {
      byte[] publicKey = desk.publicKey().getEncoded();
      denied(alg, right.algorithm(alg).signedBy(ForgedKey.hmac(alg, "k", publicKey)), MALFORMED);
    }
    ForgedKey rsa = ForgedKey.rs256("rsa");
    denied("RS256 by another", right.algorithm("RS256").signedBy(rsa), MALFORMED);
    denied("RSA as ES256", right.signedBy(rsa), SIGNATURE);
    denied("EdDSA on an EC key", right.algorithm("EdDSA"), SIGNATURE);
    denied(
        "EdDSA by another",
        right.algorithm("EdDSA").signedBy(ForgedKey.of("EdDSA", "ed")),
        SIGNATURE);
    for (String name : List.of("typ", "alg", "kid")) {
      denied("no " + name, right.withoutHeader(name), MALFORMED);
      denied("null " + name, right.header(name, null), MALFORMED);
      denied("number " + name, right.header(name, 1), MALFORMED);
      denied("array " + name, right.headerJson(name, "[\"x\"]"), MALFORMED);
      denied(
          "twice " + name,
          right.rawHeader(right.headerJson().replaceFirst("\\{", "{\"" + name + "\":\"x\",")),
          MALFORMED);
    }
    denied("empty kid", right.header("kid", ""), MALFORMED);
    denied("long kid", right.header("kid", "k".repeat(257)), MALFORMED);
    denied("control in kid", right.header("kid", "desk-1\u0000"), MALFORMED);
    denied("kid of another key of the desk", right.header("kid", "desk-2"), SIGNATURE);
    denied("unknown kid", right.header("kid", "desk-3"), SIGNATURE);
    denied("kid that is a path", right.header("kid", "../../dev/null"), SIGNATURE);
    for (String name :
        List.of("jku", "x5u", "x5t", "x5t#S256", "cty", "zip", "enc", "epk", "foo", "TYP")) {
      denied("header " + name, right.header(name, "x"), MALFORMED);
    }
    denied("embedded key", right.headerJson("jwk", desk.publicJwk()), MALFORMED);
    denied("embedded certificate", right.header("x5c", List.of("MIIB")), MALFORMED);
    denied("crit", right.header("crit", List.of("exp")), MALFORMED);
    denied("b64", right.header("b64", false), MALFORMED);
    denied("empty header", right.rawHeader("{}"), MALFORMED);
    denied("header no object", right.rawHeader("[]"), MALFORMED);
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> signature_notTheDesks_isDenied() {
    denied("another key", right.signedBy(ForgedKey.of("ES256", "attacker")), SIGNATURE);
    denied("another key of that id", right.signedBy(desk.fresh()), SIGNATURE);
    denied("the other desk key", right.signedBy(ForgedKey.of("ES256", "desk-2")), SIGNATURE);
    denied("the logins' key", right.signedBy(rig.logins.key()), SIGNATURE);
    denied("none", right.signature(new byte[0]), SIGNATURE);
    denied("zeros", right.signature(new byte[64]), SIGNATURE);
    denied("zero s", right.signature(half(right.signature())), SIGNATURE);
    denied("DER", right.signature(CheckRig.der(right.signature())), SIGNATURE);
    denied("of another grant", right.signature(rig.forged().subject("x").signature()), SIGNATURE);
    byte[] longer = new byte[65];
    System.arraycopy(right.signature(), 0, longer, 1, 64);
    denied("a zero in front", right.signature(longer), SIGNATURE);
    return tests();
  }

  private static byte[] half(byte[] signature) {
    byte[] half = new byte[64];
    System.arraycopy(signature, 0, half, 0, 32);
    return half;
  }

  @TestFactory
  Stream<DynamicTest> claims_oneMoreOrLessOrOfAnotherType_areDenied() {
    for (String name :
        List.of(
            "iss",
            "aud",
            "sub",
            "jti",
            "iat",
            "exp",
            "engineer",
            "customer",
            "ticket",
            "residency",
            "resources",
            "trees",
            "permissions")) {
      denied("no " + name, right.without(name), MALFORMED);
      for (String value :
          List.of("null", "true", "\"\"", "-1", "1.5", "1e9", "{}", "[1]", "[null]", "[[]]")) {
        denied(name + " = " + value, right.claimJson(name, value), MALFORMED);
      }
      denied(
          name + " twice",
          right.rawPayload(right.payloadJson().replaceFirst("\\{", "{\"" + name + "\":0,")),
          MALFORMED);
    }
    for (String name :
        List.of("nbf", "act", "may_act", "scope", "client_id", "azp", "email", "foo", "Sub")) {
      denied("also " + name, right.claim(name, "x"), MALFORMED);
      denied("also null " + name, right.claim(name, null), MALFORMED);
    }
    denied("no claims", right.rawPayload("{}"), MALFORMED);
    denied("an array", right.rawPayload("[" + right.payloadJson() + "]"), MALFORMED);
    denied("text", right.rawPayload("\"grant\""), MALFORMED);
    denied("more after it", right.rawPayload(right.payloadJson() + "{}"), MALFORMED);
    denied("a byte order mark", right.rawPayload("\ufeff" + right.payloadJson()), MALFORMED);
    denied("deep", right.rawPayload("{\"a\":".repeat(40) + "1" + "}".repeat(40)), MALFORMED);
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> claims_ofAnotherValue_areDenied() {
    denied("issuer of logins", right.claim("iss", CheckRig.LOGIN), MALFORMED);
    denied("issuer's case", right.claim("iss", "Support-Desk"), MALFORMED);
    denied("issuer and more", right.claim("iss", "support-desk/"), MALFORMED);
    denied("aud as string", right.claim("aud", "orders-api"), MALFORMED);
    denied("aud empty", right.claim("aud", List.of()), MALFORMED);
    denied("aud twice the same", right.claim("aud", List.of("a", "a")), MALFORMED);
    denied("aud no service's name", right.claim("aud", List.of("orders api")), MALFORMED);
    denied("other service", right.claim("aud", List.of("notes-api")), SERVICE);
    denied("service's case", right.claim("aud", List.of("Orders-Api")), SERVICE);
    denied("service's prefix", right.claim("aud", List.of("orders")), SERVICE);
    denied("residency", right.claim("residency", "us"), RESIDENCY);
    denied("residency's case", right.claim("residency", "EU"), RESIDENCY);
    denied("residency's form", right.claim("residency", "eu us"), MALFORMED);
    denied("sub of a person", right.subject("engineer-1"), MALFORMED);
    denied("sub in capitals", right.subject("SG-" + "0".repeat(32)), MALFORMED);
    denied("sub of no grant", right.subject("sg-" + "0".repeat(32)), REVOKED);
    denied("jti of another form", right.claim("jti", "abc"), MALFORMED);
    denied("iat as text", right.claim("iat", "" + NOW.getEpochSecond()), MALFORMED);
    denied("exp as text", right.claim("exp", "" + NOW.plusSeconds(60)), MALFORMED);
    denied("exp in another age", right.claim("exp", 253_402_300_800L), MALFORMED);
    denied("ends as it begins", right.claim("exp", NOW.getEpochSecond()), MALFORMED);
    denied(
        "longer than the cap", right.claim("exp", NOW.getEpochSecond() + 8 * 3600 + 1), MALFORMED);
    denied("customer's form", right.claim("customer", "acme inc"), MALFORMED);
    denied("other customer", right.claim("customer", "globex"), SupportRefusal.NOT_IN_RECORD);
    denied("ticket with a line break", right.claim("ticket", "CASE-1\nx"), MALFORMED);
    denied("long ticket", right.claim("ticket", "C".repeat(129)), MALFORMED);
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> engineer_notWhoseTokenItIs_isDenied() {
    denied("other sub", engineer(CheckRig.LOGIN, "engineer-2"), OTHER_ENGINEER);
    denied("sub's case", engineer(CheckRig.LOGIN, "Engineer-1"), OTHER_ENGINEER);
    denied(
        "same sub elsewhere", engineer("https://login.example.org", "engineer-1"), OTHER_ENGINEER);
    denied("issuer with a slash", engineer(CheckRig.LOGIN + "/", "engineer-1"), OTHER_ENGINEER);
    denied("blank sub", engineer(CheckRig.LOGIN, " "), MALFORMED);
    denied("control in sub", engineer(CheckRig.LOGIN, "engineer-1\u0007"), MALFORMED);
    denied("a string", right.claim("engineer", "engineer-1"), MALFORMED);
    denied("iss missing", right.claim("engineer", Map.of("sub", "engineer-1")), MALFORMED);
    denied(
        "one more member",
        right.claim("engineer", Map.of("iss", CheckRig.LOGIN, "sub", "engineer-1", "x", "y")),
        MALFORMED);
    denied("bound to a key", cnf(Map.of("jkt", DIGEST)), CONFIRMATION);
    denied("bound to a certificate", cnf(Map.of("x5t#S256", DIGEST)), CONFIRMATION);
    denied("bound to a strange thing", cnf(Map.of("kid", "1")), CONFIRMATION);
    denied("bound to nothing", cnf(Map.of()), MALFORMED);
    denied("cnf null", right.claim("cnf", null), MALFORMED);
    denied("cnf text", right.claim("cnf", "jkt"), MALFORMED);
    denied("cnf of numbers", cnf(Map.of("jkt", 1)), MALFORMED);
    denied("cnf with a key", cnf(Map.of("jwk", Map.of("kty", "EC"))), MALFORMED);
    return tests();
  }

  private ForgedToken engineer(String issuer, String subject) {
    return right.claim("engineer", Map.of("iss", issuer, "sub", subject));
  }

  private ForgedToken cnf(Map<String, ?> members) {
    return right.claim("cnf", members);
  }

  @TestFactory
  Stream<DynamicTest> scope_thatNoDeskGives_isDenied() {
    for (String name :
        List.of("*", "orders/*", "orders/../users", "/orders/123", "orders//123", "orders%2f123")) {
      denied("resource " + name, right.claim("resources", List.of(name)), MALFORMED);
      denied("tree " + name, right.claim("trees", List.of(name)), MALFORMED);
    }
    for (String name : List.of("*", "orders:*", "orders read", "", ":read")) {
      denied("permission " + name, right.claim("permissions", List.of(name)), MALFORMED);
    }
    denied("no permission", right.claim("permissions", List.of()), MALFORMED);
    denied("no resource", right.claim("resources", List.of()).claim("trees", List.of()), MALFORMED);
    denied("too many resources", right.claim("resources", names("r", 20)), MALFORMED);
    denied("too many permissions", right.claim("permissions", names("p", 21)), MALFORMED);
    denied("the same twice", right.claim("resources", List.of(RESOURCE, RESOURCE)), MALFORMED);
    denied(
        "other resource",
        right.claim("resources", List.of("orders/1234")),
        SupportRefusal.RESOURCE);
    denied(
        "other permission",
        right.claim("permissions", List.of("invoices:read")),
        SupportRefusal.PERMISSION);
    return tests();
  }

  private static List<String> names(String prefix, int number) {
    return IntStream.range(0, number).mapToObj(i -> prefix + i).toList();
  }

  @TestFactory
  Stream<DynamicTest> form_notCompact_isDenied() {
    String token = right.compact();
    String[] parts = token.split("\\.", -1);
    denied("empty", "", MALFORMED);
    denied("a dot", ".", MALFORMED);
    denied("two dots", "..", MALFORMED);
    denied("only the header", parts[0], MALFORMED);
    denied("without signature", parts[0] + "." + parts[1], MALFORMED);
    denied("empty signature", parts[0] + "." + parts[1] + ".", SIGNATURE);
    denied("four parts", token + ".AAAA", MALFORMED);
    denied("JWE", parts[0] + ".AAAA.AAAA.AAAA.AAAA", MALFORMED);
    denied("with the scheme", "Bearer " + token, MALFORMED);
    denied("blank before", " " + token, MALFORMED);
    denied("line break after", token + "\n", MALFORMED);
    denied("padded", token + "==", MALFORMED);
    denied("cut", token.substring(0, token.length() - 2), SIGNATURE);
    denied("cut to an odd length", token.substring(0, token.length() - 1), MALFORMED);
    denied("standard alphabet", token.replace('-', '+').replace('_', '/') + "+", MALFORMED);
    denied("beyond ASCII", token + "\u00e9", MALFORMED);
    denied("two of them", token + "," + token, MALFORMED);
    denied("JSON", "{\"payload\":\"" + parts[1] + "\"}", MALFORMED);
    denied("large", token + "A".repeat(GrantTokens.LONGEST), MALFORMED);
    denied("huge", "A".repeat(2_000_000), MALFORMED);
    denied("not JSON", encoded("typ") + "." + parts[1] + "." + parts[2], MALFORMED);
    return tests();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @SuppressWarnings("NullAway") // what a request without the header gives
  void grantMissing_isDenied() {
    assertThat(CheckRig.refusal(check(null))).isEqualTo(MALFORMED);
  }

  private Stream<DynamicTest> tests() {
    Collections.shuffle(corpus, new Random(corpus.size()));
    return corpus.stream()
        .map(hostile -> DynamicTest.dynamicTest(hostile.what(), () -> assertDenied(hostile)));
  }

  private void assertDenied(Hostile hostile) {
    assertThat(check(right.compact()).isPermitted()).as("the right one").isTrue();
    rig.lines.clear();

    SupportRefusal refusal = CheckRig.refusal(check(hostile.grant()));

    assertThat(refusal).as(hostile.what()).isEqualTo(hostile.refusal());
    assertThat(rig.lines).hasSize(1);
    assertThat(rig.lines.get(0).outcome().reason()).contains(refusal.name());
  }
}
