package io.github.ownproof.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** A call that is answered with an error, in the words S3 uses for it. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers = new LinkedHashMap<>();
  private final transient Map<String, String> elements = new LinkedHashMap<>();

  Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  Map<String, String> headers() {
    return headers;
  }

  Map<String, String> elements() {
    return elements;
  }

  Refusal withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Refusal withElement(String name, String value) {
    elements.put(name, value);
    return this;
  }

  static Refusal accessDenied() {
    return new Refusal(403, "AccessDenied", "Access Denied");
  }

  static Refusal accessDenied(String because) {
    return new Refusal(403, "AccessDenied", "Access Denied " + because);
  }

  static Refusal noSuchBucket(String bucket) {
    return new Refusal(404, "NoSuchBucket", "The specified bucket does not exist")
        .withElement("BucketName", bucket);
  }

  static Refusal noSuchKey(String key) {
    return new Refusal(404, "NoSuchKey", "The specified key does not exist.")
        .withElement("Key", key);
  }

  static Refusal preconditionFailed(String condition) {
    return new Refusal(
            412,
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold")
        .withElement("Condition", condition);
  }

  static Refusal malformedOwner(String value) {
    return new Refusal(
            400,
            "InvalidBucketOwnerAWSAccountID",
            "The value of the expected bucket owner parameter must be an AWS Account ID... ["
                + value
                + "]")
        .withElement("ExpectedBucketOwner", value);
  }

  static Refusal invalidArgument(String message) {
    return new Refusal(400, "InvalidArgument", message);
  }

  static Refusal invalidRequest(String message) {
    return new Refusal(400, "InvalidRequest", message);
  }

  static Refusal malformedXml() {
    return new Refusal(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  static Refusal malformedPolicy(String message) {
    return new Refusal(400, "MalformedPolicy", message);
  }

  static Refusal invalidBucketName(String bucket) {
    return new Refusal(400, "InvalidBucketName", "The specified bucket is not valid.")
        .withElement("BucketName", bucket);
  }

  static Refusal notModelled(String what) {
    return new Refusal(501, "NotImplemented", "S3World does not model " + what + ".");
  }
}
