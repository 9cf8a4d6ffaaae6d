package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.PromotionException;
import io.github.ownproof.s3.lifecycle.PromotionReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/** What has a public bucket's name already: somebody else's, or a bucket of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicBucketNameTest {

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

  private void refused(String why) {
    rig.world.s3.clearWireLog();
    assertThatThrownBy(this::promote)
        .isInstanceOf(PromotionException.class)
        .hasMessageStartingWith("S3_PROMOTION_REFUSED")
        .hasMessageContaining(why);
    assertThat(rig.writes()).isEmpty();
  }

  private void makePublicBucket(S3Client owner, String region) {
    var unused =
        owner.createBucket(
            r ->
                r.bucket(PromotionRig.PUBLIC)
                    .createBucketConfiguration(c -> c.locationConstraint(region)));
  }

  @Test
  void squattedPublicName_writesNothingAnywhere() {
    makePublicBucket(rig.world.squatter.client(TestWorld.REGION), TestWorld.REGION);
    rig.world.s3.clearWireLog();
    assertThatThrownBy(this::promote)
        .isInstanceOf(BucketSquattedException.class)
        .hasMessageContaining(PromotionRig.PUBLIC);
    assertThatThrownBy(this::demote).isInstanceOf(BucketSquattedException.class);
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void squattedInAnotherRegion_writesNothingAnywhere() {
    makePublicBucket(rig.world.squatter.client("eu-central-1"), "eu-central-1");
    rig.world.s3.clearWireLog();
    assertThatThrownBy(this::promote).isInstanceOf(BucketSquattedException.class);
    assertThat(rig.writes()).isEmpty();
  }

  @Test
  void oursInAnotherRegion_isRefused() {
    makePublicBucket(rig.world.us.client("eu-central-1"), "eu-central-1");
    refused("eu-central-1");
  }

  @Test
  void usedForSomethingElse_isRefused() {
    makePublicBucket(rig.raw(), TestWorld.REGION);
    rig.raw()
        .putObject(
            r -> r.bucket(PromotionRig.PUBLIC).key("photos/theirs"), RequestBody.fromString("x"));
    refused("not empty");
    assertThat(demote().outcome()).isEqualTo(DemotionReport.Outcome.UNCHANGED);
    assertThat(rig.keys(PromotionRig.PUBLIC)).containsExactly("photos/theirs");

    rig.raw().deleteObject(r -> r.bucket(PromotionRig.PUBLIC).key("photos/theirs"));
    rig.raw()
        .putBucketPolicy(
            r ->
                r.bucket(PromotionRig.PUBLIC)
                    .policy(
                        """
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                         "Action": "s3:PutObject", "Resource": "arn:aws:s3:::%s/*"}]}
                        """
                            .formatted(PromotionRig.PUBLIC)));
    refused("has a policy");
  }

  @Test
  void anotherPromotionsBucket_isRefused_andNotTakenBack() {
    var first = promote();
    Promotion other =
        Promotion.publicBucket(PromotionRig.BUCKET, PromotionRig.PUBLIC, "photos-drafts/");
    assertThatThrownBy(() -> rig.s3.promoteBucket(other))
        .isInstanceOf(PromotionException.class)
        .hasMessageContaining("'photos/'");
    assertThat(rig.s3.demoteBucket(other).outcome()).isEqualTo(DemotionReport.Outcome.UNCHANGED);
    assertThat(first.objectsCopied()).isEqualTo(rig.keys(PromotionRig.PUBLIC).size());
    rig.assertPublished();
  }

  @Test
  void emptyBucketOfOurs_isTaken_andKeepsItsOtherTags() {
    makePublicBucket(rig.raw(), TestWorld.REGION);
    rig.raw()
        .putBucketTagging(
            r ->
                r.bucket(PromotionRig.PUBLIC)
                    .tagging(t -> t.tagSet(Tag.builder().key("team").value("press").build())));
    var promoted = promote();
    rig.assertPublished();
    assertThat(rig.tag("team")).isEqualTo("press");
    assertThat(demote().objectsRemoved()).isEqualTo(promoted.objectsCopied());
    assertThat(rig.tag("team")).isEqualTo("press");
  }
}
