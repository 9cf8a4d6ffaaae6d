package io.github.ownproof.s3;

import io.github.ownproof.s3.internal.context.Settings;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Asks for the context where the sts jar is absent; run in a class loader that hides it. */
public final class AwsExecutionContextWithoutSts implements Runnable {

  private String said = "";

  /** For the class loader. */
  public AwsExecutionContextWithoutSts() {}

  @Override
  public void run() {
    said = contextOf(Map.of("AWS_ACCOUNT_ID", "222222222222")) + " " + contextOf(Map.of());
  }

  private static String contextOf(Map<String, String> environment) {
    try (AwsExecutionContext context =
        AwsExecutionContext.builder()
            .region("eu-west-1")
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "s")))
            .settings(Settings.of(environment, Map.of("aws.disableEc2Metadata", "true")))
            .build()) {
      return context.context().account().value();
    } catch (ExecutionContextException unknown) {
      return String.valueOf(unknown.getMessage());
    }
  }

  @Override
  public String toString() {
    return said;
  }
}
