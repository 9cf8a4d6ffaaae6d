package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.JsonLimits;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.internal.StrictJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one JWK Set document (RFC 7517 section 5) that are of use to us. Immutable and
 * thread-safe.
 */
final class KeySet {

  /** Far more than any issuer publishes; each further key costs work and is ignored. */
  static final int MAX_KEYS = 200;

  private final Map<String, VerificationKey> byKid;
  private final int ignored;

  private KeySet(Map<String, VerificationKey> byKid, int ignored) {
    this.byKid = Map.copyOf(byKid);
    this.ignored = ignored;
  }

  /**
   * Reads a JWK Set. Each key is judged alone: one that cannot be used is counted and never spoils
   * the others (RFC 7517 section 5).
   *
   * @throws MalformedInput if it is no JSON object, or has no array of keys
   */
  static KeySet read(byte[] jwkSetJson) throws MalformedInput {
    return read(jwkSetJson, SignatureProviders.shared());
  }

  /** Reads it for verification by these providers. */
  static KeySet read(byte[] jwkSetJson, SignatureProviders providers) throws MalformedInput {
    JsonObject document = StrictJson.document(jwkSetJson, JsonLimits.DOCUMENT);
    if (!(document.get("keys") instanceof List<?> jwks)) {
      throw MalformedInput.malformed();
    }
    Map<String, VerificationKey> byKid = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    int ignored = Math.max(0, jwks.size() - MAX_KEYS);
    for (Object jwk : jwks.subList(0, jwks.size() - ignored)) {
      VerificationKey key = JwkReader.read(jwk, providers);
      if (key == null) {
        ignored++;
        continue;
      }
      VerificationKey first = byKid.putIfAbsent(key.kid(), key);
      if (first != null && !first.isSameAs(key)) {
        // The id no longer says which key signed (section 4.5), so none of them can be chosen.
        ambiguous.add(key.kid());
        ignored++;
      }
    }
    for (String kid : ambiguous) {
      byKid.remove(kid);
      ignored++;
    }
    return new KeySet(byKid, ignored);
  }

  /** The key of this id; null if there is none. */
  @Nullable VerificationKey find(String kid) {
    return byKid.get(kid);
  }

  /** How many keys can be found. */
  int usable() {
    return byKid.size();
  }

  /** How many keys of the document are of no use to us. */
  int ignored() {
    return ignored;
  }

  /**
   * This set, with the previous set's instance of each key that did not change (same id, thumbprint
   * and algorithms): what is known of a key is tied to its instance.
   */
  KeySet carryOver(KeySet previous) {
    Map<String, VerificationKey> carried = new HashMap<>(byKid);
    carried.replaceAll(
        (kid, key) -> {
          VerificationKey before = previous.find(kid);
          return before != null && before.isSameAs(key) ? before : key;
        });
    return new KeySet(carried, ignored);
  }

  /**
   * Prepares every key for its first verification, which then does not have to load and test the
   * signature provider. Takes a fraction of a second the first time in a JVM; for warm-up, and
   * wherever no token is waiting.
   */
  void warmUp() {
    byKid.values().forEach(VerificationKey::warmUp);
  }

  /** Whether this very instance is the one {@link #find} gives out for its id. */
  boolean holds(VerificationKey key) {
    return find(key.kid()) == key;
  }

  /** Shows how many keys, and nothing of them. */
  @Override
  public String toString() {
    return "KeySet(" + usable() + " usable, " + ignored + " ignored)";
  }
}
