package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ownproof.s3.internal.context.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** An environment, credentials and stubs a test can set one by one. */
abstract class AwsExecutionContextFixture {

  static final String SIGNER = "111111111111";
  static final String HOST = "222222222222";
  static final String OTHER = "333333333333";
  static final String SECRET = "canary-secret-key";
  static final String SESSION = "canary-session-token";

  static final String CONTAINER = "z";
  static final String INSTANCE = "0";
  static final String ENVIRONMENT = "g";
  static final String WEB_IDENTITY = "k,h";
  static final String PROFILE = "n";

  final Map<String, String> env = new HashMap<>();
  final Map<String, String> properties = new HashMap<>();
  final Credentials credentials = new Credentials();
  ContextStub stub;

  @BeforeEach
  void startStub() throws IOException {
    stub = new ContextStub();
    env.put("AWS_REGION", "eu-west-1");
    env.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  @AfterEach
  void stopStub() {
    stub.close();
  }

  /** Everything from the maps and stubs above, and STS at the stub. */
  AwsExecutionContext.Builder builder() {
    return AwsExecutionContext.builder()
        .credentialsProvider(credentials)
        .stsEndpoint(stub.uri())
        .profileRegion(
            () ->
                () -> {
                  throw SdkClientException.create("no profile");
                })
        .settings(Settings.of(env, properties));
  }

  void useImds() {
    env.remove("AWS_EC2_METADATA_DISABLED");
    env.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", stub.uri().toString());
  }

  void useEcs() {
    env.put("ECS_CONTAINER_METADATA_URI_V4", stub.uri() + "/v4/abc");
    env.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/x");
  }

  void useIrsa(String account) {
    env.put("AWS_ROLE_ARN", "arn:aws:iam::" + account + ":role/path/app");
    env.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/secrets/token");
  }

  static String function(String account) {
    return "arn:aws:lambda:eu-west-1:" + account + ":function:app:live";
  }

  static String accountOf(AwsExecutionContext.Builder builder) {
    try (AwsExecutionContext context = builder.build()) {
      return context.context().account().value();
    }
  }

  static ExecutionContextException failureOf(AwsExecutionContext context) {
    ExecutionContextException failure =
        catchThrowableOfType(ExecutionContextException.class, context::context);
    assertThat(failure).isNotNull();
    return failure;
  }

  static ExecutionContextException failureOf(AwsExecutionContext.Builder builder) {
    try (AwsExecutionContext context = builder.build()) {
      return failureOf(context);
    }
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** A provider whose answer the test sets. */
  static final class Credentials implements IdentityProvider<AwsCredentialsIdentity> {

    final AtomicInteger asked = new AtomicInteger();
    volatile Supplier<AwsCredentialsIdentity> answer = () -> session("AKIAONE", null, null);

    void are(String accessKeyId, @Nullable String accountId, @Nullable String provider) {
      AwsCredentialsIdentity identity = session(accessKeyId, accountId, provider);
      answer = () -> identity;
    }

    void from(@Nullable String provider) {
      are("AKIAONE", null, provider);
    }

    static AwsCredentialsIdentity session(
        String accessKeyId, @Nullable String accountId, @Nullable String provider) {
      return AwsSessionCredentials.builder()
          .accessKeyId(accessKeyId)
          .secretAccessKey(SECRET)
          .sessionToken(SESSION)
          .accountId(accountId)
          .providerName(provider)
          .build();
    }

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
      return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(
        ResolveIdentityRequest request) {
      asked.incrementAndGet();
      return CompletableFuture.completedFuture(answer.get());
    }
  }
}
