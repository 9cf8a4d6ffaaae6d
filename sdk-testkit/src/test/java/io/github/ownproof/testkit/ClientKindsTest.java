package io.github.ownproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Every kind of client the AWS SDK has, with the checksums and framings of each. */
class ClientKindsTest {

  private static final String A = "111122223333";
  private static final String B = "444455556666";
  private static final int PART = 5 << 20;
  private static final byte[] BIG = pattern(2 * PART + 12_345);

  @RegisterExtension
  static final S3WorldExtension s3 = S3WorldExtension.create().clearedBeforeEach();

  @BeforeEach
  void bucket() {
    s3.account(A).client().createBucket(r -> r.bucket("app"));
  }

  // Deprecated does not mean gone: users still have it.
  @SuppressWarnings("deprecation")
  static Stream<SdkHttpClient.Builder<?>> syncClients() {
    return Stream.of(
        UrlConnectionHttpClient.builder(), ApacheHttpClient.builder(), Apache5HttpClient.builder());
  }

  @ParameterizedTest
  @MethodSource("syncClients")
  void syncClient_readsAndWritesObjects(SdkHttpClient.Builder<?> http) {
    try (S3Client client =
        s3.account(A).configure(S3Client.builder()).httpClientBuilder(http).build()) {
      client.putObject(r -> r.bucket("app").key("a b/ü+%"), RequestBody.fromString("hello"));
      client.putObject(r -> r.bucket("app").key("big"), RequestBody.fromBytes(BIG));
      client.putObject(r -> r.bucket("app").key("empty"), RequestBody.empty());

      assertThat(client.getObjectAsBytes(r -> r.bucket("app").key("a b/ü+%")).asUtf8String())
          .isEqualTo("hello");
      assertThat(client.getObjectAsBytes(r -> r.bucket("app").key("big")).asByteArray())
          .isEqualTo(BIG);
      assertThat(
              client
                  .getObjectAsBytes(r -> r.bucket("app").key("a b/ü+%").range("bytes=1-3"))
                  .asUtf8String())
          .isEqualTo("ell");
      assertThat(client.listObjectsV2(r -> r.bucket("app").prefix("a ")).contents())
          .extracting(S3Object::key)
          .containsExactly("a b/ü+%");
      client.deleteObjects(
          r ->
              r.bucket("app")
                  .delete(
                      Delete.builder()
                          .objects(
                              ObjectIdentifier.builder().key("big").build(),
                              ObjectIdentifier.builder().key("empty").build())
                          .build()));
      assertThat(client.listObjectsV2(r -> r.bucket("app")).keyCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("syncClients")
  void syncClient_deniedWhileSendingALargeBody_seesTheDenial(SdkHttpClient.Builder<?> http) {
    try (S3Client client =
        s3.account(A).configure(S3Client.builder()).httpClientBuilder(http).build()) {
      assertThatThrownBy(
              () ->
                  client.putObject(
                      r -> r.bucket("app").key("big").expectedBucketOwner(B),
                      RequestBody.fromBytes(BIG)))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      client.putObject(
          r -> r.bucket("app").key("big").expectedBucketOwner(A), RequestBody.fromBytes(BIG));
    }
  }

  @Test
  void conditionalRequests_areAnsweredAsOnS3() {
    S3Client client = s3.account(A).client();
    String etag =
        client.putObject(r -> r.bucket("app").key("k"), RequestBody.fromString("x")).eTag();

    assertThatThrownBy(
            () ->
                client.putObject(
                    r -> r.bucket("app").key("k").ifNoneMatch("*"), RequestBody.fromString("y")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(412);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
            });
    assertThatThrownBy(
            () -> client.getObjectAsBytes(r -> r.bucket("app").key("k").ifNoneMatch(etag)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
    client.putObject(r -> r.bucket("app").key("k").ifMatch(etag), RequestBody.fromString("z"));
    assertThat(client.getObjectAsBytes(r -> r.bucket("app").key("k")).asUtf8String())
        .isEqualTo("z");
    assertThatThrownBy(() -> client.getObjectAsBytes(r -> r.bucket("app").key("absent")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchKey"));
  }

  @Test
  void multipartByHand_everyStepIsOwned() {
    S3Client client = s3.account(A).client();
    String upload =
        client
            .createMultipartUpload(
                r -> r.bucket("app").key("big").tagging("t=1").expectedBucketOwner(A))
            .uploadId();
    String etag =
        client
            .uploadPart(
                r ->
                    r.bucket("app")
                        .key("big")
                        .uploadId(upload)
                        .partNumber(1)
                        .expectedBucketOwner(A),
                RequestBody.fromBytes(pattern(PART)))
            .eTag();

    assertThatThrownBy(
            () ->
                client.uploadPart(
                    r ->
                        r.bucket("app")
                            .key("big")
                            .uploadId(upload)
                            .partNumber(2)
                            .expectedBucketOwner(B),
                    RequestBody.fromBytes(pattern(PART))))
        .hasMessageContaining("Access Denied");
    assertThatThrownBy(
            () ->
                client.completeMultipartUpload(
                    r ->
                        r.bucket("app")
                            .key("big")
                            .uploadId(upload)
                            .expectedBucketOwner(B)
                            .multipartUpload(
                                m ->
                                    m.parts(
                                        CompletedPart.builder().partNumber(1).eTag(etag).build()))))
        .hasMessageContaining("Access Denied");
    assertThat(client.listMultipartUploads(r -> r.bucket("app")).uploads()).hasSize(1);
    client.completeMultipartUpload(
        r ->
            r.bucket("app")
                .key("big")
                .uploadId(upload)
                .expectedBucketOwner(A)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
    assertThat(client.headObject(r -> r.bucket("app").key("big")).contentLength()).isEqualTo(PART);
    assertThat(client.getObjectTagging(r -> r.bucket("app").key("big")).tagSet()).hasSize(1);
    assertThat(client.listObjectsV2(r -> r.bucket("app")).keyCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void asyncClient_singleAndMultipart_uploadsDownloadsAndCopies(boolean multipart) {
    try (S3AsyncClient client =
        s3.account(A)
            .configure(S3AsyncClient.builder())
            .httpClientBuilder(NettyNioAsyncHttpClient.builder())
            .multipartEnabled(multipart)
            .multipartConfiguration(c -> c.minimumPartSizeInBytes((long) PART))
            .build()) {
      roundTrip(client);
    }
    assertThat(s3.wireLog().stream().anyMatch(r -> r.operation().equals("UploadPart")))
        .isEqualTo(multipart);
  }

  @Test
  void crtClient_uploadsDownloadsAndCopies() {
    try (S3AsyncClient client =
        s3.account(A)
            .configure(S3AsyncClient.crtBuilder())
            .minimumPartSizeInBytes((long) PART)
            .thresholdInBytes((long) PART)
            .build()) {
      roundTrip(client);
    }
    assertThat(s3.wireLog()).anyMatch(r -> r.operation().equals("UploadPart"));
  }

  private static void roundTrip(S3AsyncClient client) {
    client
        .putObject(
            r -> r.bucket("app").key("big").tagging("team=ops").expectedBucketOwner(A),
            AsyncRequestBody.fromBytes(BIG))
        .join();
    client
        .copyObject(
            r ->
                r.sourceBucket("app")
                    .sourceKey("big")
                    .destinationBucket("app")
                    .destinationKey("copy")
                    .expectedBucketOwner(A)
                    .expectedSourceBucketOwner(A))
        .join();

    assertThat(
            client
                .getObject(r -> r.bucket("app").key("copy"), AsyncResponseTransformer.toBytes())
                .join()
                .asByteArray())
        .isEqualTo(BIG);
    assertThat(
            client.getObjectTagging(r -> r.bucket("app").key("big")).join().tagSet().get(0).key())
        .isEqualTo("team");
    assertThatThrownBy(
            () ->
                client
                    .putObject(
                        r -> r.bucket("app").key("no").expectedBucketOwner(B),
                        AsyncRequestBody.fromBytes(BIG))
                    .join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(S3Exception.class)
        .hasMessageContaining("Status Code: 403");
    assertThatThrownBy(
            () ->
                client
                    .copyObject(
                        r ->
                            r.sourceBucket("app")
                                .sourceKey("big")
                                .destinationBucket("app")
                                .destinationKey("no")
                                .expectedBucketOwner(A)
                                .expectedSourceBucketOwner(B))
                    .join())
        .hasMessageContaining("Status Code: 403");
    assertThat(client.listObjectsV2(r -> r.bucket("app")).join().contents())
        .extracting(S3Object::key)
        .containsExactly("big", "copy");
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return bytes;
  }
}
