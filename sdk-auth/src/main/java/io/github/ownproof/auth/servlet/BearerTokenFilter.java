package io.github.ownproof.auth.servlet;

import io.github.ownproof.auth.BearerTokens;
import io.github.ownproof.auth.PresentedToken;
import io.github.ownproof.auth.Reason;
import io.github.ownproof.auth.TokenRejectedException;
import io.github.ownproof.auth.TokenVerifier;
import io.github.ownproof.auth.Verification;
import io.github.ownproof.auth.VerifiedToken;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests through to servlets only with a token that is verified.
 *
 * <p>The token comes from the {@code Authorization} header alone, under the scheme Bearer or DPoP;
 * one in the query or in a form counts as none. DPoP proofs and the TLS client's certificate go
 * along to the verifier. A refused request is answered here, with the status, {@code
 * WWW-Authenticate} and an empty body, and goes no further; the reason is logged at DEBUG.
 *
 * <p>Behind the filter, {@link #token(ServletRequest)} is the verified token. The request's {@code
 * getUserPrincipal()} is named by issuer and subject, with a space between; {@code getRemoteUser()}
 * is null and {@code isUserInRole} is false, whatever the container itself found out. A {@link
 * TokenRejectedException} that a servlet throws for lack of scope or of a fresh login ({@link
 * VerifiedToken#requireScope}, {@link VerifiedToken#require}) is answered likewise.
 *
 * <p>Each request is verified once: dispatches of the same request that come by again (FORWARD,
 * INCLUDE, ASYNC, ERROR) go on with what was found the first time. Immutable and thread-safe; every
 * method that changes something gives another filter. Supports asynchronous requests, if it is
 * registered so.
 */
// Whoever calls it has servlets already; see module-info.
@SuppressWarnings("exports")
public final class BearerTokenFilter implements Filter {

  /** The request attribute that holds the {@link VerifiedToken}. */
  public static final String TOKEN_ATTRIBUTE = "io.github.ownproof.auth.token";

  private static final Logger LOG = LoggerFactory.getLogger(BearerTokenFilter.class);

  /** The request attribute that tells which filter verified the request, and what it found. */
  private static final String PASSED_ATTRIBUTE = BearerTokenFilter.class.getName() + ".passed";

  private static final String CERTIFICATES_ATTRIBUTE = "jakarta.servlet.request.X509Certificate";

  /** Equal to the target of no proof. */
  private static final URI NO_TARGET = URI.create("unknown:target");

  /** Keys that could not be had are asked for again within this many seconds. */
  private static final String RETRY_SECONDS = "5";

  private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@]+");
  private static final Pattern NONCE = Pattern.compile("[!#-\\[\\]-~]{1,256}");

  private final TokenVerifier verifier;
  private final @Nullable String anonymousBecause;
  private final @Nullable Function<HttpServletRequest, URI> target;

  private BearerTokenFilter(
      TokenVerifier verifier,
      @Nullable String anonymousBecause,
      @Nullable Function<HttpServletRequest, URI> target) {
    this.verifier = verifier;
    this.anonymousBecause = anonymousBecause;
    this.target = target;
  }

  /**
   * A filter that lets no request through without a token this verifier accepts. It does not close
   * the verifier.
   */
  public static BearerTokenFilter of(TokenVerifier verifier) {
    return new BearerTokenFilter(verifier, null, null);
  }

  /**
   * A filter that also lets requests through that have no token at all; one that has a token needs
   * an accepted one here too. Whatever is behind it asks {@link #token(ServletRequest)} itself, and
   * can forget to.
   *
   * @param reason why, for the log at start-up
   * @throws IllegalArgumentException if the reason is blank
   */
  public static BearerTokenFilter lettingAnonymousPass(TokenVerifier verifier, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("Say why requests without a token may pass");
    }
    return new BearerTokenFilter(verifier, reason, null);
  }

  /**
   * The same, with DPoP proofs that name this origin and the path of the request. Without it every
   * proof is refused: the {@code Host} header is the client's own word, and with it a proof made
   * for another service, which that service passes on, would be taken for one for us.
   *
   * @param origin scheme, host and port, if any, as clients see it, such as {@code
   *     https://api.example.com}
   * @throws IllegalArgumentException if it has another scheme than http or https, or more parts
   */
  public BearerTokenFilter origin(URI origin) {
    if (!ORIGIN.matcher(origin.toString()).matches()) {
      throw new IllegalArgumentException(
          "An origin is as https://api.example.com, without path and user, not " + origin);
    }
    return requestUri(request -> URI.create(origin + request.getRequestURI()));
  }

  /**
   * The same, with another idea of the URI a request was sent to, which its DPoP proof names:
   * needed behind a proxy that changes the path, too.
   *
   * @param requestUri must not believe headers that a client can set; an {@link
   *     IllegalArgumentException} refuses the proof
   */
  public BearerTokenFilter requestUri(Function<HttpServletRequest, URI> requestUri) {
    return new BearerTokenFilter(verifier, anonymousBecause, requestUri);
  }

  /** The verified token of a request that came through the filter; empty if it has none. */
  public static Optional<VerifiedToken> token(ServletRequest request) {
    return request.getAttribute(TOKEN_ATTRIBUTE) instanceof VerifiedToken token
        ? Optional.of(token)
        : Optional.empty();
  }

  /** Says in the log if requests without a token pass, and why, and if DPoP proofs are refused. */
  @Override
  public void init(FilterConfig config) {
    if (anonymousBecause != null) {
      LOG.info("Requests without a token pass: {}", anonymousBecause);
    }
    if (target == null) {
      LOG.info("DPoP proofs are refused: call origin(...) with the address that clients use");
    }
  }

  /**
   * Verifies, and lets through or answers.
   *
   * @throws ServletException if the request is not HTTP, or from further on
   */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("Only HTTP requests have tokens");
    }
    if (http.getAttribute(PASSED_ATTRIBUTE) instanceof Passed passed && passed.by() == this) {
      goOn(passed, http, answer, chain);
      return;
    }
    PresentedToken presented;
    try {
      presented = presented(http);
    } catch (TokenRejectedException e) {
      if (e.reason() == Reason.MISSING && anonymousBecause != null) {
        goOn(new Passed(this, null, null), http, answer, chain);
      } else {
        refuse(e, answer);
      }
      return;
    }
    Verification verification = verifier.tryVerify(presented);
    if (verification instanceof Verification.Accepted accepted) {
      Passed passed = new Passed(this, accepted.token(), presented.scheme());
      http.setAttribute(TOKEN_ATTRIBUTE, accepted.token());
      goOn(passed, http, answer, chain);
    } else {
      refuse(((Verification.Rejected) verification).toException(), answer);
    }
  }

  /** What was found when the request first came by. */
  private record Passed(
      BearerTokenFilter by, @Nullable VerifiedToken token, PresentedToken.@Nullable Scheme scheme) {

    HttpServletRequest wrap(HttpServletRequest request) {
      return token == null || scheme == null
          ? request
          : new AuthenticatedRequest(request, token, scheme);
    }

    /** Without the filter, which would show its reason. */
    @Override
    public String toString() {
      return "Passed";
    }
  }

  private static void goOn(
      Passed passed, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(PASSED_ATTRIBUTE, passed);
    try {
      chain.doFilter(passed.wrap(request), response);
    } catch (TokenRejectedException e) {
      // Any other reason is about a token that the servlet got elsewhere.
      boolean ofThisToken =
          e.reason() == Reason.INSUFFICIENT_SCOPE
              || e.reason() == Reason.INSUFFICIENT_AUTHENTICATION;
      if (!ofThisToken || response.isCommitted()) {
        throw e;
      }
      answer(e, response);
    }
  }

  private PresentedToken presented(HttpServletRequest request) {
    List<String> dpop = headers(request, "DPoP");
    PresentedToken presented =
        BearerTokens.fromHeaders(
            headers(request, "Authorization"),
            dpop,
            request.getMethod(),
            dpop.isEmpty() ? NO_TARGET : target(request));
    // The client's own comes first, its issuers' after it.
    return request.getAttribute(CERTIFICATES_ATTRIBUTE) instanceof X509Certificate[] chain
            && chain.length > 0
        ? presented.withClientCertificate(chain[0])
        : presented;
  }

  private URI target(HttpServletRequest request) {
    try {
      return target == null ? NO_TARGET : target.apply(request);
    } catch (IllegalArgumentException e) {
      return NO_TARGET;
    }
  }

  /** A container may give null for headers it does not show. */
  private static List<String> headers(HttpServletRequest request, String name) {
    Enumeration<String> values = request.getHeaders(name);
    return values == null ? List.of() : Collections.list(values);
  }

  private void refuse(TokenRejectedException rejected, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    if (rejected.reason() == Reason.DPOP_NONCE) {
      verifier
          .dpopPolicy()
          .nonces()
          .ifPresent(nonces -> response.setHeader("DPoP-Nonce", checked(nonces.current())));
    }
    answer(rejected, response);
  }

  /** RFC 9449 section 8.1; anything else could end the header and begin another. */
  private static String checked(String nonce) {
    if (!NONCE.matcher(nonce).matches()) {
      throw new IllegalStateException(
          "DpopNonces.current() must be printable ASCII without space, quote and backslash");
    }
    return nonce;
  }

  private static void answer(TokenRejectedException rejected, HttpServletResponse response)
      throws IOException {
    LOG.debug("A request was refused: {}", rejected.reason());
    // The headers stay: without those for cross-origin requests, a browser would hide the answer.
    response.resetBuffer();
    response.setStatus(rejected.status());
    response.setHeader("Cache-Control", "no-store");
    if (!rejected.challenge().isEmpty()) {
      response.setHeader("WWW-Authenticate", rejected.challenge());
    }
    if (rejected.reason().isTransient()) {
      response.setHeader("Retry-After", RETRY_SECONDS);
    }
    response.setContentLength(0);
    response.flushBuffer();
  }

  /** Whether requests without a token pass, and why. */
  @Override
  public String toString() {
    return anonymousBecause == null
        ? "BearerTokenFilter"
        : "BearerTokenFilter(lets requests without a token pass: " + anonymousBecause + ")";
  }
}
