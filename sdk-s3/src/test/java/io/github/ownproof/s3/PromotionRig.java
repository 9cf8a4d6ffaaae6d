package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.s3.lifecycle.Promotion;
import io.github.ownproof.testkit.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A private bucket with objects under a prefix and beside it, and everybody who may try to read.
 */
final class PromotionRig implements AutoCloseable {

  static final String BUCKET = "press";
  static final String PHYSICAL = "press-111122223333-eu-west-1-an";
  static final String PUBLIC = "public-acme-press";
  static final String PREFIX = "photos/";
  static final String DISTRIBUTION = "arn:aws:cloudfront::111122223333:distribution/EOURS";
  static final String OTHER_DISTRIBUTION = "arn:aws:cloudfront::111122223333:distribution/EOTHER";
  static final List<String> PUBLISHED = List.of("photos/a.jpg", "photos/ü b+c?.jpg");
  static final List<String> BESIDE = List.of("photos-drafts/a.jpg", "photo", "secret.txt");

  static final Promotion CLOUD_FRONT = Promotion.cloudFront(BUCKET, DISTRIBUTION, PREFIX);
  static final Promotion PUBLIC_BUCKET = Promotion.publicBucket(BUCKET, PUBLIC, PREFIX);

  private static final Set<String> READS = Set.of("GET", "HEAD");

  final TestWorld world = new TestWorld();
  final S3PrivateClient s3 = world.sync().build();
  private final HttpClient http = HttpClient.newHttpClient();

  PromotionRig() {
    reset();
  }

  /** As at the beginning. */
  void reset() {
    world.s3.clear();
    s3.createBucket(r -> r.bucket(BUCKET));
    PUBLISHED.forEach(this::put);
    BESIDE.forEach(this::put);
    world.s3.clearWireLog();
  }

  void put(String key) {
    put(key, "content of " + key);
  }

  void put(String key, String content) {
    s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(content));
  }

  /** A client that asks once. */
  S3PrivateClient.Builder withoutRetries() {
    return world
        .sync()
        .configure(b -> b.overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1))));
  }

  /** The owner, with nothing of ours in the way. */
  S3Client raw() {
    return world.us.client(TestWorld.REGION);
  }

  /** What somebody without credentials gets. */
  HttpResponse<String> anonymously(String bucket, String key) {
    try {
      String path = new URI(null, null, "/" + bucket + "/" + key, null).getRawPath();
      return http.send(
          HttpRequest.newBuilder(
                  URI.create(world.s3.endpoint() + path.replace("+", "%2B").replace("?", "%3F")))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean distributionReads(String arn, String bucket, String key) {
    return world.s3.cloudFront(arn).fetch(bucket, key).isPresent();
  }

  String policy(String bucket) {
    try {
      return raw().getBucketPolicy(r -> r.bucket(bucket)).policy();
    } catch (S3Exception absent) {
      assertThat(absent.awsErrorDetails().errorCode()).isEqualTo("NoSuchBucketPolicy");
      return "";
    }
  }

  List<String> keys(String bucket) {
    return raw().listObjectsV2(r -> r.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** What was written by anybody since the log was cleared. */
  List<WireRequest> writes() {
    return world.s3.wireLog().stream().filter(r -> !READS.contains(r.method())).toList();
  }

  /** Whatever state a promotion is in, the private bucket is as private as before. */
  void assertPrivate(boolean distributionMay) {
    for (String key : PUBLISHED) {
      assertThat(distributionReads(DISTRIBUTION, PHYSICAL, key))
          .as("the distribution reads %s", key)
          .isIn(false, distributionMay);
    }
    for (String key : BESIDE) {
      assertThat(distributionReads(DISTRIBUTION, PHYSICAL, key)).isFalse();
    }
    for (List<String> keys : List.of(PUBLISHED, BESIDE)) {
      for (String key : keys) {
        assertThat(anonymously(PHYSICAL, key).statusCode()).isEqualTo(403);
        assertThat(distributionReads(OTHER_DISTRIBUTION, PHYSICAL, key)).isFalse();
        assertThat(isRead(world.squatter.client(TestWorld.REGION), key)).isFalse();
      }
    }
  }

  private static boolean isRead(S3Client other, String key) {
    try {
      var unused = other.getObjectAsBytes(r -> r.bucket(PHYSICAL).key(key));
      return true;
    } catch (S3Exception denied) {
      return false;
    }
  }

  boolean publicExists() {
    return world.s3.bucketOwner(PUBLIC).isPresent();
  }

  /** Nothing lies in the public bucket, or can be read there, that is not under the prefix. */
  void assertNothingBesideIsPublic() {
    if (publicExists()) {
      assertThat(keys(PUBLIC)).allSatisfy(key -> assertThat(key).startsWith(PREFIX));
    }
    for (String key : BESIDE) {
      assertThat(anonymously(PUBLIC, key).statusCode()).isIn(403, 404);
    }
  }

  void assertPublished() {
    assertThat(keys(PUBLIC)).containsExactlyInAnyOrderElementsOf(PUBLISHED);
    for (String key : PUBLISHED) {
      assertThat(anonymously(PUBLIC, key).body()).isEqualTo("content of " + key);
    }
    assertThat(tag("ownproof:promotion-state")).isEqualTo("published");
    assertThat(s3.promotions(BUCKET)).contains(PUBLIC_BUCKET);
  }

  /** The bucket is kept, with nothing in it and closed to everybody. */
  void assertTakenBack() {
    assertThat(s3.promotions(BUCKET)).isEmpty();
    if (publicExists()) {
      assertThat(raw().listObjectVersions(r -> r.bucket(PUBLIC)).versions()).isEmpty();
      assertThat(raw().listMultipartUploads(r -> r.bucket(PUBLIC)).uploads()).isEmpty();
      assertThat(anonymously(PUBLIC, PUBLISHED.get(0)).statusCode()).isEqualTo(403);
      assertThat(
              raw()
                  .getPublicAccessBlock(r -> r.bucket(PUBLIC))
                  .publicAccessBlockConfiguration()
                  .restrictPublicBuckets())
          .isTrue();
    }
  }

  String tag(String key) {
    return raw().getBucketTagging(r -> r.bucket(PUBLIC)).tagSet().stream()
        .filter(tag -> tag.key().equals(key))
        .map(tag -> tag.value())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    s3.close();
    world.close();
  }
}
