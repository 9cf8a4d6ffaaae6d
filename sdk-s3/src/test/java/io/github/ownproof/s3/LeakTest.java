package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.WireRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.waiters.S3Waiter;

/**
 * Each place where the AWS SDK loses the owner by itself: first seen leaking on a raw client whose
 * caller does all that can be done, then closed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakTest {

  private static final byte[] TWO_PARTS = new byte[(int) TestWorld.PART + 1_000];

  private TestWorld world;
  private S3PrivateClient s3;

  @BeforeAll
  void start() {
    world = new TestWorld();
    s3 = world.sync().build();
    s3.createBucket(r -> r.bucket("my-app-assets"));
    s3.putObject(
        r -> r.bucket("my-app-assets").key("big").tagging("colour=blue"),
        RequestBody.fromBytes(TWO_PARTS));
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

  private static CopyObjectRequest copyWithTags(String bucket) {
    return CopyObjectRequest.builder()
        .sourceBucket(bucket)
        .sourceKey("big")
        .destinationBucket(bucket)
        .destinationKey("copy")
        .taggingDirective(TaggingDirective.COPY)
        .build();
  }

  /** The oldest AWS SDK leaves the tags behind; those that know annotations do not. */
  private static boolean copiesTags() {
    try {
      Class.forName("software.amazon.awssdk.services.s3.model.PutObjectAnnotationRequest");
      return true;
    } catch (ClassNotFoundException older) {
      return false;
    }
  }

  private static List<String> without(List<WireRequest> requests) {
    return requests.stream()
        .filter(r -> r.expectedBucketOwner().isEmpty())
        .map(WireRequest::operation)
        .distinct()
        .sorted()
        .toList();
  }

  private void assertAllOwned() {
    assertThat(world.bucketRequests()).isNotEmpty();
    assertThat(world.bucketRequests())
        .allSatisfy(
            request -> {
              assertThat(request.headers().get(OwnerHeaders.OWNER))
                  .isEqualTo(List.of(TestWorld.US));
              assertThat(request.signedHeaders()).contains(OwnerHeaders.OWNER);
              if (request.header("x-amz-copy-source").isPresent()) {
                assertThat(request.headers().get(OwnerHeaders.SOURCE_OWNER))
                    .isEqualTo(List.of(TestWorld.US));
                assertThat(request.signedHeaders()).contains(OwnerHeaders.SOURCE_OWNER);
              }
            });
  }

  @Test
  void rawMultipartCopy_losesTheOwnerItWasGiven() {
    String physical = world.buckets.resolve("my-app-assets").physicalName();
    try (S3AsyncClient raw =
        world
            .us
            .configure(S3AsyncClient.builder(), TestWorld.REGION)
            .multipartEnabled(true)
            .multipartConfiguration(
                m -> m.minimumPartSizeInBytes(TestWorld.PART).thresholdInBytes(TestWorld.PART))
            .build()) {
      raw.copyObject(
              copyWithTags(physical).toBuilder()
                  .expectedBucketOwner(TestWorld.US)
                  .expectedSourceBucketOwner(TestWorld.US)
                  .build())
          .join();
    }
    assertThat(without(world.bucketRequests())).contains("CompleteMultipartUpload");
    if (copiesTags()) {
      assertThat(without(world.bucketRequests())).contains("GetObjectTagging", "PutObjectTagging");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart", "crt"})
  void multipartCopy_everyRequestCarriesTheOwner(String kind) {
    try (S3PrivateAsyncClient async =
        (kind.equals("crt") ? world.crt() : world.multipart()).build()) {
      async.copyObject(copyWithTags("my-app-assets")).join();
    }
    assertThat(world.requests("CompleteMultipartUpload")).hasSize(1);
    assertThat(world.requests("GetObjectTagging").isEmpty()).isNotEqualTo(copiesTags());
    assertThat(world.requests("PutObjectTagging").isEmpty()).isNotEqualTo(copiesTags());
    assertAllOwned();
  }

  @Test
  void multipartCopy_pluginOnly_everyRequestCarriesTheOwner() {
    try (S3AsyncClient plugged =
        world
            .us
            .configure(S3AsyncClient.builder(), TestWorld.REGION)
            .multipartEnabled(true)
            .multipartConfiguration(
                m -> m.minimumPartSizeInBytes(TestWorld.PART).thresholdInBytes(TestWorld.PART))
            .addPlugin(OwnedBucketsPlugin.of(world.buckets))
            .build()) {
      plugged.copyObject(copyWithTags("my-app-assets")).join();
    }
    assertThat(world.requests("CompleteMultipartUpload")).hasSize(1);
    assertAllOwned();
  }

  @Test
  void wrappedCrtClient_copy_isRefused() {
    try (S3AsyncClient raw = world.us.configure(S3AsyncClient.crtBuilder()).build();
        S3PrivateAsyncClient wrapped = S3PrivateAsyncClient.wrap(raw, world.buckets)) {
      assertThatThrownBy(() -> wrapped.copyObject(copyWithTags("my-app-assets")).join())
          .hasCauseInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining("S3_OPERATION_REFUSED");
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void rawWaiter_carriesNoOwner() {
    String physical = world.buckets.resolve("my-app-assets").physicalName();
    try (S3Waiter waiter = world.us.client(TestWorld.REGION).waiter()) {
      var unused = waiter.waitUntilBucketExists(r -> r.bucket(physical));
    }
    assertThat(without(world.bucketRequests())).contains("HeadBucket");
  }

  @Test
  void waiter_carriesTheOwnerAndKnowsPrivateNames() {
    try (S3Waiter waiter = s3.waiter()) {
      assertThat(waiter.waitUntilBucketExists(r -> r.bucket("my-app-assets")).matched().response())
          .isPresent();
      assertThat(waiter.waitUntilBucketNotExists(r -> r.bucket("not-there")).matched().exception())
          .isPresent();
    }
    assertThat(world.requests("HeadBucket")).hasSize(2);
    assertAllOwned();
  }

  @Test
  void asyncWaiter_carriesTheOwnerAndKnowsPrivateNames() {
    try (S3PrivateAsyncClient async = world.async().build()) {
      assertThat(
              async
                  .waiter()
                  .waitUntilObjectExists(r -> r.bucket("my-app-assets").key("big"))
                  .join()
                  .matched()
                  .response())
          .isPresent();
    }
    assertAllOwned();
  }

  @Test
  void paginator_everyPageCarriesTheOwner() {
    for (int i = 0; i < 5; i++) {
      String key = "page/" + i;
      s3.putObject(r -> r.bucket("my-app-assets").key(key), RequestBody.empty());
    }
    world.s3.clearWireLog();
    assertThat(
            s3
                .listObjectsV2Paginator(r -> r.bucket("my-app-assets").prefix("page/").maxKeys(2))
                .contents()
                .stream())
        .hasSize(5);
    assertThat(world.requests("ListObjectsV2")).hasSize(3);
    assertAllOwned();
  }

  @Test
  void crossRegionAccess_cannotBeSwitchedOn() {
    assertThatThrownBy(
            () -> world.sync().configure(b -> b.crossRegionAccessEnabled(true)).build().close())
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("crossRegionAccessEnabled");
    assertThatThrownBy(
            () -> world.async().configure(b -> b.crossRegionAccessEnabled(true)).build().close())
        .isInstanceOf(UnguardedRequestException.class);
    assertThatThrownBy(
            () ->
                world
                    .us
                    .configure(S3Client.builder())
                    .crossRegionAccessEnabled(true)
                    .addPlugin(OwnedBucketsPlugin.of(world.buckets))
                    .build()
                    .close())
        .isInstanceOf(UnguardedRequestException.class);
  }

  @Test
  void crossRegionClient_cannotBeWrapped() {
    try (S3Client raw =
            world.us.configure(S3Client.builder()).crossRegionAccessEnabled(true).build();
        S3AsyncClient rawAsync =
            world.us.configure(S3AsyncClient.builder()).crossRegionAccessEnabled(true).build();
        S3AsyncClient rawMultipart =
            world.us.configure(S3AsyncClient.builder()).multipartEnabled(true).build()) {
      assertThatThrownBy(() -> S3PrivateClient.wrap(raw, world.buckets).close())
          .isInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining("S3_CLIENT_UNGUARDABLE");
      assertThatThrownBy(() -> S3PrivateAsyncClient.wrap(rawAsync, world.buckets).close())
          .isInstanceOf(UnguardedRequestException.class);
      assertThatThrownBy(() -> S3PrivateAsyncClient.wrap(rawMultipart, world.buckets).close())
          .isInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining("OwnedBucketsPlugin");
    }
  }

  @Test
  void crossRegionCrtClient_isRefused() {
    try (S3AsyncClient raw =
            world.us.configure(S3AsyncClient.crtBuilder()).crossRegionAccessEnabled(true).build();
        S3PrivateAsyncClient wrapped = S3PrivateAsyncClient.wrap(raw, world.buckets)) {
      assertThatThrownBy(() -> wrapped.headBucket(r -> r.bucket("my-app-assets")).join())
          .hasCauseInstanceOf(UnguardedRequestException.class);
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void createSession_isRefused() {
    assertThatThrownBy(() -> s3.createSession(r -> r.bucket("my-app-assets")))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("S3_OPERATION_REFUSED");
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void directoryBucket_declared_opensNoSession() {
    PrivateBuckets buckets =
        PrivateBuckets.builder()
            .context(world.buckets.context())
            .trust("fast", "fast--euw1-az1--x-s3", world.us.id(), TestWorld.REGION)
            .build();
    try (S3Client raw =
        world.us.configure(S3Client.builder()).addPlugin(OwnedBucketsPlugin.of(buckets)).build()) {
      assertThatThrownBy(() -> raw.getObjectAsBytes(r -> r.bucket("fast").key("k")))
          .isInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining("CreateSession");
    }
    assertThat(world.requests("CreateSession")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-expected-bucket-owner", "X-Amz-Expected-Bucket-Owner"})
  void overrideHeader_ofAnotherOwner_isRefused(String header) {
    assertThatThrownBy(
            () ->
                s3.headBucket(
                    r ->
                        r.bucket("my-app-assets")
                            .overrideConfiguration(o -> o.putHeader(header, TestWorld.SQUATTER))))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("S3_OWNER_CONFLICT");
    assertThatThrownBy(
            () ->
                s3.headBucket(
                    r ->
                        r.bucket("my-app-assets")
                            .overrideConfiguration(
                                o -> o.putRawQueryParameter(header, TestWorld.SQUATTER))))
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("S3_OWNER_CONFLICT");
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void overrideHeader_ofTheSameOwner_collapsesToOne() {
    var unused =
        s3.headBucket(
            r ->
                r.bucket("my-app-assets")
                    .expectedBucketOwner(TestWorld.US)
                    .overrideConfiguration(
                        o ->
                            o.putHeader("X-Amz-Expected-Bucket-Owner", TestWorld.US)
                                .putRawQueryParameter(OwnerHeaders.OWNER, TestWorld.US)));
    assertAllOwned();
    assertThat(world.bucketRequests().get(0).query()).isEqualTo(Map.of());
  }

  @Test
  void clientWideOverrideHeader_isRefusedWhenBuilt() {
    assertThatThrownBy(
            () ->
                world
                    .sync()
                    .configure(
                        b ->
                            b.overrideConfiguration(
                                o -> o.putHeader(OwnerHeaders.OWNER, TestWorld.US)))
                    .build()
                    .close())
        .isInstanceOf(UnguardedRequestException.class)
        .hasMessageContaining("S3_OWNER_CONFLICT");
  }

  @Test
  void member_ofAnotherOwnerOrEmpty_isRefused() {
    for (String owner : List.of(TestWorld.SQUATTER, "")) {
      assertThatThrownBy(
              () -> s3.headBucket(r -> r.bucket("my-app-assets").expectedBucketOwner(owner)))
          .isInstanceOf(UnguardedRequestException.class)
          .hasMessageContaining("S3_OWNER_CONFLICT");
    }
    assertThat(world.s3.wireLog()).isEmpty();
  }

  @Test
  void delegate_isNoWayPastTheGuard() {
    try (S3PrivateAsyncClient async = world.async().build()) {
      assertThat(((DelegatingS3Client) s3).delegate()).isSameAs(s3);
      assertThat(((DelegatingS3AsyncClient) async).delegate()).isSameAs(async);
    }
  }

  @Test
  void utilities_areRefused() {
    assertThatThrownBy(s3::utilities).isInstanceOf(UnguardedRequestException.class);
    try (S3PrivateAsyncClient async = world.async().build()) {
      assertThatThrownBy(async::utilities).isInstanceOf(UnguardedRequestException.class);
    }
  }

  @Test
  void asyncUpload_inParts_everyRequestCarriesTheOwner() {
    for (S3PrivateAsyncClient.Builder kind : List.of(world.multipart(), world.crt())) {
      world.s3.clearWireLog();
      try (S3PrivateAsyncClient async = kind.build()) {
        async
            .putObject(
                r -> r.bucket("my-app-assets").key("up"), AsyncRequestBody.fromBytes(TWO_PARTS))
            .join();
      }
      assertThat(world.requests("CompleteMultipartUpload")).hasSize(1);
      assertAllOwned();
    }
  }
}
