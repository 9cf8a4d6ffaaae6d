package io.github.ownproof.auth;

import static io.github.ownproof.auth.ProofForge.HOLDER;
import static io.github.ownproof.auth.ProofForge.METHOD;
import static io.github.ownproof.auth.ProofForge.THIEF;
import static io.github.ownproof.auth.ProofForge.URL;

import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.MutableClock;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** DPoP proofs with one thing wrong each, in the order of RFC 9449 section 4.3. */
final class HostileProofs {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final long SECOND = NOW.getEpochSecond();

  private HostileProofs() {}

  /** One proof in each way a proof can be wrong; everything else about it is right. */
  record Hostile(String what, List<String> headers) {

    @Override
    public String toString() {
      return what;
    }
  }

  static List<Hostile> all() {
    ForgedToken good = new ProofForge(DpopPolicy.defaults(), MutableClock.at(NOW)).valid();
    List<Hostile> all = new ArrayList<>();
    // Check 1: one header.
    all.add(new Hostile("no header", List.of()));
    all.add(new Hostile("two headers", List.of(good.compact(), good.compact())));
    all.add(new Hostile("two in one header", List.of(good.compact() + ", " + good.compact())));
    all.add(new Hostile("two joined", List.of(good.compact() + "," + good.compact())));
    // Check 2: one well-formed JWT.
    all.add(new Hostile("empty header", List.of("")));
    all.add(new Hostile("space before", List.of(" " + good.compact())));
    all.add(new Hostile("space after", List.of(good.compact() + " ")));
    all.add(new Hostile("padding", List.of(good.compact() + "=")));
    all.add(new Hostile("scheme", List.of("DPoP " + good.compact())));
    all.add(new Hostile("two parts", List.of(twoParts(good))));
    all.add(new Hostile("four parts", List.of(good.compact() + ".e30")));
    all.add(new Hostile("five parts", List.of(good.compact() + ".e30.e30")));
    all.add(new Hostile("above 8 KiB", List.of(good.claim("x", "y".repeat(8192)).compact())));
    all.add(proof("payload is an array", good.rawPayload("[]")));
    all.add(proof("payload is not UTF-8", good.rawPayload(new byte[] {'{', (byte) 0xff, '}'})));
    all.add(proof("claim twice", good.rawPayload(twice(good.payloadJson(), "\"jti\":\"other\""))));
    all.add(proof("header twice", good.rawHeader(twice(good.headerJson(), "\"alg\":\"ES256\""))));
    // Check 3: the claims that must be there, and of their type.
    for (String claim : List.of("jti", "htm", "htu", "iat", "ath")) {
      all.add(proof("no " + claim, good.without(claim)));
      all.add(proof(claim + " null", good.claim(claim, null)));
      all.add(proof(claim + " boolean", good.claim(claim, true)));
      all.add(proof(claim + " array", good.claim(claim, List.of("GET"))));
    }
    all.add(proof("jti number", good.claim("jti", 1)));
    all.add(proof("jti empty", good.claim("jti", "")));
    all.add(proof("jti blank", good.claim("jti", "  ")));
    all.add(proof("jti of 257 characters", good.claim("jti", "j".repeat(257))));
    all.add(proof("iat text", good.claim("iat", String.valueOf(SECOND))));
    all.add(proof("iat of no clock", good.claimJson("iat", "1e300")));
    all.add(proof("iat of no instant", good.claimJson("iat", "999999999999999999")));
    all.add(proof("iat below all clocks", good.claimJson("iat", "-999999999999999999")));
    // Check 4: typ.
    all.add(proof("no typ", good.withoutHeader("typ")));
    all.add(proof("typ null", good.header("typ", null)));
    for (String type :
        List.of(
            "JWT",
            "at+jwt",
            "dpop",
            "dpop+jwt ",
            "application/application/dpop+jwt",
            "text/dpop+jwt",
            "dpop+jwt;v=1",
            "logout+jwt",
            "secevent+jwt",
            "")) {
      all.add(proof("typ '" + type + "'", good.type(type)));
    }
    // Check 5: alg, asymmetric and the key's.
    all.add(proof("no alg", good.withoutHeader("alg")));
    all.add(proof("alg number", good.header("alg", 256)));
    for (String alg :
        List.of("none", "nOnE", "", "HS256", "es256", "ES256K", "RSA-OAEP", "Ed448")) {
      all.add(proof("alg '" + alg + "'", good.algorithm(alg)));
    }
    all.add(proof("none, unsigned", good.algorithm("none").signature(new byte[0])));
    ForgedKey shared =
        ForgedKey.hmac("HS256", "s", "s".repeat(32).getBytes(StandardCharsets.US_ASCII));
    all.add(
        proof(
            "symmetric key",
            good.algorithm("HS256").headerJson("jwk", shared.privateJwk()).signedBy(shared)));
    ForgedKey publicAsSecret =
        ForgedKey.hmac("HS256", "s", HOLDER.publicJwk().getBytes(StandardCharsets.UTF_8));
    all.add(proof("public key as secret", good.algorithm("HS256").signedBy(publicAsSecret)));
    all.add(proof("alg of another curve", good.algorithm("ES384")));
    all.add(proof("alg of another type", good.algorithm("RS256")));
    // Check 6: the signature by the key in the header.
    all.add(proof("signed by another", good.signedBy(THIEF)));
    all.add(proof("no signature", good.signature(new byte[0])));
    all.add(proof("signature of zeros", good.signature(new byte[64])));
    all.add(
        proof("signature of another proof", good.claim("jti", "x").signature(good.signature())));
    all.add(proof("DER signature", good.signature(der(good.signature()))));
    all.add(proof("no jwk", good.withoutHeader("jwk")));
    all.add(proof("jwk null", good.header("jwk", null)));
    all.add(proof("jwk text", good.header("jwk", HOLDER.publicJwk())));
    all.add(proof("jwk array", good.headerJson("jwk", "[" + HOLDER.publicJwk() + "]")));
    all.add(proof("jwk empty", good.headerJson("jwk", "{}")));
    for (String member : List.of("kty", "crv", "x", "y")) {
      all.add(proof("jwk without " + member, key(good, HOLDER.publicJwkWithout(member))));
      all.add(proof("jwk with null " + member, with(good, member, null)));
    }
    all.add(proof("jwk of a curve we have not", with(good, "crv", "secp256k1")));
    all.add(proof("jwk of a type we have not", with(good, "kty", "AKP")));
    all.add(proof("jwk off its curve", with(good, "y", "A".repeat(42) + "E")));
    all.add(proof("jwk with a quote", with(good, "crv", "P-256\",\"d\":\"")));
    // Check 7: no private key.
    all.add(proof("private key", key(good, HOLDER.privateJwk())));
    for (String member : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
      all.add(proof("jwk with " + member, with(good, member, "AAAA")));
    }
    all.add(proof("jwk with null d", with(good, "d", null)));
    all.add(proof("jwk with x5c", with(good, "x5c", List.of("AAAA"))));
    all.add(proof("jwk with x5u", with(good, "x5u", "https://keys.example.com")));
    all.add(proof("jwk for encryption", with(good, "use", "enc")));
    all.add(proof("jwk of no use", with(good, "use", null)));
    all.add(proof("jwk for signing only", with(good, "key_ops", List.of("sign"))));
    all.add(proof("jwk for nothing", with(good, "key_ops", List.of())));
    all.add(proof("jwk for no list", with(good, "key_ops", "verify")));
    all.add(proof("jwk for another alg", with(good, "alg", "ES384")));
    all.add(proof("jwk for an alg that is none", with(good, "alg", "none")));
    // Headers that bring another key, or change what is signed.
    for (String header : List.of("jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64")) {
      all.add(proof("header " + header, good.header(header, "https://keys.example.com")));
      all.add(proof("header " + header + " null", good.header(header, null)));
    }
    all.add(proof("crit exp", good.header("crit", List.of("exp")).header("exp", 1)));
    all.add(proof("b64 false", good.header("b64", false).header("crit", List.of("b64"))));
    // Check 8: htm.
    for (String method : List.of("get", "GET ", "POST", "HEAD", "", "GETX", "*")) {
      all.add(proof("htm '" + method + "'", good.claim("htm", method)));
    }
    // Check 9: htu; its spellings are HttpTargetTest's.
    for (String uri :
        List.of(
            "http://api.example.com/orders/1",
            "https://api.example.com/orders/2",
            "https://api.example.com/orders/1/",
            "https://api.example.com/Orders/1",
            "https://api.example.com:8443/orders/1",
            "https://evil.example.com/orders/1",
            "https://api.example.com.evil.com/orders/1",
            "https://api.example.com@evil.com/orders/1",
            "https://user@api.example.com/orders/1",
            "/orders/1",
            "api.example.com/orders/1",
            "https://api.example.com",
            "https:///orders/1",
            "https://api.example.com/orders/1%00",
            "https://api.example.com/orders%2F1",
            "https://api.example.com//orders/1",
            "https://api.example.com\\orders/1",
            "https://api.example.com/orders/1\u0000",
            "")) {
      all.add(proof("htu '" + uri + "'", good.claim("htu", uri)));
    }
    // Check 11: iat.
    all.add(proof("61 s old", good.claim("iat", SECOND - 61)));
    all.add(proof("a hair too old", good.claimJson("iat", (SECOND - 61) + ".999999999")));
    all.add(proof("6 s ahead", good.claim("iat", SECOND + 6)));
    all.add(proof("a hair ahead", good.claimJson("iat", (SECOND + 5) + ".000000001")));
    all.add(proof("in milliseconds", good.claim("iat", SECOND * 1000)));
    all.add(proof("of 1970", good.claim("iat", 0)));
    all.add(proof("before 1970", good.claim("iat", -SECOND)));
    // Check 12: the token, and the key it is bound to.
    all.add(proof("ath of another token", good.claim("ath", ProofForge.hash("other"))));
    all.add(proof("ath padded", good.claim("ath", ProofForge.hash(ProofForge.TOKEN) + "=")));
    all.add(proof("ath empty", good.claim("ath", "")));
    all.add(proof("ath the token", good.claim("ath", ProofForge.TOKEN)));
    all.add(
        proof(
            "another key's proof",
            new ProofForge(DpopPolicy.defaults(), MutableClock.at(NOW)).by(THIEF, METHOD, URL)));
    return all;
  }

  private static Hostile proof(String what, ForgedToken proof) {
    return new Hostile(what, List.of(proof.compact()));
  }

  static ForgedToken key(ForgedToken proof, String jwk) {
    return proof.headerJson("jwk", jwk);
  }

  static ForgedToken with(ForgedToken proof, String member, Object value) {
    Map<String, Object> members = new HashMap<>();
    members.put(member, value);
    return key(proof, HOLDER.publicJwkWith(members));
  }

  private static String twice(String object, String member) {
    return object.substring(0, object.length() - 1) + "," + member + "}";
  }

  private static String twoParts(ForgedToken proof) {
    return proof.compact().substring(0, proof.compact().lastIndexOf('.'));
  }

  /** The signature as most libraries outside of JOSE write it (RFC 3279 section 2.2.3). */
  private static byte[] der(byte[] rs) {
    byte[] r = new BigInteger(1, Arrays.copyOfRange(rs, 0, 32)).toByteArray();
    byte[] s = new BigInteger(1, Arrays.copyOfRange(rs, 32, 64)).toByteArray();
    byte[] out = new byte[6 + r.length + s.length];
    out[0] = 0x30;
    out[1] = (byte) (4 + r.length + s.length);
    out[2] = 2;
    out[3] = (byte) r.length;
    System.arraycopy(r, 0, out, 4, r.length);
    out[4 + r.length] = 2;
    out[5 + r.length] = (byte) s.length;
    System.arraycopy(s, 0, out, 6 + r.length, s.length);
    return out;
  }
}
