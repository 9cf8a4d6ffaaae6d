package io.github.ownproof.s3;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/** The AWS SDK's URLs for our own short methods, where a bucket's URLs are not signed here. */
final class AwsUrls {

  private AwsUrls() {}

  static PresignedUrl sign(
      Presigning presigning,
      PrivateBucket bucket,
      AwsCredentialsIdentity identity,
      UrlLifetime lifetime,
      UrlExtras extras,
      String key) {
    S3Request owned = request(bucket, key, extras);
    PresignedRequest url =
        sign(new UrlDraft<>(presigning, owned, bucket, identity, lifetime, null));
    Map<String, String> headers = new TreeMap<>();
    url.signedHeaders()
        .forEach(
            (name, values) -> {
              if (!name.equals("host")) {
                headers.put(name, String.join(",", values));
              }
            });
    return new PresignedUrl(
        url.url().toString(), extras.method(), Map.copyOf(headers), lifetime.end());
  }

  private static PresignedRequest sign(UrlDraft<S3Request> draft) {
    S3Request request = draft.request();
    if (request instanceof GetObjectRequest get) {
      return draft.check(
          draft
              .aws()
              .presignGetObject(r -> r.getObjectRequest(get).signatureDuration(draft.duration())));
    }
    if (request instanceof HeadObjectRequest head) {
      return draft.check(
          draft
              .aws()
              .presignHeadObject(
                  r -> r.headObjectRequest(head).signatureDuration(draft.duration())));
    }
    if (request instanceof DeleteObjectRequest delete) {
      return draft.check(
          draft
              .aws()
              .presignDeleteObject(
                  r -> r.deleteObjectRequest(delete).signatureDuration(draft.duration())));
    }
    return draft.check(
        draft
            .aws()
            .presignPutObject(
                r ->
                    r.putObjectRequest((PutObjectRequest) request)
                        .signatureDuration(draft.duration())));
  }

  private static S3Request request(PrivateBucket bucket, String key, UrlExtras extras) {
    String name = bucket.physicalName();
    String owner = bucket.owner().value();
    return switch (extras.method()) {
      case "GET" ->
          GetObjectRequest.builder().bucket(name).key(key).expectedBucketOwner(owner).build();
      case "HEAD" ->
          HeadObjectRequest.builder().bucket(name).key(key).expectedBucketOwner(owner).build();
      case "DELETE" ->
          DeleteObjectRequest.builder().bucket(name).key(key).expectedBucketOwner(owner).build();
      default -> upload(extras, name, key, owner);
    };
  }

  private static PutObjectRequest upload(UrlExtras extras, String name, String key, String owner) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder().bucket(name).key(key).expectedBucketOwner(owner);
    extras
        .signed()
        .forEach(
            header -> {
              switch (header.name()) {
                case "content-length" -> put.contentLength(Long.valueOf(header.value()));
                case "content-type" -> put.contentType(header.value());
                case "if-none-match" -> put.ifNoneMatch(header.value());
                case "x-amz-checksum-sha256" -> put.checksumSHA256(header.value());
                default -> throw new IllegalStateException(header.name());
              }
            });
    return put.build();
  }
}
