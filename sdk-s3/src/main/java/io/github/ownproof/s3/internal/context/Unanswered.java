package io.github.ownproof.s3.internal.context;

/** Why a source did not answer, in words that may be logged. It never leaves this package. */
final class Unanswered extends Exception {

  private static final long serialVersionUID = 1L;

  Unanswered(String reason) {
    // No cause and no stack: what a foreign exception says may hold credentials, and the reason is
    // all that is ever read.
    super(reason, null, false, false);
  }

  String reason() {
    String reason = getMessage();
    return reason == null ? "" : reason;
  }
}
