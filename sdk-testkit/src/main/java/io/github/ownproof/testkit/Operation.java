package io.github.ownproof.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which S3 operation a request is, and the permission a policy names for it.
 *
 * @param name as in the API reference, e.g. {@code ListObjectsV2}
 * @param action as in a policy, e.g. {@code s3:ListBucket}
 * @param by who answers it: S3Proxy, or one of our own
 * @param setting the bucket setting it reads or writes, if it does
 */
record Operation(String name, String action, AnsweredBy by, @Nullable BucketSetting setting) {

  /** Who answers an operation once it is admitted. */
  enum AnsweredBy {
    S3PROXY,
    BUCKETS,
    SETTINGS,
    ACLS,
    TAGGING,
    NOBODY
  }

  private static final Operation UNKNOWN = new Operation("Unknown", "", AnsweredBy.NOBODY, null);

  /**
   * Parameters that may stand without a value. Any other that does is a subresource we do not know,
   * and must not be taken for the operation on the bucket or object itself.
   */
  private static final Set<String> KNOWN =
      Set.of(
          "acl",
          "attributes",
          "delete",
          "location",
          "policyStatus",
          "uploads",
          "versioning",
          "versions",
          "prefix",
          "delimiter",
          "marker",
          "key-marker",
          "upload-id-marker",
          "version-id-marker",
          "continuation-token",
          "start-after",
          "encoding-type");

  /** Subresources that come with a value and are not modelled. */
  private static final Set<String> NOT_MODELLED =
      Set.of("analytics", "inventory", "metrics", "intelligent-tiering", "select", "select-type");

  static Operation of(S3Call call) {
    if (call.query().entrySet().stream().anyMatch(Operation::isUnknown)) {
      return UNKNOWN;
    }
    if (call.bucket() == null) {
      return call.method().equals("GET")
          ? own("ListBuckets", "s3:ListAllMyBuckets", AnsweredBy.BUCKETS)
          : UNKNOWN;
    }
    return call.key() == null ? ofBucket(call) : ofObject(call);
  }

  private static boolean isUnknown(Map.Entry<String, String> parameter) {
    String name = parameter.getKey();
    return NOT_MODELLED.contains(name)
        || (parameter.getValue().isEmpty()
            && !KNOWN.contains(name)
            && BucketSetting.named(Set.of(name)) == null
            && !name.toLowerCase(Locale.ROOT).startsWith("x-amz-"));
  }

  private static Operation ofBucket(S3Call call) {
    BucketSetting setting = BucketSetting.named(call.query().keySet());
    if (setting != null) {
      return setting.operation(call.method());
    }
    switch (call.method()) {
      case "GET" -> {
        if (call.has("acl")) {
          return own("GetBucketAcl", "s3:GetBucketAcl", AnsweredBy.ACLS);
        }
        if (call.has("location")) {
          return own("GetBucketLocation", "s3:GetBucketLocation", AnsweredBy.BUCKETS);
        }
        if (call.has("policyStatus")) {
          return own("GetBucketPolicyStatus", "s3:GetBucketPolicyStatus", AnsweredBy.BUCKETS);
        }
        if (call.has("versioning")) {
          return proxied("GetBucketVersioning", "s3:GetBucketVersioning");
        }
        if (call.has("versions")) {
          return proxied("ListObjectVersions", "s3:ListBucketVersions");
        }
        if (call.has("uploads")) {
          return proxied("ListMultipartUploads", "s3:ListBucketMultipartUploads");
        }
        return "2".equals(call.query().get("list-type"))
            ? proxied("ListObjectsV2", "s3:ListBucket")
            : proxied("ListObjects", "s3:ListBucket");
      }
      case "HEAD" -> {
        return own("HeadBucket", "s3:ListBucket", AnsweredBy.BUCKETS);
      }
      case "PUT" -> {
        if (call.has("acl")) {
          return own("PutBucketAcl", "s3:PutBucketAcl", AnsweredBy.ACLS);
        }
        if (call.has("versioning")) {
          return proxied("PutBucketVersioning", "s3:PutBucketVersioning");
        }
        return own("CreateBucket", "s3:CreateBucket", AnsweredBy.BUCKETS);
      }
      case "DELETE" -> {
        return own("DeleteBucket", "s3:DeleteBucket", AnsweredBy.BUCKETS);
      }
      case "POST" -> {
        return call.has("delete") ? proxied("DeleteObjects", "s3:DeleteObject") : UNKNOWN;
      }
      default -> {
        return UNKNOWN;
      }
    }
  }

  private static Operation ofObject(S3Call call) {
    boolean version = call.has("versionId");
    if (call.has("tagging")) {
      String noun = version ? "ObjectVersionTagging" : "ObjectTagging";
      return switch (call.method()) {
        case "GET" -> own("GetObjectTagging", "s3:Get" + noun, AnsweredBy.TAGGING);
        case "PUT" -> own("PutObjectTagging", "s3:Put" + noun, AnsweredBy.TAGGING);
        case "DELETE" -> own("DeleteObjectTagging", "s3:Delete" + noun, AnsweredBy.TAGGING);
        default -> UNKNOWN;
      };
    }
    if (BucketSetting.named(call.query().keySet()) != null) {
      return UNKNOWN;
    }
    if (call.has("acl")) {
      return switch (call.method()) {
        case "GET" -> own("GetObjectAcl", "s3:GetObjectAcl", AnsweredBy.ACLS);
        case "PUT" -> own("PutObjectAcl", "s3:PutObjectAcl", AnsweredBy.ACLS);
        default -> UNKNOWN;
      };
    }
    boolean upload = call.has("uploadId");
    boolean copy = call.headers().containsKey("x-amz-copy-source");
    return switch (call.method()) {
      case "GET" -> {
        if (upload) {
          yield proxied("ListParts", "s3:ListMultipartUploadParts");
        }
        yield call.has("attributes")
            ? proxied("GetObjectAttributes", read(version))
            : proxied("GetObject", read(version));
      }
      case "HEAD" -> proxied("HeadObject", read(version));
      case "PUT" -> {
        if (upload) {
          yield proxied(copy ? "UploadPartCopy" : "UploadPart", "s3:PutObject");
        }
        yield proxied(copy ? "CopyObject" : "PutObject", "s3:PutObject");
      }
      case "DELETE" ->
          upload
              ? proxied("AbortMultipartUpload", "s3:AbortMultipartUpload")
              : proxied("DeleteObject", version ? "s3:DeleteObjectVersion" : "s3:DeleteObject");
      case "POST" -> {
        if (call.has("uploads")) {
          yield proxied("CreateMultipartUpload", "s3:PutObject");
        }
        yield upload ? proxied("CompleteMultipartUpload", "s3:PutObject") : UNKNOWN;
      }
      default -> UNKNOWN;
    };
  }

  private static String read(boolean version) {
    return version ? "s3:GetObjectVersion" : "s3:GetObject";
  }

  private static Operation proxied(String name, String action) {
    return new Operation(name, action, AnsweredBy.S3PROXY, null);
  }

  private static Operation own(String name, String action, AnsweredBy by) {
    return new Operation(name, action, by, null);
  }

  boolean is(String otherName) {
    return name.equals(otherName);
  }
}
