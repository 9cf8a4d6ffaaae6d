package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What is said when nobody answers, and what is never said. */
class AwsExecutionContextErrorTest extends AwsExecutionContextFixture {

  @Test
  void context_nobodyAnswers_listsEverySourceInOneError() {
    stub.stsFails(403, "AccessDenied");
    assertThat(failureOf(builder()))
        .hasMessage(
            """
            S3_CONTEXT_UNKNOWN: No source knows the account. Set AWS_ACCOUNT_ID, or\
             PrivateBuckets.builder().context(ExecutionContext.of(account, region)), or let the program reach STS. Tried:
              account from the credentials: they do not name their account
              account from STS: GetCallerIdentity failed (StsException HTTP 403 AccessDenied)
              account from AWS_ACCOUNT_ID: neither it nor the system property aws.accountId is set
              account from Lambda function ARN: none was given with lambdaFunctionArn(...)
              account from ECS task metadata: ECS_CONTAINER_METADATA_URI_V4 is not set
              account from IRSA role ARN: AWS_ROLE_ARN is not set
              account from EC2 instance metadata: AWS_EC2_METADATA_DISABLED is true""")
        .hasNoCause()
        .extracting(ExecutionContextException::code)
        .isEqualTo("S3_CONTEXT_UNKNOWN");
  }

  @Test
  void context_everySourceBroken_saysHowEachIs() {
    useEcs();
    env.put("ECS_CONTAINER_METADATA_URI", "http://metadata.example/v3");
    useImds();
    stub.imds(HOST, "eu-west-1").on("PUT /latest/api/token", 403, "");
    env.put("AWS_ACCOUNT_ID", "acme");
    env.put("AWS_ROLE_ARN", "arn:aws:iam::12:role/x");
    env.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    stub.stsFails(400, "ExpiredToken");
    assertThat(failureOf(builder().lambdaFunctionArn("arn:aws:s3:::x")))
        .hasMessageContaining("AWS_ACCOUNT_ID: is set, but not to exactly twelve digits")
        .hasMessageContaining("Lambda function ARN: what was given is not the ARN")
        .hasMessageContaining("ECS task metadata: v4 answered HTTP 404, v3")
        .hasMessageContaining("IRSA role ARN: AWS_ROLE_ARN is not the ARN of a role")
        .hasMessageContaining("EC2 instance metadata: the IMDSv2 token: answered HTTP 403")
        .hasMessageContaining("account from STS: GetCallerIdentity failed (")
        .hasMessageContaining("HTTP 400 ExpiredToken");
  }

  @Test
  void context_regionUnknown_listsWhereItWasLookedFor() {
    env.remove("AWS_REGION");
    assertThat(failureOf(builder()))
        .hasMessageContaining("No source knows the region. Set AWS_REGION")
        .hasMessageContaining("region from AWS_REGION: neither it nor")
        .hasMessageContaining("region from the AWS profile: names no region (SdkClientException)")
        .hasMessageContaining("region from ECS task metadata: ")
        .hasMessageContaining("region from EC2 instance metadata: AWS_EC2_METADATA_DISABLED")
        .hasMessageContaining("account from STS: not asked: no region is known to ask it in");
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_noCredentials_saysWhatToDo() {
    credentials.answer =
        () -> {
          throw SdkClientException.create("Unable to load credentials: " + SECRET);
        };
    assertThat(failureOf(builder()))
        .hasMessageContaining("cannot be told without credentials")
        .hasMessageContaining("credentials: could not be had (SdkClientException)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254.example.com",
        "http://metadata.google.internal",
        "http://10.0.0.1",
        "http://8.8.8.8:80",
        "http://[2001:db8::1]",
        "http://user:pass@127.0.0.1",
        "https://127.0.0.1",
        "file:///etc/passwd",
        "http://127.0.0.1/?x",
        "http://999.1.1.1",
        "http://0x7f000001",
        "http://[::1",
        "127.0.0.1",
        "http://"
      })
  void context_metadataEndpointElsewhere_isNeverContacted(String endpoint) {
    credentials.from(INSTANCE);
    useImds();
    env.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint);
    env.put("ECS_CONTAINER_METADATA_URI_V4", endpoint);
    stub.stsFails(403, "AccessDenied");
    assertThat(failureOf(builder()))
        .hasMessageContaining(
            "AWS_EC2_METADATA_SERVICE_ENDPOINT is not a plain http:// URL of a loopback")
        .hasMessageContaining("ECS_CONTAINER_METADATA_URI_V4 is not a plain http:// URL");
  }

  @Test
  void context_everythingFailsLoudly_printsNoSecret() {
    useImds();
    stub.imds(HOST, "eu-west-1")
        .on(
            "GET /latest/dynamic/instance-identity/document",
            exchange -> ContextStub.respond(exchange, 500, SECRET));
    stub.stsFails(403, "InvalidClientTokenId");
    try (AwsExecutionContext context =
        builder()
            .lambdaFunctionArn(
                () -> {
                  throw new IllegalStateException(SECRET);
                })
            .build()) {
      ExecutionContextException failure = failureOf(context);
      StringWriter printed = new StringWriter();
      failure.printStackTrace(new PrintWriter(printed));
      assertThat(printed + context.toString() + failure)
          .doesNotContain("canary", ContextStub.IMDS_TOKEN, "AKIAONE");
      assertThat(failure).hasNoCause();
      assertThat(failure.getSuppressed()).isEmpty();
    }
  }

  @Test
  void context_errorCodeFromStsForged_isLeftOut() {
    stub.stsFails(403, "Denied " + SECRET);
    assertThat(failureOf(builder()))
        .hasMessageContaining("HTTP 403)")
        .hasMessageNotContaining("canary");
  }

  @Test
  void context_stsUnreachable_failsSoonAndSaysSo() {
    AwsExecutionContext.Builder builder = builder();
    stub.close();
    long start = System.nanoTime();
    assertThat(failureOf(builder))
        .hasMessageContaining("GetCallerIdentity failed (SdkClientException < ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void context_stsJarAbsent_namesTheDependencyToAdd() throws Exception {
    try (WithoutSts loader = new WithoutSts()) {
      Runnable scenario =
          (Runnable)
              loader
                  .loadClass("io.github.ownproof.s3.AwsExecutionContextWithoutSts")
                  .getDeclaredConstructor()
                  .newInstance();
      assertThat(scenario.getClass().getClassLoader()).isSameAs(loader);
      scenario.run();
      assertThat(scenario.toString())
          .startsWith("222222222222 ")
          .contains("account from STS: not on the class path: add software.amazon.awssdk:sts");
    }
  }

  /** Our classes, as if the sts jar were not there. */
  private static final class WithoutSts extends URLClassLoader {

    WithoutSts() {
      super(
          new URL[] {locationOf(AwsExecutionContext.class), locationOf(WithoutSts.class)},
          AwsExecutionContextErrorTest.class.getClassLoader());
    }

    private static URL locationOf(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("software.amazon.awssdk.services.sts.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.github.ownproof.s3.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }
  }
}
