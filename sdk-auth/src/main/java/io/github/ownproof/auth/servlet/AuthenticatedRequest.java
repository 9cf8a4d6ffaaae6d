package io.github.ownproof.auth.servlet;

import io.github.ownproof.auth.Identity;
import io.github.ownproof.auth.PresentedToken.Scheme;
import io.github.ownproof.auth.VerifiedToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request whose user is the one of its verified token, whatever the container thinks. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

  private final Principal principal;
  private final String authType;

  AuthenticatedRequest(HttpServletRequest request, VerifiedToken token, Scheme scheme) {
    super(request);
    this.principal = new IdentityPrincipal(token.identity());
    this.authType = scheme == Scheme.DPOP ? "DPoP" : "Bearer";
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  /** Null: this is what access logs print. */
  @Override
  public @Nullable String getRemoteUser() {
    return null;
  }

  @Override
  public String getAuthType() {
    return authType;
  }

  /** False: a token has scopes, which are no roles of the container's. */
  @Override
  public boolean isUserInRole(String role) {
    return false;
  }

  /** Named by issuer and subject together, as only the two are one user for ever. */
  private static final class IdentityPrincipal implements Principal {

    private final Identity identity;

    IdentityPrincipal(Identity identity) {
      this.identity = identity;
    }

    @Override
    public String getName() {
      // No issuer has a space in it, so this is one identity and no other.
      return identity.issuer() + " " + identity.subject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof IdentityPrincipal that && identity.equals(that.identity);
    }

    @Override
    public int hashCode() {
      return identity.hashCode();
    }

    /** Without the name, which does not belong into a log by accident. */
    @Override
    public String toString() {
      return "Principal of a verified token";
    }
  }
}
