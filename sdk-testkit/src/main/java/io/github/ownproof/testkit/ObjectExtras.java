package io.github.ownproof.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;

/** What S3Proxy does not keep with an object and we do: its tags, its ACL and its parts. */
final class ObjectExtras implements GatedStore.Completion {

  static final GatedStore.Completion NONE =
      new GatedStore.Completion() {
        @Override
        public void begun(String uploadId) {}

        @Override
        public void completed(
            String uploadId, List<Long> partLengths, CompleteMultipartUploadResponse response) {}
      };

  private final Exchange exchange;
  private final Namespace namespace;
  private final RoutedRequest routed;
  private @Nullable Acl acl;
  private ObjectLocks.@Nullable Retention retention;
  private ObjectParts.@Nullable Part part;

  ObjectExtras(Exchange exchange, RoutedRequest routed, Namespace namespace) {
    this.exchange = exchange;
    this.routed = routed;
    this.namespace = namespace;
  }

  /** Before anything is stored or read. */
  void check() {
    S3Call call = exchange.call();
    Bucket bucket = bucket();
    if (bucket == null || call.key() == null) {
      return;
    }
    switch (call.operation().name()) {
      case "PutObject", "CopyObject", "CreateMultipartUpload" -> {
        acl = AclCalls.asked(call, bucket);
        retention = ObjectLocks.asked(call, bucket, exchange.time());
        if (retention != null && !call.operation().is("PutObject")) {
          throw Refusal.notModelled("Object Lock of copies and multipart uploads");
        }
      }
      case "DeleteObject" -> {
        String version = call.query().get("versionId");
        if (!bucket.locks().allowDeletion(call, call.key(), version, exchange.time())) {
          throw Refusal.accessDenied("because object protected by object lock.");
        }
      }
      case "GetObject", "HeadObject" -> {
        String version = call.query().get("versionId");
        String number = call.query().get("partNumber");
        part = number == null ? null : bucket.parts().find(call.key(), version, number);
        if (part != null) {
          routed.readRange(part.range());
          exchange.response().setHeader("x-amz-mp-parts-count", String.valueOf(part.of()));
        }
        String tagSet = bucket.tags().get(call.key(), version);
        if (tagSet != null) {
          exchange
              .response()
              .setHeader("x-amz-tagging-count", String.valueOf(TaggingCalls.count(tagSet)));
        }
      }
      default -> {
        // Nothing is kept with parts and listings.
      }
    }
  }

  /** After S3Proxy answered. */
  void stored() {
    S3Call call = exchange.call();
    Bucket bucket = bucket();
    String key = call.key();
    if (bucket == null || key == null || exchange.response().getStatus() >= 300) {
      return;
    }
    switch (call.operation().name()) {
      case "PutObject" -> {
        keep(bucket, key, version(), TaggingCalls.fromHeader(call.header("x-amz-tagging")));
        if (retention != null) {
          bucket.locks().put(key, version(), retention);
        }
      }
      case "CopyObject" -> keep(bucket, key, version(), copiedTags(call));
      case "HeadObject" -> {
        // S3Proxy knows no ranges of a HEAD.
        if (part != null) {
          exchange.response().setHeader("Content-Range", part.contentRange());
          exchange.response().setHeader("Content-Length", String.valueOf(part.length()));
          exchange.answerEmpty(206);
        }
      }
      case "DeleteObject" -> {
        bucket.parts().remove(key, call.query().get("versionId"));
        bucket.tags().remove(key, call.query().get("versionId"));
        bucket.acls().remove(key);
      }
      default -> {
        // Multipart uploads are told of by the store.
      }
    }
  }

  @Override
  public void begun(String uploadId) {
    Bucket bucket = bucket();
    String tagSet = TaggingCalls.fromHeader(exchange.call().header("x-amz-tagging"));
    if (bucket != null && tagSet != null) {
      bucket.tags().begin(uploadId, tagSet);
    }
  }

  @Override
  public void completed(
      String uploadId, List<Long> partLengths, CompleteMultipartUploadResponse response) {
    Bucket bucket = bucket();
    String key = exchange.call().key();
    if (bucket != null && key != null) {
      String version = response.versionId();
      keep(bucket, key, version, bucket.tags().complete(uploadId));
      bucket.parts().put(key, null, partLengths);
      if (version != null) {
        bucket.parts().put(key, version, partLengths);
      }
    }
  }

  private @Nullable String copiedTags(S3Call call) {
    if ("REPLACE".equals(call.header("x-amz-tagging-directive"))) {
      return TaggingCalls.fromHeader(call.header("x-amz-tagging"));
    }
    CopySource source = call.copySource();
    Bucket from = source == null ? null : namespace.find(source.bucket());
    return source == null || from == null
        ? null
        : from.tags().get(source.key(), source.versionId());
  }

  private void keep(Bucket bucket, String key, @Nullable String version, @Nullable String tagSet) {
    bucket.parts().remove(key, null);
    bucket.acls().put(key, acl == null ? Acl.PRIVATE : acl);
    if (tagSet == null) {
      bucket.tags().remove(key, null);
      return;
    }
    bucket.tags().put(key, null, tagSet);
    if (version != null) {
      bucket.tags().put(key, version, tagSet);
    }
  }

  private @Nullable String version() {
    return exchange.response().getHeader("x-amz-version-id");
  }

  private @Nullable Bucket bucket() {
    String name = exchange.call().bucket();
    return name == null ? null : namespace.find(name);
  }
}
