package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.internal.policy.PolicyStatement;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Outcome;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Repair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A private bucket's policy is put right, and what others wrote in it is kept. */
class PrivateBucketPolicyTest {

  private static final String NAME = "my-app-assets";
  private static final String PHYSICAL = "my-app-assets-111122223333-eu-west-1-an";
  private static final String KEPT =
      """
      {"Sid": "Partner", "Effect": "Allow", "Principal": {"AWS": "111122223333"},
       "Action": ["s3:GetObject", "s3:ListBucket"],
       "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"],
       "Condition": {"StringEquals": {"aws:PrincipalTag/team": ["a", "b"]}}}
      """
          .formatted(PHYSICAL);
  private static final String CLOUDFRONT =
      """
      {"Sid": "OwnproofPromotionX", "Effect": "Allow",
       "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject",
       "Resource": "arn:aws:s3:::%1$s/photos/*", "Condition": {"StringEquals":
       {"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1"}}}
      """
          .formatted(PHYSICAL);
  private static final String PUBLIC =
      "{\"Sid\":\"Oops\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\","
          + "\"Resource\":\"arn:aws:s3:::"
          + PHYSICAL
          + "/*\"}";

  private final TestWorld world = new TestWorld();
  private final S3PrivateClient s3 = world.sync().build();
  private final S3Client raw = world.us.client(TestWorld.REGION);
  private final PrivateBucketPlan plan = PrivateBucketPlan.of(NAME);

  @AfterEach
  void close() {
    s3.close();
    world.close();
  }

  private void putPolicy(String... statements) {
    raw.deletePublicAccessBlock(r -> r.bucket(PHYSICAL));
    raw.putBucketPolicy(
        r ->
            r.bucket(PHYSICAL)
                .policy(
                    "{\"Version\":\"2012-10-17\",\"Id\":\"theirs\",\"Statement\":["
                        + String.join(",", statements)
                        + "]}"));
  }

  private PolicyDocument policy() {
    return PolicyDocument.parse(raw.getBucketPolicy(r -> r.bucket(PHYSICAL)).policy());
  }

  @Test
  void policy_ofOthers_isKept_exceptWhatMakesItPublic() {
    var unused = s3.createPrivateBucket(plan);
    putPolicy(KEPT, PUBLIC, CLOUDFRONT);
    PrivateState state = new PrivateState(world, PHYSICAL, TestWorld.REGION);
    raw.putObject(r -> r.bucket(PHYSICAL).key("k"), RequestBody.fromString("x"));
    assertThat(state.isReadableByOthers("k")).as("open to begin with").isTrue();

    ProvisionedBucket repaired = s3.createPrivateBucket(plan);

    assertThat(repaired.outcome()).isEqualTo(Outcome.REPAIRED);
    assertThat(repaired.repairs())
        .extracting(Repair::setting)
        .containsExactly("Block Public Access", "Bucket policy", "Bucket policy", "Bucket policy");
    assertThat(repaired.repairs())
        .contains(new Repair("Bucket policy", PUBLIC, "removed: it made the bucket public"))
        .anySatisfy(r -> assertThat(r.was()).isEqualTo("no statement OwnproofTlsOnly"))
        .anySatisfy(r -> assertThat(r.was()).isEqualTo("no statement OwnproofOwnAccountOnly"));
    assertThat(policy().statements())
        .hasSize(4)
        .anyMatch(PolicyStatement.parse(KEPT)::equals)
        .anyMatch(PolicyStatement.parse(CLOUDFRONT)::equals);
    assertThat(policy().toJson()).contains("\"Id\":\"theirs\"");
    assertThat(state.isReadableByOthers("k")).isFalse();
    state.assertPrivate();
    assertThat(s3.createPrivateBucket(plan).outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void policyStatementOfOurs_thatWasWeakened_isRestored() {
    var unused = s3.createPrivateBucket(plan);
    String weak =
        policy().statement("OwnproofOwnAccountOnly").orElseThrow().toJson().replace("s3:*", "s3:X");
    String tls = policy().statement("OwnproofTlsOnly").orElseThrow().toJson();
    putPolicy(tls, weak);

    ProvisionedBucket repaired = s3.createPrivateBucket(plan);

    assertThat(repaired.repairs()).hasSize(2);
    assertThat(repaired.repairs().get(1).was()).isEqualTo(weak);
    assertThat(repaired.repairs().get(1).now()).isEqualTo(weak.replace("s3:X", "s3:*"));
    assertThat(policy().statements()).hasSize(2);
    new PrivateState(world, PHYSICAL, TestWorld.REGION).assertPrivate();
  }

  @Test
  void ourPolicy_deniesOtherAccounts_evenThoseItAllows() {
    var unused = s3.createPrivateBucket(plan);
    raw.putObject(r -> r.bucket(PHYSICAL).key("k"), RequestBody.fromString("x"));
    String partner = KEPT.replace("111122223333\"}", TestWorld.SQUATTER + "\"}");
    putPolicy(partner.substring(0, partner.indexOf(",\n \"Condition\"")) + "}");
    PrivateState state = new PrivateState(world, PHYSICAL, TestWorld.REGION);
    assertThat(state.isReadableByOthers("k")).as("open to begin with").isTrue();

    var repaired = s3.createPrivateBucket(plan);

    assertThat(repaired.outcome()).isEqualTo(Outcome.REPAIRED);
    assertThat(state.isReadableByOthers("k")).isFalse();
    assertThat(policy().statement("Partner")).isPresent();
  }
}
