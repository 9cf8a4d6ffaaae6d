package io.github.ownproof.auth.grant;

import io.github.ownproof.auth.Claims;
import io.github.ownproof.auth.VerifiedToken;
import io.github.ownproof.auth.internal.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

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

  private final GrantSigner signer;
  private final GrantKey key;
  private final String issuer;
  private final SecureRandom random = new SecureRandom();

  GrantTokens(GrantSigner signer, String issuer) {
    this.signer = signer;
    this.key = GrantKey.of(signer.keyId(), signer.publicKey());
    this.issuer = issuer;
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
    String header =
        object(
            member("typ", quoted(TYPE)),
            member("alg", quoted(key.algorithm())),
            member("kid", quoted(key.id())));
    AccessScope scope = granted.scope();
    String claims =
        object(
            member("iss", quoted(issuer)),
            member("aud", array(request.services())),
            member("sub", quoted(request.id().value())),
            member("jti", quoted(freshId())),
            member("iat", Long.toString(now.getEpochSecond())),
            member("exp", Long.toString(expiresAt.getEpochSecond())),
            member(
                "engineer",
                object(
                    member("iss", quoted(engineer.identity().issuer())),
                    member("sub", quoted(engineer.identity().subject())))),
            confirmation(engineer.claims()),
            member("customer", quoted(request.customer().value())),
            member("ticket", quoted(request.ticket())),
            member("residency", quoted(request.residency())),
            member("resources", array(scope.resources().exact())),
            member("trees", array(scope.resources().trees())),
            member("permissions", array(scope.permissions())));
    String signed = encoded(header) + "." + encoded(claims);
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

  private String freshId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64Url.encode(id);
  }

  /** The engineer's own {@code cnf} (RFC 7800 section 3.1); nothing if there is none. */
  private static String confirmation(Claims engineer) throws GeneralSecurityException {
    if (!engineer.has("cnf")) {
      return "";
    }
    Claims cnf = engineer.object("cnf").orElseThrow(GrantTokens::strangeConfirmation);
    if (cnf.names().isEmpty()) {
      throw strangeConfirmation();
    }
    StringBuilder members = new StringBuilder();
    for (String name : cnf.names()) {
      String value = cnf.string(name).orElseThrow(GrantTokens::strangeConfirmation);
      members.append(members.isEmpty() ? "" : ",").append(member(name, quoted(value)));
    }
    return member("cnf", "{" + members + "}");
  }

  private static GeneralSecurityException strangeConfirmation() {
    return new GeneralSecurityException(
        "The engineer's token is bound (cnf) in a way that a grant cannot repeat");
  }

  private static String object(String... members) {
    StringBuilder out = new StringBuilder("{");
    for (String member : members) {
      if (!member.isEmpty()) {
        out.append(out.length() == 1 ? "" : ",").append(member);
      }
    }
    return out.append('}').toString();
  }

  private static String member(String name, String json) {
    return quoted(name) + ":" + json;
  }

  private static String array(Collection<String> values) {
    return values.stream().map(GrantTokens::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  /** A JSON string (RFC 8259 section 7). */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
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
