package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.NameSet;
import io.github.ownproof.auth.internal.WellKnownName;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of one kind from one provider look like: all that a profile decides, and none of
 * what its user may.
 *
 * @param provider its name, for {@link TokenVerifier#describe()}
 * @param issuer the issuer, as identities name it
 * @param spellings every {@code iss} that means it; more than one only for Google
 * @param kind the kind of token
 * @param types the accepted {@code typ}, in lower case without {@code application/}; empty for none
 * @param algorithms the accepted algorithms
 * @param audience what {@code audience} asks for, for {@link TokenVerifier#describe()}
 * @param rules the checks of audience, kind and tenant, in this order
 * @param subject which claim is the stable subject
 * @param client which claim is the client
 * @param jwksUri where the keys are, if not where discovery says
 * @param keyIssuers the {@code issuer} that a key may have in its JWK; empty if it is not looked at
 */
record ProviderRules(
    String provider,
    String issuer,
    Set<String> spellings,
    TokenKind kind,
    Set<String> types,
    Set<JwsAlgorithm> algorithms,
    String audience,
    List<ClaimRule> rules,
    SubjectRule subject,
    ClientRule client,
    @Nullable URI jwksUri,
    Set<String> keyIssuers) {

  private static final NameSet LOGIN_MARKS =
      NameSet.of(
          WellKnownName.NONCE,
          WellKnownName.AT_HASH,
          WellKnownName.C_HASH,
          WellKnownName.S_HASH,
          WellKnownName.EVENTS,
          WellKnownName.TOE);
  private static final NameSet SCOPES = NameSet.of(WellKnownName.SCOPE, WellKnownName.SCP);
  private static final NameSet EVENTS = NameSet.of(WellKnownName.EVENTS, WellKnownName.TOE);

  /** For documents that hold one issuer's keys, as nearly all do. */
  ProviderRules(
      String provider,
      String issuer,
      Set<String> spellings,
      TokenKind kind,
      Set<String> types,
      Set<JwsAlgorithm> algorithms,
      String audience,
      List<ClaimRule> rules,
      SubjectRule subject,
      ClientRule client,
      @Nullable URI jwksUri) {
    this(
        provider,
        issuer,
        spellings,
        kind,
        types,
        algorithms,
        audience,
        rules,
        subject,
        client,
        jwksUri,
        Set.of());
  }

  /** A check of claims whose signature holds and whose types are right. */
  interface ClaimRule {
    void check(JsonObject claims) throws Refusal;
  }

  /** Finds the stable subject. */
  interface SubjectRule {
    StableSubject of(JsonObject claims) throws Refusal;
  }

  /** Finds the client. */
  interface ClientRule {
    @Nullable String of(JsonObject claims);
  }

  /** An access token: {@code aud} has one of these (RFC 9068 section 4). */
  static ClaimRule audienceAmong(Set<String> accepted) {
    return claims -> {
      List<String> audience = Claims.strings(claims.get(WellKnownName.AUD));
      for (int i = 0; i < audience.size(); i++) {
        if (accepted.contains(audience.get(i))) {
          return;
        }
      }
      throw Refusal.of(Reason.AUDIENCE);
    };
  }

  /**
   * An ID token: {@code aud} has only these, and {@code azp} is one (OIDC Core section 3.1.3.7).
   */
  static ClaimRule issuedToClients(Set<String> clients) {
    return claims -> {
      List<String> audience = Claims.strings(claims.get(WellKnownName.AUD));
      if (audience.isEmpty() || !clients.containsAll(audience)) {
        throw Refusal.of(Reason.AUDIENCE);
      }
      Object azp = claims.get(WellKnownName.AZP);
      if (azp == null ? audience.size() > 1 : !clients.contains(azp)) {
        throw Refusal.of(Reason.AUDIENCE);
      }
    };
  }

  /** Marks that only ID tokens and logout tokens have. */
  static ClaimRule notForLogin() {
    return claims -> {
      if (claims.hasAny(LOGIN_MARKS)) {
        throw Refusal.of(Reason.KIND);
      }
    };
  }

  /**
   * Marks of an access token where no type tells: issuers that give it the client for an audience
   * would otherwise let whoever receives one log in with it (RFC 8725 section 3.12).
   */
  static ClaimRule notForApis() {
    return claims -> {
      if (claims.hasAny(SCOPES)) {
        throw Refusal.of(Reason.KIND);
      }
    };
  }

  /** Logout tokens and security events (RFC 8417) are about a user, not from one. */
  static ClaimRule notAnEvent() {
    return claims -> {
      if (claims.hasAny(EVENTS)) {
        throw Refusal.of(Reason.KIND);
      }
    };
  }

  /** An ID token says when it was issued (OIDC Core section 2). */
  static ClaimRule saysWhenIssued() {
    return claims -> {
      if (!claims.has(WellKnownName.IAT)) {
        throw Refusal.of(Reason.CLAIMS);
      }
    };
  }

  /** The claim has exactly this value, a string. */
  static ClaimRule claim(String name, String value, Reason otherwise) {
    return claims -> {
      if (!value.equals(claims.get(name))) {
        throw Refusal.of(otherwise);
      }
    };
  }

  /** The claim is a string among these. */
  static ClaimRule claimAmong(String name, Set<String> values, Reason otherwise) {
    return claims -> {
      if (!(claims.get(name) instanceof String value) || !values.contains(value)) {
        throw Refusal.of(otherwise);
      }
    };
  }

  /** The claim is there and a string that is not blank. */
  static ClaimRule names(String name, Reason otherwise) {
    return claims -> {
      if (!(claims.get(name) instanceof String value) || value.isBlank()) {
        throw Refusal.of(otherwise);
      }
    };
  }

  /** The first of these claims that is a string. */
  static ClientRule clientIn(WellKnownName... names) {
    WellKnownName[] candidates = names.clone();
    return claims -> {
      for (WellKnownName name : candidates) {
        if (claims.get(name) instanceof String client) {
          return client;
        }
      }
      return null;
    };
  }
}
