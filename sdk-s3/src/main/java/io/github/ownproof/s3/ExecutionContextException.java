package io.github.ownproof.s3;

import io.github.ownproof.core.OwnproofException;
import io.github.ownproof.s3.internal.context.Outcome;
import java.util.List;

/**
 * The account or the region the program works in is not known, so nothing may be sent to S3.
 *
 * <p>The codes:
 *
 * <ul>
 *   <li>{@code S3_CONTEXT_UNKNOWN}: no source answered. The message lists every source that was
 *       tried, one per line, with the reason it did not answer, and says what to set.
 *   <li>{@code S3_CONTEXT_INTERRUPTED}: the thread was interrupted while it waited; its interrupt
 *       flag is set.
 * </ul>
 *
 * <p>Neither is remembered for longer than half a second: the same call may succeed later.
 *
 * <p>It never has a cause. What made a source fail is named in the message, by kind of exception
 * and AWS error code; what a foreign exception says is left out, since it may quote a credential.
 */
public final class ExecutionContextException extends OwnproofException {

  private static final long serialVersionUID = 1L;

  private static final String SAY_IT =
      "PrivateBuckets.builder().context(ExecutionContext.of(account, region))";

  private ExecutionContextException(String code, String message) {
    super(code, message, null);
  }

  static ExecutionContextException of(Outcome.Unknown unknown) {
    return unknown.kind() == Outcome.Kind.INTERRUPTED
        ? new ExecutionContextException(
            "S3_CONTEXT_INTERRUPTED",
            "The thread was interrupted while it waited for account and region. Ask again if the"
                + " program goes on.")
        : new ExecutionContextException("S3_CONTEXT_UNKNOWN", unknownMessage(unknown));
  }

  private static String unknownMessage(Outcome.Unknown unknown) {
    String what =
        switch (unknown.kind()) {
          case NO_CREDENTIALS ->
              "Whose account this is cannot be told without credentials. Make the credentials"
                  + " provider work (the log of software.amazon.awssdk.auth at DEBUG has its"
                  + " details), or give PrivateBuckets a context.";
          case NO_REGION ->
              "No source knows the region. Set AWS_REGION, a region in the AWS profile, or "
                  + SAY_IT
                  + ".";
          case NO_ACCOUNT ->
              "No source knows the account. Set AWS_ACCOUNT_ID, or "
                  + SAY_IT
                  + ", or let the program reach STS.";
          case TIMED_OUT, INTERRUPTED ->
              "Account and region were not found in time. Set AWS_REGION and AWS_ACCOUNT_ID, or "
                  + SAY_IT
                  + ", or allow more time with AwsExecutionContext.builder().deadline(...).";
        };
    return what + tried(unknown.findings());
  }

  private static String tried(List<String> findings) {
    return findings.isEmpty() ? "" : " Tried:\n  " + String.join("\n  ", findings);
  }
}
