package io.github.ownproof.s3;

import io.github.ownproof.core.AccountId;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The same contract against a server that the environment names: {@code OWNPROOF_S3_ENDPOINT}, and
 * for each of the accounts {@code US} and {@code SQUATTER} {@code OWNPROOF_S3_..._ACCOUNT}, {@code
 * _ACCESS_KEY} and {@code _SECRET_KEY}. {@code OWNPROOF_S3_GAPS=true} says that the server does not
 * enforce the owner of a copy's source, as some do not.
 */
@Tag("integration")
@EnabledIfEnvironmentVariable(named = "OWNPROOF_S3_ENDPOINT", matches = "https?://.+")
class ExternalOwnerContractTest extends OwnerContract {

  @Override
  Server start() {
    return new Server(
        URI.create(variable("ENDPOINT")),
        System.getenv().getOrDefault("OWNPROOF_S3_REGION", "us-east-1"),
        AccountId.of(variable("US_ACCOUNT")),
        keys("US"),
        AccountId.of(variable("SQUATTER_ACCOUNT")),
        keys("SQUATTER"),
        !Boolean.parseBoolean(System.getenv().getOrDefault("OWNPROOF_S3_GAPS", "false")));
  }

  @Override
  void stop() {}

  private static AwsCredentialsProvider keys(String account) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            variable(account + "_ACCESS_KEY"), variable(account + "_SECRET_KEY")));
  }

  private static String variable(String name) {
    String value = System.getenv("OWNPROOF_S3_" + name);
    if (value == null) {
      throw new IllegalStateException("OWNPROOF_S3_" + name + " is not set");
    }
    return value;
  }
}
