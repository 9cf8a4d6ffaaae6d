package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.InvalidContextException;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditFailedException;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket.Outcome;
import io.github.ownproof.testkit.Fault;
import io.github.ownproof.testkit.WireRequest;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Where private buckets are made, whose they are, and who keeps account of it. */
class PrivateBucketPlacesTest {

  private static final String SUFFIXED = "my-app-assets-111122223333-eu-west-1-k3q9x7";
  private static final String THERE = "my-app-assets-111122223333-eu-central-1-an";
  private static final PrivateBucketPlan PLAN = PrivateBucketPlan.of("my-app-assets");

  private TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private void inWorld(PrivateBuckets.Builder naming) {
    world.close();
    world = new TestWorld(naming);
  }

  private void suffixed() {
    inWorld(PrivateBuckets.builder().naming(BucketNaming.suffixed("k3q9x7")));
  }

  private PrivateState state(String bucket, String region) {
    return new PrivateState(world, bucket, region);
  }

  @Test
  void suffixedName_isMadeInTheGlobalNamespace() {
    suffixed();
    try (S3PrivateClient s3 = world.sync().build()) {
      assertThat(s3.createPrivateBucket(PLAN).outcome()).isEqualTo(Outcome.CREATED);
      assertThat(s3.createPrivateBucket(PLAN).outcome()).isEqualTo(Outcome.UNCHANGED);
    }
    state(SUFFIXED, TestWorld.REGION).assertPrivate();
  }

  @Test
  void adoptedBucket_isPutRightUnderItsOwnName() {
    inWorld(PrivateBuckets.builder().adopt("logs", "mycompany-prod-logs"));
    world
        .us
        .client(TestWorld.REGION)
        .createBucket(
            r ->
                r.bucket("mycompany-prod-logs")
                    .createBucketConfiguration(c -> c.locationConstraint(TestWorld.REGION)));
    try (S3PrivateClient s3 = world.sync().build()) {
      ProvisionedBucket made = s3.createPrivateBucket(PrivateBucketPlan.of("logs"));
      assertThat(made.outcome()).isEqualTo(Outcome.REPAIRED);
      assertThat(made.repairs()).extracting(r -> r.setting()).contains("Bucket policy");
    }
    state("mycompany-prod-logs", TestWorld.REGION).assertPrivate();
  }

  @ParameterizedTest
  @CsvSource({"eu-west-1, true", "eu-west-1, false", "eu-central-1, true", "us-east-1, false"})
  void foreignBucket_isRefused_andNothingIsWritten(String region, boolean open) {
    suffixed();
    squat(region, open);
    world.s3.clearWireLog();
    try (S3PrivateClient s3 = world.sync().build();
        S3PrivateAsyncClient async = world.async().build()) {
      assertThatThrownBy(() -> s3.createPrivateBucket(PLAN))
          .isInstanceOfSatisfying(
              BucketSquattedException.class, e -> assertThat(e.physicalName()).isEqualTo(SUFFIXED));
      assertThatThrownBy(() -> async.createPrivateBucket(PLAN).join())
          .hasCauseInstanceOf(BucketSquattedException.class);
    }
    assertThat(world.s3.wireLog()).isNotEmpty();
    assertThat(PrivateState.writes(world)).isEmpty();
  }

  private void squat(String region, boolean open) {
    S3Client squatter = world.squatter.client(region);
    squatter.createBucket(
        r -> {
          r.bucket(SUFFIXED);
          if (!region.equals("us-east-1")) {
            r.createBucketConfiguration(c -> c.locationConstraint(region));
          }
        });
    if (open) {
      squatter.deletePublicAccessBlock(r -> r.bucket(SUFFIXED));
      squatter.putBucketPolicy(
          r ->
              r.bucket(SUFFIXED)
                  .policy(
                      """
                      {"Version": "2012-10-17", "Statement": [{
                        "Effect": "Allow", "Principal": "*", "Action": "s3:*",
                        "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}
                      """
                          .formatted(SUFFIXED)));
    }
  }

  @Test
  void bucketTakenBetweenLookAndCreation_isRefused() {
    suffixed();
    // The look says that nobody has it, and then somebody has.
    squat(TestWorld.REGION, true);
    world.s3.failNext(r -> r.operation().equals("HeadBucket"), Fault.error(404, "NoSuchBucket"));
    world.s3.clearWireLog();
    try (S3PrivateClient s3 = world.sync().build()) {
      assertThatThrownBy(() -> s3.createPrivateBucket(PLAN))
          .isInstanceOf(BucketSquattedException.class);
    }
    assertThat(PrivateState.writes(world))
        .extracting(WireRequest::operation, WireRequest::status)
        .containsExactly(tuple("CreateBucket", 409));
  }

  @Test
  void denial_thatIsNotExplained_isPassedOn_andNothingIsWritten() {
    world.s3.failAll(r -> r.operation().equals("HeadBucket"), Fault.error(403, "AccessDenied"));
    world.s3.failAll(r -> r.operation().equals("ListBuckets"), Fault.error(403, "AccessDenied"));
    try (S3PrivateClient s3 = world.sync().build()) {
      assertThatThrownBy(() -> s3.createPrivateBucket(PLAN))
          .isInstanceOf(BucketOwnershipException.class);
    }
    assertThat(PrivateState.writes(world)).isEmpty();
  }

  @Test
  void runOfOurs_thatWasQuicker_isNoError() {
    try (S3PrivateClient s3 = world.sync().build()) {
      var unused = s3.createPrivateBucket(PLAN);
      world.s3.failNext(r -> r.operation().equals("HeadBucket"), Fault.error(404, "NoSuchBucket"));
      assertThat(s3.createPrivateBucket(PLAN).bucket().name()).isEqualTo("my-app-assets");
    }
  }

  @Test
  void creationsAtTheSameTime_allEndWell() {
    try (S3PrivateAsyncClient s3 = world.async().build()) {
      List<CompletableFuture<ProvisionedBucket>> all =
          List.of(
              s3.createPrivateBucket(PLAN),
              s3.createPrivateBucket(PLAN),
              s3.createPrivateBucket(PLAN),
              s3.createPrivateBucket(PLAN));
      assertThat(all).allSatisfy(one -> assertThat(one.join().bucket()).isNotNull());
      assertThat(s3.createPrivateBucket(PLAN).join().outcome()).isEqualTo(Outcome.UNCHANGED);
    }
    state("my-app-assets-111122223333-eu-west-1-an", TestWorld.REGION).assertPrivate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateBucket", "PutBucketPolicy", "PutBucketVersioning"})
  void busyS3_isAskedAgain(String operation) {
    world.s3.failNext(r -> r.operation().equals(operation), Fault.error(409, "OperationAborted"));
    try (S3PrivateClient s3 = world.sync().build()) {
      assertThat(s3.createPrivateBucket(PLAN).outcome()).isEqualTo(Outcome.CREATED);
    }
    assertThat(world.requests(operation)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateBucket", "PutBucketPolicy", "PutBucketVersioning", "HeadBucket"})
  void lostAnswer_isAskedForAgain(String operation) {
    world.s3.failNext(r -> r.operation().equals(operation), Fault.lostAnswer());
    try (S3PrivateClient s3 = world.sync().build()) {
      assertThat(s3.createPrivateBucket(PLAN).outcome()).isEqualTo(Outcome.CREATED);
      assertThat(s3.createPrivateBucket(PLAN).outcome()).isEqualTo(Outcome.UNCHANGED);
    }
  }

  @Test
  void anotherRegion_byPrivateId_andByPlan() {
    try (S3PrivateClient s3 = world.sync().build()) {
      ProvisionedBucket made = s3.createPrivateBucket(PLAN.region("eu-central-1"));
      assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
      assertThat(made.bucket().region()).isEqualTo("eu-central-1");
      PrivateBucket again =
          s3.createPrivateBucket("arn:aws:s3:eu-central-1:111122223333:my-app-assets");
      assertThat(again).isEqualTo(made.bucket());
      assertThat(s3.createPrivateBucket(PrivateBucketPlan.of(THERE).region("eu-central-1")))
          .isEqualTo(new ProvisionedBucket(again, Outcome.UNCHANGED, List.of()));
    }
    assertThat(world.s3.bucketRegion(THERE)).contains("eu-central-1");
    state(THERE, "eu-central-1").assertPrivate();
  }

  @Test
  void regions_thatContradict_areRefused() {
    try (S3PrivateClient s3 = world.sync().build()) {
      PrivateBucketPlan there =
          PrivateBucketPlan.of("arn:aws:s3:eu-central-1:111122223333:my-app-assets");
      assertThatThrownBy(() -> s3.createPrivateBucket(there.region("eu-west-3")))
          .isInstanceOf(BucketNameException.class)
          .hasMessageContaining("S3_NAME_CONFLICT");
      assertThatThrownBy(
              () -> s3.createPrivateBucket(PrivateBucketPlan.of(THERE).region("eu-west-1")))
          .isInstanceOf(BucketNameException.class);
      assertThatThrownBy(() -> s3.createPrivateBucket(PLAN.region("cn-north-1")))
          .isInstanceOf(InvalidContextException.class);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void bucketsOfOthers_andAccessPoints_areRefused_beforeAnyCall() {
    String point = "arn:aws:s3:eu-west-1:111122223333:accesspoint/photos";
    inWorld(
        PrivateBuckets.builder()
            .trustAccount(TestWorld.squatterId())
            .trust("partner", "partner-data", TestWorld.squatterId(), TestWorld.REGION)
            .trust("point", point, AccountId.of(TestWorld.US), TestWorld.REGION));
    try (S3PrivateClient s3 = world.sync().build()) {
      for (String foreign :
          List.of("partner", "arn:aws:s3:eu-west-1:" + TestWorld.SQUATTER + ":my-app-assets")) {
        assertThatThrownBy(() -> s3.createPrivateBucket(foreign))
            .isInstanceOf(ForeignBucketException.class)
            .hasMessageContaining("Only its own account");
      }
      assertThatThrownBy(() -> s3.createPrivateBucket("point"))
          .isInstanceOf(BucketNameException.class)
          .hasMessageContaining("an access point's ARN");
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void async_doesTheSame() {
    try (S3PrivateAsyncClient s3 = world.async().build()) {
      assertThat(s3.createPrivateBucket(PLAN).join().outcome()).isEqualTo(Outcome.CREATED);
      assertThat(s3.createPrivateBucket("my-app-assets").join().name()).isEqualTo("my-app-assets");
      PrivateState there = state("my-app-assets-111122223333-eu-west-1-an", TestWorld.REGION);
      world.us.client(TestWorld.REGION).deletePublicAccessBlock(r -> r.bucket(there.bucket()));
      assertThat(s3.createPrivateBucket(PLAN).join().repairs())
          .extracting(r -> r.setting())
          .containsExactly("Block Public Access");
      there.assertPrivate();
    }
  }

  @Test
  void async_cancelled_endsAndWritesNoMore() {
    world.s3.failAll(r -> r.operation().equals("GetPublicAccessBlock"), Fault.hang());
    try (S3PrivateAsyncClient s3 = world.async().build()) {
      CompletableFuture<ProvisionedBucket> creation = s3.createPrivateBucket(PLAN);
      awaitRequest("GetPublicAccessBlock");
      assertThat(creation.cancel(true)).isTrue();
      world.s3.clearFaults();
      assertThatThrownBy(creation::join).isInstanceOf(CancellationException.class);
      assertThat(PrivateState.writes(world))
          .extracting(WireRequest::operation)
          .containsExactly("CreateBucket");
      assertThat(s3.createPrivateBucket(PLAN).join().outcome()).isEqualTo(Outcome.REPAIRED);
    }
  }

  private void awaitRequest(String operation) {
    while (world.requests(operation).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  private S3PrivateClient audited() {
    return world.sync().auditTrail(events::add).build();
  }

  @Test
  void audit_tellsOfCreationAndRepair_andNotOfNothing() {
    try (S3PrivateClient s3 = audited()) {
      var unused = s3.createPrivateBucket(PLAN);
      assertThat(events)
          .extracting(AuditEvent::action, e -> e.outcome().result().name(), AuditEvent::target)
          .containsExactly(
              tuple("bucket:create", "ALLOWED", "arn:aws:s3:eu-west-1:111122223333:my-app-assets"),
              tuple("bucket:create", "DONE", "arn:aws:s3:eu-west-1:111122223333:my-app-assets"));
      events.clear();
      assertThat(s3.createPrivateBucket(PLAN).outcome()).isEqualTo(Outcome.UNCHANGED);
      assertThat(events).isEmpty();
      assertThat(s3.createPrivateBucket(PLAN.tag("a", "b")).outcome()).isEqualTo(Outcome.REPAIRED);
      assertThat(events)
          .extracting(AuditEvent::action)
          .containsExactly("bucket:repair", "bucket:repair");
      events.clear();
      world.s3.failNext(r -> r.operation().equals("PutBucketTagging"), Fault.error(400, "Nope"));
      assertThatThrownBy(() -> s3.createPrivateBucket(PLAN.tag("a", "c")))
          .isInstanceOf(S3Exception.class);
      assertThat(events)
          .extracting(e -> e.outcome().result().name())
          .containsExactly("ALLOWED", "FAILED");
    }
  }

  @Test
  void auditThatFails_keepsEverythingAsItIs() {
    try (S3PrivateClient s3 = world.sync().build();
        S3PrivateClient audited = world.sync().auditTrail(PrivateBucketPlacesTest::fail).build();
        S3PrivateAsyncClient async =
            world.async().auditTrail(PrivateBucketPlacesTest::fail).build()) {
      assertThatThrownBy(() -> audited.createPrivateBucket(PLAN))
          .isInstanceOf(AuditFailedException.class);
      assertThatThrownBy(() -> async.createPrivateBucket(PLAN).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(AuditFailedException.class);
      assertThat(PrivateState.writes(world)).isEmpty();

      var unused = s3.createPrivateBucket(PLAN);
      world.s3.clearWireLog();
      assertThatThrownBy(() -> audited.createPrivateBucket(PLAN.tag("a", "b")))
          .isInstanceOf(OwnproofException.class);
      assertThat(PrivateState.writes(world)).isEmpty();
    }
  }

  private static void fail(AuditEvent event) {
    throw new AuditFailedException("no room for " + event.action(), null);
  }
}
