package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.testkit.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.DownloadRequest;
import software.amazon.awssdk.transfer.s3.model.FileUpload;
import software.amazon.awssdk.transfer.s3.model.ResumableFileUpload;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferManagerTest {

  private TestWorld world;

  @BeforeAll
  void start() {
    world = new TestWorld();
    try (S3PrivateClient s3 = world.sync().build()) {
      s3.createBucket(r -> r.bucket("transfers"));
    }
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @BeforeEach
  void clear() {
    world.s3.clearWireLog();
  }

  private S3PrivateAsyncClient client(String kind) {
    return switch (kind) {
      case "netty" -> world.async().build();
      case "multipart" -> world.multipart().build();
      default -> world.crt().build();
    };
  }

  private S3AsyncClient plugged() {
    return world
        .us
        .configure(S3AsyncClient.builder(), TestWorld.REGION)
        .multipartEnabled(true)
        .multipartConfiguration(
            m -> m.minimumPartSizeInBytes(TestWorld.PART).thresholdInBytes(TestWorld.PART))
        .addPlugin(OwnedBucketsPlugin.of(world.buckets))
        .build();
  }

  private void assertAllOwned() {
    assertThat(world.bucketRequests())
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.expectedBucketOwner()).contains(TestWorld.US))
        .allSatisfy(
            r ->
                assertThat(r.header("x-amz-copy-source").isEmpty())
                    .isEqualTo(r.expectedSourceBucketOwner().isEmpty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "multipart", "crt"})
  void uploadDownloadCopyDirectory_allOwned(String kind, @TempDir Path dir) throws IOException {
    Path big = Files.write(dir.resolve("big"), new byte[(int) TestWorld.PART + 7]);
    Path out = Files.createDirectory(dir.resolve("out"));
    Path in = Files.createDirectory(dir.resolve("in"));
    Files.writeString(in.resolve("one"), "one");
    Files.writeString(in.resolve("two"), "two");
    try (S3PrivateAsyncClient s3 = client(kind);
        S3TransferManager transfers = S3TransferManager.builder().s3Client(s3).build()) {
      transfers
          .uploadFile(u -> u.source(big).putObjectRequest(r -> r.bucket("transfers").key("big")))
          .completionFuture()
          .join();
      transfers
          .copy(
              c ->
                  c.copyObjectRequest(
                      r ->
                          r.sourceBucket("transfers")
                              .sourceKey("big")
                              .destinationBucket("transfers")
                              .destinationKey("copy")))
          .completionFuture()
          .join();
      // Not to a file: the AWS SDK 2.56 loses the response of a parallel download now and then.
      byte[] downloaded =
          transfers
              .download(
                  DownloadRequest.builder()
                      .getObjectRequest(r -> r.bucket("transfers").key("copy"))
                      .responseTransformer(AsyncResponseTransformer.toBytes())
                      .build())
              .completionFuture()
              .join()
              .result()
              .asByteArray();
      assertThat(downloaded).isEqualTo(Files.readAllBytes(big));
      if (!kind.equals("multipart")) {
        transfers
            .downloadFile(
                d ->
                    d.destination(out.resolve("copy"))
                        .getObjectRequest(r -> r.bucket("transfers").key("copy")))
            .completionFuture()
            .join();
        assertThat(out.resolve("copy")).hasSameBinaryContentAs(big);
      }
      assertThat(
              transfers
                  .uploadDirectory(u -> u.source(in).bucket("transfers").s3Prefix(kind))
                  .completionFuture()
                  .join()
                  .failedTransfers())
          .isEmpty();
      assertThat(
              transfers
                  .downloadDirectory(
                      d ->
                          d.destination(out)
                              .bucket("transfers")
                              .listObjectsV2RequestTransformer(l -> l.prefix(kind)))
                  .completionFuture()
                  .join()
                  .failedTransfers())
          .isEmpty();
      assertThat(Files.exists(out.resolve(kind).resolve("one")) || Files.exists(out.resolve("one")))
          .isTrue();
    }
    assertAllOwned();
  }

  @Test
  void pause_overAPrivateClient_isNotOffered(@TempDir Path dir) throws IOException {
    Path big = Files.write(dir.resolve("big"), new byte[3 * (int) TestWorld.PART]);
    world.s3.failAll(r -> r.operation().equals("UploadPart"), Fault.hang());
    try (S3PrivateAsyncClient s3 = world.multipart().build();
        S3TransferManager transfers = S3TransferManager.builder().s3Client(s3).build()) {
      FileUpload upload =
          transfers.uploadFile(
              u -> u.source(big).putObjectRequest(r -> r.bucket("transfers").key("paused")));
      assertThatThrownBy(upload::pause).isInstanceOf(UnsupportedOperationException.class);
      assertThat(upload.completionFuture().cancel(true)).isTrue();
    } finally {
      world.s3.clearFaults();
    }
  }

  @Test
  void pauseAndResume_overAClientWithThePlugin_work(@TempDir Path dir) throws Exception {
    Path big = Files.write(dir.resolve("big"), new byte[3 * (int) TestWorld.PART]);
    try (S3AsyncClient s3 = plugged();
        S3TransferManager transfers = S3TransferManager.builder().s3Client(s3).build()) {
      world.s3.failAll(
          r -> r.operation().equals("UploadPart") && "3".equals(r.query().get("partNumber")),
          Fault.hang());
      FileUpload upload =
          transfers.uploadFile(
              u -> u.source(big).putObjectRequest(r -> r.bucket("transfers").key("paused")));
      while (world.requests("UploadPart").stream().filter(r -> r.status() == 200).count() < 2) {
        Thread.onSpinWait();
      }
      ResumableFileUpload paused = upload.pause();
      world.s3.clearFaults();
      transfers.resumeUploadFile(paused).completionFuture().join();
    } finally {
      world.s3.clearFaults();
    }
    assertThat(world.requests("ListParts")).isNotEmpty();
    assertThat(world.requests("CompleteMultipartUpload")).hasSize(1);
    assertAllOwned();
  }
}
