package io.github.ownproof.auth;

import io.github.ownproof.auth.PresentedToken.Scheme;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token out of the {@code Authorization} header (RFC 9110 section 11.6.2, RFC 6750
 * section 2.1, RFC 9449 section 7.1), and out of nothing else: what is in a query or a form ends up
 * in logs and histories (RFC 6750 section 5.3).
 *
 * <p>One header, one scheme, one token: anything that two readers might read differently is
 * refused. The methods throw nothing but {@link TokenRejectedException} for whatever a client
 * sends: {@link Reason#MISSING} if there is no token of these schemes, {@link
 * Reason#INVALID_REQUEST} if there is something that is not quite one, {@link Reason#TOO_LARGE}.
 */
public final class BearerTokens {

  /** The scheme, and the longest token that a verifier can be made to look at. */
  private static final int LONGEST_HEADER = TokenVerifier.MOST_LENGTH + 8;

  private static final DpopPolicy DEFAULTS = DpopPolicy.defaults();

  private BearerTokens() {}

  /**
   * The token under the scheme Bearer. A token under DPoP counts as missing: it needs the request
   * as well.
   *
   * @param authorization the value of the only {@code Authorization} header; null if there is none
   * @throws TokenRejectedException unless there is exactly one
   */
  public static PresentedToken fromHeader(@Nullable String authorization) {
    return fromHeaders(authorization == null ? List.of() : List.of(authorization));
  }

  /**
   * The token under the scheme Bearer. A token under DPoP counts as missing: it needs the request
   * as well.
   *
   * @param authorization the values of all {@code Authorization} headers
   * @throws TokenRejectedException unless there is exactly one
   */
  public static PresentedToken fromHeaders(List<String> authorization) {
    Credentials credentials = credentials(authorization);
    if (credentials.scheme() != Scheme.BEARER) {
      throw rejected(Reason.MISSING, Scheme.BEARER);
    }
    return PresentedToken.bearer(credentials.token());
  }

  /**
   * The token under the scheme Bearer or DPoP, the latter with its proof, of which nothing is
   * checked yet.
   *
   * @param authorization the values of all {@code Authorization} headers
   * @param dpop the values of all {@code DPoP} headers
   * @param method the request's HTTP method
   * @param uri the URI as the client sees it: behind a proxy, the outer scheme and host
   * @throws TokenRejectedException unless there is exactly one token
   */
  public static PresentedToken fromHeaders(
      List<String> authorization, List<String> dpop, String method, URI uri) {
    Credentials credentials = credentials(authorization);
    return credentials.scheme() == Scheme.DPOP
        ? PresentedToken.dpop(credentials.token(), DpopProof.of(dpop, method, uri))
        : PresentedToken.bearer(credentials.token());
  }

  private record Credentials(Scheme scheme, String token) {
    @Override
    public String toString() {
      return "Credentials(" + scheme + ")";
    }
  }

  private static Credentials credentials(List<String> headers) {
    if (headers.isEmpty()) {
      throw rejected(Reason.MISSING, Scheme.BEARER);
    }
    if (headers.size() > 1) {
      throw rejected(Reason.INVALID_REQUEST, Scheme.BEARER);
    }
    String header = headers.get(0);
    if (header.length() > LONGEST_HEADER) {
      throw rejected(Reason.TOO_LARGE, Scheme.BEARER);
    }
    int space = header.indexOf(' ');
    String name = space < 0 ? header : header.substring(0, space);
    if (name.isEmpty() || !name.chars().allMatch(BearerTokens::isTokenChar)) {
      throw rejected(Reason.INVALID_REQUEST, Scheme.BEARER);
    }
    Scheme scheme =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "bearer" -> Scheme.BEARER;
          case "dpop" -> Scheme.DPOP;
          default -> throw rejected(Reason.MISSING, Scheme.BEARER);
        };
    int start = name.length();
    while (start < header.length() && header.charAt(start) == ' ') {
      start++;
    }
    String token = header.substring(start);
    if (!isB64Token(token)) {
      throw rejected(Reason.INVALID_REQUEST, scheme);
    }
    return new Credentials(scheme, token);
  }

  private static TokenRejectedException rejected(Reason reason, Scheme scheme) {
    return new TokenRejectedException(reason, Challenges.of(reason, scheme, DEFAULTS));
  }

  /** {@code b64token} of RFC 6750 section 2.1, which RFC 9449 calls {@code token68}. */
  private static boolean isB64Token(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    return end > 0
        && text.chars().limit(end).allMatch(c -> isAlphanumeric(c) || "-._~+/".indexOf(c) >= 0);
  }

  /** {@code tchar} of RFC 9110 section 5.6.2, of which a scheme is made. */
  private static boolean isTokenChar(int c) {
    return isAlphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
