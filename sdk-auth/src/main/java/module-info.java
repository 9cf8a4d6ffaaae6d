/** Tokens verified strictly, on the stable subject: issuer and sub, never an e-mail. */
module io.github.ownproof.auth {
  requires transitive io.github.ownproof.core;
  requires org.slf4j;
  requires java.net.http;
  requires com.nimbusds.jose.jwt;
  requires com.github.benmanes.caffeine;
  // Not transitive: else no modular program could compile without servlets on its module path.
  requires static jakarta.servlet;
  requires static com.google.errorprone.annotations;

  exports io.github.ownproof.auth;
  exports io.github.ownproof.auth.grant;
  exports io.github.ownproof.auth.keys;
  exports io.github.ownproof.auth.servlet;
}
