package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.internal.lifecycle.Promotions;
import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.Progress;
import io.github.ownproof.s3.lifecycle.Progress.Phase;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import io.github.ownproof.testkit.Fault;
import io.github.ownproof.testkit.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;

/** Copies that everybody can read, and nothing else that anybody can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicBucketPromotionTest {

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

  private PromotionReport promote() {
    return rig.s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
  }

  private DemotionReport demote() {
    return rig.s3.demoteBucket(PromotionRig.PUBLIC_BUCKET);
  }

  @Test
  void promoted_everybodyReadsThePrefix_andNothingElse() {
    PromotionReport report = promote();

    assertThat(report.outcome()).isEqualTo(PromotionReport.Outcome.PROMOTED);
    assertThat(report.objectsCopied()).isEqualTo(PromotionRig.PUBLISHED.size());
    assertThat(report.bytesCopied())
        .isEqualTo(PromotionRig.PUBLISHED.stream().mapToLong(k -> length("content of " + k)).sum());
    rig.assertPublished();
    rig.assertNothingBesideIsPublic();
    rig.assertPrivate(false);
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "").statusCode()).isEqualTo(403);
    rig.raw()
        .putObject(r -> r.bucket(PromotionRig.PUBLIC).key("stray"), RequestBody.fromString("x"));
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "stray").statusCode()).isEqualTo(403);
    assertThat(rig.policy(PromotionRig.PHYSICAL)).isEmpty();
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void everyRequest_carriesItsOwners_andThePrivateBucketIsNeverWritten() {
    var promoted = promote();
    var demoted = demote();
    assertThat(promoted.objectsCopied()).isEqualTo(demoted.objectsRemoved());

    assertThat(rig.world.bucketRequests())
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestWorld.US));
    assertThat(rig.world.requests("CopyObject"))
        .hasSize(PromotionRig.PUBLISHED.size())
        .allSatisfy(
            r -> {
              assertThat(r.expectedSourceBucketOwner()).contains(TestWorld.US);
              assertThat(r.signedHeaders())
                  .contains("x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner");
              assertThat(r.header("x-amz-server-side-encryption")).contains("AES256");
              assertThat(r.header("x-amz-copy-source-if-match")).isPresent();
            });
    assertThat(rig.writes()).noneMatch(r -> PromotionRig.PHYSICAL.equals(r.bucket()));
  }

  @Test
  void closedWhileCopying_openedLast_closedFirst() {
    var promoted = promote();
    List<String> writes = rig.writes().stream().map(WireRequest::operation).distinct().toList();
    assertThat(writes)
        .containsExactly(
            "CreateBucket",
            "PutBucketTagging",
            "PutPublicAccessBlock",
            "PutBucketPolicy",
            "PutBucketOwnershipControls",
            "PutBucketEncryption",
            "CopyObject");
    rig.world.s3.clearWireLog();
    assertThat(demote().objectsRemoved()).isEqualTo(promoted.objectsCopied());
    assertThat(rig.writes().stream().map(WireRequest::operation))
        .containsExactly(
            "PutPublicAccessBlock",
            "PutBucketPolicy",
            "PutBucketTagging",
            "DeleteObjects",
            "PutBucketTagging");
  }

  @Test
  void promotedTwice_writesNothingTheSecondTime() {
    var first = promote();
    rig.world.s3.clearWireLog();
    PromotionReport second = promote();

    assertThat(second.outcome()).isEqualTo(PromotionReport.Outcome.UNCHANGED);
    assertThat(second.objectsAlreadyThere()).isEqualTo(first.objectsCopied());
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void promotedAgain_bringsCopiesUpToDate_andLeavesItOpen() {
    var first = promote();
    rig.put("photos/new.jpg");
    rig.put("photos/a.jpg", "another content");
    rig.s3.deleteObject(r -> r.bucket(PromotionRig.BUCKET).key(PromotionRig.PUBLISHED.get(1)));
    rig.world.s3.clearWireLog();
    PromotionReport second = promote();

    assertThat(second.outcome()).isEqualTo(first.outcome());
    assertThat(second.objectsCopied()).isEqualTo(2);
    assertThat(second.objectsRemoved()).isEqualTo(1);
    assertThat(rig.keys(PromotionRig.PUBLIC))
        .containsExactlyInAnyOrder("photos/new.jpg", "photos/a.jpg");
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").body())
        .isEqualTo("another content");
    assertThat(rig.writes())
        .extracting(WireRequest::operation)
        .containsOnly("CopyObject", "DeleteObjects")
        .startsWith("DeleteObjects");
  }

  @Test
  void demoted_nothingIsLeft_andTheNameIsKept() {
    var promoted = promote();
    rig.raw()
        .putBucketVersioning(
            r -> r.bucket(PromotionRig.PUBLIC).versioningConfiguration(v -> v.status("Enabled")));
    rig.raw()
        .putObject(
            r -> r.bucket(PromotionRig.PUBLIC).key("photos/a.jpg"), RequestBody.fromString("v2"));
    rig.raw().deleteObject(r -> r.bucket(PromotionRig.PUBLIC).key("photos/a.jpg"));
    var upload =
        rig.raw()
            .createMultipartUpload(r -> r.bucket(PromotionRig.PUBLIC).key("photos/unfinished"));
    assertThat(upload.uploadId()).isNotEmpty();

    DemotionReport report = demote();
    assertThat(report.outcome()).isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(report.objectsRemoved()).isGreaterThan(promoted.objectsCopied());
    rig.assertTakenBack();
    assertThat(rig.world.s3.bucketOwner(PromotionRig.PUBLIC)).isPresent();
    assertThat(rig.tag("ownproof:promotion-state")).isEqualTo("held");
    assertThat(rig.tag("ownproof:promotion-of")).isEmpty();
    rig.assertPrivate(false);
    assertThat(rig.keys(PromotionRig.PHYSICAL)).containsAll(PromotionRig.PUBLISHED);

    rig.world.s3.clearWireLog();
    assertThat(demote().outcome()).isEqualTo(DemotionReport.Outcome.UNCHANGED);
    assertThat(rig.writes()).isEmpty();
    assertThat(promote().objectsCopied()).isEqualTo(PromotionRig.PUBLISHED.size());
  }

  @Test
  void demoted_afterThePrivateBucketIsGone() {
    var promoted = promote();
    rig.keys(PromotionRig.PHYSICAL)
        .forEach(key -> rig.raw().deleteObject(r -> r.bucket(PromotionRig.PHYSICAL).key(key)));
    rig.raw().deleteBucket(r -> r.bucket(PromotionRig.PHYSICAL));
    assertThat(demote().objectsRemoved()).isEqualTo(promoted.objectsCopied());
    assertThat(rig.keys(PromotionRig.PUBLIC)).isEmpty();
  }

  @Test
  void whatIsCarriedOver_andWhatIsNot() {
    rig.s3.putObject(
        r ->
            r.bucket(PromotionRig.BUCKET)
                .key("photos/tagged.jpg")
                .contentType("image/jpeg")
                .cacheControl("max-age=60")
                .metadata(Map.of("camera", "x100"))
                .tagging("internal=yes"),
        RequestBody.fromString("jpeg"));
    var promoted = promote();
    assertThat(promoted.objectsCopied()).isEqualTo(PromotionRig.PUBLISHED.size() + 1L);

    var copy = rig.anonymously(PromotionRig.PUBLIC, "photos/tagged.jpg").headers();
    assertThat(copy.firstValue("content-type")).contains("image/jpeg");
    assertThat(copy.firstValue("cache-control")).contains("max-age=60");
    assertThat(copy.firstValue("x-amz-meta-camera")).contains("x100");
    assertThat(
            rig.raw()
                .getObjectTagging(r -> r.bucket(PromotionRig.PUBLIC).key("photos/tagged.jpg"))
                .tagSet())
        .isEmpty();
  }

  @Test
  void largeObject_isCopiedInParts_withAllThatBelongsToIt() {
    int part = 5 << 20;
    byte[] content = new byte[2 * part + 17];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / part);
    }
    rig.s3.putObject(
        r ->
            r.bucket(PromotionRig.BUCKET)
                .key("photos/large.tiff")
                .contentType("image/tiff")
                .contentDisposition("attachment")
                .metadata(Map.of("camera", "x100"))
                .tagging("internal=yes"),
        RequestBody.fromBytes(content));
    // Within one second of its upload, a copy of another ETag is not trusted, and made again.
    do {
      rig.put("tick");
    } while (!modified("tick").isAfter(modified("photos/large.tiff")));
    Promotions inParts =
        new Promotions(
            new LifecycleHost(
                rig.s3, rig.world.buckets, bucket -> rig.s3.diagnose(bucket.name()), null),
            part,
            part);
    rig.world.s3.clearWireLog();
    PromotionReport report = inParts.promote(PromotionRig.PUBLIC_BUCKET, ProgressListener.none());

    assertThat(report.objectsCopied()).isEqualTo(PromotionRig.PUBLISHED.size() + 1L);
    assertThat(rig.world.requests("UploadPartCopy"))
        .hasSize(3)
        .allSatisfy(
            r -> {
              assertThat(r.expectedBucketOwner()).contains(TestWorld.US);
              assertThat(r.expectedSourceBucketOwner()).contains(TestWorld.US);
            });
    var copy =
        rig.raw().getObjectAsBytes(r -> r.bucket(PromotionRig.PUBLIC).key("photos/large.tiff"));
    assertThat(copy.asByteArray()).isEqualTo(content);
    assertThat(copy.response().contentType()).isEqualTo("image/tiff");
    assertThat(copy.response().contentDisposition()).isEqualTo("attachment");
    assertThat(copy.response().metadata()).containsEntry("camera", "x100");
    assertThat(copy.response().tagCount()).isIn(null, 0);
  }

  private Instant modified(String key) {
    return rig.raw().headObject(r -> r.bucket(PromotionRig.PHYSICAL).key(key)).lastModified();
  }

  @Test
  void interrupted_goesOnWhereItStopped() {
    IntStream.range(0, 40).forEach(i -> rig.put("photos/more/" + i));
    int all = 40 + PromotionRig.PUBLISHED.size();
    AtomicInteger copied = new AtomicInteger();
    assertThatThrownBy(
            () ->
                rig.s3.promoteBucket(
                    PromotionRig.PUBLIC_BUCKET,
                    progress -> {
                      if (progress.phase() == Phase.COPYING && copied.incrementAndGet() == 15) {
                        throw new IllegalStateException("enough");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
    assertThat(rig.s3.promotions(PromotionRig.BUCKET)).containsExactly(PromotionRig.PUBLIC_BUCKET);
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isEqualTo(403);
    int before = rig.keys(PromotionRig.PUBLIC).size();
    assertThat(before).isBetween(15, 15 + 8);

    rig.world.s3.clearWireLog();
    PromotionReport second = promote();
    assertThat(second.objectsAlreadyThere()).isEqualTo(before);
    assertThat(second.objectsCopied()).isEqualTo(all - before);
    assertThat(rig.world.requests("CopyObject")).hasSize(all - before);
    assertThat(rig.keys(PromotionRig.PUBLIC)).hasSize(all);
  }

  @Test
  void failingCall_isReportedWithHowFarItGot() {
    rig.world.s3.failAll(
        r -> r.operation().equals("CopyObject"), Fault.error(403, "InvalidObjectState"));
    assertThatThrownBy(this::promote)
        .isInstanceOf(PromotionException.class)
        .hasMessageStartingWith("S3_PROMOTION_INCOMPLETE")
        .hasMessageContaining("0 of 2 objects");
    rig.world.s3.clearFaults();
    var finished = promote();
    assertThat(finished.outcome()).isEqualTo(PromotionReport.Outcome.PROMOTED);
    rig.assertPublished();
  }

  @Test
  void progress_growsToTheWhole_oneCallAtATime() {
    IntStream.range(0, 60).forEach(i -> rig.put("photos/more/" + i));
    List<Progress> seen = new ArrayList<>();
    AtomicBoolean inside = new AtomicBoolean();
    PromotionReport report =
        rig.s3.promoteBucket(
            PromotionRig.PUBLIC_BUCKET,
            progress -> {
              assertThat(inside.getAndSet(true)).isFalse();
              seen.add(progress);
              inside.set(false);
            });
    List<Progress> copying = seen.stream().filter(p -> p.phase() == Phase.COPYING).toList();
    assertThat(copying).hasSize((int) report.objectsCopied());
    assertThat(copying).extracting(Progress::objectsDone).isSorted().doesNotHaveDuplicates();
    assertThat(copying).extracting(Progress::bytesDone).isSorted();
    Progress last = copying.get(copying.size() - 1);
    assertThat(last)
        .isEqualTo(new Progress(Phase.COPYING, 62, 62, report.bytesCopied(), report.bytesCopied()));

    seen.clear();
    var demoted = rig.s3.demoteBucket(PromotionRig.PUBLIC_BUCKET, seen::add);
    assertThat(seen)
        .last()
        .isEqualTo(new Progress(Phase.REMOVING, demoted.objectsRemoved(), 62, 0, 0));
  }

  /** Does something to the private bucket right before the first copies are made. */
  private S3PrivateClient meanwhile(Runnable change) {
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
                                if (context.request() instanceof CopyObjectRequest
                                    && !done.getAndSet(true)) {
                                  change.run();
                                }
                              }
                            })))
        .build();
  }

  @Test
  void changedAndRemovedWhileCopying_endsUpAsThePrivateBucketIs() {
    try (S3PrivateClient s3 =
        meanwhile(
            () -> {
              rig.put("photos/a.jpg", "changed meanwhile");
              rig.put("photos/z-new.jpg");
              rig.s3.deleteObject(
                  r -> r.bucket(PromotionRig.BUCKET).key(PromotionRig.PUBLISHED.get(1)));
            })) {
      PromotionReport report = s3.promoteBucket(PromotionRig.PUBLIC_BUCKET);
      assertThat(report.outcome()).isEqualTo(PromotionReport.Outcome.PROMOTED);
    }
    assertThat(rig.keys(PromotionRig.PUBLIC))
        .containsExactlyInAnyOrder("photos/a.jpg", "photos/z-new.jpg");
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").body())
        .isEqualTo("changed meanwhile");
    assertThat(promote().outcome()).isEqualTo(PromotionReport.Outcome.UNCHANGED);
  }

  @Test
  void blockedByTheAccount_isSaid_andItStaysClosed() {
    // The first one closes the bucket.
    AtomicInteger policies = new AtomicInteger();
    rig.world.s3.failAll(
        r -> r.operation().equals("PutBucketPolicy") && policies.incrementAndGet() > 1,
        Fault.error(403, "AccessDenied"));
    assertThatThrownBy(this::promote)
        .isInstanceOf(PromotionException.class)
        .hasMessageStartingWith("S3_PROMOTION_REFUSED")
        .hasMessageContaining("whole account");
    rig.world.s3.clearFaults();
    assertThat(
            rig.raw()
                .getPublicAccessBlock(r -> r.bucket(PromotionRig.PUBLIC))
                .publicAccessBlockConfiguration()
                .blockPublicPolicy())
        .isTrue();
    assertThat(rig.anonymously(PromotionRig.PUBLIC, "photos/a.jpg").statusCode()).isEqualTo(403);
    var demoted = demote();
    assertThat(demoted.objectsRemoved()).isEqualTo(PromotionRig.PUBLISHED.size());
  }

  @Test
  void asynchronousClient_doesTheSame() {
    try (S3PrivateAsyncClient async = rig.world.async().build()) {
      assertThat(async.promoteBucket(PromotionRig.PUBLIC_BUCKET).join().objectsCopied())
          .isEqualTo(PromotionRig.PUBLISHED.size());
      rig.assertPublished();
      assertThat(async.promotions(PromotionRig.BUCKET).join())
          .containsExactly(PromotionRig.PUBLIC_BUCKET);
      assertThat(async.demoteBucket(PromotionRig.PUBLIC_BUCKET).join().objectsRemoved())
          .isEqualTo(PromotionRig.PUBLISHED.size());
    }
    rig.assertTakenBack();
  }

  @Test
  void noThreadIsLeft() throws InterruptedException {
    var promoted = promote();
    assertThat(promoted.outcome()).isEqualTo(PromotionReport.Outcome.PROMOTED);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("ownproof-s3-copy")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
