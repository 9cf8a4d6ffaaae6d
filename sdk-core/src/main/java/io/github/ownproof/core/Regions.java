package io.github.ownproof.core;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form of an AWS region code and the partition it belongs to. Partitions are told from the
 * code's prefix, so that a region opened after this release works without an update.
 */
final class Regions {

  /** Pseudo regions such as {@code aws-global} have no number at the end and do not match. */
  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");

  /** Longest prefixes first is not needed: no prefix here is the start of another. */
  private static final Map<String, String> PARTITION_BY_PREFIX =
      Map.of(
          "cn-", "aws-cn",
          "us-gov-", "aws-us-gov",
          "eusc-", "aws-eusc",
          "us-iso-", "aws-iso",
          "us-isob-", "aws-iso-b",
          "eu-isoe-", "aws-iso-e",
          "us-isof-", "aws-iso-f");

  private static final int LONGEST = 32;

  private Regions() {}

  static boolean isWellFormed(String region) {
    return region.length() <= LONGEST && REGION.matcher(region).matches();
  }

  static String partitionOf(String region) {
    for (Map.Entry<String, String> known : PARTITION_BY_PREFIX.entrySet()) {
      if (region.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return "aws";
  }
}
