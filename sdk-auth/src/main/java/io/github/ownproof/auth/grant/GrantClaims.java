package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.keys.VerificationKey;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.audit.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims of a grant whose signature held: exactly those the desk writes, each of its
 * type. One more or less, and it is not a grant.
 */
final class GrantClaims {

  /** No grant is for longer, whoever signed it. */
  static final Duration LONGEST_LIFE = Duration.ofHours(8);

  private static final Set<String> NAMES =
      Set.of(
          "iss",
          "aud",
          "sub",
          "jti",
          "iat",
          "exp",
          "engineer",
          "customer",
          "ticket",
          "residency",
          "resources",
          "trees",
          "permissions");

  private static final Pattern TOKEN_ID = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final int MOST_CONFIRMATIONS = 4;

  /** The last second of the year 9999. */
  private static final long LATEST = 253_402_300_799L;

  private final String issuer;

  GrantClaims(String issuer) {
    this.issuer = issuer;
  }

  VerifiedGrant read(JsonObject claims, VerificationKey key) throws GrantDenial {
    Set<String> names = new TreeSet<>(claims.names());
    names.remove("cnf");
    require(names.equals(NAMES) && issuer.equals(claims.get("iss")));
    require(TOKEN_ID.matcher(string(claims, "jti")).matches());
    Instant from = date(claims, "iat");
    Instant until = date(claims, "exp");
    require(from.isBefore(until) && !until.isAfter(from.plus(LONGEST_LIFE)));
    try {
      CustomerId customer = CustomerId.of(string(claims, "customer"));
      return new VerifiedGrant(
          key,
          GrantId.of(string(claims, "sub")),
          engineer(claims.get("engineer")),
          confirmation(claims),
          customer,
          AccessRequestDraft.of(customer, string(claims, "ticket")).ticket(),
          services(claims),
          AccessRequestDraft.word("residency", string(claims, "residency")),
          new AccessScope(
              new Resources(strings(claims, "resources"), strings(claims, "trees")),
              strings(claims, "permissions"),
              Duration.between(from, until)),
          from,
          until);
    } catch (OwnproofException e) {
      // A name of another form than the desk lets through.
      throw GrantDenial.of(SupportRefusal.MALFORMED);
    }
  }

  private static Actor.Identified engineer(@Nullable Object value) throws GrantDenial {
    if (value instanceof JsonObject engineer && engineer.size() == 2) {
      return new Actor.Identified(string(engineer, "iss"), string(engineer, "sub"));
    }
    throw GrantDenial.of(SupportRefusal.MALFORMED);
  }

  private static Map<String, String> confirmation(JsonObject claims) throws GrantDenial {
    if (!claims.has("cnf")) {
      return Map.of();
    }
    if (!(claims.get("cnf") instanceof JsonObject cnf)
        || cnf.size() == 0
        || cnf.size() > MOST_CONFIRMATIONS) {
      throw GrantDenial.of(SupportRefusal.MALFORMED);
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (String name : cnf.names()) {
      members.put(name, string(cnf, name));
    }
    return members;
  }

  private static Set<String> services(JsonObject claims) throws GrantDenial {
    Set<String> services = strings(claims, "aud");
    require(!services.isEmpty());
    for (String service : services) {
      var unused = AccessRequestDraft.word("service's name", service);
    }
    return services;
  }

  private static Set<String> strings(JsonObject claims, String name) throws GrantDenial {
    if (!(claims.get(name) instanceof List<?> values)) {
      throw GrantDenial.of(SupportRefusal.MALFORMED);
    }
    Set<String> strings = new TreeSet<>();
    for (Object value : values) {
      require(value instanceof String text && strings.add(text));
    }
    return strings;
  }

  private static String string(JsonObject claims, String name) throws GrantDenial {
    if (claims.get(name) instanceof String value) {
      return value;
    }
    throw GrantDenial.of(SupportRefusal.MALFORMED);
  }

  /** Whole seconds since 1970, as the desk writes them. */
  private static Instant date(JsonObject claims, String name) throws GrantDenial {
    if (claims.get(name) instanceof Long seconds && seconds >= 0 && seconds <= LATEST) {
      return Instant.ofEpochSecond(seconds);
    }
    throw GrantDenial.of(SupportRefusal.MALFORMED);
  }

  private static void require(boolean fulfilled) throws GrantDenial {
    GrantDenial.unless(fulfilled, SupportRefusal.MALFORMED);
  }
}
