package io.github.ownproof.auth;

import io.github.ownproof.auth.internal.JsonObject;

/**
 * The types of the claims that have one by a standard (RFC 7519 section 4.1, RFC 9068 section 2.2,
 * OpenID Connect Core section 2). A claim of another type is refused even where nobody asks for it:
 * the next reader might convert it.
 */
final class RegisteredClaims {

  private RegisteredClaims() {}

  static void checkTypes(JsonObject claims) throws Refusal {
    for (int i = 0; i < claims.size(); i++) {
      Object value = claims.value(i);
      boolean right =
          switch (claims.name(i)) {
            case "iss",
                "sub",
                "jti",
                "client_id",
                "azp",
                "sid",
                "acr",
                "nonce",
                "at_hash",
                "c_hash" ->
                value instanceof String;
            case "exp", "nbf", "iat", "auth_time" -> NumericDate.isOne(value);
            case "aud", "scope", "scp" -> value instanceof String || Claims.isStrings(value);
            case "amr" -> Claims.isStrings(value);
            case "email_verified" -> value instanceof Boolean || value instanceof String;
            default -> true;
          };
      if (!right) {
        throw Refusal.of(Reason.CLAIMS);
      }
    }
  }
}
