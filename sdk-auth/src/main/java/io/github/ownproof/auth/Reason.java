package io.github.ownproof.auth;

/**
 * Why a token was refused: a closed list, each with the HTTP status and the OAuth error it is
 * answered with. Names do not change between releases; new ones may be added.
 *
 * <p>What the client is told is the error alone (RFC 6750 section 3.1). The reason is for logs and
 * metrics: telling it to the client would help whoever forges tokens.
 */
public enum Reason {
  /**
   * No token was presented. The answer asks for one, without an error code (RFC 6750 section 3.1).
   */
  MISSING(401, "", "the request has none under the scheme Bearer or DPoP"),
  /**
   * The request is not as RFC 6750 section 2 or RFC 9449 section 7.1 wants it, such as two tokens.
   */
  INVALID_REQUEST(
      400,
      "invalid_request",
      "the Authorization or DPoP header is not what its RFC wants, or there are several"),
  /** Longer than the limit; nothing of it was read. */
  TOO_LARGE(401, "invalid_token", "it is longer than the limit"),
  /**
   * Not three canonical base64url parts with JSON objects in the first two (RFC 7515, RFC 7519
   * section 7.2), or a registered header of the wrong type.
   */
  MALFORMED(
      401,
      "invalid_token",
      "it is opaque, or not three canonical base64url parts that hold strict JSON"),
  /** An encrypted token: that proves nothing about who made it (RFC 8725 section 2.6). */
  ENCRYPTED(401, "invalid_token", "it is encrypted (JWE), which is not supported"),
  /**
   * The header's {@code alg} is missing, or not one accepted from this issuer; HMAC and none never
   * are.
   */
  ALGORITHM(401, "invalid_token", "its alg is not one that is accepted from this issuer"),
  /** The header brings its own key ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}). */
  EMBEDDED_KEY(401, "invalid_token", "its header brings a key (jwk, jku, x5c or x5u)"),
  /**
   * The header has {@code crit} or {@code b64}, which we understand none of (RFC 7515 section
   * 4.1.11).
   */
  CRITICAL_HEADER(401, "invalid_token", "its header has crit or b64"),
  /** The header's {@code typ} is not that of the expected kind of token (RFC 8725 section 3.11). */
  TYPE(
      401,
      "invalid_token",
      "its typ is not that of the expected kind; is there a profile for this issuer, or does it need"
          + " acceptUntypedAccessTokens"),
  /** The header has no {@code kid}, or one that cannot be a key id. */
  KEY_ID(401, "invalid_token", "its header has no kid that can be one"),
  /** No accepted issuer has this {@code iss}, or there is none. */
  ISSUER(
      401,
      "invalid_token",
      "its iss is none of the accepted issuers, to the character and to the trailing slash"),
  /** The issuer publishes no such key for this algorithm. */
  UNKNOWN_KEY(401, "invalid_token", "the issuer publishes no key with its kid for its algorithm"),
  /** The issuer's keys could not be had: our trouble, not the token's. */
  KEYS_UNAVAILABLE(
      503, "", "the issuer's keys could not be fetched; TokenVerifier.health() tells more"),
  /** The signature is not the issuer's. */
  SIGNATURE(401, "invalid_token", "the signature is not that of the issuer's key"),
  /**
   * A registered or required claim is missing, of the wrong type, or contradicts another (RFC 7519
   * section 4.1).
   */
  CLAIMS(
      401,
      "invalid_token",
      "a claim is missing, of the wrong type, or contradicts another, such as exp before iat"),
  /** Past {@code exp} (RFC 7519 section 4.1.4). */
  EXPIRED(401, "invalid_token", "it is past its exp"),
  /** Before {@code nbf} (RFC 7519 section 4.1.5). */
  NOT_YET_VALID(401, "invalid_token", "it is before its nbf"),
  /** {@code iat} is in the future (RFC 7519 section 4.1.6). */
  ISSUED_IN_FUTURE(401, "invalid_token", "its iat is in the future; check the clocks"),
  /** Made to be valid for longer than the limit. */
  LIFETIME(401, "invalid_token", "it was made to live longer than the profile's maxLifetime"),
  /** Issued longer ago than the limit. */
  TOO_OLD(401, "invalid_token", "it was issued longer ago than the profile's maxAge"),
  /** Not for us: {@code aud}, or what the provider has instead (RFC 7519 section 4.1.3). */
  AUDIENCE(401, "invalid_token", "it is for another audience or client than the profile names"),
  /**
   * Another kind of token than expected, such as an ID token for an access token (RFC 8725 section
   * 3.12).
   */
  KIND(401, "invalid_token", "it is another kind of token than the profile accepts"),
  /** From a tenant, organization or project that is not accepted. */
  TENANT(
      401,
      "invalid_token",
      "it is of a tenant, organization or project that the profile does not accept"),
  /** The stable subject is missing, blank, too long, not a string, or has control characters. */
  SUBJECT(
      401,
      "invalid_token",
      "its stable subject is missing, not a string, or cannot be stored safely"),
  /** The subject looks like an e-mail address where the provider's subjects do not. */
  EMAIL_SUBJECT(
      401, "invalid_token", "its subject looks like an e-mail address, which may change hands"),
  /** Somebody acts as somebody else ({@code act}, {@code impersonat…} and the like). */
  IMPERSONATION(401, "invalid_token", "it has a claim that says somebody acts as somebody else"),
  /** The token is bound to a key or certificate ({@code cnf}) and came without proof of it. */
  PROOF_MISSING(
      401,
      "invalid_token",
      "it is bound to its sender and came without the proof, or under another scheme than DPoP"),
  /** The token is bound in a way we cannot check (RFC 7800 section 3.1). */
  CONFIRMATION(
      401,
      "invalid_token",
      "it is not bound to its sender though it has to be, or in a way that cannot be checked"),
  /** The DPoP proof does not hold (RFC 9449 section 4.3). */
  DPOP_PROOF(
      401,
      "invalid_dpop_proof",
      "its DPoP proof does not hold: key, method, URI, token and time must match"),
  /** The DPoP proof was seen before (RFC 9449 section 11.1). */
  DPOP_REPLAY(401, "invalid_dpop_proof", "its DPoP proof was used before"),
  /** The DPoP proof needs a nonce of ours, which the answer carries (RFC 9449 section 9). */
  DPOP_NONCE(401, "use_dpop_nonce", "its DPoP proof needs a nonce"),
  /** The store of used proofs could not be asked. */
  REPLAY_UNAVAILABLE(503, "", "the store of used DPoP proofs could not be asked"),
  /** The client's certificate is not the one the token is bound to (RFC 8705 section 3). */
  CERTIFICATE(401, "invalid_token", "the TLS client's certificate is not the one it is bound to"),
  /**
   * The token, its session or its subject was revoked, or, with {@link Revocations}, the token
   * lives longer than those are kept.
   */
  REVOKED(
      401,
      "invalid_token",
      "it, its session or its subject was revoked, or it lives longer than revocations are kept"),
  /** Revocations could not be asked. */
  REVOCATION_UNAVAILABLE(503, "", "revocations could not be asked"),
  /** The user must log in again, or more strongly (RFC 9470). */
  INSUFFICIENT_AUTHENTICATION(
      401, "insufficient_user_authentication", "its login is not strong or fresh enough"),
  /** The token does not have the scope (RFC 6750 section 3.1). */
  INSUFFICIENT_SCOPE(403, "insufficient_scope", "it lacks a scope"),
  /** We failed in a way we did not foresee, and so refuse. */
  INTERNAL(503, "", "verifying it failed unexpectedly; the log has the kind of the failure");

  private final int status;
  private final String error;
  private final String explanation;

  Reason(int status, String error, String explanation) {
    this.status = status;
    this.error = error;
    this.explanation = explanation;
  }

  /** The HTTP status to answer with: 400, 401, 403 or 503. */
  public int status() {
    return status;
  }

  /** The OAuth error code to answer with; empty where the answer has none. */
  public String error() {
    return error;
  }

  /** What to tell the operator, in a sentence that holds nothing of the token. */
  public String explanation() {
    return "The token was refused: " + explanation + ".";
  }

  /** Whether the trouble is ours and the same token may be accepted later: the status is 503. */
  public boolean isTransient() {
    return status == 503;
  }
}
