package io.github.ownproof.s3.internal.lifecycle;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.Tag;

/** The plan's tags are among the bucket's. */
final class TagsSetting extends Setting<Map<String, String>> {

  private final Map<String, String> tags;

  TagsSetting(OwnBucket bucket, Map<String, String> tags) {
    super(bucket, "Tags");
    this.tags = tags;
  }

  @Override
  Map<String, String> read() {
    return OwnBucket.orIfAbsent(
        Map.of(),
        "NoSuchTagSet",
        () ->
            bucket().s3().getBucketTagging(r -> r.bucket(bucket().name())).tagSet().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value, (one, other) -> other)));
  }

  @Override
  Map<String, String> planned(Map<String, String> found) {
    Map<String, String> planned = new TreeMap<>(found);
    planned.putAll(tags);
    return planned;
  }

  /** All of them: S3 replaces the whole set, and refuses one without its own tags. */
  @Override
  void write(Map<String, String> planned) {
    var tagSet =
        planned.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    var unused =
        bucket()
            .s3()
            .putBucketTagging(r -> r.bucket(bucket().name()).tagging(t -> t.tagSet(tagSet)));
  }

  /** Only those the plan speaks of. */
  @Override
  String text(Map<String, String> value) {
    Map<String, String> told = new TreeMap<>(value);
    told.keySet().retainAll(tags.keySet());
    return told.isEmpty() ? "none" : told.toString();
  }
}
