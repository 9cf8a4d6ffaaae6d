package io.github.ownproof.auth;

import io.github.ownproof.auth.keys.JwsAlgorithm;
import io.github.ownproof.auth.keys.KeySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a verifier does and does without, as text. */
final class VerifierDescription {

  private final String text;

  VerifierDescription(TokenVerifier.Builder builder, List<AcceptedIssuer> issuers) {
    List<String> lines = new ArrayList<>();
    for (AcceptedIssuer issuer : issuers) {
      describe(issuer.profile(), lines);
    }
    lines.add("clock skew " + seconds(builder.skew));
    lines.add("tokens up to " + builder.maxTokenLength + " characters");
    lines.add(
        builder.cacheBytes == 0
            ? "every token is verified anew"
            : "accepted tokens are remembered in " + builder.cacheBytes / 1024 + " KiB");
    lines.add(builder.revocations == null ? "revocations are not asked" : "revocations are asked");
    lines.add(builder.dpop.describe());
    this.text = String.join("\n", lines);
  }

  private static void describe(IssuerProfile profile, List<String> lines) {
    ProviderRules rules = profile.rules();
    lines.add(
        "accepts "
            + rules.kind()
            + " tokens of "
            + rules.issuer()
            + " ("
            + rules.provider()
            + ") for "
            + rules.audience());
    lines.add(
        "  signed with "
            + profile.algorithms().stream()
                .map(JwsAlgorithm::value)
                .sorted()
                .collect(Collectors.joining(" ")));
    lines.add("  keys " + keys(profile));
    limit("  lifetime at most ", profile.maxLifetime(), lines);
    limit("  age at most ", profile.maxAge(), lines);
    if (!profile.requiredClaims().isEmpty()) {
      lines.add("  with the claims " + String.join(", ", new TreeSet<>(profile.requiredClaims())));
    }
    new TreeMap<>(profile.requiredValues())
        .forEach(
            (name, values) ->
                lines.add("  with " + name + " " + String.join(" or ", new TreeSet<>(values))));
    if (profile.isSenderConstrained()) {
      lines.add("  bound to their sender");
    }
    for (OptOut optOut : profile.optOuts()) {
      lines.add("  WITHOUT " + optOut.rule() + ", because: " + optOut.reason());
    }
  }

  private static String keys(IssuerProfile profile) {
    if (profile.keys() != null) {
      return "given to the profile";
    }
    return profile.jwksUri() == null ? "discovered from the issuer" : "from " + profile.jwksUri();
  }

  private static void limit(String what, @Nullable Duration limit, List<String> lines) {
    if (limit != null) {
      lines.add(what + seconds(limit));
    }
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  /** Asked each time: which provider runs is known only once it was tried. */
  @Override
  public String toString() {
    Map<JwsAlgorithm, String> providers = KeySource.signatureProviders();
    return text
        + providers.entrySet().stream()
            .map(entry -> "\n" + entry.getKey().value() + " is verified by " + entry.getValue())
            .collect(Collectors.joining());
  }
}
