package io.github.ownproof.testkit;

import io.github.ownproof.testkit.Operation.AnsweredBy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of a bucket that is kept as it was put and returned as it was put: where it is in
 * the query, what its operations and permissions are called, and what S3 answers before anything
 * was put.
 */
enum BucketSetting {
  PUBLIC_ACCESS_BLOCK(
      "publicAccessBlock",
      "PublicAccessBlock",
      "BucketPublicAccessBlock",
      "PublicAccessBlockConfiguration",
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found"),
  OWNERSHIP_CONTROLS(
      "ownershipControls",
      "BucketOwnershipControls",
      "BucketOwnershipControls",
      "OwnershipControls",
      "OwnershipControlsNotFoundError",
      "The bucket ownership controls were not found"),
  POLICY(
      "policy",
      "BucketPolicy",
      "BucketPolicy",
      "",
      "NoSuchBucketPolicy",
      "The bucket policy does not exist"),
  ENCRYPTION(
      "encryption",
      "BucketEncryption",
      "EncryptionConfiguration",
      "ServerSideEncryptionConfiguration",
      "",
      "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
          + "</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>"),
  TAGGING(
      "tagging",
      "BucketTagging",
      "BucketTagging",
      "Tagging",
      "NoSuchTagSet",
      "The TagSet does not exist"),
  OBJECT_LOCK(
      "object-lock",
      "ObjectLockConfiguration",
      "BucketObjectLockConfiguration",
      "ObjectLockConfiguration",
      "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket"),
  WEBSITE(
      "website",
      "BucketWebsite",
      "BucketWebsite",
      "WebsiteConfiguration",
      "NoSuchWebsiteConfiguration",
      "The specified bucket does not have a website configuration"),
  CORS(
      "cors",
      "BucketCors",
      "BucketCORS",
      "CORSConfiguration",
      "NoSuchCORSConfiguration",
      "The CORS configuration does not exist"),
  LIFECYCLE(
      "lifecycle",
      "BucketLifecycleConfiguration",
      "LifecycleConfiguration",
      "LifecycleConfiguration",
      "NoSuchLifecycleConfiguration",
      "The lifecycle configuration does not exist"),
  REPLICATION(
      "replication",
      "BucketReplication",
      "ReplicationConfiguration",
      "ReplicationConfiguration",
      "ReplicationConfigurationNotFoundError",
      "The replication configuration was not found"),
  LOGGING("logging", "BucketLogging", "BucketLogging", "BucketLoggingStatus", "", ""),
  NOTIFICATION(
      "notification",
      "BucketNotificationConfiguration",
      "BucketNotification",
      "NotificationConfiguration",
      "",
      ""),
  ACCELERATE(
      "accelerate",
      "BucketAccelerateConfiguration",
      "AccelerateConfiguration",
      "AccelerateConfiguration",
      "",
      ""),
  REQUEST_PAYMENT(
      "requestPayment",
      "BucketRequestPayment",
      "BucketRequestPayment",
      "RequestPaymentConfiguration",
      "",
      "<Payer>BucketOwner</Payer>");

  private final String subresource;
  private final String noun;
  private final String permission;
  private final String root;
  private final String absentCode;
  private final String absent;

  BucketSetting(
      String subresource,
      String noun,
      String permission,
      String root,
      String absentCode,
      String absent) {
    this.subresource = subresource;
    this.noun = noun;
    this.permission = permission;
    this.root = root;
    this.absentCode = absentCode;
    this.absent = absent;
  }

  static @Nullable BucketSetting named(Set<String> parameters) {
    for (BucketSetting setting : values()) {
      if (parameters.contains(setting.subresource)) {
        return setting;
      }
    }
    return null;
  }

  /** The name of the XML root; empty for the policy, which is JSON. */
  String root() {
    return root;
  }

  /** What a bucket without this setting answers. */
  String whenAbsent() {
    if (absentCode.isEmpty()) {
      return Xml.document(root, absent);
    }
    throw absence();
  }

  /** The refusal of a bucket without this setting, where S3 has no default for it. */
  Refusal absence() {
    return new Refusal(404, absentCode, absent);
  }

  Operation operation(String method) {
    return switch (method) {
      case "GET" -> operation("Get", "Get");
      case "PUT" -> operation("Put", "Put");
      // Taking a setting away needs the permission to put it; the two exceptions have their own.
      case "DELETE" ->
          operation(
              this == LIFECYCLE ? "DeleteBucketLifecycle" : "Delete" + noun,
              this == POLICY || this == WEBSITE ? "s3:Delete" + noun : "s3:Put" + permission,
              AnsweredBy.SETTINGS);
      default -> operation("Unknown", "", AnsweredBy.NOBODY);
    };
  }

  private Operation operation(String verb, String permissionVerb) {
    return operation(verb + noun, "s3:" + permissionVerb + permission, AnsweredBy.SETTINGS);
  }

  private Operation operation(String name, String action, AnsweredBy by) {
    return new Operation(name, action, by, this);
  }
}
