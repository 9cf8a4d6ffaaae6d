package io.github.ownproof.s3.internal.context;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.InvalidContextException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source says about the place the program runs in.
 *
 * @param account the account of that place
 * @param region its region code; null if the source names none
 */
record HostFacts(AccountId account, @Nullable String region) {

  private static final int ARN_FIELDS = 6;
  private static final AccountId ANY = AccountId.of("000000000000");

  /**
   * The account and region in an ARN of this service and kind of resource; empty for anything else,
   * and for an account that is not twelve digits. An ill-formed region counts as none.
   *
   * @param resource what the resource part begins with, e.g. {@code function:}
   */
  static Optional<HostFacts> ofArn(String arn, String service, String resource) {
    // The AWS SDK's Arn throws on some malformed input where it promises an empty answer.
    String[] field = arn.split(":", ARN_FIELDS);
    if (field.length != ARN_FIELDS
        || !field[0].equals("arn")
        || !field[1].startsWith("aws")
        || !field[2].equals(service)
        || !AccountId.isWellFormed(field[4])
        || !field[5].startsWith(resource)
        || field[5].length() == resource.length()) {
      return Optional.empty();
    }
    return Optional.of(new HostFacts(AccountId.of(field[4]), isRegion(field[3]) ? field[3] : null));
  }

  /** Whether a bucket can be in {@code region}: a pseudo region is none. */
  static boolean isRegion(String region) {
    try {
      return ExecutionContext.of(ANY, region).region().equals(region);
    } catch (InvalidContextException notOne) {
      return false;
    }
  }
}
