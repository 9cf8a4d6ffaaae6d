package io.github.ownproof.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tags of a bucket's objects, as the XML of their tag set. Thread-safe. */
final class ObjectTags {

  private final Map<Target, String> tagSets = new ConcurrentHashMap<>();
  private final Map<String, String> ofUploads = new ConcurrentHashMap<>();

  private record Target(String key, String version) {}

  @Nullable String get(String key, @Nullable String version) {
    return tagSets.get(target(key, version));
  }

  void put(String key, @Nullable String version, String tagSet) {
    tagSets.put(target(key, version), tagSet);
  }

  void remove(String key, @Nullable String version) {
    tagSets.remove(target(key, version));
  }

  /** Tags given when a multipart upload began; its completion takes them. */
  void begin(String uploadId, String tagSet) {
    ofUploads.put(uploadId, tagSet);
  }

  @Nullable String complete(String uploadId) {
    return ofUploads.remove(uploadId);
  }

  private static Target target(String key, @Nullable String version) {
    return new Target(key, version == null ? "" : version);
  }
}
