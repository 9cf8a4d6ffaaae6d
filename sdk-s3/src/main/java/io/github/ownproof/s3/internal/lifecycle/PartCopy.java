package io.github.ownproof.s3.internal.lifecycle;

import io.github.ownproof.s3.PrivateBucket;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Copies one large object part by part. What CopyObject carries over by itself, content headers and
 * user metadata, is carried over by hand here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CopyingObjectsMPUapi.html">Copying
 *     an object using multipart upload</a>
 */
final class PartCopy {

  private final BucketHost host;
  private final PrivateBucket source;
  private final PublicBucketCalls target;
  private final CopySizes sizes;

  PartCopy(BucketHost host, PrivateBucket source, PublicBucketCalls target, CopySizes sizes) {
    this.host = host;
    this.source = source;
    this.target = target;
    this.sizes = sizes;
  }

  void copy(String key, String eTag, long size) {
    HeadObjectResponse original =
        host.s3().headObject(r -> r.bucket(host.spelling(source)).key(key).ifMatch(eTag));
    String upload = begin(key, original);
    try {
      List<CompletedPart> parts = new ArrayList<>();
      long part = sizes.partOf(size);
      for (long start = 0; start < size; start += part) {
        parts.add(
            copyPart(key, eTag, upload, parts.size() + 1, start, Math.min(size, start + part) - 1));
      }
      var unused =
          host.s3()
              .completeMultipartUpload(
                  r ->
                      r.bucket(target.name())
                          .key(key)
                          .uploadId(upload)
                          .multipartUpload(m -> m.parts(parts))
                          .overrideConfiguration(target::cleared));
    } catch (RuntimeException e) {
      abort(key, upload, e);
      throw e;
    }
  }

  private String begin(String key, HeadObjectResponse original) {
    return host.s3()
        .createMultipartUpload(
            r ->
                r.bucket(target.name())
                    .key(key)
                    .contentType(original.contentType())
                    .contentEncoding(original.contentEncoding())
                    .contentLanguage(original.contentLanguage())
                    .contentDisposition(original.contentDisposition())
                    .cacheControl(original.cacheControl())
                    .expires(expires(original))
                    .metadata(original.metadata())
                    .serverSideEncryption(ServerSideEncryption.AES256)
                    .overrideConfiguration(target::cleared))
        .uploadId();
  }

  /** A header that is not a date cannot be sent again. */
  private static @Nullable Instant expires(HeadObjectResponse original) {
    try {
      return original.expiresString() == null
          ? null
          : DateTimeFormatter.RFC_1123_DATE_TIME.parse(original.expiresString(), Instant::from);
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  private CompletedPart copyPart(
      String key, String eTag, String upload, int number, long first, long last) {
    var copied =
        host.s3()
            .uploadPartCopy(
                r ->
                    r.sourceBucket(host.spelling(source))
                        .sourceKey(key)
                        .copySourceIfMatch(eTag)
                        .copySourceRange("bytes=" + first + "-" + last)
                        .destinationBucket(target.name())
                        .destinationKey(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .overrideConfiguration(target::cleared));
    return CompletedPart.builder().partNumber(number).eTag(copied.copyPartResult().eTag()).build();
  }

  /** What is left unfinished would cost storage; a demotion would find it, though. */
  private void abort(String key, String upload, RuntimeException failure) {
    try {
      var unused =
          host.s3()
              .abortMultipartUpload(
                  r ->
                      r.bucket(target.name())
                          .key(key)
                          .uploadId(upload)
                          .overrideConfiguration(target::cleared));
    } catch (RuntimeException unaborted) {
      failure.addSuppressed(unaborted);
    }
  }
}
