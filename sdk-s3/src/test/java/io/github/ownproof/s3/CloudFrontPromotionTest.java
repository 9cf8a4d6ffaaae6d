package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditTrail;
import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.PolicyConflictException;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import io.github.ownproof.testkit.WireRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;

/** One distribution is let in, and nobody else; and shut out again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudFrontPromotionTest {

  private static final String FOREIGN =
      """
      {"Sid": "Partner", "Effect": "Allow",
       "Principal": {"AWS": ["arn:aws:iam::999988887777:role/r", "111122223333"]},
       "Action": ["s3:GetObject", "s3:GetObjectTagging"], "Resource": "arn:aws:s3:::%1$s/in/*",
       "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-1", "o-2"]},
                     "NumericLessThan": {"s3:max-keys": 10}}}
      """
          .formatted(PromotionRig.PHYSICAL);

  private PromotionRig rig;

  @BeforeAll
  void start() {
    rig = new PromotionRig();
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  @BeforeEach
  void reset() {
    rig.reset();
  }

  private static String policy(String version, String... statements) {
    return "{\"Version\": \""
        + version
        + "\", \"Id\": \"kept\", \"Statement\": ["
        + String.join(",", statements)
        + "]}";
  }

  private void putPolicy(String policy) {
    var unused = rig.raw().putBucketPolicy(r -> r.bucket(PromotionRig.PHYSICAL).policy(policy));
    rig.world.s3.clearWireLog();
  }

  private PolicyDocument policyNow() {
    return PolicyDocument.parse(rig.policy(PromotionRig.PHYSICAL));
  }

  private boolean reads(String key) {
    return rig.distributionReads(PromotionRig.DISTRIBUTION, PromotionRig.PHYSICAL, key);
  }

  @Test
  void promoted_theDistributionReadsThePrefix_andNobodyElseAnything() {
    PromotionReport report = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);

    assertThat(report.outcome()).isEqualTo(PromotionReport.Outcome.PROMOTED);
    assertThat(rig.world.bucketRequests())
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestWorld.US));
    assertThat(PromotionRig.PUBLISHED).allMatch(this::reads);
    rig.assertPrivate(true);
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).containsExactly(PromotionRig.CLOUD_FRONT);
  }

  @Test
  void promotedTwice_writesNothingTheSecondTime() {
    var first = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    rig.world.s3.clearWireLog();

    assertThat(rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT).outcome())
        .isEqualTo(PromotionReport.Outcome.UNCHANGED)
        .isNotEqualTo(first.outcome());
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void demoted_thatDistributionIsShutOut_andOtherPromotionsStay() {
    Promotion other =
        Promotion.cloudFront(
            PromotionRig.BUCKET, PromotionRig.OTHER_DISTRIBUTION, PromotionRig.PREFIX);
    var promoted = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    var alsoPromoted = rig.s3.promoteBucket(other);
    assertThat(rig.s3.promotions("PRESS")).containsExactly(promoted.promotion(), other);

    assertThat(rig.s3.demoteBucket(PromotionRig.CLOUD_FRONT).outcome())
        .isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(PromotionRig.PUBLISHED).noneMatch(this::reads);
    assertThat(
            rig.distributionReads(
                PromotionRig.OTHER_DISTRIBUTION,
                PromotionRig.PHYSICAL,
                PromotionRig.PUBLISHED.get(0)))
        .isTrue();
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).containsExactly(alsoPromoted.promotion());

    rig.world.s3.clearWireLog();
    assertThat(rig.s3.demoteBucket(PromotionRig.CLOUD_FRONT).outcome())
        .isEqualTo(DemotionReport.Outcome.UNCHANGED);
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void lastStatementDemoted_leavesNoPolicy() {
    var unused = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    assertThat(rig.s3.demoteBucket(PromotionRig.CLOUD_FRONT).outcome())
        .isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(rig.policy(PromotionRig.PHYSICAL)).isEmpty();
  }

  @Test
  void foreignStatements_areKept() {
    String before = policy("2012-10-17", FOREIGN);
    putPolicy(before);

    var promoted = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    assertThat(policyNow().statements()).hasSize(2);
    assertThat(policyNow().statements().get(0))
        .isEqualTo(PolicyDocument.parse(before).statements().get(0));
    assertThat(rig.policy(PromotionRig.PHYSICAL)).contains("\"Id\":\"kept\"");

    var demoted = rig.s3.demoteBucket(promoted.promotion());
    assertThat(demoted.outcome()).isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(policyNow()).isEqualTo(PolicyDocument.parse(before));
  }

  @Test
  void tamperedStatementOfOurId_isPutRight_andTakenAwayByADemotion() {
    var promoted = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    String ours = rig.policy(PromotionRig.PHYSICAL);
    String wider = ours.replace("/photos/*", "/*");
    putPolicy(wider);
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).isEmpty();

    assertThat(rig.s3.promoteBucket(promoted.promotion()).outcome())
        .isEqualTo(PromotionReport.Outcome.PROMOTED);
    assertThat(policyNow()).isEqualTo(PolicyDocument.parse(ours));

    putPolicy(wider);
    var demoted = rig.s3.demoteBucket(promoted.promotion());
    assertThat(demoted.outcome()).isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(rig.policy(PromotionRig.PHYSICAL)).isEmpty();
  }

  @Test
  void demotion_isPossible_whateverElseThePolicyOpens() {
    var promoted = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    String open =
        """
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::%s/in/*"}
        """
            .formatted(PromotionRig.PHYSICAL);
    rig.raw().deletePublicAccessBlock(r -> r.bucket(PromotionRig.PHYSICAL));
    String ours = policyNow().statements().get(0).toJson();
    putPolicy(policy("2012-10-17", open, ours));

    assertThat(rig.s3.demoteBucket(promoted.promotion()).outcome())
        .isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(policyNow()).isEqualTo(PolicyDocument.parse(policy("2012-10-17", open)));
  }

  @Test
  void specialCharacters_standForThemselves() {
    rig.put("a*b$c/1");
    rig.put("aXb$c/1");
    Promotion special =
        Promotion.cloudFront(PromotionRig.BUCKET, PromotionRig.DISTRIBUTION, "a*b$c/");
    var unused = rig.s3.promoteBucket(special);

    assertThat(reads("a*b$c/1")).isTrue();
    assertThat(reads("aXb$c/1")).isFalse();
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).containsExactly(special);
  }

  @Test
  void olderPolicyVersion_isKept_andRefusedWhereItCannotSayIt() {
    putPolicy(policy("2008-10-17", FOREIGN));
    var unused = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    assertThat(policyNow().version()).isEqualTo("2008-10-17");
    assertThat(PromotionRig.PUBLISHED).allMatch(this::reads);
    rig.world.s3.clearWireLog();

    assertThatThrownBy(
            () ->
                rig.s3.promoteBucket(
                    Promotion.cloudFront(PromotionRig.BUCKET, PromotionRig.DISTRIBUTION, "a*/")))
        .isInstanceOf(PromotionException.class)
        .hasMessageStartingWith("S3_PROMOTION_REFUSED")
        .hasMessageContaining("2012-10-17");
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void tooLargePolicy_isRefusedBeforeItIsWritten() {
    putPolicy(policy("2012-10-17", FOREIGN.replace("o-1", "o".repeat(20_000))));
    assertThatThrownBy(() -> rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT))
        .isInstanceOf(PromotionException.class)
        .hasMessageStartingWith("S3_PROMOTION_REFUSED")
        .hasMessageContaining("20480");
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void otherPartition_isRefused() {
    assertThatThrownBy(
            () ->
                rig.s3.promoteBucket(
                    Promotion.cloudFront(
                        PromotionRig.BUCKET,
                        "arn:aws-cn:cloudfront::111122223333:distribution/E1",
                        "photos/")))
        .isInstanceOf(PromotionException.class)
        .hasMessageContaining("aws-cn");
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void squattedBucket_isNeitherReadNorWritten() {
    rig.world.s3.clear();
    rig.world
        .squatter
        .client(TestWorld.REGION)
        .createBucket(
            r ->
                r.bucket("mycompany-prod")
                    .createBucketConfiguration(c -> c.locationConstraint(TestWorld.REGION)));
    PrivateBuckets adopted =
        PrivateBuckets.builder()
            .context(rig.world.buckets.context())
            .adopt("press", "mycompany-prod")
            .build();
    rig.world.s3.clearWireLog();
    try (S3PrivateClient s3 = rig.world.sync().buckets(adopted).build()) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.CLOUD_FRONT))
          .isInstanceOf(BucketOwnershipException.class);
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .isInstanceOf(BucketOwnershipException.class);
    }
    assertThat(rig.world.s3.wireLog())
        .extracting(WireRequest::operation)
        .containsOnly("HeadBucket");
  }

  @Test
  void asynchronousClient_doesTheSame() {
    try (S3PrivateAsyncClient async = rig.world.async().build()) {
      assertThat(async.promoteBucket(PromotionRig.CLOUD_FRONT).join().outcome())
          .isEqualTo(PromotionReport.Outcome.PROMOTED);
      assertThat(async.promotions(PromotionRig.BUCKET).join())
          .containsExactly(PromotionRig.CLOUD_FRONT);
      assertThat(async.demoteBucket(PromotionRig.CLOUD_FRONT).join().outcome())
          .isEqualTo(DemotionReport.Outcome.DEMOTED);
    }
    rig.assertPrivate(false);
  }

  @Test
  void audit_hasWhatChanged_andNothingOfWhatDidNot() {
    List<AuditEvent> events = new ArrayList<>();
    AuditTrail trail = events::add;
    try (S3PrivateClient s3 = rig.world.sync().auditTrail(trail).build()) {
      var promoted = s3.promoteBucket(PromotionRig.CLOUD_FRONT);
      var again = s3.promoteBucket(PromotionRig.CLOUD_FRONT);
      var demoted = s3.demoteBucket(PromotionRig.CLOUD_FRONT);
      assertThat(s3.demoteBucket(PromotionRig.CLOUD_FRONT).outcome().name())
          .isEqualTo(again.outcome().name())
          .isNotEqualTo(promoted.outcome().name())
          .isNotEqualTo(demoted.outcome().name());
    }
    assertThat(events)
        .extracting(event -> ((AuditEvent.BucketChange) event).change().name())
        .containsExactly("PROMOTE", "PROMOTE", "DEMOTE", "DEMOTE");
  }

  @Test
  void whatCannotBeRecorded_doesNotHappen() {
    AuditTrail full =
        event -> {
          throw new IllegalStateException("disk full");
        };
    try (S3PrivateClient s3 = rig.world.sync().auditTrail(full).build()) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.CLOUD_FRONT))
          .hasMessageContaining("disk full");
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .hasMessageContaining("disk full");
    }
    assertThat(rig.writes()).isEmpty();
  }

  /** Writes its own policy, from what it read before us, right after ours. */
  private final class OtherWriter implements ExecutionInterceptor {

    private final String policy;
    private final int times;
    private final AtomicInteger done = new AtomicInteger();

    OtherWriter(String policy, int times) {
      this.policy = policy;
      this.times = times;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      boolean writes =
          context.request() instanceof PutBucketPolicyRequest
              || context.request() instanceof DeleteBucketPolicyRequest;
      if (writes && done.getAndIncrement() < times) {
        putPolicy(policy);
      }
    }
  }

  private S3PrivateClient beside(OtherWriter other) {
    return rig.world
        .sync()
        .configure(b -> b.overrideConfiguration(o -> o.addExecutionInterceptor(other)))
        .build();
  }

  @Test
  void promotionLostToAnotherWriter_isRepaired_withTheirStatement() {
    String theirs = policy("2012-10-17", FOREIGN);
    OtherWriter other = new OtherWriter(theirs, 1);
    try (S3PrivateClient s3 = beside(other)) {
      assertThat(s3.promoteBucket(PromotionRig.CLOUD_FRONT).outcome())
          .isEqualTo(PromotionReport.Outcome.PROMOTED);
    }
    assertThat(other.done).hasValue(2);
    assertThat(policyNow().statements())
        .hasSize(2)
        .contains(PolicyDocument.parse(theirs).statements().get(0));
    assertThat(PromotionRig.PUBLISHED).allMatch(this::reads);
  }

  @Test
  void demotionLostToAnotherWriter_isRepaired() {
    putPolicy(policy("2012-10-17", FOREIGN));
    var unused = rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT);
    try (S3PrivateClient s3 = beside(new OtherWriter(rig.policy(PromotionRig.PHYSICAL), 1))) {
      assertThat(s3.demoteBucket(PromotionRig.CLOUD_FRONT).outcome())
          .isEqualTo(DemotionReport.Outcome.DEMOTED);
    }
    assertThat(PromotionRig.PUBLISHED).noneMatch(this::reads);
    assertThat(policyNow()).isEqualTo(PolicyDocument.parse(policy("2012-10-17", FOREIGN)));
  }

  @Test
  void lostAgainAndAgain_isReported_andTheirPolicyStays() {
    String theirs = policy("2012-10-17", FOREIGN);
    OtherWriter other = new OtherWriter(theirs, Integer.MAX_VALUE);
    try (S3PrivateClient s3 = beside(other)) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.CLOUD_FRONT))
          .isInstanceOf(PolicyConflictException.class)
          .hasMessageStartingWith("S3_POLICY_CONFLICT");
      assertThat(other.done).hasValue(2);
      assertThat(policyNow()).isEqualTo(PolicyDocument.parse(theirs));
    }
  }
}
