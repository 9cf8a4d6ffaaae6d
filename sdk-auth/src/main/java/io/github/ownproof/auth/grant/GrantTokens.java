package io.github.ownproof.auth.grant;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.auth.Claims;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Makes the tokens of grants. It decides nothing: that there is a grant, and for whom, its caller
 * has found out. Thread-safe.
 */
final class GrantTokens {

  /** The {@code typ} of a grant's token, which no verifier of access tokens accepts. */
  static final String TYPE = "support-grant+jwt";

  /** In characters: what a request can carry beside everything else. */
  static final int LONGEST = 16 * 1024;

  private static final int ID_BYTES = 16;
  private static final int TYPICAL_CLAIMS = 1024;

  private final GrantSigner signer;
  private final GrantKey key;
  private final String issuer;
  private final String encodedHeader;
  private final SecureRandom random = new SecureRandom();

  GrantTokens(GrantSigner signer, String issuer) {
    this.signer = signer;
    this.key = GrantKey.of(signer.keyId(), signer.publicKey());
    this.issuer = issuer;
    StringBuilder header = new StringBuilder("{");
    text(header, "typ", TYPE).append(',');
    text(header, "alg", key.algorithm()).append(',');
    text(header, "kid", key.id()).append('}');
    this.encodedHeader = encoded(header.toString()) + ".";
  }

  /** The public key for those who check, as a JWK Set (RFC 7517 section 5). */
  String publicJwkSet() {
    return key.jwkSet();
  }

  /**
   * A token for this engineer, bound to what their own token is bound to.
   *
   * @throws GeneralSecurityException if the signer fails, or signs with another key than it says
   */
  String issue(
      AccessRequest request,
      AccessState.Granted granted,
      VerifiedToken engineer,
      Instant now,
      Instant expiresAt)
      throws GeneralSecurityException {
    String signed = encodedHeader + encoded(claims(request, granted, engineer, now, expiresAt));
    byte[] signature = key.sign(signer, signed.getBytes(StandardCharsets.US_ASCII));
    String token = signed + "." + Base64Url.encode(signature);
    if (token.length() > LONGEST) {
      throw new GeneralSecurityException(
          "The grant's token would have "
              + token.length()
              + " characters, and a checker reads "
              + LONGEST
              + ": ask for fewer resources or services");
    }
    return token;
  }

  private String claims(
      AccessRequest request,
      AccessState.Granted granted,
      VerifiedToken engineer,
      Instant now,
      Instant expiresAt)
      throws GeneralSecurityException {
    StringBuilder out = new StringBuilder(TYPICAL_CLAIMS).append('{');
    text(out, "iss", issuer).append(',');
    array(out, "aud", request.services()).append(',');
    text(out, "sub", request.id().value()).append(',');
    text(out, "jti", freshId()).append(',');
    name(out, "iat").append(now.getEpochSecond()).append(',');
    name(out, "exp").append(expiresAt.getEpochSecond()).append(',');
    name(out, "engineer").append('{');
    text(out, "iss", engineer.identity().issuer()).append(',');
    text(out, "sub", engineer.identity().subject()).append("},");
    confirmation(out, engineer.claims());
    text(out, "customer", request.customer().value()).append(',');
    text(out, "ticket", request.ticket()).append(',');
    text(out, "residency", request.residency()).append(',');
    AccessScope scope = granted.scope();
    array(out, "resources", scope.resources().exact()).append(',');
    array(out, "trees", scope.resources().trees()).append(',');
    return array(out, "permissions", scope.permissions()).append('}').toString();
  }

  private String freshId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64Url.encode(id);
  }

  /**
   * The engineer's own {@code cnf} (RFC 7800 section 3.1) and a comma; nothing if there is none.
   */
  private static void confirmation(StringBuilder out, Claims engineer)
      throws GeneralSecurityException {
    if (!engineer.has("cnf")) {
      return;
    }
    Claims cnf = engineer.object("cnf").orElseThrow(GrantTokens::strangeConfirmation);
    if (cnf.names().isEmpty()) {
      throw strangeConfirmation();
    }
    name(out, "cnf");
    char before = '{';
    for (String name : cnf.names()) {
      String value = cnf.string(name).orElseThrow(GrantTokens::strangeConfirmation);
      text(out.append(before), name, value);
      before = ',';
    }
    out.append("},");
  }

  private static GeneralSecurityException strangeConfirmation() {
    return new GeneralSecurityException(
        "The engineer's token is bound (cnf) in a way that a grant cannot repeat");
  }

  @CanIgnoreReturnValue
  private static StringBuilder name(StringBuilder out, String name) {
    return quoted(out, name).append(':');
  }

  @CanIgnoreReturnValue
  private static StringBuilder text(StringBuilder out, String name, String value) {
    return quoted(name(out, name), value);
  }

  private static StringBuilder array(StringBuilder out, String name, Collection<String> values) {
    name(out, name).append('[');
    String before = "";
    for (String value : values) {
      quoted(out.append(before), value);
      before = ",";
    }
    return out.append(']');
  }

  /** A JSON string (RFC 8259 section 7). */
  @CanIgnoreReturnValue
  private static StringBuilder quoted(StringBuilder out, String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < ' ') {
        out.append(text, plain, i).append('\\');
        if (c < ' ') {
          out.append('u').append(HexFormat.of().toHexDigits(c));
        } else {
          out.append(c);
        }
        plain = i + 1;
      }
    }
    return out.append(text, plain, text.length()).append('"');
  }

  private static String encoded(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The key's id alone. */
  @Override
  public String toString() {
    return "GrantTokens(" + key.id() + ")";
  }
}
