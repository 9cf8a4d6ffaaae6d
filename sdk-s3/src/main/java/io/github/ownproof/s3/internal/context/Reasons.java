package io.github.ownproof.s3.internal.context;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Says what a foreign exception was, without repeating what it says: its text may quote a command
 * line, a response body or a credential.
 */
final class Reasons {

  private static final int DEEPEST = 4;
  private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");

  private Reasons() {}

  /** The kinds of the exception and its causes, and the status and code of an AWS error. */
  static String of(Throwable thrown) {
    StringBuilder out = new StringBuilder();
    Throwable each = thrown;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      if (depth > 0) {
        out.append(" < ");
      }
      out.append(each.getClass().getSimpleName());
      if (each instanceof AwsServiceException refused) {
        out.append(" HTTP ").append(refused.statusCode());
        String code = errorCode(refused.awsErrorDetails());
        if (code != null) {
          out.append(' ').append(code);
        }
      }
      each = each.getCause() == each ? null : each.getCause();
    }
    return out.toString();
  }

  private static @Nullable String errorCode(@Nullable AwsErrorDetails details) {
    String code = details == null ? null : details.errorCode();
    return code != null && ERROR_CODE.matcher(code).matches() ? code : null;
  }
}
