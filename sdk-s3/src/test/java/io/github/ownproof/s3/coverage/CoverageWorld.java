package io.github.ownproof.s3.coverage;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.PrivateBuckets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Who we are in these tests, and whose buckets there are. */
final class CoverageWorld {

  static final String OURS = "111122223333";
  static final String PARTNER = "444455556666";
  static final Region REGION = Region.EU_WEST_1;

  /** Copies read from another account's bucket, so that their two owners cannot be mixed up. */
  static final String SOURCE = "partner-inbox";

  static final String PHYSICAL_SOURCE = "acme-inbox";

  static final PrivateBuckets BUCKETS =
      PrivateBuckets.builder()
          .context(ExecutionContext.of(OURS, REGION.id()))
          .trust(SOURCE, PHYSICAL_SOURCE, AccountId.of(PARTNER), REGION.id())
          .build();

  static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  private CoverageWorld() {}

  /** What is on the wire for a private name; written out here, so as not to ask the code tested. */
  static String physical(String privateName) {
    return privateName + '-' + OURS + '-' + REGION.id() + "-an";
  }
}
