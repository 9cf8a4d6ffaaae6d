package io.github.ownproof.auth;

/**
 * What a token is for. One that is good as one kind is never good as another (RFC 8725 section
 * 3.12).
 */
public enum TokenKind {
  /** For calling an API (RFC 6749 section 1.4, RFC 9068). */
  ACCESS,
  /**
   * Tells a client who logged in (OpenID Connect Core section 2); never a credential for an API.
   */
  ID,
  /** Tells a cloud or service which workload this is: CI jobs, Kubernetes service accounts. */
  WORKLOAD
}
