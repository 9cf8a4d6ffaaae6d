package io.github.ownproof.auth.grant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.ownproof.auth.internal.CompactToken;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.internal.TokenHash;
import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.KeyLookup;
import io.github.ownproof.auth.keys.KeySource;
import io.github.ownproof.auth.keys.VerificationKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tokens of grants: one form, exactly these header parameters, a key of the desk, exactly
 * these claims. Remembers those that held, by their hash, as long as their key is trusted.
 * Thread-safe.
 */
final class GrantReader {

  private static final Logger LOG = LoggerFactory.getLogger(GrantReader.class);

  private static final long REMEMBERED_BYTES = 8L * 1024 * 1024;
  private static final int ENTRY_OVERHEAD = 2_000;
  private static final int BYTES_PER_CHARACTER = 3;
  private static final int LONGEST_KEY_ID = 256;

  private final KeySource keys;
  private final GrantClaims claims;
  private final Cache<TokenHash, Remembered> remembered =
      Caffeine.newBuilder()
          .maximumWeight(REMEMBERED_BYTES)
          .weigher((TokenHash hash, Remembered entry) -> entry.weight())
          .executor(Runnable::run)
          .build();

  private record Remembered(VerifiedGrant grant, int weight) {}

  GrantReader(KeySource keys, String issuer) {
    this.keys = keys;
    this.claims = new GrantClaims(issuer);
  }

  VerifiedGrant read(@Nullable String compact) throws GrantDenial {
    byte[] ascii = ascii(compact);
    TokenHash hash = TokenHash.of(ascii);
    Remembered known = remembered.getIfPresent(hash);
    if (known != null) {
      if (keys.trusts(known.grant().key())) {
        return known.grant();
      }
      remembered.invalidate(hash);
    }
    VerifiedGrant fresh = verified(ascii);
    remembered.put(
        hash, new Remembered(fresh, ENTRY_OVERHEAD + BYTES_PER_CHARACTER * ascii.length));
    return fresh;
  }

  private static byte[] ascii(@Nullable String compact) throws GrantDenial {
    if (compact == null) {
      throw GrantDenial.of(SupportRefusal.MALFORMED);
    }
    try {
      return CompactToken.ascii(compact, GrantTokens.LONGEST);
    } catch (MalformedInput e) {
      throw GrantDenial.of(SupportRefusal.MALFORMED);
    }
  }

  private VerifiedGrant verified(byte[] ascii) throws GrantDenial {
    CompactToken token;
    try {
      token = CompactToken.parse(ascii);
    } catch (MalformedInput e) {
      throw GrantDenial.of(SupportRefusal.MALFORMED);
    }
    JwsAlgorithm algorithm = algorithm(token.header());
    VerificationKey key = key(token.header());
    GrantDenial.unless(
        key.verify(algorithm, token.ascii(), token.signingInputLength(), token.signature()),
        SupportRefusal.SIGNATURE);
    // The one look at the claims, now that the desk is known to have written them.
    return claims.read(token.unverifiedPayload(), key);
  }

  /**
   * These three parameters and no more, and each in its one spelling: RFC 7515 section 4.1.9 would
   * have {@code application/} before the type mean the same, but nobody writes it who is the desk.
   */
  private static JwsAlgorithm algorithm(JsonObject header) throws GrantDenial {
    GrantDenial.unless(
        header.size() == 3 && GrantTokens.TYPE.equals(header.get("typ")), SupportRefusal.MALFORMED);
    if ("ES256".equals(header.get("alg"))) {
      return JwsAlgorithm.ES256;
    }
    GrantDenial.unless("EdDSA".equals(header.get("alg")), SupportRefusal.MALFORMED);
    return JwsAlgorithm.ED25519;
  }

  private VerificationKey key(JsonObject header) throws GrantDenial {
    if (!(header.get("kid") instanceof String kid)
        || kid.isEmpty()
        || kid.length() > LONGEST_KEY_ID
        || kid.chars().anyMatch(Character::isISOControl)) {
      throw GrantDenial.of(SupportRefusal.MALFORMED);
    }
    KeyLookup found;
    try {
      found = keys.find(kid);
    } catch (RuntimeException e) {
      LOG.error("Asking for the desk's keys failed with {}", e.getClass().getName());
      throw GrantDenial.of(SupportRefusal.KEYS_UNAVAILABLE);
    }
    if (found instanceof VerificationKey key) {
      return key;
    }
    throw GrantDenial.of(
        found == KeyLookup.Absent.UNAVAILABLE
            ? SupportRefusal.KEYS_UNAVAILABLE
            : SupportRefusal.SIGNATURE);
  }
}
