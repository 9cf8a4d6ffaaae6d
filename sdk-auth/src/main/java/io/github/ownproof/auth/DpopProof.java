package io.github.ownproof.auth;

import java.net.URI;
import java.util.List;

/**
 * A DPoP proof (RFC 9449 section 4) as it came with a request, and the request it came with.
 * Nothing of it is verified. Immutable.
 */
public final class DpopProof {

  private final List<String> headers;
  private final String method;
  private final URI target;

  private DpopProof(List<String> headers, String method, URI target) {
    this.headers = headers;
    this.method = method;
    this.target = target;
  }

  /**
   * A proof, and the request it must be for.
   *
   * @param headers the values of all {@code DPoP} header fields of the request: exactly one is
   *     right (RFC 9449 section 4.3), which is checked later
   * @param method the request's HTTP method
   * @param target the URI as the client sees it: behind a proxy, the outer scheme and host
   */
  public static DpopProof of(List<String> headers, String method, URI target) {
    return new DpopProof(List.copyOf(headers), method, target);
  }

  List<String> headers() {
    return headers;
  }

  String method() {
    return method;
  }

  URI target() {
    return target;
  }

  /** Nothing of the content. */
  @Override
  public String toString() {
    return "DpopProof";
  }
}
