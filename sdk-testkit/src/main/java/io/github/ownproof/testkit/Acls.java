package io.github.ownproof.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The ACL of a bucket and those of its objects. Thread-safe. */
final class Acls {

  private final Map<String, Acl> ofObjects = new ConcurrentHashMap<>();
  private volatile Acl ofBucket = Acl.PRIVATE;

  Acl get(@Nullable String key) {
    return key == null ? ofBucket : ofObjects.getOrDefault(key, Acl.PRIVATE);
  }

  void put(@Nullable String key, Acl acl) {
    if (key == null) {
      ofBucket = acl;
    } else {
      ofObjects.put(key, acl);
    }
  }

  void remove(String key) {
    ofObjects.remove(key);
  }
}
