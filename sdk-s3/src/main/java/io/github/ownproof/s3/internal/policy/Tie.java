package io.github.ownproof.s3.internal.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A condition that ties a statement to callers that are known beforehand: it needs its key to be in
 * the request, with one of some fixed values. {@code ...IfExists} and {@code ForAllValues:} hold
 * where the key is absent, negated operators hold for everybody else, and {@code Null} says nothing
 * of a value; so none of them ties, nor does an operator that is not known here.
 *
 * <p>The keys are those that S3 itself goes by, and those of the principal's account and
 * organization; but not the KMS key of an upload, which says nothing of who reads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">Blocking
 *     public access, "The meaning of public"</a>
 */
enum Tie {
  /** Whose principal it is; a service's request has none of these keys. */
  PRINCIPAL,
  /** Where the request comes from: a network, or an access point. */
  PLACE,
  /** For whom a service asks; only requests by services have these keys. */
  SOURCE,
  /** The same, for CloudFront. */
  DISTRIBUTION;

  private static final String ACCOUNT = "[0-9]{12}";
  private static final String ORGANIZATION = "o-[a-z0-9]{10,32}";

  /** A caller without credentials has an account and a user id, too: {@code anonymous}. */
  private static final Map<String, Pattern> PRINCIPALS =
      Map.of(
          "aws:principalaccount", Pattern.compile(ACCOUNT),
          "aws:principalarn", Pattern.compile("arn:aws[a-z-]*:(iam|sts)::" + ACCOUNT + ":.+"),
          "aws:principalorgid", Pattern.compile(ORGANIZATION),
          "aws:principalorgpaths", Pattern.compile(ORGANIZATION + "/.+"),
          "aws:userid", Pattern.compile("[A-Z0-9]{16,128}(:.+)?|" + ACCOUNT));

  private static final Map<String, Pattern> SOURCES =
      Map.of(
          "aws:sourceaccount", Pattern.compile(ACCOUNT),
          "aws:sourceowner", Pattern.compile(ACCOUNT),
          "aws:sourcearn", Pattern.compile("arn:aws[a-z-]*:[a-z0-9-]+:[^:]*:[^:]*:.+"),
          "aws:sourceorgid", Pattern.compile(ORGANIZATION),
          "aws:sourceorgpaths", Pattern.compile(ORGANIZATION + "/.+"));

  private static final Map<String, Pattern> PLACES =
      Map.of(
          "aws:sourcevpc", Pattern.compile("vpc-[0-9a-f]{8,17}"),
          "aws:sourcevpce", Pattern.compile("vpce-[0-9a-f]{8,17}"),
          "s3:dataaccesspointaccount", Pattern.compile(ACCOUNT));

  /** The one value that may have wildcards: any access point of one account in one region. */
  private static final String ACCESS_POINT = "s3:dataaccesspointarn";

  private static final Pattern ACCESS_POINT_ARN =
      Pattern.compile("arn:aws[a-z-]*:s3:[a-z0-9-]+:" + ACCOUNT + ":accesspoint/[^$]+");

  private static final Pattern CLOUDFRONT_ARN = Pattern.compile("arn:aws[a-z-]*:cloudfront:.*");

  private static final Set<String> EQUAL =
      Set.of("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike");

  /** Keys with several values at once, which take no operator without this prefix. */
  private static final Set<String> OF_MANY = Set.of("aws:principalorgpaths", "aws:sourceorgpaths");

  private static final String FOR_ANY = "foranyvalue:";

  /** What a condition ties the statement to; empty if it does not tie it. */
  static Optional<Tie> of(ReadStatement.Condition condition) {
    String operator = condition.operator();
    String key = condition.key();
    boolean any = operator.startsWith(FOR_ANY);
    String plain = any ? operator.substring(FOR_ANY.length()) : operator;
    if (key.equals("aws:sourceip")) {
      return plain.equals("ipaddress") && AddressRanges.areNarrow(condition.values())
          ? Optional.of(PLACE)
          : Optional.empty();
    }
    if (!EQUAL.contains(plain) || (OF_MANY.contains(key) && !any)) {
      return Optional.empty();
    }
    if (key.equals(ACCESS_POINT)) {
      return allMatch(condition, ACCESS_POINT_ARN) ? Optional.of(PLACE) : Optional.empty();
    }
    if (condition.values().stream().anyMatch(Tie::isOpen)) {
      return Optional.empty();
    }
    if (isFixed(condition, PRINCIPALS)) {
      return Optional.of(PRINCIPAL);
    }
    if (isFixed(condition, PLACES)) {
      return Optional.of(PLACE);
    }
    if (isFixed(condition, SOURCES)) {
      boolean distribution =
          condition.values().stream().anyMatch(value -> CLOUDFRONT_ARN.matcher(value).matches());
      return Optional.of(distribution || !key.equals("aws:sourcearn") ? DISTRIBUTION : SOURCE);
    }
    return Optional.empty();
  }

  /** Whether a text has a wildcard or a policy variable. */
  static boolean isOpen(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0 || value.contains("${");
  }

  private static boolean isFixed(ReadStatement.Condition condition, Map<String, Pattern> keys) {
    Pattern form = keys.get(condition.key());
    return form != null && allMatch(condition, form);
  }

  private static boolean allMatch(ReadStatement.Condition condition, Pattern form) {
    return !condition.values().isEmpty()
        && condition.values().stream().allMatch(value -> form.matcher(value).matches());
  }
}
