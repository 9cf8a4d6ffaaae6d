package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The one namespace that the buckets of all accounts share. Thread-safe. */
final class Namespace {

  private final ConcurrentSkipListMap<String, Bucket> buckets = new ConcurrentSkipListMap<>();

  @Nullable Bucket find(String name) {
    return buckets.get(name);
  }

  Bucket get(String name) {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw Refusal.noSuchBucket(name);
    }
    return bucket;
  }

  /** Takes the name if it is free; otherwise whoever holds it. */
  @Nullable Bucket claim(Bucket bucket) {
    return buckets.putIfAbsent(bucket.name(), bucket);
  }

  void release(Bucket bucket) {
    buckets.remove(bucket.name(), bucket);
  }

  List<Bucket> ownedBy(AccountId owner) {
    return buckets.values().stream().filter(b -> b.owner().equals(owner)).toList();
  }

  List<Bucket> all() {
    return List.copyOf(buckets.values());
  }
}
