package io.github.ownproof.auth.keys;

import java.net.URI;
import java.security.PublicKey;
import java.util.Map;

/**
 * Where an issuer's keys come from.
 *
 * <p>Thread-safe. Making one does no I/O.
 */
public abstract sealed class KeySource implements AutoCloseable permits PinnedKeys, RemoteKeys {

  KeySource() {}

  /**
   * The keys of this JWK Set (RFC 7517 section 5) and no others, ever.
   *
   * @throws InvalidKeysException if it is not a JWK Set, or no key of it can be used
   */
  public static KeySource pinned(String jwkSetJson) {
    return PinnedKeys.of(jwkSetJson);
  }

  /**
   * This key and no other, ever, under this id: for tokens of our own making.
   *
   * @param kid as tokens name it
   * @param key RSA from 2048 bits, EC on P-256, P-384 or P-521, or Ed25519
   * @throws InvalidKeysException if it is none of these, or the id is empty, longer than 256
   *     characters or has control characters
   */
  public static KeySource pinned(String kid, PublicKey key) {
    return pinned(JwkWriter.jwkSet(kid, key));
  }

  /**
   * The keys published at this address, with {@link RemoteKeySettings#defaults()}.
   *
   * @throws InvalidKeysException if it is no https address, or has user info or a fragment
   */
  public static KeySource jwks(URI address) {
    return jwks(address, RemoteKeySettings.defaults());
  }

  /**
   * The keys published at this address. They are fetched at the first lookup or {@link #warmUp()},
   * and from then on renewed in the background, before they are too old.
   *
   * @throws InvalidKeysException if it is no https address, or has user info or a fragment
   */
  public static KeySource jwks(URI address, RemoteKeySettings settings) {
    return RemoteKeys.at(address, settings);
  }

  /**
   * The keys of this issuer, with {@link RemoteKeySettings#defaults()}.
   *
   * @throws InvalidKeysException if it is no https address, or has user info, query or fragment
   */
  public static KeySource discovered(String issuer) {
    return discovered(issuer, RemoteKeySettings.defaults());
  }

  /**
   * The keys of this issuer, wherever its discovery document (OpenID Connect Discovery 1.0 section
   * 4) says they are. It must name exactly this issuer, and an https address; an issuer on the
   * public internet cannot name a loopback, link-local or private one.
   *
   * @throws InvalidKeysException if it is no https address, or has user info, query or fragment
   */
  public static KeySource discovered(String issuer, RemoteKeySettings settings) {
    return RemoteKeys.of(issuer, settings);
  }

  /**
   * The name of the JCA provider that verifies each algorithm in this JVM; for a report at start.
   * Looks for a faster provider and tests it if nobody has yet, which takes a fraction of a second.
   */
  public static Map<JwsAlgorithm, String> signatureProviders() {
    return SignatureProviders.shared().describe();
  }

  /**
   * The key published under this id. May wait for a fetch, at most about a second, where the answer
   * depends on it; never throws for any id.
   */
  public abstract KeyLookup find(String kid);

  /**
   * Whether this key, given out earlier, would still be given out: not removed by its issuer, not
   * evicted, not stale. Never waits and does no I/O.
   */
  public abstract boolean trusts(VerificationKey key);

  /**
   * Fetches the keys if they have not been, waiting about a second at most; then tells how it is.
   */
  public abstract KeyHealth warmUp();

  /** How it is with the keys now; does no I/O. */
  public abstract KeyHealth health();

  /** Distrusts the key of this id from now on, whatever the issuer publishes. */
  public abstract void evict(String kid);

  /**
   * Stops fetching, and ends the threads and connections; on Java before 21 the HTTP client's own
   * thread ends when it is garbage. Lookups that wait get {@link KeyLookup.Absent#UNAVAILABLE};
   * later ones throw {@link IllegalStateException}. Closing again does nothing.
   */
  @Override
  public abstract void close();
}
