package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.core.telemetry.Tag;
import io.github.ownproof.core.telemetry.Telemetry;
import io.github.ownproof.testkit.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3PrivateClientTest {

  private static final String ELSEWHERE = "arn:aws:s3:us-east-1:111122223333:my-app-assets";

  private TestWorld world;
  private S3PrivateClient s3;

  @BeforeAll
  void start() {
    world =
        new TestWorld(
            PrivateBuckets.builder()
                .trust("theirs", "somebody-elses", TestWorld.squatterId(), TestWorld.REGION));
    s3 = world.sync().build();
    s3.createBucket(r -> r.bucket("my-app-assets"));
    s3.createBucket(r -> r.bucket(ELSEWHERE));
    world
        .squatter
        .client(TestWorld.REGION)
        .createBucket(
            r ->
                r.bucket("somebody-elses")
                    .createBucketConfiguration(c -> c.locationConstraint(TestWorld.REGION)));
  }

  @AfterAll
  void stop() {
    s3.close();
    world.close();
  }

  @BeforeEach
  void clear() {
    world.s3.clearWireLog();
  }

  private WireRequest only() {
    assertThat(world.s3.wireLog()).hasSize(1);
    return world.s3.wireLog().get(0);
  }

  @Test
  void privateName_anyCase_reachesThePhysicalBucket() {
    s3.putObject(r -> r.bucket("MY-App-Assets").key("k"), RequestBody.fromString("v"));
    assertThat(only().bucket()).isEqualTo("my-app-assets-111122223333-eu-west-1-an");
    assertThat(only().signingRegion()).isEqualTo("eu-west-1");
  }

  @Test
  void privateId_ofAnotherRegion_goesToThatRegion() {
    s3.putObject(r -> r.bucket(ELSEWHERE).key("k"), RequestBody.fromString("v"));
    assertThat(only().bucket()).isEqualTo("my-app-assets-111122223333-us-east-1-an");
    assertThat(only().signingRegion()).isEqualTo("us-east-1");
    assertThat(only().expectedBucketOwner()).contains(TestWorld.US);
  }

  @Test
  void privateId_ofAnotherRegion_asyncKinds_goToThatRegion() {
    for (S3PrivateAsyncClient.Builder kind :
        List.of(world.async(), world.multipart(), world.crt())) {
      world.s3.clearWireLog();
      try (S3PrivateAsyncClient async = kind.build()) {
        async.headBucket(r -> r.bucket(ELSEWHERE)).join();
      }
      assertThat(only().bucket()).isEqualTo("my-app-assets-111122223333-us-east-1-an");
      assertThat(only().signingRegion()).isEqualTo("us-east-1");
    }
  }

  @Test
  void copy_betweenRegionsAndOwners_carriesBothOwners() {
    world
        .squatter
        .client(TestWorld.REGION)
        .putObject(r -> r.bucket("somebody-elses").key("gift"), RequestBody.fromString("gift"));
    TestWorld.open(world.squatter, "somebody-elses");
    world.s3.clearWireLog();
    s3.copyObject(
        r ->
            r.sourceBucket("theirs")
                .sourceKey("gift")
                .destinationBucket(ELSEWHERE)
                .destinationKey("gift"));
    assertThat(only().expectedBucketOwner()).contains(TestWorld.US);
    assertThat(only().expectedSourceBucketOwner()).contains(TestWorld.SQUATTER);
    assertThat(only().header("x-amz-copy-source")).contains("somebody-elses/gift");
  }

  @Test
  @SuppressWarnings("deprecation") // copySource is how older callers name the source
  void copy_withCopySource_isRewrittenAndOwned() {
    s3.putObject(r -> r.bucket("my-app-assets").key("a/b c"), RequestBody.fromString("v"));
    world.s3.clearWireLog();
    s3.copyObject(
        r ->
            r.copySource("/my-app-assets/a/b%20c")
                .destinationBucket("my-app-assets")
                .destinationKey("d"));
    assertThat(only().header("x-amz-copy-source"))
        .contains("my-app-assets-111122223333-eu-west-1-an/a/b%20c");
    assertThat(only().expectedSourceBucketOwner()).contains(TestWorld.US);
    assertThat(s3.getObjectAsBytes(r -> r.bucket("my-app-assets").key("d")).asUtf8String())
        .isEqualTo("v");
  }

  @Test
  void createBucket_isInTheAccountsNamespaceAndTheBucketsRegion() {
    s3.createBucket(r -> r.bucket("arn:aws:s3:ap-southeast-2:111122223333:made"));
    assertThat(only().header("x-amz-bucket-namespace")).contains("account-regional");
    assertThat(world.s3.bucketRegion("made-111122223333-ap-southeast-2-an"))
        .contains("ap-southeast-2");
    s3.createBucket(r -> r.bucket("arn:aws:s3:us-east-1:111122223333:made"));
    assertThat(world.s3.bucketRegion("made-111122223333-us-east-1-an")).contains("us-east-1");
  }

  @Test
  void createBucket_ofAnotherAccount_isRefused() {
    assertThatThrownBy(() -> s3.createBucket(r -> r.bucket("theirs")))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("another account");
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void badNames_areRefusedBeforeAnyRequest() {
    for (String bad :
        List.of("", "a.b", "a/b", "a_b", "x".repeat(60), "foo-999988887777-eu-west-1-an")) {
      assertThatThrownBy(() -> s3.headBucket(r -> r.bucket(bad)))
          .isInstanceOf(OwnproofException.class);
    }
    assertThatThrownBy(() -> s3.headBucket(r -> r.bucket(null)))
        .isInstanceOf(BucketNameException.class);
    try (S3PrivateAsyncClient async = world.async().build()) {
      assertThat(async.headBucket(r -> r.bucket("a.b")))
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withCauseInstanceOf(BucketNameException.class);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void absentBucket_isSaid_andAwsExceptionsCanBeKept() {
    assertThatThrownBy(() -> s3.listObjectsV2(r -> r.bucket("absent")))
        .isInstanceOf(BucketAbsentException.class)
        .hasCauseInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> s3.headBucket(r -> r.bucket("absent")))
        .isInstanceOf(BucketAbsentException.class);
    assertThatThrownBy(() -> s3.withAwsExceptions().headBucket(r -> r.bucket("absent")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("my-app-assets").key("absent")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void bucketOfAnotherAccount_undeclared_isDeniedWithOneRequest() {
    PrivateBuckets wrong =
        PrivateBuckets.builder()
            .context(world.buckets.context())
            .adopt("ours", "somebody-elses")
            .build();
    try (S3PrivateClient mistaken = world.sync().buckets(wrong).build()) {
      assertThatThrownBy(
              () -> mistaken.putObject(r -> r.bucket("ours").key("k"), RequestBody.fromString("v")))
          .isInstanceOf(BucketOwnershipException.class)
          .hasMessageContaining("diagnose(\"ours\")");
      assertThat(only().status()).isEqualTo(403);
      assertThat(mistaken.diagnose("ours").state()).isEqualTo(BucketDiagnosis.State.FOREIGN);
    }
  }

  @Test
  void wrap_plainClient_isGuarded_andStaysOpen() {
    S3Client raw = world.us.client(TestWorld.REGION);
    try (S3PrivateClient wrapped = S3PrivateClient.wrap(raw, world.buckets)) {
      wrapped.putObject(r -> r.bucket("my-app-assets").key("w"), RequestBody.fromString("v"));
      assertThat(only().expectedBucketOwner()).contains(TestWorld.US);
      var unused = wrapped.headBucket(r -> r.bucket(ELSEWHERE));
    }
    assertThat(raw.listBuckets().buckets()).isNotEmpty();
  }

  @Test
  void wrap_plainAsyncClient_isGuarded_andRefusesPresignedUrls() {
    try (S3AsyncClient raw = world.us.configure(S3AsyncClient.builder()).build();
        S3PrivateAsyncClient wrapped = S3PrivateAsyncClient.wrap(raw, world.buckets)) {
      wrapped.headBucket(r -> r.bucket("my-app-assets")).join();
      assertThat(only().expectedBucketOwner()).contains(TestWorld.US);
    }
  }

  @Test
  void wrap_clientWithThePlugin_isTakenAsItIs() {
    try (S3Client plugged =
            world
                .us
                .configure(S3Client.builder(), TestWorld.REGION)
                .addPlugin(OwnedBucketsPlugin.of(world.buckets))
                .build();
        S3PrivateClient wrapped = S3PrivateClient.wrap(plugged, world.buckets);
        S3PrivateClient twice = S3PrivateClient.wrap(wrapped, world.buckets)) {
      var unused = twice.headBucket(r -> r.bucket("my-app-assets"));
      assertThat(only().expectedBucketOwner()).contains(TestWorld.US);
    }
  }

  @Test
  void plugin_takesPrivateNamesAndIds() {
    try (S3Client plugged =
        world
            .us
            .configure(S3Client.builder(), TestWorld.REGION)
            .addPlugin(OwnedBucketsPlugin.of(world.buckets))
            .build()) {
      plugged.putObject(r -> r.bucket("my-app-assets").key("p"), RequestBody.fromString("v"));
      var unused = plugged.headObject(r -> r.bucket("my-app-assets").key("p"));
      var unusedToo = plugged.headBucket(r -> r.bucket(ELSEWHERE));
      plugged.copyObject(
          r ->
              r.sourceBucket("my-app-assets")
                  .sourceKey("p")
                  .destinationBucket(ELSEWHERE)
                  .destinationKey("p"));
    }
    assertThat(world.s3.wireLog())
        .hasSize(4)
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestWorld.US));
  }

  @Test
  void discoveredContext_isAskedForOnTheFirstCallOnly() {
    AtomicInteger asked = new AtomicInteger();
    PrivateBuckets discovered =
        PrivateBuckets.builder()
            .context(
                () -> {
                  asked.incrementAndGet();
                  return ExecutionContext.of(TestWorld.US, TestWorld.REGION);
                })
            .build();
    try (S3PrivateClient lazy = world.sync().buckets(discovered).build();
        S3PrivateAsyncClient lazyAsync = world.async().buckets(discovered).build()) {
      assertThat(asked).hasValue(0);
      lazyAsync.headBucket(r -> r.bucket("my-app-assets")).join();
      var unused = lazy.headBucket(r -> r.bucket("my-app-assets"));
      assertThat(asked.get()).isPositive();
    }
    assertThat(world.s3.wireLog()).hasSize(2);
  }

  @Test
  void discoveredContext_asyncCall_doesNotBlockTheCaller() throws Exception {
    Thread[] asker = new Thread[1];
    PrivateBuckets discovered =
        PrivateBuckets.builder()
            .context(
                () -> {
                  asker[0] = asker[0] == null ? Thread.currentThread() : asker[0];
                  return ExecutionContext.of(TestWorld.US, TestWorld.REGION);
                })
            .build();
    try (S3PrivateAsyncClient lazy = world.async().buckets(discovered).build()) {
      lazy.headBucket(r -> r.bucket("my-app-assets")).join();
    }
    assertThat(asker[0]).isNotSameAs(Thread.currentThread());
    asker[0].join(5_000);
    assertThat(asker[0].isAlive()).isFalse();
  }

  @Test
  void failingDiscovery_isToldAndTriedAgain() {
    AtomicInteger asked = new AtomicInteger();
    PrivateBuckets discovered =
        PrivateBuckets.builder()
            .context(
                () -> {
                  if (asked.incrementAndGet() <= 2) {
                    throw BucketNameException.invalid("not yet");
                  }
                  return ExecutionContext.of(TestWorld.US, TestWorld.REGION);
                })
            .build();
    try (S3PrivateClient lazy = world.sync().buckets(discovered).build()) {
      assertThatThrownBy(() -> lazy.headBucket(r -> r.bucket("my-app-assets")))
          .isInstanceOf(OwnproofException.class);
      assertThatThrownBy(lazy::listBuckets).isInstanceOf(OwnproofException.class);
      var unused = lazy.headBucket(r -> r.bucket("my-app-assets"));
    }
  }

  @Test
  void credentialsInsideConfigure_whileTheAccountIsDiscovered_areRefused() {
    System.setProperty("aws.region", TestWorld.REGION);
    try (S3PrivateClient mistaken =
        S3PrivateClient.builder().configure(b -> world.us.configure(b)).build()) {
      assertThatThrownBy(() -> mistaken.headBucket(r -> r.bucket("my-app-assets")))
          .isInstanceOf(OwnproofException.class);
    } finally {
      System.clearProperty("aws.region");
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void accountAndRegion_fromCredentialsAndEnvironment_areEnough() {
    System.setProperty("aws.region", TestWorld.REGION);
    try (S3PrivateClient discovering =
        S3PrivateClient.builder()
            .credentialsProvider(world.us.credentials())
            .endpointOverride(world.s3.endpoint())
            .pathStyle()
            .build()) {
      discovering.putObject(r -> r.bucket("my-app-assets").key("k"), RequestBody.fromString("v"));
    } finally {
      System.clearProperty("aws.region");
    }
    assertThat(only().bucket()).isEqualTo("my-app-assets-111122223333-eu-west-1-an");
  }

  @Test
  void telemetry_countsOwnedRefusedAndDenied_andCannotFailACall() {
    List<String> counted = new CopyOnWriteArrayList<>();
    Telemetry failing =
        new Telemetry() {
          @Override
          public void count(String name, long delta, Tag... tags) {
            counted.add(name + List.of(tags));
            throw new IllegalStateException("the back end is down");
          }

          @Override
          public void time(String name, Duration elapsed, Tag... tags) {}
        };
    PrivateBuckets observed =
        PrivateBuckets.builder()
            .context(world.buckets.context())
            .adopt("wrong", "somebody-elses")
            .telemetry(failing)
            .build();
    try (S3PrivateClient counting = world.sync().buckets(observed).build()) {
      var unused = counting.headBucket(r -> r.bucket("my-app-assets"));
      assertThatThrownBy(() -> counting.headBucket(r -> r.bucket("a.b")))
          .isInstanceOf(BucketNameException.class);
      assertThatThrownBy(() -> counting.headBucket(r -> r.bucket("wrong")))
          .isInstanceOf(BucketOwnershipException.class);
    }
    assertThat(counted)
        .containsExactly(
            "s3.requests.owned[operation=HeadBucket]",
            "s3.requests.refused[operation=HeadBucket, reason=s3_name_invalid]",
            "s3.requests.owned[operation=HeadBucket]",
            "s3.owner.mismatch[operation=HeadBucket]");
  }
}
