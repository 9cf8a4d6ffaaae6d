package io.github.ownproof.auth.keys;

import java.util.Locale;

/** Why a fetch of keys came to nothing: one of a closed list, and nothing of what was received. */
final class FetchFailure extends Exception {

  /** The closed list; the names appear in {@link KeyHealth#lastFailure} and in metrics. */
  enum Why {
    /** Nobody listens there. */
    REFUSED,
    /** No whole answer in time. */
    TIMEOUT,
    /** An answer other than 200, and other than a 304 that was asked for. */
    STATUS,
    /** An answer that points elsewhere; keys come from where the operator said. */
    REDIRECT,
    /** More than the limit; the rest was not read. */
    TOO_LARGE,
    /** Not the document it should be. */
    MALFORMED,
    /** A key set without one key we can use. */
    NO_USABLE_KEYS,
    /** A discovery document of another issuer. */
    ISSUER_MISMATCH,
    /** A discovery document that points to an address we do not ask. */
    INSECURE_URI,
    /** No trusted TLS connection. */
    TLS,
    /** Every other trouble on the way. */
    IO;

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
      return word;
    }
  }

  private static final long serialVersionUID = 1L;

  private final Why why;

  FetchFailure(Why why) {
    super(why.word(), null, false, false);
    this.why = why;
  }

  static FetchFailure ofStatus(int status) {
    boolean redirect = status >= 300 && status < 400 && status != 304;
    return new FetchFailure(redirect ? Why.REDIRECT : Why.STATUS);
  }

  Why why() {
    return why;
  }
}
