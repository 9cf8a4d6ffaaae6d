package io.github.ownproof.auth;

import io.github.ownproof.core.OwnproofException;

/**
 * A token was refused. The code is {@code TOKEN_} and the name of the {@link #reason()}; the
 * message explains it to operators: it holds nothing of the token, but is not for the client
 * either, who gets the {@link #status()} and the {@link #challenge()}.
 */
public final class TokenRejectedException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String challenge;

  TokenRejectedException(Reason reason, String challenge) {
    super("TOKEN_" + reason.name(), reason.explanation(), null);
    this.reason = reason;
    this.challenge = challenge;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The HTTP status to answer with: 400, 401, 403 or 503. */
  public int status() {
    return reason.status();
  }

  /**
   * The value of the {@code WWW-Authenticate} header to answer with (RFC 6750 section 3, RFC 9449
   * section 7.1, RFC 9470 section 3); empty for a 503, which has none.
   */
  public String challenge() {
    return challenge;
  }
}
