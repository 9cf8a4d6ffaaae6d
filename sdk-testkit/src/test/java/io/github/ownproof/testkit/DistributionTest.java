package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** CloudFront reads what a policy allows that one distribution. */
class DistributionTest {

  private static final String ARN = "arn:aws:cloudfront::111122223333:distribution/E1";
  private static final String OTHER = "arn:aws:cloudfront::111122223333:distribution/E2";

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  private S3Client owner;

  @BeforeEach
  void bucket() {
    owner = s3.account("111122223333").client();
    owner.createBucket(r -> r.bucket("app"));
    for (String key : new String[] {"out/k", "out*/k", "in/k"}) {
      owner.putObject(r -> r.bucket("app").key(key), RequestBody.fromString(key));
    }
  }

  private void allow(String resource, String more) {
    owner.putBucketPolicy(
        r ->
            r.bucket("app")
                .policy(
                    """
                    {"Version": "2012-10-17", "Statement": [{
                      "Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"},
                      "Action": "s3:GetObject", "Resource": "arn:aws:s3:::app/%s",
                      "Condition": {"StringEquals": {"AWS:SourceArn": "%s"}}}%s]}
                    """
                        .formatted(resource, ARN, more)));
  }

  private String fetch(String arn, String key) {
    return s3.world()
        .cloudFront(arn)
        .fetch("app", key)
        .map(body -> new String(body, StandardCharsets.UTF_8))
        .orElse("denied");
  }

  @Test
  void withoutPolicy_isDenied() {
    assertThat(fetch(ARN, "out/k")).isEqualTo("denied");
    assertThat(s3.world().cloudFront(ARN).fetch("absent", "k")).isEmpty();
  }

  @Test
  void allowed_readsThatPrefix_andNoOtherDistributionDoes() {
    allow("out/*", "");

    assertThat(fetch(ARN, "out/k")).isEqualTo("out/k");
    assertThat(fetch(ARN, "out/absent")).isEqualTo("denied");
    assertThat(fetch(ARN, "in/k")).isEqualTo("denied");
    assertThat(fetch(OTHER, "out/k")).isEqualTo("denied");
  }

  @Test
  void escapedCharacters_standForThemselves() {
    allow("out${*}/*", "");

    assertThat(fetch(ARN, "out*/k")).isEqualTo("out*/k");
    assertThat(fetch(ARN, "out/k")).isEqualTo("denied");
  }

  @Test
  void deny_wins_andAServiceHasNoAccount() {
    allow(
        "*",
        """
        , {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::app/*",
           "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}}}
        """);

    assertThat(fetch(ARN, "out/k")).isEqualTo("denied");
  }

  @Test
  void whatIsNoDistribution_isRefused() {
    assertThatThrownBy(() -> s3.world().cloudFront("E1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("E1");
  }
}
