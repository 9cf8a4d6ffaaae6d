package io.github.ownproof.s3.coverage;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What people and programs write where a bucket, an owner or a header stands. */
final class Spellings {

  static final String OURS = CoverageWorld.OURS;
  static final String TRUSTED = "777788889999";
  static final String STRANGER = "999900001111";

  private static final List<String> BUCKETS =
      List.of(
          "my-app-assets",
          "My-App-Assets",
          "a",
          "partner-inbox",
          "acme-inbox",
          "audit-logs",
          "mycompany-prod-logs",
          "my-app-assets-111122223333-eu-west-1-an",
          "MY-APP-ASSETS-111122223333-eu-west-1-an",
          "my-app-assets-111122223333-us-east-1-an",
          "my-app-assets-999900001111-eu-west-1-an",
          "my-app-assets-111122223333-eu-west-1-un1que1d",
          "arn:aws:s3:eu-west-1:111122223333:my-app-assets",
          "arn:aws:s3:us-east-1:111122223333:my-app-assets",
          "arn:aws:s3:ap-southeast-2:111122223333:my-app-assets",
          "arn:aws:s3:eu-west-1:777788889999:shared",
          "arn:aws:s3:eu-west-1:999900001111:my-app-assets",
          "arn:aws-cn:s3:cn-north-1:111122223333:my-app-assets",
          "arn:aws:s3:::my-app-assets",
          "arn:aws:s3:eu-west-1:999900001111:accesspoint/theirs",
          "arn:aws:s3::999900001111:accesspoint/theirs.mrap",
          "theirs-s3alias",
          "theirs--euw1-az1--x-s3",
          "strangers-bucket",
          "",
          " ",
          ".",
          "..",
          "../strangers-bucket",
          "my-app-assets/../strangers-bucket",
          "my-app-assets%2F..%2Fstrangers-bucket",
          "my-app-assets?acl",
          "my-app-assets#",
          "strangers-bucket@my-app-assets",
          "my-app-assets\r\nx-amz-expected-bucket-owner: 999900001111",
          "my-app-assets\u0000",
          "m\u00fc-app-assets",
          "my-app-assets.s3.amazonaws.com",
          "127.0.0.1",
          "x".repeat(64));

  private static final List<String> OWNERS =
      List.of(OURS, OURS, CoverageWorld.PARTNER, TRUSTED, STRANGER, "", " 111122223333", "me");

  private Spellings() {}

  /** Written to be right more often than not, so that calls leave and can be looked at. */
  static String bucket(RandomGenerator random) {
    return random.nextBoolean() ? BUCKETS.get(random.nextInt(6)) : pick(BUCKETS, random);
  }

  static String owner(RandomGenerator random) {
    return pick(OWNERS, random);
  }

  /** A header's name in upper and lower case at random. */
  static String inAnyCase(String header, RandomGenerator random) {
    return header
        .chars()
        .mapToObj(c -> String.valueOf((char) c))
        .map(c -> random.nextBoolean() ? c.toUpperCase(Locale.ROOT) : c)
        .collect(Collectors.joining());
  }

  static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
