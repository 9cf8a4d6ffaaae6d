package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.CompactToken;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.ProofKey;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of RFC 9449 section 4.3, for a proof that goes with an access token. */
final class DpopCheck {

  private static final int LONGEST_PROOF = 8 * 1024;
  private static final int LONGEST_TEXT = 256;
  private static final String TYPE = "dpop+jwt";
  private static final String APPLICATION = "application/";

  /** Would point to another key than the one in {@code jwk}, or change what is signed. */
  private static final List<String> REFUSED_HEADERS =
      List.of("jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64");

  /** Of a private or a symmetric key, or of another place to find one. */
  private static final List<String> REFUSED_KEY_MEMBERS =
      List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "x5u", "x5c");

  /** What a public key is made of (RFC 7518 section 6, RFC 8037 section 2). */
  private static final List<String> KEY_MEMBERS = List.of("kty", "crv", "x", "y", "n", "e");

  private final DpopPolicy policy;
  private final ReplayStore replayStore;
  private final Clock clock;

  DpopCheck(DpopPolicy policy, Clock clock) {
    this.policy = policy;
    this.clock = clock;
    this.replayStore = policy.replayStore().orElseGet(() -> ReplayStore.inMemory(clock));
  }

  /** Refuses unless the proof is for this request and token, by the key of this thumbprint. */
  void check(DpopProof proof, String token, String jkt) throws Refusal {
    CompactToken jws = parse(proof.headers());
    JsonObject header = jws.header();
    requireHeader(header);
    JwsAlgorithm algorithm = algorithm(header);
    ProofKey key = key(header, algorithm);
    // Before the signature, which costs more than all the rest.
    require(Digests.areEqual(key.thumbprint(), jkt));
    require(key.verify(jws.ascii(), jws.signingInputLength(), jws.signature()));
    JsonObject claims = jws.unverifiedPayload();
    require(proof.method().equals(claims.get("htm")));
    require(isFor(proof, claims.get("htu")));
    require(Digests.areEqual(Digests.sha256(token), text(claims, "ath")));
    String jti = text(claims, "jti");
    require(!jti.isBlank());
    Instant last = lastInstant(claims);
    requireNonce(claims);
    requireFirstUse(jkt, jti, last);
  }

  private static CompactToken parse(List<String> headers) throws Refusal {
    require(headers.size() == 1);
    try {
      return CompactToken.parse(CompactToken.ascii(headers.get(0), LONGEST_PROOF));
    } catch (MalformedInput e) {
      throw Refusal.of(Reason.DPOP_PROOF);
    }
  }

  private static void requireHeader(JsonObject header) throws Refusal {
    for (String name : REFUSED_HEADERS) {
      require(!header.has(name));
    }
    // A media type: any case, and "application/" left out or not (RFC 7515 section 4.1.9).
    String type = text(header, "typ").toLowerCase(Locale.ROOT);
    require(type.equals(TYPE) || type.equals(APPLICATION + TYPE));
  }

  private JwsAlgorithm algorithm(JsonObject header) throws Refusal {
    JwsAlgorithm algorithm = JwsAlgorithm.of(text(header, "alg"));
    if (algorithm == null || !policy.algorithms().contains(algorithm)) {
      throw Refusal.of(Reason.DPOP_PROOF);
    }
    return algorithm;
  }

  private static ProofKey key(JsonObject header, JwsAlgorithm algorithm) throws Refusal {
    if (!(header.get("jwk") instanceof JsonObject jwk)) {
      throw Refusal.of(Reason.DPOP_PROOF);
    }
    for (String name : REFUSED_KEY_MEMBERS) {
      require(!jwk.has(name));
    }
    // What the key says of its use must allow this one (RFC 7517 sections 4.2 to 4.4).
    require(!jwk.has("use") || "sig".equals(jwk.get("use")));
    require(
        !jwk.has("key_ops")
            || (jwk.get("key_ops") instanceof List<?> operations && operations.contains("verify")));
    require(!jwk.has("alg") || JwsAlgorithm.of(text(jwk, "alg")) == algorithm);
    Map<String, String> members = new HashMap<>();
    for (String name : KEY_MEMBERS) {
      if (jwk.get(name) instanceof String value) {
        members.put(name, value);
      } else {
        require(!jwk.has(name));
      }
    }
    return ProofKey.of(algorithm, members).orElseThrow(() -> Refusal.of(Reason.DPOP_PROOF));
  }

  private static boolean isFor(DpopProof proof, @Nullable Object htu) {
    String wanted = HttpTarget.normalised(proof.target().toString());
    return wanted != null
        && htu instanceof String claimed
        && wanted.equals(HttpTarget.normalised(claimed));
  }

  /** The last instant at which the proof is good. */
  private Instant lastInstant(JsonObject claims) throws Refusal {
    Instant issuedAt = NumericDate.of(claims.get("iat"));
    if (issuedAt == null) {
      throw Refusal.of(Reason.DPOP_PROOF);
    }
    Instant now = clock.instant();
    Instant last = issuedAt.plus(policy.maxAge());
    require(!issuedAt.isAfter(now.plus(policy.ahead())) && !now.isAfter(last));
    return last;
  }

  private void requireNonce(JsonObject claims) throws Refusal {
    if (policy.nonces().isEmpty()) {
      return;
    }
    if (!(claims.get("nonce") instanceof String nonce)
        || nonce.length() > LONGEST_TEXT
        || !accepts(policy.nonces().get(), nonce)) {
      throw Refusal.of(Reason.DPOP_NONCE);
    }
  }

  private static boolean accepts(DpopNonces nonces, String nonce) throws Refusal {
    try {
      return nonces.accepts(nonce);
    } catch (RuntimeException e) {
      throw Refusal.of(Reason.REPLAY_UNAVAILABLE);
    }
  }

  /** Last of all, so that a proof that fails elsewhere does not use up the id of a good one. */
  private void requireFirstUse(String jkt, String jti, Instant last) throws Refusal {
    boolean first;
    try {
      // Per key: another client's ids are its own. The thumbprint has one length, so the two
      // cannot be told apart in two ways. Some process that shares the store may be behind us.
      first = replayStore.firstUse(Digests.sha256(jkt + jti), last.plus(policy.ahead()));
    } catch (RuntimeException e) {
      throw Refusal.of(Reason.REPLAY_UNAVAILABLE);
    }
    if (!first) {
      throw Refusal.of(Reason.DPOP_REPLAY);
    }
  }

  private static String text(JsonObject object, String name) throws Refusal {
    if (object.get(name) instanceof String text && text.length() <= LONGEST_TEXT) {
      return text;
    }
    throw Refusal.of(Reason.DPOP_PROOF);
  }

  private static void require(boolean fulfilled) throws Refusal {
    if (!fulfilled) {
      throw Refusal.of(Reason.DPOP_PROOF);
    }
  }
}
