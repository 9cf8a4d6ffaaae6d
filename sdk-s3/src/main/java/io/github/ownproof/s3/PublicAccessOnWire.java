package io.github.ownproof.s3;

import static io.github.ownproof.core.OwnproofException.quote;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Refuses what a finished request would open, told from its headers and its query: a grant can be
 * written as a header, and a query parameter can make another operation of the request.
 */
final class PublicAccessOnWire {

  /** The operations that each of these query parameters stands for; it makes them of others. */
  private static final Map<String, Set<String>> SUBRESOURCES =
      Map.of(
          "acl", Set.of("GetBucketAcl", "PutBucketAcl", "GetObjectAcl", "PutObjectAcl"),
          "policy", Set.of("GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"),
          "website", Set.of("GetBucketWebsite", "PutBucketWebsite", "DeleteBucketWebsite"),
          "publicaccessblock",
              Set.of("GetPublicAccessBlock", "PutPublicAccessBlock", "DeletePublicAccessBlock"),
          "ownershipcontrols",
              Set.of(
                  "GetBucketOwnershipControls",
                  "PutBucketOwnershipControls",
                  "DeleteBucketOwnershipControls"),
          "logging", Set.of("GetBucketLogging", "PutBucketLogging"),
          "restore", Set.of("RestoreObject"));

  /** S3 takes some headers from the query as well. */
  private static final List<String> HEADERS =
      List.of(SentHeaders.ACL, SentHeaders.GRANT, SentHeaders.OWNERSHIP);

  private PublicAccessOnWire() {}

  static void check(
      S3Operation operation,
      SdkRequest request,
      SdkHttpRequest http,
      SentHeaders headers,
      @Nullable URI override,
      PrivateBucket bucket) {
    String why = granted(headers);
    if (why == null && http.numRawQueryParameters() > 0) {
      why = queried(operation, http.rawQueryParameters().keySet(), isSentAs(operation, http));
    }
    if (why == null && http.method() == SdkHttpMethod.DELETE) {
      why = deleted(operation, http, override, bucket);
    }
    if (why == null && http.encodedPath().indexOf('?') >= 0) {
      why = "its path has a query in it";
    }
    if (why != null) {
      PublicAccess.refuse(operation, request, bucket, why);
    }
    PublicAccess.checkAgain(operation, request, bucket);
  }

  /**
   * What a request would open by headers and parameters that it was given by hand. It is sent in
   * the end, or it is signed as a URL, which nobody looks at on its way.
   */
  static @Nullable String overridden(S3Operation operation, AwsRequest request) {
    AwsRequestOverrideConfiguration override = request.overrideConfiguration().orElse(null);
    if (override == null) {
      return null;
    }
    String why = granted(SentHeaders.of(override.headers()));
    return why == null ? queried(operation, override.rawQueryParameters().keySet(), true) : why;
  }

  private static @Nullable String granted(SentHeaders headers) {
    for (String acl : headers.acl()) {
      if (!PublicAccess.isHarmlessAcl(acl)) {
        return "its header " + SentHeaders.ACL + " is " + quote(acl);
      }
    }
    for (String ownership : headers.ownership()) {
      if (!PublicAccess.isOwnerEnforced(ownership)) {
        return "its header " + SentHeaders.OWNERSHIP + " is " + quote(ownership);
      }
    }
    return headers.grants() ? "it carries a header " + SentHeaders.GRANT + "..." : null;
  }

  private static @Nullable String queried(
      S3Operation operation, Set<String> parameters, boolean asItself) {
    for (String parameter : parameters) {
      String lower = parameter.toLowerCase(Locale.ROOT);
      Set<String> meant = SUBRESOURCES.get(lower);
      if (meant != null && !(asItself && meant.contains(operation.name()))) {
        return "the query parameter " + quote(parameter) + " makes another operation of it";
      }
      for (String header : HEADERS) {
        if (lower.startsWith(header)) {
          return "it carries " + quote(parameter) + " in its query";
        }
      }
    }
    return null;
  }

  /** An operation's name begins with what it does. */
  private static boolean isSentAs(S3Operation operation, SdkHttpRequest http) {
    return switch (http.method()) {
      case GET -> operation.name().startsWith("Get");
      case PUT -> operation.name().startsWith("Put");
      case DELETE -> operation.name().startsWith("Delete");
      case POST -> operation.name().equals("RestoreObject");
      default -> false;
    };
  }

  /** The bucket itself, where a setting or an object of it was meant. */
  private static @Nullable String deleted(
      S3Operation operation, SdkHttpRequest http, @Nullable URI override, PrivateBucket bucket) {
    if (operation.name().equals("DeleteBucket")
        || bucket.kind() != S3Resource.BUCKET
        || !WireTarget.isKeyless(bucket, http, override)) {
      return null;
    }
    boolean setting =
        operation.name().startsWith("DeleteBucket") || operation.name().endsWith("AccessBlock");
    return setting && http.numRawQueryParameters() > 0
        ? null
        : "as it is sent, it deletes the bucket";
  }
}
