package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.InvalidContextException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.services.sts.StsClient;

/** Every source on its own, and the order they come in. */
class AwsExecutionContextSourcesTest extends AwsExecutionContextFixture {

  @Test
  void build_withEverythingReachable_asksNothing() {
    useImds();
    useEcs();
    stub.imds(HOST, "eu-west-1").ecs("/v4/abc", HOST).sts(SIGNER);

    try (AwsExecutionContext context = builder().build()) {
      assertThat(stub.requests).isEmpty();
      assertThat(credentials.asked).hasValue(0);
      assertThat(context)
          .hasToString("AwsExecutionContext[account=to be found, region=to be found]");
    }
  }

  @Test
  void context_explicitAccountAndRegion_needsNeitherCredentialsNorNetwork() {
    env.clear();
    try (AwsExecutionContext context = builder().account(OTHER).region("cn-north-1").build()) {
      assertThat(context.context()).isEqualTo(ExecutionContext.of(OTHER, "cn-north-1"));
    }
    assertThat(credentials.asked).hasValue(0);
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_explicitAccount_winsOverTheSigner() {
    credentials.are("AKIAONE", SIGNER, PROFILE);
    assertThat(accountOf(builder().account(OTHER))).isEqualTo(OTHER);
    assertThat(credentials.asked).hasValue(0);
  }

  @Test
  void context_credentialsNameTheirAccount_isThatWithoutNetwork() {
    credentials.are("AKIAONE", SIGNER, PROFILE);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_accountInTheEnvironment_isThat() {
    credentials.from(ENVIRONMENT);
    env.put("AWS_ACCOUNT_ID", HOST);
    assertThat(accountOf(builder())).isEqualTo(HOST);
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_accountInBothPropertyAndVariable_isTheProperty() {
    credentials.from(ENVIRONMENT);
    env.put("AWS_ACCOUNT_ID", HOST);
    properties.put("aws.accountId", OTHER);
    assertThat(accountOf(builder())).isEqualTo(OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234", "production", "1111-2222-3333", "1111222233334"})
  void context_accountInTheEnvironmentMalformed_isPassedOver(String value) {
    credentials.from(ENVIRONMENT);
    env.put("AWS_ACCOUNT_ID", value);
    stub.sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
  }

  @Test
  void context_lambdaFunctionArn_isItsAccount() {
    credentials.from(ENVIRONMENT);
    assertThat(accountOf(builder().lambdaFunctionArn(function(HOST)))).isEqualTo(HOST);
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_lambdaFunctionArnNotKnownYet_isAskedAgainLater() throws Exception {
    credentials.from(ENVIRONMENT);
    stub.stsFails(403, "AccessDenied");
    String[] arn = new String[1];
    try (AwsExecutionContext context = builder().lambdaFunctionArn(() -> arn[0]).build()) {
      assertThat(failureOf(context)).hasMessageContaining("Lambda function ARN: none was given");
      arn[0] = function(HOST);
      Thread.sleep(600);
      assertThat(context.context().account().value()).isEqualTo(HOST);
    }
  }

  @Test
  void context_ecsMetadataV4_isTheTasksAccount() {
    credentials.from(CONTAINER);
    useEcs();
    stub.ecs("/v4/abc", HOST);
    assertThat(accountOf(builder())).isEqualTo(HOST);
    assertThat(stub.requests).containsExactly("GET /v4/abc/task");
  }

  @Test
  void context_ecsMetadataV4Missing_fallsBackToV3() {
    credentials.from(CONTAINER);
    useEcs();
    env.put("ECS_CONTAINER_METADATA_URI", stub.uri() + "/v3/abc");
    stub.ecs("/v3/abc", HOST);
    assertThat(accountOf(builder())).isEqualTo(HOST);
    assertThat(stub.requests).containsExactly("GET /v4/abc/task", "GET /v3/abc/task");
  }

  @Test
  void context_ecsMetadataV3Only_isTheTasksAccount() {
    credentials.from(CONTAINER);
    env.put("ECS_CONTAINER_METADATA_URI", stub.uri() + "/v3/abc/");
    env.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/x");
    stub.ecs("/v3/abc", HOST);
    assertThat(accountOf(builder())).isEqualTo(HOST);
  }

  @Test
  void context_irsaRole_isItsAccount() {
    credentials.from(WEB_IDENTITY);
    useIrsa(HOST);
    assertThat(accountOf(builder())).isEqualTo(HOST);
    assertThat(stub.requests).isEmpty();
  }

  @Test
  void context_roleArnWithoutTokenFile_isPassedOver() {
    credentials.from(WEB_IDENTITY);
    useIrsa(HOST);
    env.remove("AWS_WEB_IDENTITY_TOKEN_FILE");
    stub.sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
  }

  @Test
  void context_imdsV2_isTheInstancesAccountWithTokenFirst() {
    credentials.from(INSTANCE);
    useImds();
    stub.imds(HOST, "eu-west-1");
    assertThat(accountOf(builder())).isEqualTo(HOST);
    assertThat(stub.requests)
        .containsExactly("PUT /latest/api/token", "GET /latest/dynamic/instance-identity/document");
  }

  @Test
  void context_imdsAnswersForRegionAndAccount_isAskedOnce() {
    credentials.from(INSTANCE);
    useImds();
    env.remove("AWS_REGION");
    stub.imds(HOST, "eu-central-1");
    try (AwsExecutionContext context = builder().build()) {
      assertThat(context.context()).isEqualTo(ExecutionContext.of(HOST, "eu-central-1"));
    }
    assertThat(stub.requests).hasSize(2);
  }

  @Test
  void context_imdsRefusesTheToken_isNotAskedWithoutOne() {
    credentials.from(INSTANCE);
    useImds();
    stub.imds(HOST, "eu-west-1").on("PUT /latest/api/token", 403, "").sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(stub.requests).containsExactly("PUT /latest/api/token", "POST /");
  }

  @Test
  void context_imdsTokenLostAtTheHopLimit_movesOnAfterASecond() {
    credentials.from(INSTANCE);
    useImds();
    stub.imds(HOST, "eu-west-1").silentOn("PUT /latest/api/token").sts(SIGNER);
    long start = System.nanoTime();
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(900), Duration.ofMillis(3500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", " true "})
  void context_imdsDisabled_isNotAsked(String disabled) {
    credentials.from(INSTANCE);
    useImds();
    env.put("AWS_EC2_METADATA_DISABLED", disabled);
    stub.imds(HOST, "eu-west-1").sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(stub.requests).containsExactly("POST /");
  }

  @Test
  void context_imdsRedirects_isNotFollowed() {
    credentials.from(INSTANCE);
    useImds();
    stub.imds(HOST, "eu-west-1")
        .on(
            "GET /latest/dynamic/instance-identity/document",
            exchange -> {
              exchange.getResponseHeaders().add("Location", "/elsewhere");
              ContextStub.respond(exchange, 302, "");
            })
        .on("GET /elsewhere", 200, "{\"accountId\":\"" + OTHER + "\"}")
        .sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(stub.count("GET /elsewhere")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "{\"accountId\":123456789012}",
        "{\"accountId\":\"12\"}",
        "{\"accountId\":null}",
        "{\"accountId\":\"22222222222\u0662\"}"
      })
  void context_imdsAnswersNonsense_isPassedOver(String document) {
    credentials.from(INSTANCE);
    useImds();
    stub.imds(HOST, "eu-west-1")
        .on("GET /latest/dynamic/instance-identity/document", 200, document)
        .sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
  }

  @Test
  void context_imdsAnswerTooLarge_isPassedOver() {
    credentials.from(INSTANCE);
    useImds();
    stub.imds(HOST, "eu-west-1")
        .on(
            "GET /latest/dynamic/instance-identity/document",
            200,
            "{\"accountId\":\"" + HOST + "\",\"x\":\"" + "y".repeat(70_000) + "\"}")
        .sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
  }

  @Test
  void context_onlySts_isTheCallersAccount() {
    stub.sts(SIGNER);
    assertThat(accountOf(builder())).isEqualTo(SIGNER);
    assertThat(stub.authorizations)
        .singleElement()
        .asString()
        .contains("AKIAONE/")
        .contains("/eu-west-1/sts/");
  }

  @Test
  void context_stsClientGiven_isAskedWithTheProvidersCredentialsAndStaysOpen() {
    stub.sts(SIGNER);
    credentials.from(null);
    try (StsClient client =
        StsClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(stub.uri())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      AwsExecutionContext.Builder own =
          AwsExecutionContext.builder()
              .credentialsProvider(credentials)
              .region("eu-west-1")
              .stsClient(client);
      assertThat(accountOf(own)).isEqualTo(SIGNER);
      assertThat(client.getCallerIdentity().account()).isEqualTo(SIGNER);
    }
    assertThat(stub.authorizations).singleElement().asString().contains("AKIAONE/");
  }

  @Test
  void context_stsAnswersWithoutAccount_fails() {
    stub.sts("");
    assertThat(failureOf(builder())).hasMessageContaining("without an account of twelve digits");
  }

  @Test
  void context_regionFromProperty_winsOverVariable() {
    properties.put("aws.region", "us-east-2");
    assertThat(regionOf(builder().account(OTHER))).isEqualTo("us-east-2");
  }

  @Test
  void context_regionFromProfile_isThat() {
    env.remove("AWS_REGION");
    ProfileFile file =
        ProfileFile.builder()
            .type(ProfileFile.Type.CONFIGURATION)
            .content(
                new java.io.ByteArrayInputStream(
                    "[default]\nregion = ap-south-1\n"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .build();
    assertThat(
            regionOf(
                builder()
                    .account(OTHER)
                    .profileRegion(() -> new AwsProfileRegionProvider(() -> file, "default"))))
        .isEqualTo("ap-south-1");
  }

  @Test
  void context_regionFromEcsTask_isThat() {
    env.remove("AWS_REGION");
    useEcs();
    stub.ecs("/v4/abc", HOST);
    assertThat(regionOf(builder().account(OTHER))).isEqualTo("eu-west-1");
  }

  @Test
  void context_regionProviderGiven_isTheOnlyOneAsked() {
    assertThat(regionOf(builder().account(OTHER).regionProvider(() -> Region.SA_EAST_1)))
        .isEqualTo("sa-east-1");
    assertThat(failureOf(builder().account(OTHER).regionProvider(() -> Region.AWS_GLOBAL)))
        .hasMessageContaining("'aws-global' is not the code of one region")
        .hasMessageNotContaining("AWS_REGION:");
  }

  @Test
  void context_pseudoRegionInTheEnvironment_isPassedOver() {
    env.put("AWS_REGION", "aws-global");
    useEcs();
    stub.ecs("/v4/abc", HOST);
    assertThat(regionOf(builder().account(OTHER))).isEqualTo("eu-west-1");
  }

  @Test
  void region_pseudoRegion_isRefusedAtOnce() {
    assertThatThrownBy(() -> AwsExecutionContext.builder().region("aws-global"))
        .isInstanceOf(InvalidContextException.class);
  }

  @Test
  void build_stsClientAndEndpoint_isRefused() {
    try (StsClient client =
        StsClient.builder()
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      assertThatThrownBy(
              () ->
                  AwsExecutionContext.builder()
                      .stsClient(client)
                      .stsEndpoint(URI.create("http://127.0.0.1"))
                      .build())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static String regionOf(AwsExecutionContext.Builder builder) {
    try (AwsExecutionContext context = builder.build()) {
      return context.context().region();
    }
  }
}
