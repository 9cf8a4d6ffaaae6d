package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.testkit.WireRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;

/** Two runs at once on one public bucket: nothing stays public that no promotion tells of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromotionRaceTest {

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

  /** A client in which another's run comes right before the first request of a kind. */
  private S3PrivateClient meanwhile(Predicate<SdkRequest> before, Runnable run) {
    AtomicBoolean done = new AtomicBoolean();
    return rig.world
        .sync()
        .configure(
            b ->
                b.overrideConfiguration(
                    o ->
                        o.addExecutionInterceptor(
                            new ExecutionInterceptor() {
                              @Override
                              public void beforeExecution(
                                  Context.BeforeExecution context, ExecutionAttributes attributes) {
                                if (before.test(context.request()) && !done.getAndSet(true)) {
                                  run.run();
                                }
                              }
                            })))
        .build();
  }

  private static boolean opens(SdkRequest request) {
    return request instanceof PutPublicAccessBlockRequest block
        && Boolean.FALSE.equals(block.publicAccessBlockConfiguration().blockPublicPolicy());
  }

  private void demoteElsewhere() {
    assertThat(rig.s3.demoteBucket(PromotionRig.PUBLIC_BUCKET).outcome())
        .isEqualTo(DemotionReport.Outcome.DEMOTED);
  }

  private void assertNothingIsPublic() {
    for (String key : PromotionRig.PUBLISHED) {
      assertThat(rig.anonymously(PromotionRig.PUBLIC, key).statusCode()).isIn(403, 404);
    }
  }

  @Test
  void broughtUpToDate_whileItIsDemoted_staysDemoted() {
    var first = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(first.objectsCopied()).isEqualTo(2);
    rig.put("photos/new.jpg");
    try (S3PrivateClient s3 =
        meanwhile(r -> r instanceof CopyObjectRequest, this::demoteElsewhere)) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .isInstanceOf(PromotionException.class)
          .hasMessageContaining("S3_PROMOTION_INCOMPLETE")
          .hasMessageContaining("was demoted while it was being promoted");
    }
    assertNothingIsPublic();
    repair();
  }

  @Test
  void promoted_whileItIsDemoted_staysDemoted() {
    try (S3PrivateClient s3 =
        meanwhile(r -> r instanceof CopyObjectRequest, this::demoteElsewhere)) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .hasMessageContaining("was demoted while it was being promoted");
    }
    assertNothingIsPublic();
    repair();
  }

  @Test
  void opened_rightAfterItWasDemoted_isClosedAgain() {
    try (S3PrivateClient s3 = meanwhile(PromotionRaceTest::opens, this::demoteElsewhere)) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .hasMessageContaining("was demoted while it was being promoted");
    }
    assertNothingIsPublic();
    assertThat(isClosed()).isTrue();
    repair();
  }

  @Test
  void demoted_whileItIsPromotedAgain_isNotHeldOpen() {
    var first = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(first.objectsCopied()).isEqualTo(2);
    try (S3PrivateClient s3 =
        meanwhile(
            r -> r instanceof ListMultipartUploadsRequest,
            () -> {
              var again = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
              assertThat(again.objectsCopied()).isEqualTo(2);
            })) {
      assertThatThrownBy(() -> s3.demoteBucket(PromotionRig.PUBLIC_BUCKET))
          .isInstanceOf(PromotionException.class)
          .hasMessageContaining("was promoted again while it was being demoted");
    }
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).contains(PromotionRig.PUBLIC_BUCKET);
    demoteElsewhere();
    rig.assertTakenBack();
  }

  @Test
  void anotherPromotion_thatTakesTheBucketMeanwhile_isNotOpenedOver() {
    rig.put("docs/manual.pdf");
    Promotion docs = Promotion.publicBucket(PromotionRig.BUCKET, PromotionRig.PUBLIC, "docs/");
    try (S3PrivateClient s3 =
        meanwhile(
            r -> r instanceof CopyObjectRequest,
            () -> {
              demoteElsewhere();
              var other = rig.s3.promoteBucket(docs);
              assertThat(other.objectsCopied()).isEqualTo(1);
            })) {
      assertThatThrownBy(() -> s3.promoteBucket(PromotionRig.PUBLIC_BUCKET))
          .hasMessageContaining("the public bucket of another promotion");
    }
    assertNothingIsPublic();
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).containsExactly(docs);
    assertThat(rig.s3.demoteBucket(docs).outcome()).isEqualTo(DemotionReport.Outcome.DEMOTED);
    rig.assertTakenBack();
  }

  /** What a promotion does that looked before the demotion began, and opens after it. */
  @Test
  void opened_whileItsCopiesAreRemoved_isClosedAtTheEnd() {
    var first = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(first.objectsCopied()).isEqualTo(2);
    try (S3PrivateClient s3 =
        meanwhile(
            r -> r instanceof ListMultipartUploadsRequest,
            () ->
                rig.raw()
                    .putPublicAccessBlock(
                        r ->
                            r.bucket(PromotionRig.PUBLIC)
                                .publicAccessBlockConfiguration(
                                    c ->
                                        c.blockPublicAcls(true)
                                            .ignorePublicAcls(true)
                                            .blockPublicPolicy(false)
                                            .restrictPublicBuckets(false))))) {
      assertThat(s3.demoteBucket(PromotionRig.PUBLIC_BUCKET).outcome())
          .isEqualTo(DemotionReport.Outcome.DEMOTED);
    }
    assertThat(isClosed()).isTrue();
    rig.assertTakenBack();
  }

  private boolean isClosed() {
    return rig.raw()
        .getPublicAccessBlock(r -> r.bucket(PromotionRig.PUBLIC))
        .publicAccessBlockConfiguration()
        .blockPublicPolicy();
  }

  /** Copies that were left are not public, and the next run makes all of it whole. */
  private void repair() {
    assertThat(rig.writes().stream().map(WireRequest::operation)).contains("CopyObject");
    rig.raw()
        .listObjectVersions(r -> r.bucket(PromotionRig.PUBLIC))
        .versions()
        .forEach(one -> assertThat(one.key()).startsWith(PromotionRig.PREFIX));
    var unused = rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
    assertThat(rig.tag("ownproof:promotion-state")).isEqualTo("published");
    demoteElsewhere();
    rig.assertTakenBack();
  }
}
