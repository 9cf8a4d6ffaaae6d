package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ownproof.core.audit.AuditEvent;
import io.github.ownproof.core.audit.AuditFailedException;
import io.github.ownproof.s3.lifecycle.BucketDeletion;
import io.github.ownproof.s3.lifecycle.EmptyingIncompleteException;
import io.github.ownproof.s3.lifecycle.EmptyingReport;
import io.github.ownproof.s3.lifecycle.NameReleaseException;
import io.github.ownproof.s3.lifecycle.Progress;
import io.github.ownproof.testkit.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets are emptied and kept; deleting one that frees its name takes saying that name. */
class BucketRemovalTest {

  private static final String RESERVED = "my-app-assets-111122223333-eu-west-1-an";
  private static final String FREE = "mycompany-prod-logs";

  private final TestWorld world =
      new TestWorld(
          PrivateBuckets.builder()
              .adopt("logs", FREE)
              .trust("partner", "partner-data", TestWorld.squatterId(), TestWorld.REGION));
  private final S3PrivateClient s3 = world.sync().build();
  private final S3Client raw = world.us.client(TestWorld.REGION);

  @BeforeEach
  void buckets() {
    var unused = s3.createPrivateBucket("my-app-assets");
    unused = s3.createPrivateBucket("logs");
    world.s3.clearWireLog();
  }

  @AfterEach
  void close() {
    s3.close();
    world.close();
  }

  private void fill(String bucket, int keys) {
    for (int i = 0; i < keys; i++) {
      String key = "photos/%03d ü+&<.jpg".formatted(i);
      raw.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("one"));
      raw.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("two"));
      raw.deleteObject(r -> r.bucket(bucket).key(key));
    }
  }

  private boolean isEmpty(String bucket) {
    var all = raw.listObjectVersions(r -> r.bucket(bucket));
    return all.versions().isEmpty()
        && all.deleteMarkers().isEmpty()
        && raw.listMultipartUploads(r -> r.bucket(bucket)).uploads().isEmpty();
  }

  @Test
  void emptyAndKeep_removesVersionsMarkersAndUploads_andKeepsTheBucket() {
    fill(RESERVED, 5);
    raw.createMultipartUpload(r -> r.bucket(RESERVED).key("big one"));
    raw.createMultipartUpload(r -> r.bucket(RESERVED).key("big two"));
    List<Progress> progress = new ArrayList<>();
    assertThat(raw.listObjectVersions(r -> r.bucket(RESERVED)).versions()).hasSize(10);
    assertThat(raw.listObjectVersions(r -> r.bucket(RESERVED)).deleteMarkers()).hasSize(5);

    EmptyingReport report = s3.emptyAndKeep("my-app-assets", progress::add);

    assertThat(report).isEqualTo(new EmptyingReport(15, 2));
    assertThat(isEmpty(RESERVED)).isTrue();
    assertThat(world.s3.bucketOwner(RESERVED)).isPresent();
    assertThat(progress).containsExactly(new Progress(Progress.Phase.REMOVING, 15, 15, 0, 0));
    assertThat(s3.emptyAndKeep("my-app-assets")).isEqualTo(new EmptyingReport(0, 0));
    new PrivateState(world, RESERVED, TestWorld.REGION).assertPrivate();
  }

  @Test
  void emptyAndKeep_ofABucketWithoutVersions_removesEverything() {
    raw.createBucket(
        r ->
            r.bucket("plain-111122223333-eu-west-1-an")
                .bucketNamespace("account-regional")
                .createBucketConfiguration(c -> c.locationConstraint(TestWorld.REGION)));
    raw.putObject(
        r -> r.bucket("plain-111122223333-eu-west-1-an").key("k"), RequestBody.fromString("x"));
    assertThat(s3.emptyAndKeep("plain")).isEqualTo(new EmptyingReport(1, 0));
    assertThat(isEmpty("plain-111122223333-eu-west-1-an")).isTrue();
  }

  @Test
  void emptyAndKeep_removesKeysThatNoXmlCanHold() {
    for (String key : List.of("a\u0001b", "tab\tand\nlines\r", "last\uffff", "plain")) {
      raw.putObject(r -> r.bucket(RESERVED).key(key), RequestBody.fromString("one"));
      raw.putObject(r -> r.bucket(RESERVED).key(key), RequestBody.fromString("two"));
      raw.deleteObject(r -> r.bucket(RESERVED).key(key));
    }
    assertThat(s3.emptyAndKeep("my-app-assets").objectsRemoved()).isEqualTo(12);
    assertThat(world.requests("ListObjectVersions"))
        .allSatisfy(r -> assertThat(r.query()).containsEntry("encoding-type", "url"));
    var left = raw.listObjectVersions(r -> r.bucket(RESERVED).encodingType(EncodingType.URL));
    assertThat(left.versions()).isEmpty();
    assertThat(left.deleteMarkers()).isEmpty();
  }

  @Test
  void emptyAndKeep_goesThroughAllPages() {
    int keys = Integer.getInteger("ownproof.emptying.keys", 1003);
    for (int i = 0; i < keys; i++) {
      int n = i;
      raw.putObject(r -> r.bucket(RESERVED).key("k" + n), RequestBody.empty());
    }
    List<Progress> progress = new ArrayList<>();
    world.s3.clearWireLog();

    assertThat(s3.emptyAndKeep("my-app-assets", progress::add))
        .isEqualTo(new EmptyingReport(keys, 0));

    assertThat(isEmpty(RESERVED)).isTrue();
    assertThat(world.requests("DeleteObjects")).hasSize((keys + 999) / 1000);
    assertThat(progress).extracting(Progress::objectsDone).contains(1000L, (long) keys);
    assertThat(world.requests("DeleteObjects"))
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestWorld.US));
  }

  @Test
  void emptyAndKeep_thatWasInterrupted_goesOnNextTime() {
    fill(RESERVED, 3);
    world.s3.failAll(r -> r.operation().equals("DeleteObjects"), Fault.error(500));
    assertThatThrownBy(() -> s3.emptyAndKeep("my-app-assets")).isInstanceOf(S3Exception.class);
    world.s3.clearFaults();
    assertThatThrownBy(
            () ->
                s3.emptyAndKeep(
                    "my-app-assets",
                    unused -> {
                      throw new IllegalStateException("enough");
                    }))
        .hasMessage("enough");
    assertThat(s3.emptyAndKeep("my-app-assets")).isEqualTo(new EmptyingReport(0, 0));
    assertThat(isEmpty(RESERVED)).isTrue();
  }

  @Test
  void emptyAndKeep_ofWhatCannotBeRemoved_triesTheRest_andTellsWhatIsLeft() {
    fill(RESERVED, 4);
    raw.createMultipartUpload(r -> r.bucket(RESERVED).key("big"));
    raw.putBucketPolicy(
        r ->
            r.bucket(RESERVED)
                .policy(
                    """
                    {"Version": "2012-10-17", "Statement": [{
                      "Sid": "Locked", "Effect": "Deny", "Principal": "*",
                      "Action": "s3:DeleteObjectVersion",
                      "Resource": "arn:aws:s3:::%s/photos/001*"}]}
                    """
                        .formatted(RESERVED)));

    assertThatThrownBy(() -> s3.emptyAndKeep("my-app-assets"))
        .isInstanceOfSatisfying(
            EmptyingIncompleteException.class,
            e -> {
              assertThat(e.left()).isEqualTo(3);
              assertThat(e.removed()).isEqualTo(new EmptyingReport(9, 1));
              assertThat(e)
                  .hasMessageContaining("'photos/001 \\u00fc+&<.jpg' version '")
                  .hasMessageContaining("AccessDenied");
            });

    assertThat(raw.listObjectVersions(r -> r.bucket(RESERVED)).versions()).hasSize(2);
    assertThat(raw.listMultipartUploads(r -> r.bucket(RESERVED)).uploads()).isEmpty();
    raw.deleteBucketPolicy(r -> r.bucket(RESERVED));
    assertThat(s3.emptyAndKeep("my-app-assets")).isEqualTo(new EmptyingReport(3, 0));
  }

  @Test
  void emptyAndKeep_async() {
    fill(RESERVED, 2);
    try (S3PrivateAsyncClient async = world.async().build()) {
      assertThat(async.emptyAndKeep("my-app-assets").join()).isEqualTo(new EmptyingReport(6, 0));
      async.deleteBucket(BucketDeletion.of("my-app-assets")).join();
      assertThatThrownBy(() -> async.deleteBucket(BucketDeletion.of("logs")).join())
          .hasCauseInstanceOf(NameReleaseException.class);
      async.deleteBucket(BucketDeletion.of("logs").releaseName(FREE)).join();
    }
    assertThat(world.s3.bucketOwner(RESERVED)).isEmpty();
    assertThat(world.s3.bucketOwner(FREE)).isEmpty();
  }

  @Test
  void reservedName_isDeleted_withoutMore() {
    s3.deleteBucket(BucketDeletion.of("my-app-assets"));
    assertThat(world.s3.bucketOwner(RESERVED)).isEmpty();
    assertThat(world.requests("DeleteBucket").get(0).expectedBucketOwner()).contains(TestWorld.US);
    assertThatThrownBy(() -> s3.deleteBucket(BucketDeletion.of("my-app-assets")))
        .isInstanceOf(BucketAbsentException.class);
  }

  @Test
  void deletion_whoseAnswerIsLost_isDone() {
    world.s3.failNext(r -> r.operation().equals("DeleteBucket"), Fault.lostAnswer());
    s3.deleteBucket(BucketDeletion.of("my-app-assets"));
    assertThat(world.s3.bucketOwner(RESERVED)).isEmpty();
    assertThat(world.requests("DeleteBucket")).hasSize(2);
  }

  @Test
  void freeName_isRefused_untilItIsSaid() {
    assertThatThrownBy(() -> s3.deleteBucket(BucketDeletion.of("logs")))
        .isInstanceOf(NameReleaseException.class)
        .hasMessageContaining("free for everybody")
        .hasMessageContaining("emptyAndKeep(\"logs\")")
        .hasMessageContaining("BucketDeletion.of(\"logs\").releaseName(\"mycompany-prod-logs\")");
    assertThat(world.s3.wireLog()).isEmpty();

    s3.deleteBucket(BucketDeletion.of("logs").releaseName(FREE));
    assertThat(world.s3.bucketOwner(FREE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs", "mycompany-prod-log", "MYCOMPANY-PROD-LOGS", ""})
  void otherName_isRefused_forFreeAndReservedBuckets(String name) {
    for (String bucket : List.of("logs", "my-app-assets")) {
      assertThatThrownBy(() -> s3.deleteBucket(BucketDeletion.of(bucket).releaseName(name)))
          .isInstanceOf(NameReleaseException.class)
          .hasMessageContaining("was given '" + name + "'");
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void suffixedNames_becomeFree() {
    try (TestWorld suffixed =
            new TestWorld(PrivateBuckets.builder().naming(BucketNaming.suffixed("k3q9x7")));
        S3PrivateClient client = suffixed.sync().build()) {
      var unused = client.createPrivateBucket("assets");
      assertThatThrownBy(() -> client.deleteBucket(BucketDeletion.of("assets")))
          .isInstanceOf(NameReleaseException.class);
      client.deleteBucket(
          BucketDeletion.of("assets").releaseName("assets-111122223333-eu-west-1-k3q9x7"));
    }
  }

  @Test
  void fullBucket_isNotDeleted() {
    fill(RESERVED, 1);
    assertThatThrownBy(() -> s3.deleteBucket(BucketDeletion.of("my-app-assets")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("BucketNotEmpty"));
    assertThat(world.s3.bucketOwner(RESERVED)).isPresent();
  }

  @Test
  void bucketsOfOthers_areRefused_beforeAnyCall() {
    assertThatThrownBy(() -> s3.emptyAndKeep("partner")).isInstanceOf(ForeignBucketException.class);
    assertThatThrownBy(
            () -> s3.deleteBucket(BucketDeletion.of("partner").releaseName("partner-data")))
        .isInstanceOf(ForeignBucketException.class);
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void deletion_isOnRecord_orDoesNotHappen() {
    List<AuditEvent> events = new CopyOnWriteArrayList<>();
    try (S3PrivateClient audited = world.sync().auditTrail(events::add).build();
        S3PrivateClient failing =
            world
                .sync()
                .auditTrail(
                    event -> {
                      throw new AuditFailedException("no room", null);
                    })
                .build()) {
      BucketDeletion deletion = BucketDeletion.of("logs").releaseName(FREE);
      assertThatThrownBy(() -> failing.deleteBucket(deletion))
          .isInstanceOf(AuditFailedException.class);
      assertThat(PrivateState.writes(world)).isEmpty();
      audited.deleteBucket(deletion);
    }
    assertThat(events)
        .extracting(AuditEvent::action, e -> e.outcome().result().name())
        .containsExactly(tuple("bucket:delete", "ALLOWED"), tuple("bucket:delete", "DONE"));
  }
}
