package io.github.ownproof.auth;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What profiles may not be together, or not without an opt-out. */
final class ProfileConflicts {

  private ProfileConflicts() {}

  static void refuse(List<IssuerProfile> profiles) {
    if (profiles.isEmpty()) {
      throw new InvalidVerifierException(
          "No issuer is accepted. Add one with accept(IssuerProfiles...).");
    }
    Set<String> seen = new HashSet<>();
    for (IssuerProfile profile : profiles) {
      for (String iss : profile.rules().spellings()) {
        if (!seen.add(iss)) {
          throw new InvalidVerifierException(
              "The issuer "
                  + iss
                  + " is accepted twice. Give all audiences to one profile; for another kind of"
                  + " token of the same issuer, make another verifier.");
        }
      }
      requireHttps(profile, URI.create(profile.issuer()));
      requireHttps(profile, profile.keys() == null ? profile.jwksUri() : null);
    }
  }

  private static void requireHttps(IssuerProfile profile, @Nullable URI uri) {
    if (uri == null || "https".equals(uri.getScheme())) {
      return;
    }
    if (!"http".equals(uri.getScheme()) || !Accepted.isLoopback(uri)) {
      throw new InvalidVerifierException(
          "Keys from " + uri + " could be anybody's: the address must begin with https://.");
    }
    if (profile.loopbackReason() == null) {
      throw new InvalidVerifierException(
          uri
              + " is not https. For tests and development, call"
              + " allowInsecureLoopback(\"why\") on the profile.");
    }
  }
}
