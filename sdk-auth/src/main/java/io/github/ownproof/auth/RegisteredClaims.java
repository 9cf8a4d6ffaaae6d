package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.WellKnownName;

/**
 * The types of the claims that have one by a standard (RFC 7519 section 4.1, RFC 9068 section 2.2,
 * OpenID Connect Core section 2). A claim of another type is refused even where nobody asks for it:
 * the next reader might convert it.
 */
final class RegisteredClaims {

  private RegisteredClaims() {}

  static void checkTypes(JsonObject claims) throws Refusal {
    for (int i = 0; i < claims.size(); i++) {
      WellKnownName name = claims.wellKnownName(i);
      if (name != null && !isRight(name, claims.value(i))) {
        throw Refusal.of(Reason.CLAIMS);
      }
    }
  }

  private static boolean isRight(WellKnownName name, Object value) {
    return switch (name) {
      case ISS, SUB, JTI, CLIENT_ID, AZP, SID, ACR, NONCE, AT_HASH, C_HASH ->
          value instanceof String;
      case EXP, NBF, IAT, AUTH_TIME -> NumericDate.isOne(value);
      case AUD, SCOPE, SCP -> value instanceof String || Claims.isStrings(value);
      case AMR -> Claims.isStrings(value);
      case EMAIL_VERIFIED -> value instanceof Boolean || value instanceof String;
      default -> true;
    };
  }
}
