package io.github.ownproof.testkit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The request as S3Proxy routes it: without the subresources and headers it answers 501 to and that
 * are answered elsewhere. Signatures are verified on the request as it was received.
 */
final class RoutedRequest extends HttpServletRequestWrapper {

  private static final Set<String> PARAMETERS =
      Set.of(
          "accelerate",
          "analytics",
          "cors",
          "inventory",
          "legal-hold",
          "lifecycle",
          "logging",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "tagging",
          "torrent",
          "website");
  private static final Set<String> HEADERS =
      Stream.concat(Stream.of("x-amz-acl"), ObjectLocks.HEADERS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private @Nullable String range;

  RoutedRequest(HttpServletRequest request) {
    super(request);
  }

  /** Asks for this range in place of a part, which S3Proxy does not know. */
  void readRange(String newRange) {
    range = newRange;
  }

  @Override
  public @Nullable String getParameter(String name) {
    if (PARAMETERS.contains(name) || (range != null && name.equals("partNumber"))) {
      return null;
    }
    return super.getParameter(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return without(super.getParameterNames(), PARAMETERS);
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (range != null && name.equalsIgnoreCase("Range")) {
      return range;
    }
    return HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return without(super.getHeaderNames(), HEADERS);
  }

  private static Enumeration<String> without(Enumeration<String> names, Set<String> hidden) {
    return Collections.enumeration(
        Collections.list(names).stream()
            .filter(name -> !hidden.contains(name.toLowerCase(Locale.ROOT)))
            .filter(name -> !hidden.contains(name))
            .toList());
  }
}
