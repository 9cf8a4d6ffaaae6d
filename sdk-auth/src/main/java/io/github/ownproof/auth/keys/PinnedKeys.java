package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.MalformedInput;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keys given by whoever set us up; they only ever become fewer, by eviction. */
final class PinnedKeys extends KeySource {

  private final KeySet keys;
  private final Set<String> evicted = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private PinnedKeys(KeySet keys) {
    this.keys = keys;
  }

  static KeySource of(String jwkSetJson) {
    KeySet keys;
    try {
      keys = KeySet.read(utf8(jwkSetJson));
    } catch (MalformedInput | CharacterCodingException e) {
      throw new InvalidKeysException(
          "Not a JWK Set: it must be one strict JSON object with an array named keys (RFC 7517"
              + " section 5), without duplicate names");
    }
    if (keys.usable() == 0) {
      throw new InvalidKeysException(
          "No key of the JWK Set can be used; ignored: "
              + keys.ignored()
              + ". A key needs a kid, must be public and for signatures, and RSA from 2048 bits,"
              + " EC on P-256, P-384 or P-521, or Ed25519");
    }
    return new PinnedKeys(keys);
  }

  private static byte[] utf8(String text) throws CharacterCodingException {
    // Not getBytes, which would quietly replace half a surrogate pair.
    ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  @Override
  public KeyLookup find(String kid) {
    if (closed) {
      throw new IllegalStateException("These keys are closed");
    }
    VerificationKey key = keys.find(kid);
    return key == null || evicted.contains(kid) ? KeyLookup.Absent.UNKNOWN : key;
  }

  @Override
  public boolean trusts(VerificationKey key) {
    return !closed && keys.holds(key) && !evicted.contains(key.kid());
  }

  @Override
  public KeyHealth warmUp() {
    keys.warmUp();
    return health();
  }

  @Override
  public KeyHealth health() {
    int usable = closed ? 0 : keys.usable() - evicted.size();
    return new KeyHealth(
        usable > 0 ? KeyHealth.State.FRESH : KeyHealth.State.UNAVAILABLE,
        usable,
        keys.ignored(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  @Override
  public void evict(String kid) {
    // An id we have no key for is not kept: the set never grows, so it will not appear later.
    if (keys.find(kid) != null) {
      evicted.add(kid);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Shows how many keys, and nothing of them. */
  @Override
  public String toString() {
    return "PinnedKeys(" + keys.usable() + ")";
  }
}
