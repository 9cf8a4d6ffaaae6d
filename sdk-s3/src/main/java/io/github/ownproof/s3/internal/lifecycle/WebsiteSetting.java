package io.github.ownproof.s3.internal.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;

/** The bucket is no website. */
final class WebsiteSetting extends Setting<Optional<GetBucketWebsiteResponse>> {

  WebsiteSetting(OwnBucket bucket) {
    super(bucket, "Website");
  }

  @Override
  Optional<GetBucketWebsiteResponse> read() {
    return OwnBucket.orIfAbsent(
        Optional.empty(),
        "NoSuchWebsiteConfiguration",
        () -> Optional.of(bucket().s3().getBucketWebsite(r -> r.bucket(bucket().name()))));
  }

  @Override
  Optional<GetBucketWebsiteResponse> planned(Optional<GetBucketWebsiteResponse> found) {
    return Optional.empty();
  }

  @Override
  void write(Optional<GetBucketWebsiteResponse> planned) {
    var unused = bucket().s3().deleteBucketWebsite(r -> r.bucket(bucket().name()));
  }

  @Override
  String text(Optional<GetBucketWebsiteResponse> value) {
    return value.map(WebsiteSetting::text).orElse("none");
  }

  private static String text(GetBucketWebsiteResponse website) {
    List<String> parts = new ArrayList<>();
    if (website.indexDocument() != null) {
      parts.add("index document " + website.indexDocument().suffix());
    }
    if (website.errorDocument() != null) {
      parts.add("error document " + website.errorDocument().key());
    }
    if (website.redirectAllRequestsTo() != null) {
      parts.add("redirects to " + website.redirectAllRequestsTo().hostName());
    }
    if (website.hasRoutingRules()) {
      parts.add(website.routingRules().size() + " routing rules");
    }
    return parts.isEmpty() ? "a website" : String.join(", ", parts);
  }
}
