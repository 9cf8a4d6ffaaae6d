package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.JsonLimits;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.internal.StrictJson;
import io.github.ownproof.auth.keys.FetchFailure.Why;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where an issuer's keys are: at an address that was given, or at the {@code jwks_uri} of the
 * issuer's discovery document (OpenID Connect Discovery 1.0 section 4). Thread-safe.
 */
final class Discovery {

  private static final long REMEMBERED = TimeUnit.HOURS.toNanos(1);

  private record Answer(URI jwks, long at) {}

  private final URI asked;
  private final @Nullable String issuer;
  private final KeyAddress rules;
  private volatile @Nullable Answer answer;
  private volatile boolean doubted;

  private Discovery(URI asked, @Nullable String issuer, KeyAddress rules) {
    this.asked = asked;
    this.issuer = issuer;
    this.rules = rules;
  }

  /** No discovery: the keys are here. */
  static Discovery none(URI jwks, KeyAddress rules) {
    if (!rules.isSecure(jwks)) {
      throw new InvalidKeysException(
          "Keys are fetched from an https address with a host, without user info and fragment, not "
              + InvalidKeysException.quote(jwks.getScheme() + "://" + jwks.getHost()));
    }
    return new Discovery(jwks, null, rules);
  }

  /** Discovery by the issuer's own name. */
  static Discovery of(String issuer, KeyAddress rules) {
    // Section 4.1: a terminating slash goes before the well-known path is appended.
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    URI document;
    try {
      document = new URI(base + "/.well-known/openid-configuration");
    } catch (URISyntaxException e) {
      throw notAnIssuer(issuer);
    }
    if (!rules.isSecure(document) || document.getRawQuery() != null) {
      throw notAnIssuer(issuer);
    }
    return new Discovery(document, issuer, rules);
  }

  private static InvalidKeysException notAnIssuer(String issuer) {
    return new InvalidKeysException(
        "An issuer to discover keys of is an https address without query and fragment, not "
            + InvalidKeysException.quote(issuer));
  }

  /** For the log. */
  String host() {
    return asked.getHost();
  }

  /** Where the keys are now; may ask the issuer, within the attempt's deadline. */
  URI jwks(KeyFetch fetch, Attempt attempt, Duration deadline) throws FetchFailure {
    if (issuer == null) {
      return asked;
    }
    Answer known = answer;
    boolean believed = !doubted;
    // Once per doubt: where the document cannot be had, the next attempt tries the address it knew.
    doubted = false;
    if (known != null && believed && attempt.startedAt() - known.at < REMEMBERED) {
      return known.jwks;
    }
    byte[] body = fetch.get(asked, Optional.empty(), attempt, deadline).body().orElseThrow();
    URI jwks = jwksUri(body, issuer);
    answer = new Answer(jwks, attempt.startedAt());
    return jwks;
  }

  /** There are no keys at the address, which may be out of date: ask again next time. */
  void doubt() {
    doubted = true;
  }

  private URI jwksUri(byte[] body, String issuer) throws FetchFailure {
    JsonObject document;
    try {
      document = StrictJson.document(body, JsonLimits.DOCUMENT);
    } catch (MalformedInput e) {
      throw new FetchFailure(Why.MALFORMED);
    }
    // Section 4.3: exactly the name that was asked, or the document speaks for somebody else.
    if (!issuer.equals(document.get("issuer"))) {
      throw new FetchFailure(Why.ISSUER_MISMATCH);
    }
    if (!(document.get("jwks_uri") instanceof String text)) {
      throw new FetchFailure(Why.MALFORMED);
    }
    URI jwks;
    try {
      jwks = new URI(text);
    } catch (URISyntaxException e) {
      throw new FetchFailure(Why.MALFORMED);
    }
    if (!rules.mayLeadTo(asked, jwks)) {
      throw new FetchFailure(Why.INSECURE_URI);
    }
    return jwks;
  }
}
