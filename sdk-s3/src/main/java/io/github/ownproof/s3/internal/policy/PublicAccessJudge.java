package io.github.ownproof.s3.internal.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Judges whom a policy lets in. A statement is public unless it is shown not to be: it must deny,
 * or name principals that are known, or be tied by a condition to callers that are ({@link Tie}).
 * What cannot be read is public.
 *
 * <p>Stricter than S3's own Block Public Access in four ways. Any action counts, not only those
 * that expose data. A service that may come for anybody's resources is everybody, until a condition
 * says for whom. An identity provider's users are everybody, whichever application they signed in
 * to. And many address ranges are judged by their sum.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">Blocking
 *     public access, "The meaning of public"</a>
 */
public final class PublicAccessJudge {

  private static final Pattern KNOWN_ACCOUNT =
      Pattern.compile(
          "[0-9]{12}"
              + "|arn:aws[a-z-]*:iam::[0-9]{12}:(root|user/.+|role/.+)"
              + "|arn:aws[a-z-]*:sts::[0-9]{12}:(assumed-role/.+/.+|federated-user/.+)"
              + "|A[A-Z0-9]{15,127}");

  private static final Pattern KNOWN_SAML_PROVIDER =
      Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:saml-provider/.+");

  private static final Pattern KNOWN_CANONICAL_USER = Pattern.compile("[0-9a-f]{64}");

  private static final Pattern ORIGIN_ACCESS_IDENTITY =
      Pattern.compile("arn:[^:]*:iam::cloudfront:.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern CLOUDFRONT_SERVICE =
      Pattern.compile("cloudfront\\..*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Set<String> ROOT = Set.of("Version", "Id", "Statement");

  private PublicAccessJudge() {}

  /** Whether a statement lets in anybody who is not known beforehand, or cannot be read. */
  public static boolean isPublic(PolicyStatement statement) {
    return whyPublic(statement).isPresent();
  }

  /** What makes a statement public, as the end of a sentence about it; empty if it is not. */
  public static Optional<String> whyPublic(PolicyStatement statement) {
    try {
      return whyPublic(ReadStatement.of(statement));
    } catch (MalformedPolicyException unreadable) {
      return Optional.of("cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * Whether a statement lets CloudFront in, by name or among others, however it is tied: what
   * CloudFront reads, it publishes. A canonical user may be an origin access identity of it. The
   * statement of a promotion does, too; see {@link PromotionStatement#read}.
   */
  public static boolean opensCloudFront(PolicyStatement statement) {
    try {
      return opensCloudFront(ReadStatement.of(statement));
    } catch (MalformedPolicyException unreadable) {
      return true;
    }
  }

  /** What keeps a policy from being read; empty if nothing does. */
  public static Optional<String> whyUnreadable(PolicyDocument policy) {
    for (Map.Entry<String, JsonNode> element : policy.head().entrySet()) {
      if (!ROOT.contains(element.getKey()) || !element.getValue().isString()) {
        return Optional.of("it has an element that no policy has, or one in a form it cannot have");
      }
    }
    String version = policy.version();
    return version.equals(PolicyDocument.CURRENT_VERSION)
            || version.equals(PolicyDocument.OLD_VERSION)
        ? Optional.empty()
        : Optional.of("its version is unknown");
  }

  private static Optional<String> whyPublic(ReadStatement statement) {
    if (!statement.allows()) {
      return Optional.empty();
    }
    Optional<String> open = whoIsUnknown(statement);
    EnumSet<Tie> ties = ties(statement);
    if (statement.principals().containsKey("Service")) {
      // Where a service comes from does not say for whom.
      ties.remove(Tie.PLACE);
    }
    return open.isEmpty() || !ties.isEmpty()
        ? Optional.empty()
        : Optional.of("lets in " + open.get() + ", and no condition ties it to callers known");
  }

  private static Optional<String> whoIsUnknown(ReadStatement statement) {
    if (statement.everybodyBut()) {
      return Optional.of("everybody whom its NotPrincipal does not name");
    }
    for (Map.Entry<String, List<String>> principals : statement.principals().entrySet()) {
      for (String principal : principals.getValue()) {
        String type = principals.getKey();
        if (type.equals("Service")) {
          return Optional.of("a service, for whomever it acts");
        }
        if (!isKnown(type, principal)) {
          return Optional.of(
              Tie.isOpen(principal)
                  ? "everybody whom a wildcard matches"
                  : "a principal of type " + type + " that can be anybody");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isKnown(String type, String principal) {
    if (Tie.isOpen(principal)) {
      return false;
    }
    Pattern known =
        switch (type) {
          case "AWS" -> KNOWN_ACCOUNT;
          case "Federated" -> KNOWN_SAML_PROVIDER;
          default -> KNOWN_CANONICAL_USER;
        };
    return known.matcher(principal).matches()
        || (type.equals("AWS") && ORIGIN_ACCESS_IDENTITY.matcher(principal).matches());
  }

  private static boolean opensCloudFront(ReadStatement statement) {
    if (!statement.allows()) {
      return false;
    }
    if (!statement.everybodyBut() && namesCloudFront(statement.principals())) {
      return true;
    }
    boolean mayBeCloudFront =
        statement.everybodyBut()
            || statement.principals().values().stream().flatMap(List::stream).anyMatch(Tie::isOpen);
    EnumSet<Tie> others = ties(statement);
    others.remove(Tie.DISTRIBUTION);
    return mayBeCloudFront && others.isEmpty();
  }

  /** An origin access identity has a canonical user id, too, which nobody can tell from others. */
  private static boolean namesCloudFront(Map<String, List<String>> principals) {
    return principals.containsKey("CanonicalUser")
        || principals.getOrDefault("AWS", List.of()).stream()
            .anyMatch(who -> ORIGIN_ACCESS_IDENTITY.matcher(who).matches())
        || principals.getOrDefault("Service", List.of()).stream()
            .anyMatch(who -> CLOUDFRONT_SERVICE.matcher(who).matches());
  }

  private static EnumSet<Tie> ties(ReadStatement statement) {
    EnumSet<Tie> ties = EnumSet.noneOf(Tie.class);
    statement.conditions().forEach(one -> Tie.of(one).ifPresent(ties::add));
    return ties;
  }
}
