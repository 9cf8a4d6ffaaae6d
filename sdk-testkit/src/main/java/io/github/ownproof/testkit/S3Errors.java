package io.github.ownproof.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What S3Proxy throws, in the words of S3. */
final class S3Errors {

  /** S3Proxy says "Forbidden" and "Not Found" where S3 says what is wrong. */
  private static final Map<String, String> MESSAGES =
      Map.of(
          "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.",
          "SignatureDoesNotMatch",
              "The request signature we calculated does not match the signature you provided. Check"
                  + " your key and signing method.",
          "RequestTimeTooSkewed",
              "The difference between the request time and the current time is too large.",
          "NoSuchUpload",
              "The specified upload does not exist. The upload ID may be invalid, or the upload may"
                  + " have been aborted or completed.",
          "BadDigest", "The Content-MD5 you specified did not match what we received.");

  private static final Map<Integer, String> CODES =
      Map.of(
          403, "AccessDenied",
          405, "MethodNotAllowed",
          412, "PreconditionFailed",
          416, "InvalidRange");

  private S3Errors() {}

  /** Null where the cause is no error S3Proxy meant to answer with. */
  static @Nullable Refusal translate(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
      if (cause instanceof AwsServiceException aws) {
        return translate(aws);
      }
    }
    if (thrown instanceof IllegalStateException
        && String.valueOf(thrown.getMessage()).startsWith("PreconditionFailed")) {
      return new Refusal(
          412,
          "PreconditionFailed",
          "At least one of the pre-conditions you specified did not hold");
    }
    if (thrown instanceof IllegalArgumentException) {
      return Refusal.invalidArgument(String.valueOf(thrown.getMessage()));
    }
    if (thrown instanceof UnsupportedOperationException) {
      return Refusal.notModelled("this operation");
    }
    return null;
  }

  private static Refusal translate(AwsServiceException aws) {
    AwsErrorDetails details = aws.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    if (code == null) {
      code = CODES.getOrDefault(aws.statusCode(), "InvalidRequest");
    }
    String message = details == null ? null : details.errorMessage();
    if (code.equals("AccessDenied") && "Forbidden".equals(message)) {
      message = "Access Denied";
    }
    Refusal refusal =
        new Refusal(
            aws.statusCode(), code, MESSAGES.getOrDefault(code, message == null ? "" : message));
    if (details != null && details.sdkHttpResponse() != null) {
      for (String header : new String[] {"ETag", "x-amz-delete-marker", "x-amz-version-id"}) {
        details
            .sdkHttpResponse()
            .firstMatchingHeader(header)
            .ifPresent(value -> refusal.headers().put(header, value));
      }
    }
    return refusal;
  }
}
