package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import io.github.ownproof.core.AccountId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * S3's naming rules, and ours on top.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">General
 *     purpose bucket naming rules</a>
 */
final class NameRules {

  private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");

  private static final List<String> RESERVED_SUFFIXES =
      List.of("-s3alias", "--ol-s3", "--op-s3", ".mrap", "--x-s3", "--xa-s3", "--table-s3", "-an");

  /** What the name of a bucket that everybody may read begins with. */
  private static final String PUBLIC_PREFIX = "public-";

  /** A region has digits in its last part only, so the account before it can be told for sure. */
  private static final Pattern PHYSICAL =
      Pattern.compile(
          "([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)"
              + "-([0-9]{12})-([a-z]{2,}(?:-[a-z]+)+-[0-9]{1,2})-([a-z0-9]+)");

  /** No region is longer, so what is has not the form of a physical name. */
  private static final int LONGEST_REGION = 32;

  private static final Pattern GENERAL_PURPOSE_NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]|\\.(?=[a-z0-9])){1,61}[a-z0-9]");

  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private NameRules() {}

  /** What a name of the form {@code name-account-region-suffix} is made of. */
  record Parts(String name, AccountId account, String region, String suffix) {}

  /** Reads a physical name of either naming; empty if {@code name} has not that form. */
  static Optional<Parts> readPhysical(String name) {
    if (name.length() > BucketNaming.LONGEST_PHYSICAL_NAME) {
      return Optional.empty();
    }
    Matcher m = PHYSICAL.matcher(name);
    return m.matches() && m.group(3).length() <= LONGEST_REGION
        ? Optional.of(new Parts(m.group(1), AccountId.of(m.group(2)), m.group(3), m.group(4)))
        : Optional.empty();
  }

  /**
   * Checks a private name and lower-cases it.
   *
   * @throws BucketNameException if it breaks a rule, saying which
   */
  static String checkPrivateName(String name, BucketNaming naming, String region) {
    checkCharacters(name);
    String lower = name.toLowerCase(Locale.ROOT);
    checkReserved(name, lower);
    int longest = naming.longestName(region);
    if (lower.length() > longest) {
      throw BucketNameException.tooLong(
          "The private name "
              + quote(name)
              + " has "
              + lower.length()
              + " characters; in "
              + region
              + " the longest has "
              + longest
              + ", because S3 allows 63 and the account, the region and '-"
              + naming.suffix()
              + "' follow. Shorten it.");
    }
    return lower;
  }

  /** Checks a name that stands for a declared bucket: as a private name, but for its length. */
  static String checkDeclaredName(String name) {
    checkCharacters(name);
    String lower = name.toLowerCase(Locale.ROOT);
    checkReserved(name, lower);
    if (lower.length() > BucketNaming.LONGEST_PHYSICAL_NAME) {
      throw BucketNameException.tooLong(
          "The declared name " + quote(name) + " is longer than 63 characters. Shorten it.");
    }
    if (readPhysical(lower).isPresent()) {
      throw BucketNameException.invalid(
          "The declared name "
              + quote(name)
              + " has the form of a physical name, and could be taken for that bucket. Choose a"
              + " shorter one.");
    }
    return lower;
  }

  /**
   * Checks the physical name of a general purpose bucket.
   *
   * @throws BucketNameException if S3 could not have a bucket of that name
   */
  static void checkPhysicalName(String name) {
    if (!GENERAL_PURPOSE_NAME.matcher(name).matches() || IP_ADDRESS.matcher(name).matches()) {
      throw BucketNameException.invalid(
          quote(name)
              + " is not the name of an S3 bucket: those have 3 to 63 characters, a-z, 0-9, '-' and"
              + " single '.', begin and end with a letter or digit, and are not an IP address. Write"
              + " the bucket's name as 'aws s3 ls' prints it.");
    }
  }

  /**
   * Checks the name of a public bucket: the name alone has to tell that it is one.
   *
   * @throws BucketNameException if it breaks a rule, saying which
   */
  static void checkPublicName(String name) {
    checkPhysicalName(name);
    if (!name.startsWith(PUBLIC_PREFIX) || name.indexOf('.') >= 0) {
      throw BucketNameException.invalid(
          quote(name)
              + " cannot be the name of a public bucket: those begin with '"
              + PUBLIC_PREFIX
              + "', so that everybody can tell, and have no dots.");
    }
    checkReserved(name, name);
  }

  /** Lower-cases A to Z alone: other letters must not turn into those that names are made of. */
  static String lowerCase(String name) {
    char[] lower = name.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] = (char) (lower[i] - 'A' + 'a');
      }
    }
    return new String(lower);
  }

  private static void checkCharacters(String name) {
    if (name.isEmpty()) {
      throw BucketNameException.invalid(
          "The bucket is empty. Write a private name such as 'my-app-assets'.");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      boolean inside = i > 0 && i < name.length() - 1;
      if (!alphanumeric && !(c == '-' && inside)) {
        throw BucketNameException.invalid(
            "The private name "
                + quote(name)
                + (c == '-'
                    ? " begins or ends with '-'"
                    : " has a character it cannot have at position " + (i + 1))
                + ". Private names are made of letters, digits and inner '-': no '.', '/', '_' or"
                + " space. A bucket that has such a name already is declared with adopt(...).");
      }
    }
  }

  private static void checkReserved(String name, String lower) {
    for (String prefix : RESERVED_PREFIXES) {
      if (lower.startsWith(prefix)) {
        throw BucketNameException.reserved(
            "The private name "
                + quote(name)
                + " begins with '"
                + prefix
                + "', which S3 keeps for itself. Begin it otherwise.");
      }
    }
    for (String suffix : RESERVED_SUFFIXES) {
      if (lower.endsWith(suffix)) {
        throw BucketNameException.reserved(
            "The private name "
                + quote(name)
                + " ends in '"
                + suffix
                + "', which S3 keeps for itself. End it otherwise.");
      }
    }
  }
}
