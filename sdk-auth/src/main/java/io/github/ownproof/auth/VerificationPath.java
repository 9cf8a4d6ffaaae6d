package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.CompactToken;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.KnownHeaders;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.internal.NameSet;
import io.github.ownproof.auth.internal.WellKnownName;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.VerificationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one path from characters to a verified token: form, header, issuer, key, signature, claims.
 * Until the signature holds, nothing of the claims is looked at but {@code iss}, to choose the
 * issuer.
 */
final class VerificationPath {

  private static final int LONGEST_KEY_ID = 256;

  private static final NameSet EMBEDDED_KEYS =
      NameSet.of(WellKnownName.JWK, WellKnownName.JKU, WellKnownName.X5C, WellKnownName.X5U);
  private static final NameSet CRITICAL =
      NameSet.of(WellKnownName.CRIT, WellKnownName.B64, WellKnownName.ZIP, WellKnownName.ENC);

  private final Map<String, AcceptedIssuer> issuers;
  private final Clock clock;
  private final Duration skew;
  private final SignatureCheck signatures;
  private final KnownHeaders headers = new KnownHeaders();

  VerificationPath(
      Map<String, AcceptedIssuer> issuers, Clock clock, Duration skew, SignatureCheck signatures) {
    this.issuers = issuers;
    this.clock = clock;
    this.skew = skew;
    this.signatures = signatures;
  }

  Checked verify(byte[] ascii) throws Refusal {
    CompactToken token = parse(ascii);
    JsonObject header = token.header();
    JwsAlgorithm algorithm = algorithm(header);
    refuseEmbeddedKeys(header);
    refuseCriticalHeaders(header);
    checkHeaderTypes(header);
    AcceptedIssuer issuer = issuer(token);
    issuer.checkAlgorithm(algorithm);
    issuer.checkType(header);
    VerificationKey key = issuer.key(keyId(header), algorithm);
    if (!signatures.holds(
        key, algorithm, token.ascii(), token.signingInputLength(), token.signature())) {
      throw Refusal.of(Reason.SIGNATURE);
    }
    headers.remember(token);
    return new Checked(issuer, issuer.judge(token.unverifiedPayload(), key, clock, skew));
  }

  /** What held once, and holds again as long as the key is trusted and the time is right. */
  record Checked(AcceptedIssuer issuer, VerifiedToken token) {

    boolean isStillTrusted() {
      return issuer.trusts(token.key());
    }

    void checkTimes(Instant now, Duration skew) throws Refusal {
      token.times().check(now, skew, issuer.profile().maxAge());
    }
  }

  private CompactToken parse(byte[] ascii) throws Refusal {
    try {
      return CompactToken.parse(ascii, headers);
    } catch (MalformedInput e) {
      throw refusal(e);
    }
  }

  static Refusal refusal(MalformedInput input) {
    return Refusal.of(
        switch (input.problem()) {
          case TOO_LARGE -> Reason.TOO_LARGE;
          case MALFORMED -> Reason.MALFORMED;
          case ENCRYPTED -> Reason.ENCRYPTED;
        });
  }

  private static JwsAlgorithm algorithm(JsonObject header) throws Refusal {
    if (header.get(WellKnownName.ALG) instanceof String name) {
      JwsAlgorithm algorithm = JwsAlgorithm.of(name);
      if (algorithm != null) {
        return algorithm;
      }
    }
    throw Refusal.of(Reason.ALGORITHM);
  }

  /** RFC 8725 section 3.10: a key that comes with the token proves nothing. */
  private static void refuseEmbeddedKeys(JsonObject header) throws Refusal {
    if (header.hasAny(EMBEDDED_KEYS)) {
      throw Refusal.of(Reason.EMBEDDED_KEY);
    }
  }

  /** RFC 7515 section 4.1.11, RFC 7797 section 7; {@code zip} and {@code enc} are for JWE only. */
  private static void refuseCriticalHeaders(JsonObject header) throws Refusal {
    if (header.hasAny(CRITICAL)) {
      throw Refusal.of(Reason.CRITICAL_HEADER);
    }
  }

  /** Those we do not use must be what they should, too (RFC 7515 sections 4.1.7, 4.1.8, 4.1.10). */
  private static void checkHeaderTypes(JsonObject header) throws Refusal {
    if (!isTextOrAbsent(header.get(WellKnownName.CTY))
        || !isTextOrAbsent(header.get(WellKnownName.X5T))
        || !isTextOrAbsent(header.get(WellKnownName.X5T_S256))) {
      throw Refusal.of(Reason.MALFORMED);
    }
  }

  private static boolean isTextOrAbsent(@Nullable Object value) {
    return value == null || value instanceof String;
  }

  private AcceptedIssuer issuer(CompactToken token) throws Refusal {
    if (token.unverifiedPayload().get(WellKnownName.ISS) instanceof String iss) {
      AcceptedIssuer issuer = issuers.get(iss);
      if (issuer != null) {
        return issuer;
      }
    }
    throw Refusal.of(Reason.ISSUER);
  }

  private static String keyId(JsonObject header) throws Refusal {
    if (header.get(WellKnownName.KID) instanceof String kid
        && !kid.isEmpty()
        && kid.length() <= LONGEST_KEY_ID
        && !hasControls(kid)) {
      return kid;
    }
    throw Refusal.of(Reason.KEY_ID);
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
