package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** Where the program runs in one account and signs as another, the signer wins. */
class AwsExecutionContextSignerTest extends AwsExecutionContextFixture {

  /** Every host source says HOST, and STS says SIGNER. */
  private AwsExecutionContext.Builder torn() {
    env.put("AWS_ACCOUNT_ID", HOST);
    useEcs();
    useImds();
    useIrsa(HOST);
    stub.ecs("/v4/abc", HOST).imds(HOST, "eu-west-1").sts(SIGNER);
    return builder().lambdaFunctionArn(function(HOST));
  }

  @Test
  void context_credentialsNameAnotherAccountThanTheEnvironment_isTheCredentials() {
    credentials.are("AKIAONE", SIGNER, PROFILE);
    assertThat(accountOf(torn())).isEqualTo(SIGNER);
    assertThat(stub.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NULL",
        "e",
        "n",
        "i",
        "z,i",
        "0,i",
        "m",
        "s",
        "w",
        "SomebodysOwnProvider",
        "zz",
        "00"
      },
      nullValues = "NULL")
  void context_credentialsFromElsewhere_isWhatStsSays(String provider) {
    credentials.from(provider);
    assertThat(accountOf(torn())).isEqualTo(SIGNER);
    assertThat(stub.requests).containsExactly("POST /");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"g", "f", "0", "p,0", "z", "h", "k,h"})
  void context_credentialsOfTheHost_isTheEnvironmentWithoutAskingSts(String provider) {
    credentials.from(provider);
    assertThat(accountOf(torn())).isEqualTo(HOST);
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_podIdentityCredentialsOnANode_isWhatStsSays() {
    // EKS Pod Identity serves container credentials, and may chain into another account.
    credentials.from(CONTAINER);
    env.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://169.254.170.23/v1/credentials");
    env.put("AWS_ACCOUNT_ID", HOST);
    useImds();
    stub.imds(HOST, "eu-west-1").sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(stub.requests).containsExactly("POST /");
  }

  @Test
  void context_instanceCredentialsInAnEcsTask_isNotTheTasksWord() {
    credentials.from(INSTANCE);
    useEcs();
    useImds();
    stub.ecs("/v4/abc", OTHER).imds(HOST, "eu-west-1");
    assertThat(accountOf(builder())).isEqualTo(HOST);
    assertThat(stub.count("GET /v4/abc/task")).isZero();
  }

  @Test
  void context_credentialsFromElsewhereAndStsRefuses_isTheHostForNow() {
    credentials.from(PROFILE);
    AwsExecutionContext.Builder torn = torn();
    stub.stsFails(403, "AccessDenied");
    assertThat(accountOf(torn)).isEqualTo(HOST);
  }

  @Test
  void context_credentialsFromElsewhereAndStsSilent_isTheHostWithinTheDeadline() {
    credentials.from(PROFILE);
    useImds();
    stub.imds(HOST, "eu-west-1").silentOn("POST /");
    assertThat(accountOf(builder())).isEqualTo(HOST);
  }

  @Test
  void context_hostBelievedForNow_isCorrectedOnceStsAnswersWithoutWaiting() throws Exception {
    AtomicLong later = new AtomicLong();
    credentials.from(PROFILE);
    env.put("AWS_ACCOUNT_ID", HOST);
    stub.stsFails(403, "AccessDenied");
    try (AwsExecutionContext context =
        builder().nanos(() -> System.nanoTime() + later.get()).build()) {
      assertThat(context.context().account().value()).isEqualTo(HOST);
      long calls = stub.stsCalls();
      stub.sts(SIGNER);
      assertThat(context.context().account().value()).isEqualTo(HOST);
      assertThat(stub.stsCalls()).as("within the minute").isEqualTo(calls);

      later.set(61_000_000_000L);
      assertThat(context.context().account().value()).isEqualTo(HOST);
      for (int i = 0; i < 100 && context.context().account().value().equals(HOST); i++) {
        Thread.sleep(20);
      }
      assertThat(context.context().account().value()).isEqualTo(SIGNER);
      assertThat(stub.stsCalls()).isEqualTo(calls + 1);
      later.set(600_000_000_000L);
      assertThat(context.context().account().value()).isEqualTo(SIGNER);
      assertThat(stub.stsCalls()).as("STS is final").isEqualTo(calls + 1);
    }
  }

  @Test
  void context_anonymousCredentials_isTheHostWithoutAskingSts() {
    env.put("AWS_ACCOUNT_ID", HOST);
    assertThat(accountOf(builder().credentialsProvider(AnonymousCredentialsProvider.create())))
        .isEqualTo(HOST);
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_credentialsNameNoProperAccount_isWhatStsSays() {
    credentials.are("AKIAONE", "my-account", PROFILE);
    stub.sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
  }
}
