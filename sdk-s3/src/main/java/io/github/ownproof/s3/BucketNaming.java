package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.OwnproofException;
import java.util.Locale;
import java.util.Set;

/**
 * How a private name becomes the physical name of a bucket: {@code name-account-region-suffix}.
 *
 * <p>The account and the region make the name deterministic and unique per account; the suffix says
 * which namespace it lives in. Both forms are injective on lower-cased names and can be read back.
 * Immutable and thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html">S3
 *     namespaces for general purpose buckets</a>
 */
public abstract sealed class BucketNaming {

  /** Amazon S3 allows 63 characters. */
  static final int LONGEST_PHYSICAL_NAME = 63;

  private BucketNaming() {}

  /**
   * Names in the account regional namespace of S3: {@code name-111122223333-eu-west-1-an}. S3 keeps
   * such names for the account in them, so that nobody else can create one, ever. This is the
   * default.
   *
   * <p>AWS does not offer the namespace in {@code me-south-1} and {@code me-central-1} yet: use
   * {@link #suffixed(String)} there.
   */
  public static BucketNaming accountRegional() {
    return AccountRegional.INSTANCE;
  }

  /**
   * Names in the global namespace: {@code name-111122223333-eu-west-1-suffix}. A suffix that nobody
   * else knows makes squatting expensive; it is the owner condition on each call that makes it
   * harmless.
   *
   * @param suffix 4 to 20 characters, {@code a-z} and {@code 0-9}; choose it at random, once per
   *     company, and keep it for ever: it is part of every bucket's name
   * @throws BucketNameException if the suffix is not of that form, or S3 keeps it for itself
   */
  public static BucketNaming suffixed(String suffix) {
    return new Suffixed(suffix);
  }

  /**
   * The most characters a private name may have in a region.
   *
   * @param region a region code such as {@code eu-west-1}
   */
  public final int longestName(String region) {
    return LONGEST_PHYSICAL_NAME
        - "-111122223333-".length()
        - region.length()
        - 1
        - suffix().length();
  }

  /** What a physical name ends in, without its hyphen. */
  abstract String suffix();

  /** The physical name; {@code lowerCaseName} has been checked. */
  final String physicalName(String lowerCaseName, AccountId account, String region) {
    return lowerCaseName + '-' + account.value() + '-' + region + '-' + suffix();
  }

  private static final class AccountRegional extends BucketNaming {

    static final AccountRegional INSTANCE = new AccountRegional();

    @Override
    String suffix() {
      return "an";
    }

    @Override
    public String toString() {
      return "accountRegional()";
    }
  }

  private static final class Suffixed extends BucketNaming {

    private static final int SHORTEST = 4;
    private static final int LONGEST = 20;

    /** S3 gives names that end in {@code -s3alias} a meaning of its own. */
    private static final Set<String> RESERVED = Set.of("s3alias");

    private final String suffix;

    Suffixed(String suffix) {
      boolean wellFormed =
          suffix.length() >= SHORTEST
              && suffix.length() <= LONGEST
              && suffix.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
      if (!wellFormed || RESERVED.contains(suffix)) {
        throw BucketNameException.invalid(
            String.format(
                Locale.ROOT,
                "%s cannot be a bucket suffix: it takes %d to %d characters, a-z and 0-9 only, and"
                    + " not one S3 reserves (%s). Choose one at random and keep it for ever.",
                OwnproofException.quote(suffix),
                SHORTEST,
                LONGEST,
                String.join(", ", RESERVED)));
      }
      this.suffix = suffix;
    }

    @Override
    String suffix() {
      return suffix;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Suffixed that && that.suffix.equals(suffix);
    }

    @Override
    public int hashCode() {
      return suffix.hashCode();
    }

    @Override
    public String toString() {
      return "suffixed(" + suffix + ")";
    }
  }
}
