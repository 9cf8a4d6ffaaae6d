package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.s3.lifecycle.DemotionReport;
import io.github.ownproof.s3.lifecycle.PrivateBucketPlan;
import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.s3.lifecycle.ProvisionedBucket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The lifecycle on clients that split what they send. */
class LifecycleClientKindsTest {

  private static final String PUBLIC = "public-acme-press";
  private static final Promotion PROMOTION = Promotion.publicBucket("press", PUBLIC, "photos/");
  private static final int TWO_PARTS = (int) TestWorld.PART + 1;

  private static TestWorld world;

  @BeforeAll
  static void start() {
    world = new TestWorld();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void clear() {
    world.s3.clear();
  }

  private static void createAndFill(S3PrivateAsyncClient s3) {
    ProvisionedBucket made = s3.createPrivateBucket(PrivateBucketPlan.of("press")).join();
    assertThat(made.outcome()).isEqualTo(ProvisionedBucket.Outcome.CREATED);
    s3.putObject(
            r -> r.bucket("press").key("photos/large.jpg"),
            AsyncRequestBody.fromBytes(new byte[TWO_PARTS]))
        .join();
  }

  private static int anonymously(String key) throws Exception {
    URI uri = world.s3.endpoint().resolve("/" + PUBLIC + "/" + key);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static void promoteAndDemote(S3PrivateAsyncClient s3) throws Exception {
    createAndFill(s3);

    // What was uploaded within the second is copied again: which is newer cannot be told.
    assertThat(s3.promoteBucket(PROMOTION).join().objectsCopied()).isPositive();
    assertThat(anonymously("photos/large.jpg")).isEqualTo(200);
    assertThat(s3.promotions("press").join()).containsExactly(PROMOTION);
    assertThat(s3.demoteBucket(PROMOTION).join().outcome())
        .isEqualTo(DemotionReport.Outcome.DEMOTED);
    assertThat(anonymously("photos/large.jpg")).isEqualTo(403);
  }

  @Test
  void multipartClient_copiesWhatItWouldSplit() throws Exception {
    try (S3PrivateAsyncClient s3 = world.multipart().build()) {
      promoteAndDemote(s3);
    }
  }

  @Test
  void crtClient_copiesWhatItWouldSplit() throws Exception {
    try (S3PrivateAsyncClient s3 = world.crt().build()) {
      promoteAndDemote(s3);
    }
  }

  @Test
  void wrappedMultipartClient_copiesInParts() throws Exception {
    S3AsyncClient existing =
        world
            .us
            .configure(S3AsyncClient.builder(), TestWorld.REGION)
            .multipartEnabled(true)
            .multipartConfiguration(
                m -> m.minimumPartSizeInBytes(TestWorld.PART).thresholdInBytes(TestWorld.PART))
            .addPlugin(OwnedBucketsPlugin.of(world.buckets))
            .build();
    try (existing;
        S3PrivateAsyncClient s3 = S3PrivateAsyncClient.wrap(existing, world.buckets)) {
      promoteAndDemote(s3);
    }
    assertThat(world.requests("UploadPartCopy"))
        .isNotEmpty()
        .allSatisfy(
            part ->
                assertThat(part.header("x-amz-source-expected-bucket-owner"))
                    .contains(TestWorld.US));
  }
}
