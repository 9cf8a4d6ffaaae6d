package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.lifecycle.BucketSettingException;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.Tag;

/** Several look after the same buckets at once, or S3 says that it is busy with another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleBusyTest {

  private static final String FOREIGN =
      """
      {"Version": "2012-10-17", "Statement": [{
        "Sid": "Theirs", "Effect": "Allow", "Action": "s3:GetObject",
        "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
        "Resource": "arn:aws:s3:::press-111122223333-eu-west-1-an/*"}]}
      """;

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
    rig.world.s3.clearFaults();
  }

  /** A client beside which something happens once, right before such a request is sent. */
  private S3PrivateClient before(Predicate<SdkRequest> which, Runnable happens) {
    AtomicBoolean done = new AtomicBoolean();
    ExecutionInterceptor interceptor =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (which.test(context.request()) && !done.getAndSet(true)) {
              happens.run();
            }
          }
        };
    return rig.world
        .sync()
        .configure(b -> b.overrideConfiguration(o -> o.addExecutionInterceptor(interceptor)))
        .build();
  }

  private void putForeignPolicy() {
    rig.raw().putBucketPolicy(r -> r.bucket(PromotionRig.PHYSICAL).policy(FOREIGN));
  }

  /** S3 answers the first with its being busy; the other writer's change is in place by then. */
  private void busyWithAnotherPolicy() {
    AtomicBoolean theirs = new AtomicBoolean();
    rig.world.s3.failNext(
        r -> r.operation().equals("PutBucketPolicy") && !theirs.getAndSet(true),
        Fault.error(409, "OperationAborted"));
  }

  @Test
  void cloudFront_busy_isTriedAgain_fromWhatIsThereThen() {
    try (S3PrivateClient s3 =
        before(
            r -> r instanceof PutBucketPolicyRequest,
            () -> {
              putForeignPolicy();
              busyWithAnotherPolicy();
            })) {
      assertThat(s3.promoteBucket(PromotionRig.CLOUD_FRONT).outcome())
          .isEqualTo(PromotionReport.Outcome.PROMOTED);
    }
    assertThat(rig.policy(PromotionRig.PHYSICAL)).contains("Theirs", "OwnproofPromotion");
  }

  @Test
  void creation_busy_isTriedAgain_fromWhatIsThereThen() {
    try (S3PrivateClient s3 =
        before(
            r -> r instanceof PutBucketPolicyRequest,
            () -> {
              putForeignPolicy();
              busyWithAnotherPolicy();
            })) {
      assertThat(s3.createPrivateBucket(PrivateBucketPlan.of(PromotionRig.BUCKET)).outcome())
          .isEqualTo(ProvisionedBucket.Outcome.REPAIRED);
    }
    assertThat(rig.policy(PromotionRig.PHYSICAL)).contains("Theirs", "OwnproofTlsOnly");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateBucket",
        "PutBucketTagging",
        "PutPublicAccessBlock",
        "PutBucketOwnershipControls",
        "PutBucketEncryption",
        "PutBucketPolicy"
      })
  void publicBucket_busy_isTriedAgain(String operation) {
    rig.world.s3.failNext(
        r -> r.operation().equals(operation), Fault.error(409, "OperationAborted"));
    var unused = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    rig.assertPublished();
  }

  @Test
  void cloudFront_manyAtOnce_areAllInThePolicy() {
    List<Promotion> promotions =
        IntStream.range(0, 6)
            .<Promotion>mapToObj(
                i ->
                    Promotion.cloudFront(
                        PromotionRig.BUCKET, PromotionRig.DISTRIBUTION, "photos/" + i + "/"))
            .toList();
    try (S3PrivateAsyncClient async = rig.world.async().build();
        S3PrivateAsyncClient other = rig.world.async().build()) {
      List<CompletableFuture<PromotionReport>> running = new ArrayList<>();
      for (int i = 0; i < promotions.size(); i++) {
        running.add((i % 2 == 0 ? async : other).promoteBucket(promotions.get(i)));
      }
      var created = async.createPrivateBucket(PrivateBucketPlan.of(PromotionRig.BUCKET));
      running.forEach(CompletableFuture::join);
      assertThat(created.join().outcome()).isEqualTo(ProvisionedBucket.Outcome.REPAIRED);
    }
    assertThat(rig.s3.promotions(PromotionRig.BUCKET))
        .containsExactlyInAnyOrderElementsOf(promotions);
    assertThat(rig.policy(PromotionRig.PHYSICAL)).contains("OwnproofOwnAccountOnly");
  }

  @Test
  void createdByTwoAtOnce_isPrivate_andBothSaySo() {
    try (S3PrivateAsyncClient async = rig.world.async().build();
        S3PrivateAsyncClient other = rig.world.async().build()) {
      var one = async.createPrivateBucket(PrivateBucketPlan.of("fresh"));
      var two = other.createPrivateBucket(PrivateBucketPlan.of("fresh"));
      assertThat(one.join().bucket()).isEqualTo(two.join().bucket());
    }
    new PrivateState(rig.world, "fresh-111122223333-eu-west-1-an", TestWorld.REGION)
        .assertPrivate();
  }

  @Test
  void publicBucket_takenByAnotherPromotionMeanwhile_isReported() {
    Promotion drafts =
        Promotion.publicBucket(PromotionRig.BUCKET, PromotionRig.PUBLIC, "photos-drafts/");
    // The other is through between our look at the tags and our tags.
    try (S3PrivateClient s3 =
        before(
            r -> r instanceof PutBucketTaggingRequest,
            () -> {
              var unused = rig.s3.promoteBucket(drafts);
            })) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .isInstanceOf(PromotionException.class)
          .hasMessageStartingWith("S3_PROMOTION_REFUSED")
          .hasMessageContaining("at the same moment");
    }
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isEqualTo(403);
    var demoted = rig.s3.demoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(demoted.outcome()).isEqualTo(DemotionReport.Outcome.DEMOTED);
    rig.assertTakenBack();
  }

  @Test
  void publicBucket_takenByAnotherPromotionWhileCopying_isReported() {
    Promotion drafts =
        Promotion.publicBucket(PromotionRig.BUCKET, PromotionRig.PUBLIC, "photos-drafts/");
    try (S3PrivateClient s3 =
        before(
            r -> r instanceof CopyObjectRequest,
            () -> {
              // As if it had looked before us and written after us.
              rig.raw()
                  .putBucketTagging(
                      r ->
                          r.bucket(PromotionRig.PUBLIC)
                              .tagging(
                                  t ->
                                      t.tagSet(
                                          tag("promotion-of", PromotionRig.PHYSICAL),
                                          tag("key-prefix", "cGhvdG9zLWRyYWZ0cy8"),
                                          tag("promotion-state", "copying"))));
            })) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .isInstanceOf(PromotionException.class)
          .hasMessageContaining("of another promotion")
          .hasMessageContaining("photos-drafts/");
    }
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).containsExactly(drafts);
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isEqualTo(403);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key("ownproof:" + key).value(value).build();
  }

  private static boolean opens(SdkRequest request) {
    return request instanceof PutPublicAccessBlockRequest put
        && !put.publicAccessBlockConfiguration().blockPublicPolicy();
  }

  private static boolean opensWithThePolicy(SdkRequest request) {
    return request instanceof PutBucketPolicyRequest put
        && put.policy().contains("OwnproofPublicRead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"copying", "opening", "open"})
  void publicBucket_demotedMeanwhile_isReported_andNothingStaysPublic(String when) {
    Predicate<SdkRequest> moment =
        switch (when) {
          case "copying" -> r -> r instanceof CopyObjectRequest;
          case "opening" -> LifecycleBusyTest::opens;
          default -> LifecycleBusyTest::opensWithThePolicy;
        };
    try (S3PrivateClient s3 =
        before(
            moment,
            () -> {
              var demoted = rig.s3.demoteBucket(PromotionRig.PUBLIC_BUCKET);
              assertThat(demoted.outcome()).isEqualTo(DemotionReport.Outcome.DEMOTED);
            })) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .isInstanceOf(PromotionException.class)
          .hasMessageContaining("demoted while it was being promoted");
    }
    rig.assertTakenBack();
    rig.assertPrivate(false);
    var again = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(again.objectsCopied()).isEqualTo(PromotionRig.PUBLISHED.size());
    rig.assertPublished();
  }

  @Test
  void publicBucket_promotedWhileItIsDemoted_isReported() {
    var unused = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    try (S3PrivateClient s3 =
        before(
            r -> r instanceof DeleteObjectsRequest,
            () -> {
              var again = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
              assertThat(again.outcome()).isEqualTo(PromotionReport.Outcome.PROMOTED);
            })) {
      assertThatThrownBy(() -> s3.demoteBucket(PromotionRig.PUBLIC_BUCKET))
          .isInstanceOf(PromotionException.class)
          .hasMessageContaining("promoted again while it was being demoted");
    }
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).containsExactly(PromotionRig.PUBLIC_BUCKET);
    var demoted = rig.s3.demoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(demoted.outcome()).isEqualTo(DemotionReport.Outcome.DEMOTED);
    rig.assertTakenBack();
  }

  @Test
  void policyThatS3DoesNotTakeBack_isExplained() {
    rig.world.s3.failAll(
        r -> r.operation().equals("PutBucketPolicy"), Fault.error(400, "MalformedPolicy"));
    assertThatThrownBy(() -> rig.s3.promoteBucket(PromotionRig.CLOUD_FRONT))
        .isInstanceOf(PromotionException.class)
        .hasMessageStartingWith("S3_PROMOTION_REFUSED")
        .hasMessageContaining("AROA...");
    assertThatThrownBy(() -> rig.s3.createPrivateBucket(PrivateBucketPlan.of(PromotionRig.BUCKET)))
        .isInstanceOf(BucketSettingException.class)
        .hasMessageStartingWith("S3_POLICY_REFUSED")
        .hasMessageContaining("AROA...");
  }

  @Test
  void newBucket_absentForSomeOfS3_isWaitedFor() {
    Set<String> calls = Set.of("GetPublicAccessBlock", "PutBucketPolicy", "GetBucketEncryption");
    calls.forEach(
        call ->
            rig.world.s3.failNext(
                r -> r.operation().equals(call), Fault.error(404, "NoSuchBucket")));
    assertThat(rig.s3.createPrivateBucket(PrivateBucketPlan.of("fresh")).outcome())
        .isEqualTo(ProvisionedBucket.Outcome.CREATED);
    new PrivateState(rig.world, "fresh-111122223333-eu-west-1-an", TestWorld.REGION)
        .assertPrivate();
  }

  @Test
  void listingsOfBuckets_areInPages() {
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).isEmpty();
    assertThat(rig.world.requests("ListBuckets"))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.query()).containsKey("max-buckets"));
  }
}
