package io.github.ownproof.auth;

import io.github.ownproof.auth.PresentedToken.Scheme;
import io.github.ownproof.core.OwnproofException;
import java.util.List;

/**
 * The values of {@code WWW-Authenticate} (RFC 6750 section 3, RFC 9449 section 7.1, RFC 9470
 * section 3). The reason shows only as the OAuth error code: more would help a forger.
 */
final class Challenges {

  private static final DpopPolicy DEFAULTS = DpopPolicy.defaults();

  private Challenges() {}

  /** For this reason, to a client that came under the scheme Bearer; empty for a 503. */
  static String of(Reason reason) {
    return of(reason, Scheme.BEARER, DEFAULTS);
  }

  /** For this reason, to a client that came under this scheme; empty for a 503. */
  static String of(Reason reason, Scheme scheme, DpopPolicy policy) {
    if (reason.isTransient()) {
      return "";
    }
    return switch (reason) {
      case MISSING -> scheme == Scheme.DPOP ? "DPoP algs=\"" + policy.algs() + "\"" : "Bearer";
      case DPOP_PROOF, DPOP_REPLAY, DPOP_NONCE -> dpop(reason.error(), policy);
      // Bound to a key and sent as Bearer, or to a certificate: the first needs to hear of DPoP
      // (RFC 9449 section 7.2), and the reason alone does not say which of the two it is.
      case PROOF_MISSING -> "Bearer error=\"invalid_token\", DPoP algs=\"" + policy.algs() + "\"";
      default ->
          scheme == Scheme.DPOP
              ? dpop(reason.error(), policy)
              : "Bearer error=\"" + reason.error() + "\"";
    };
  }

  private static String dpop(String error, DpopPolicy policy) {
    return "DPoP error=\"" + error + "\", algs=\"" + policy.algs() + "\"";
  }

  /** For a token without all of these scopes, which {@link #checkScopes} let pass. */
  static String insufficientScope(List<String> required) {
    return of(Reason.INSUFFICIENT_SCOPE) + ", scope=\"" + String.join(" ", required) + "\"";
  }

  /** Refuses what could not be a scope token (RFC 6749 section 3.3), and so not be in a header. */
  static void checkScopes(List<String> scopes) {
    if (scopes.isEmpty()) {
      throw new InvalidVerifierException("Name at least one scope to require.");
    }
    scopes.forEach(scope -> checkWord("A scope", scope));
  }

  /**
   * Refuses what would not be one word in a quoted, space-separated list, or would break out of the
   * quotes.
   */
  static void checkWord(String what, String word) {
    if (!isWord(word)) {
      throw new InvalidVerifierException(
          what
              + " is printable ASCII without space, quote and backslash, not "
              + OwnproofException.quote(word)
              + ".");
    }
  }

  /** Whether this is {@code 1*( %x21 / %x23-5B / %x5D-7E )}: a scope token, or a nonce. */
  static boolean isWord(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
  }
}
