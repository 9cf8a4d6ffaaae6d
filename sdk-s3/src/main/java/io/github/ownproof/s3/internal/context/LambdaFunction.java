package io.github.ownproof.s3.internal.context;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of the Lambda function, which its handler is told with each invocation. A function and
 * its execution role are always in one account.
 */
record LambdaFunction(Supplier<@Nullable String> arn) implements HostSource {

  @Override
  public String name() {
    return "Lambda function ARN";
  }

  /** Lambda puts the role's credentials into the environment; SnapStart serves them over HTTP. */
  @Override
  public boolean handedOut(Signer signer) {
    return signer.madeBy(Signer.ENVIRONMENT) || signer.madeBy(Signer.CONTAINER);
  }

  @Override
  public HostFacts ask(Attempt attempt) throws Unanswered {
    String value;
    try {
      value = arn.get();
    } catch (RuntimeException foreign) {
      throw new Unanswered("its supplier failed (" + Reasons.of(foreign) + ")");
    }
    if (value == null) {
      throw new Unanswered("none was given with lambdaFunctionArn(...)");
    }
    return HostFacts.ofArn(value, "lambda", "function:")
        .orElseThrow(() -> new Unanswered("what was given is not the ARN of a Lambda function"));
  }
}
