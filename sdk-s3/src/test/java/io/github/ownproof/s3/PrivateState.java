package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.s3.internal.policy.PolicyDocument;
import io.github.ownproof.testkit.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a bucket of ours is like, as a raw client and as others see it. */
record PrivateState(TestWorld world, String bucket, String region) {

  private static final HttpClient ANYBODY = HttpClient.newHttpClient();
  private static final Set<String> READS = Set.of("GET", "HEAD");

  /** The requests that wrote, or would have. */
  static List<WireRequest> writes(TestWorld world) {
    return world.s3.wireLog().stream().filter(r -> !READS.contains(r.method())).toList();
  }

  static void ownership(S3Client s3, String bucket, ObjectOwnership ownership) {
    s3.putBucketOwnershipControls(
        r ->
            r.bucket(bucket)
                .ownershipControls(
                    c ->
                        c.rules(
                            OwnershipControlsRule.builder().objectOwnership(ownership).build())));
  }

  /** Everything that keeps it private is there, and works. */
  void assertPrivate() {
    S3Client raw = world.us.client(region);
    var block = raw.getPublicAccessBlock(r -> r.bucket(bucket)).publicAccessBlockConfiguration();
    assertThat(block.blockPublicAcls()).isTrue();
    assertThat(block.ignorePublicAcls()).isTrue();
    assertThat(block.blockPublicPolicy()).isTrue();
    assertThat(block.restrictPublicBuckets()).isTrue();
    assertThat(
            raw.getBucketOwnershipControls(r -> r.bucket(bucket))
                .ownershipControls()
                .rules()
                .get(0)
                .objectOwnership())
        .isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    assertThat(
            raw.getBucketEncryption(r -> r.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules())
        .hasSize(1);
    assertThat(raw.getBucketAcl(r -> r.bucket(bucket)).grants())
        .extracting(Grant::permissionAsString)
        .containsExactly("FULL_CONTROL");
    PolicyDocument policy =
        PolicyDocument.parse(raw.getBucketPolicy(r -> r.bucket(bucket)).policy());
    assertThat(policy.statement("OwnproofTlsOnly").orElseThrow().toJson())
        .isEqualTo(
            """
            {"Sid":"OwnproofTlsOnly","Effect":"Deny","Principal":"*","Action":"s3:*",\
            "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"],\
            "Condition":{"Bool":{"aws:SecureTransport":"false"}}}"""
                .formatted(bucket));
    assertThat(policy.statement("OwnproofOwnAccountOnly").orElseThrow().toJson())
        .isEqualTo(
            """
            {"Sid":"OwnproofOwnAccountOnly","Effect":"Deny","Principal":"*","Action":"s3:*",\
            "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"],\
            "Condition":{"StringNotEquals":{"aws:PrincipalAccount":"111122223333"},\
            "BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}"""
                .formatted(bucket));
    assertThat(isReadableByOthers()).isFalse();
    assertThat(isReadableByOthers("any")).isFalse();
  }

  /** Whether anybody, or the squatter, can list it. */
  boolean isReadableByOthers() {
    return isAnswered("") || isAnswered(() -> theirs().listObjectsV2(r -> r.bucket(bucket)));
  }

  /** Whether anybody, or the squatter, can read this key. */
  boolean isReadableByOthers(String key) {
    return isAnswered(key)
        || isAnswered(() -> theirs().getObjectAsBytes(r -> r.bucket(bucket).key(key)));
  }

  private S3Client theirs() {
    return world.squatter.client(region);
  }

  private boolean isAnswered(String key) {
    URI uri = world.s3.endpoint().resolve("/" + bucket + "/" + key);
    try {
      return ANYBODY
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isAnswered(Runnable call) {
    try {
      call.run();
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isIn(403, 404);
      return false;
    }
  }
}
