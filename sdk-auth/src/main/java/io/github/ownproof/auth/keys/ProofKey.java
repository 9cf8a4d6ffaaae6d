package io.github.ownproof.auth.keys;

import io.github.ownproof.auth.internal.JsonLimits;
import io.github.ownproof.auth.internal.JsonObject;
import io.github.ownproof.auth.internal.MalformedInput;
import io.github.ownproof.auth.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A public key that came along with the very message it is to verify, as in a DPoP proof (RFC 9449
 * section 4.2). It tells that the sender holds the private key, and nothing of who the sender is:
 * that is for {@link #thumbprint()} to say, compared with one an issuer vouched for. Immutable and
 * thread-safe.
 */
public final class ProofKey {

  /** Names of types and curves, and base64url: nothing that would have to be escaped in JSON. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,2048}");

  private final JwsAlgorithm algorithm;
  private final VerificationKey key;

  private ProofKey(JwsAlgorithm algorithm, VerificationKey key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * The public key of these members of a JWK, for this algorithm; held to the same rules as an
   * issuer's (RSA from 2048 bits, points on their curve, canonical base64url).
   *
   * @param jwk such as {@code kty}, {@code crv}, {@code x} and {@code y}; no other member than
   *     those of a public key
   * @return empty if it is not a key for this algorithm; never an exception, whatever the values
   */
  public static Optional<ProofKey> of(JwsAlgorithm algorithm, Map<String, String> jwk) {
    if (!jwk.keySet().stream().allMatch(ProofKey::isPublicMember)
        || !jwk.values().stream().allMatch(value -> PLAIN.matcher(value).matches())) {
      return Optional.empty();
    }
    String json =
        jwk.entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":\"" + member.getValue() + "\",")
            .collect(
                Collectors.joining(
                    "", "{", "\"kid\":\"proof\",\"alg\":\"" + algorithm.value() + "\"}"));
    VerificationKey key = JwkReader.read(parse(json), SignatureProviders.shared());
    return Optional.ofNullable(key).map(usable -> new ProofKey(algorithm, usable));
  }

  private static boolean isPublicMember(String name) {
    return switch (name) {
      case "kty", "crv", "x", "y", "n", "e" -> true;
      default -> false;
    };
  }

  private static JsonObject parse(String json) {
    try {
      return StrictJson.object(json.getBytes(StandardCharsets.US_ASCII), JsonLimits.TOKEN);
    } catch (MalformedInput e) {
      throw new AssertionError("Plain names and values make a JSON object", e);
    }
  }

  /**
   * Whether the signature over {@code data[0, length)} is this key's, by its algorithm; never
   * throws.
   */
  public boolean verify(byte[] data, int length, byte[] signature) {
    return key.verify(algorithm, data, length, signature);
  }

  /** The RFC 7638 thumbprint with SHA-256, base64url. */
  public String thumbprint() {
    return key.thumbprint();
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "ProofKey(" + algorithm + ")";
  }
}
