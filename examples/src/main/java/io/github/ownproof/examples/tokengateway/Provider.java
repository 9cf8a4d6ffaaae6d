package io.github.ownproof.examples.tokengateway;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.ownproof.testkit.ForgedKey;
import io.github.ownproof.testkit.ForgedToken;
import io.github.ownproof.testkit.TokenForge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/**
 * A real OpenID provider in this process, which is down at first; and what an attacker makes of its
 * tokens without its key.
 */
final class Provider implements AutoCloseable {

  static final String AUDIENCE = "https://api.example.com";
  static final String CLIENT = "web-shop";

  private final MockOAuth2Server server = new MockOAuth2Server();
  private final int port;

  Provider() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = free.getLocalPort();
    }
  }

  String issuer() {
    return "http://localhost:" + port + "/main";
  }

  void comeUp() {
    server.start(InetAddress.getLoopbackAddress(), port);
  }

  /** An access token for the gateway; the claims may change what it says otherwise. */
  String token(String subject, Map<String, Object> claims) {
    return issue(subject, AUDIENCE, claims, 3600).serialize();
  }

  String expired(String subject) {
    return issue(subject, AUDIENCE, Map.of(), -120).serialize();
  }

  String tokenFor(String audience, String subject) {
    return issue(subject, audience, Map.of(), 3600).serialize();
  }

  /** What a login gives the web shop. */
  String idToken(String subject, String email, boolean verified) {
    return issue(
            subject,
            CLIENT,
            Map.of("nonce", "n-0S6", "email", email, "email_verified", verified),
            3600)
        .serialize();
  }

  /** The header says that no signature is needed. */
  String unsigned(String subject) {
    return forge(subject).token().algorithm("none").signature(new byte[0]).compact();
  }

  /** A good token whose payload was changed to be about somebody else. */
  String tampered(String subject, String other) {
    SignedJWT good = issue(subject, AUDIENCE, Map.of(), 3600);
    ForgedToken token =
        forge(subject)
            .token()
            .rawHeader(good.getHeader().toString())
            .rawPayload(good.getPayload().toString().replace(subject, other))
            .signature(good.getSignature().decode());
    return token.compact();
  }

  /** Signed by HMAC, with the public key for a secret: it is public, after all. */
  String signedWithPublicKey(String subject) throws Exception {
    String kid = kid();
    PublicKey key =
        JWKSet.load(server.jwksUrl("main").url()).getKeyByKeyId(kid).toRSAKey().toPublicKey();
    return forge(subject).key(ForgedKey.hmac("HS256", kid, key.getEncoded())).token().compact();
  }

  /** Made by somebody who has no key of this issuer. */
  TokenForge forge(String subject) {
    return TokenForge.issuer(issuer()).audience(AUDIENCE).subject(subject);
  }

  private String kid() {
    return issue("anybody", AUDIENCE, Map.of(), 3600).getHeader().getKeyID();
  }

  private SignedJWT issue(
      String subject, String audience, Map<String, Object> claims, long seconds) {
    return server.issueToken(
        "main",
        CLIENT,
        new DefaultOAuth2TokenCallback("main", subject, "JWT", List.of(audience), claims, seconds));
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
