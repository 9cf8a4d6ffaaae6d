package io.github.ownproof.testkit;

import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** One bucket: whose it is, where it is, and what was configured. Thread-safe. */
final class Bucket {

  private final String name;
  private final AccountId owner;
  private final String region;
  private final Instant created;
  private final Map<BucketSetting, String> settings = new ConcurrentHashMap<>();
  private final ObjectTags tags = new ObjectTags();
  private final ObjectParts parts = new ObjectParts();
  private final Acls acls = new Acls();
  private final ObjectLocks locks = new ObjectLocks();
  private volatile @Nullable BucketPolicy policy;

  Bucket(String name, AccountId owner, String region, Instant created) {
    this.name = name;
    this.owner = owner;
    this.region = region;
    this.created = created;
  }

  String name() {
    return name;
  }

  AccountId owner() {
    return owner;
  }

  String region() {
    return region;
  }

  Instant created() {
    return created;
  }

  String arn() {
    return "arn:" + ExecutionContext.of(owner, region).partition() + ":s3:::" + name;
  }

  ObjectTags tags() {
    return tags;
  }

  ObjectParts parts() {
    return parts;
  }

  Acls acls() {
    return acls;
  }

  ObjectLocks locks() {
    return locks;
  }

  @Nullable String setting(BucketSetting setting) {
    return settings.get(setting);
  }

  @Nullable BucketPolicy policy() {
    return policy;
  }

  void put(BucketSetting setting, String document) {
    if (setting == BucketSetting.POLICY) {
      policy = BucketPolicy.parse(document, arn());
    }
    settings.put(setting, document);
  }

  void remove(BucketSetting setting) {
    if (setting == BucketSetting.POLICY) {
      policy = null;
    }
    settings.remove(setting);
  }

  /**
   * Whether one of the four flags of Block Public Access is set, e.g. {@code BlockPublicPolicy}.
   */
  boolean blocks(String flag) {
    return "true".equalsIgnoreCase(flag(BucketSetting.PUBLIC_ACCESS_BLOCK, flag));
  }

  /** Whether ACLs are switched off, as they are in every new bucket. */
  boolean ownerEnforced() {
    return "BucketOwnerEnforced".equals(flag(BucketSetting.OWNERSHIP_CONTROLS, "ObjectOwnership"));
  }

  private @Nullable String flag(BucketSetting setting, String element) {
    String document = settings.get(setting);
    if (document == null) {
      return null;
    }
    Element root = Xml.parse(document.getBytes(StandardCharsets.UTF_8));
    return Xml.text(root, element);
  }
}
