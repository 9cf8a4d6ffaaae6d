package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for the name of a new general purpose bucket. */
final class BucketNames {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
  private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> RESERVED_SUFFIXES =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

  /** S3Proxy answers this path itself, before it looks at the signature. */
  static final String TAKEN_BY_S3PROXY = "healthz";

  private static final String ACCOUNT_REGIONAL = "account-regional";

  private BucketNames() {}

  static void check(String name) {
    if (!FORM.matcher(name).matches()
        || ADDRESS.matcher(name).matches()
        || name.contains("..")
        || RESERVED_PREFIXES.stream().anyMatch(name::startsWith)
        || RESERVED_SUFFIXES.stream().anyMatch(name::endsWith)
        || name.equals(TAKEN_BY_S3PROXY)) {
      throw Refusal.invalidBucketName(name);
    }
  }

  /**
   * The account regional namespace: who may create which name.
   *
   * @param namespace the header {@code x-amz-bucket-namespace}
   */
  static void checkNamespace(
      String name, @Nullable String namespace, AccountId caller, String region) {
    if (namespace != null && !namespace.equals(ACCOUNT_REGIONAL) && !namespace.equals("global")) {
      throw Refusal.invalidArgument("Invalid x-amz-bucket-namespace: " + namespace);
    }
    boolean regional = ACCOUNT_REGIONAL.equals(namespace);
    if (name.endsWith("-an") && !regional) {
      throw new Refusal(
          400,
          "MissingNamespaceHeader",
          "The requested bucket name is reserved for the account regional namespace. Set the"
              + " x-amz-bucket-namespace header to account-regional to create it.");
    }
    String suffix = "-" + caller + "-" + region + "-an";
    if (regional && (!name.endsWith(suffix) || name.length() == suffix.length())) {
      throw new Refusal(
          400,
          "InvalidBucketNamespace",
          "A bucket of the account regional namespace must be named <prefix>" + suffix);
    }
  }

  static boolean isAccountRegional(String name) {
    return name.endsWith("-an");
  }
}
