package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.WellKnownName;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.KeyLookup;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.VerificationKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One issuer of a verifier: its profile, ready to be applied, and its keys. */
final class AcceptedIssuer {

  private static final String MEDIA_TYPE_PREFIX = "application/";

  private final IssuerProfile profile;
  private final ProviderRules rules;
  private final KeySource keys;
  private final boolean ownsKeys;
  private final Set<String> types;

  AcceptedIssuer(IssuerProfile profile, KeySource keys, boolean ownsKeys) {
    this.profile = profile;
    this.rules = profile.rules();
    this.keys = keys;
    this.ownsKeys = ownsKeys;
    this.types = profile.types();
  }

  IssuerProfile profile() {
    return profile;
  }

  KeySource keys() {
    return keys;
  }

  void checkAlgorithm(JwsAlgorithm algorithm) throws Refusal {
    if (!profile.algorithms().contains(algorithm)) {
      throw Refusal.of(Reason.ALGORITHM);
    }
  }

  /** RFC 7515 section 4.1.9: a media type, compared without case, its usual prefix optional. */
  void checkType(JsonObject header) throws Refusal {
    Object typ = header.get(WellKnownName.TYP);
    String type = "";
    if (typ instanceof String text && !text.isEmpty()) {
      type = text.toLowerCase(Locale.ROOT);
      if (type.startsWith(MEDIA_TYPE_PREFIX)) {
        type = type.substring(MEDIA_TYPE_PREFIX.length());
      }
    } else if (typ != null) {
      throw Refusal.of(Reason.TYPE);
    }
    if (!types.contains(type) || (type.isEmpty() && typ != null)) {
      throw Refusal.of(Reason.TYPE);
    }
  }

  VerificationKey key(String kid, JwsAlgorithm algorithm) throws Refusal {
    KeyLookup found = keys.find(kid);
    if (found instanceof VerificationKey key) {
      if (!key.algorithms().contains(algorithm)) {
        throw Refusal.of(Reason.UNKNOWN_KEY);
      }
      requireKeyOfThisIssuer(key);
      return key;
    }
    throw Refusal.of(
        found == KeyLookup.Absent.UNAVAILABLE ? Reason.KEYS_UNAVAILABLE : Reason.UNKNOWN_KEY);
  }

  /** A document may hold the keys of several issuers, of which one must not sign for another. */
  private void requireKeyOfThisIssuer(VerificationKey key) throws Refusal {
    if (!rules.keyIssuers().isEmpty()
        && key.issuer().isPresent()
        && !rules.keyIssuers().contains(key.issuer().get())) {
      throw Refusal.of(Reason.UNKNOWN_KEY);
    }
  }

  boolean trusts(VerificationKey key) {
    return keys.trusts(key);
  }

  /** All that the claims must be at any time, once the signature holds. */
  VerifiedToken judge(JsonObject claims, VerificationKey key, Clock clock, Duration skew)
      throws Refusal {
    RegisteredClaims.checkTypes(claims);
    TokenTimes times = TokenTimes.of(claims);
    times.checkLifetime(profile.maxLifetime());
    for (String name : profile.requiredClaims()) {
      Object value = claims.get(name);
      if (value == null || value == JsonObject.Null.NULL) {
        throw Refusal.of(Reason.CLAIMS);
      }
    }
    for (Map.Entry<String, Set<String>> required : profile.requiredValues().entrySet()) {
      if (!(claims.get(required.getKey()) instanceof String value)
          || !required.getValue().contains(value)) {
        throw Refusal.of(Reason.CLAIMS);
      }
    }
    for (int i = 0; i < rules.rules().size(); i++) {
      rules.rules().get(i).check(claims);
    }
    StableSubject subject = subject(claims);
    ImpersonationMarkers.check(claims, profile.acceptedMarkers());
    if (profile.isSenderConstrained() && !claims.has(WellKnownName.CNF)) {
      throw Refusal.of(Reason.CONFIRMATION);
    }
    return new VerifiedToken(
        new Identity(rules.issuer(), subject.value(), subject.kind()),
        rules.kind(),
        new Claims(claims),
        times,
        rules.client().of(claims),
        key,
        clock,
        skew);
  }

  /** The stable subject; {@code sub} must be fit to be one even where another claim is. */
  private StableSubject subject(JsonObject claims) throws Refusal {
    StableSubject sub =
        StableSubject.of(claims.get(WellKnownName.SUB), IdentityKind.USER).checkForm();
    StableSubject subject = rules.subject().of(claims);
    if (!subject.value().equals(sub.value())) {
      subject.checkForm();
    }
    return subject.checkAtSign(profile.acceptsEmailSubjects());
  }

  /** Closes the keys if the verifier made their source. */
  void close() {
    if (ownsKeys) {
      keys.close();
    }
  }
}
