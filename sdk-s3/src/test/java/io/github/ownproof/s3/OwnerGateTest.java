package io.github.ownproof.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.core.AccountId;
import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.core.OwnproofException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.signer.AwsS3V4Signer;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.signer.NoOpSigner;
import software.amazon.awssdk.core.signer.Signer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.model.BucketNamespace;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** The gate alone: no private client, no interceptor that fills owners in. */
class OwnerGateTest {

  private static final String OWNER = "x-amz-expected-bucket-owner";
  private static final String US = "111122223333";
  private static final String STRANGER = "999988887777";
  private static final String APP = "app-111122223333-eu-west-1-an";
  private static final String PARTNER = "444455556666";

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLE", "secret"));

  private final PrivateBuckets buckets =
      PrivateBuckets.builder()
          .context(ExecutionContext.of(US, "eu-west-1"))
          .adopt("audit-logs", "mycompany-prod-logs")
          .trust("inbox", "acme-inbox", AccountId.of(PARTNER), "eu-west-1")
          .build();

  private final Wire wire = new Wire();

  @Nested
  @DisplayName("the owner of a bucket")
  class Owner {

    @Test
    void rightOwner_passes() {
      get(client(), b -> b.bucket(APP).expectedBucketOwner(US));

      assertThat(wire.requests).hasSize(1);
      assertThat(wire.requests.get(0).matchingHeaders(OWNER)).containsExactly(US);
      assertThat(wire.requests.get(0).host()).isEqualTo(APP + ".s3.eu-west-1.amazonaws.com");
    }

    @Test
    void rightOwnerOfDeclaredBucket_passes() {
      get(client(), b -> b.bucket("mycompany-prod-logs").expectedBucketOwner(US));
      get(client(), b -> b.bucket("acme-inbox").expectedBucketOwner(PARTNER));

      assertThat(wire.requests).hasSize(2);
    }

    @Test
    void rightOwnerAsOneHeader_passes() {
      get(client(), b -> b.bucket(APP).overrideConfiguration(o -> o.putHeader(OWNER, US)));
      get(
          client(),
          b ->
              b.bucket(APP)
                  .overrideConfiguration(o -> o.putHeader("X-Amz-Expected-Bucket-Owner", US)));

      assertThat(wire.requests).hasSize(2);
    }

    @Test
    void noOwner_isStopped() {
      assertStopped(() -> get(client(), b -> b.bucket(APP)))
          .hasMessageContaining("GetObject was stopped before it left")
          .hasMessageContaining(OWNER + " should be " + US + ", but is missing");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          STRANGER,
          PARTNER,
          "",
          " 111122223333",
          "11112222333",
          "111122223333,999988887777",
          "111122223333, 111122223333",
          "１１１１２２２２３３３３"
        })
    void wrongOwner_isStopped(String owner) {
      assertStopped(() -> get(client(), b -> b.bucket(APP).expectedBucketOwner(owner)))
          .hasMessageContaining(OWNER + " should be " + US + ", but is ");
    }

    @Test
    void ourOwnIdForAPartnersBucket_isStopped() {
      assertStopped(() -> get(client(), b -> b.bucket("acme-inbox").expectedBucketOwner(US)))
          .hasMessageContaining("should be " + PARTNER);
    }

    @Test
    void twoOwners_areStoppedEvenIfOneIsRight() {
      assertStopped(
              () ->
                  get(
                      client(),
                      b ->
                          b.bucket(APP)
                              .expectedBucketOwner(US)
                              .overrideConfiguration(o -> o.putHeader(OWNER, STRANGER))))
          .hasMessageContaining(US)
          .hasMessageContaining(STRANGER);
      assertStopped(
          () ->
              get(
                  client(),
                  b ->
                      b.bucket(APP)
                          .expectedBucketOwner(US)
                          .overrideConfiguration(o -> o.putHeader(OWNER, US))));
    }

    @Test
    void ownerAddedToEveryRequestOfTheClient_isStopped() {
      S3Client s3 = client(b -> b.overrideConfiguration(o -> gate(o).putHeader(OWNER, US)));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(STRANGER)));
    }

    @Test
    void ownerTakenOffOnTheWay_isStopped() {
      S3Client s3 =
          client(
              b ->
                  b.overrideConfiguration(
                      o ->
                          gate(o)
                              .addExecutionInterceptor(editing(http -> http.removeHeader(OWNER)))));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWNER, "X-Amz-Expected-Bucket-Owner"})
    void otherOwnerInTheQuery_isStopped(String parameter) {
      assertStopped(
              () ->
                  get(
                      client(),
                      b ->
                          b.bucket(APP)
                              .expectedBucketOwner(US)
                              .overrideConfiguration(
                                  o -> o.putRawQueryParameter(parameter, STRANGER))))
          .hasMessageContaining("query");
    }

    @Test
    void ownerInTheQueryAlone_isStopped() {
      assertStopped(
          () ->
              get(
                  client(),
                  b ->
                      b.bucket(APP).overrideConfiguration(o -> o.putRawQueryParameter(OWNER, US))));
    }

    @Test
    void otherOperations_areStoppedToo() {
      S3Client s3 = client();

      assertStopped(() -> s3.headBucket(b -> b.bucket(APP)));
      assertStopped(() -> s3.deleteBucket(b -> b.bucket(APP)));
      assertStopped(() -> s3.listObjectsV2(b -> b.bucket(APP)));
      assertStopped(() -> s3.putObject(b -> b.bucket(APP).key("k"), RequestBody.fromString("x")));
      assertStopped(
          () ->
              s3.uploadPart(
                  b -> b.bucket(APP).key("k").uploadId("u").partNumber(1),
                  RequestBody.fromString("x")));
      assertStopped(() -> s3.putBucketPolicy(b -> b.bucket(APP).policy("{}")));
      assertStopped(() -> s3.deleteObject(b -> b.bucket(APP).key("k").expectedBucketOwner("")));
    }

    @Test
    void paginatorAndWaiter_areStoppedToo() {
      S3Client s3 = client();

      assertStopped(() -> s3.listObjectsV2Paginator(b -> b.bucket(APP)).forEach(page -> {}));
      assertStopped(() -> s3.waiter().waitUntilBucketExists(b -> b.bucket(APP)));
    }
  }

  @Nested
  @DisplayName("the signature")
  class Signature {

    @Test
    void anonymous_isStopped() {
      S3Client s3 = client(b -> b.credentialsProvider(AnonymousCredentialsProvider.create()));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)))
          .hasMessageContaining("not covered by a signature");
    }

    @Test
    void noAuthScheme_isStopped() {
      S3Client s3 =
          client(
              b ->
                  b.authSchemeProvider(
                      params ->
                          List.of(
                              AuthSchemeOption.builder().schemeId("smithy.api#noAuth").build())));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)))
          .hasMessageContaining("not covered by a signature");
    }

    @Test
    void ownerAddedAfterSigning_isStopped() {
      S3Client s3 = signingWith(http -> http.putHeader(OWNER, US));

      assertStopped(() -> get(s3, b -> b.bucket(APP)))
          .hasMessageContaining("not covered by a signature");
    }

    @Test
    void ownerReplacedAfterSigning_isStopped() {
      S3Client s3 = signingWith(http -> http.putHeader(OWNER, STRANGER));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)))
          .hasMessageContaining(STRANGER);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00",
          "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host;x-amz-expected-bucket-owner-x,"
              + " Signature=00",
          "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host;y-x-amz-expected-bucket-owner,"
              + " Signature=00",
          "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host,"
              + " Signature=x-amz-expected-bucket-owner",
          "x-amz-expected-bucket-owner",
          "Basic eA=="
        })
    void signatureThatLeavesTheOwnerOut_isStopped(String authorization) {
      S3Client s3 = signingWith(http -> http.putHeader("Authorization", authorization));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)))
          .hasMessageContaining("not covered by a signature");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=x-amz-expected-bucket-owner, Signature=0",
          "AWS4-HMAC-SHA256 Credential=a/b,SignedHeaders=host;x-amz-expected-bucket-owner,Signature=0",
          "AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=x-amz-expected-bucket-owner;z"
        })
    void signatureThatCoversTheOwner_passes(String authorization) {
      S3Client s3 = signingWith(http -> http.putHeader("Authorization", authorization));

      get(s3, b -> b.bucket(APP).expectedBucketOwner(US));

      assertThat(wire.requests).hasSize(1);
    }

    @Test
    void unsignedForTheNativeClient_passesBecauseThatSignsLater() {
      S3Client s3 = nativeClient(CREDENTIALS);

      get(s3, b -> b.bucket(APP).expectedBucketOwner(US));
      assertThat(wire.requests).hasSize(1);
      wire.requests.clear();
      assertStopped(() -> get(s3, b -> b.bucket(APP)));
    }

    @Test
    void anonymousOnTheNativeClient_isStopped() {
      S3Client s3 = nativeClient(AnonymousCredentialsProvider.create());

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)));
    }

    /** A client that signs nothing itself, as the one around the native client. */
    @SuppressWarnings("deprecation") // how that client does it
    private S3Client nativeClient(AwsCredentialsProvider credentials) {
      return S3Client.builder()
          .region(Region.EU_WEST_1)
          .credentialsProvider(credentials)
          .httpClient(wire)
          .overrideConfiguration(
              o ->
                  o.putAdvancedOption(SdkAdvancedClientOption.SIGNER, new NoOpSigner())
                      .addExecutionInterceptor(new OwnerGate(buckets, OwnerGate.Signing.BY_CRT)))
          .build();
    }

    /** Signs, and then changes the request. */
    @SuppressWarnings("deprecation") // the old signer is the one place that comes after signing
    private S3Client signingWith(Consumer<SdkHttpRequest.Builder> afterwards) {
      Signer signer =
          (request, attributes) -> {
            var signed = AwsS3V4Signer.create().sign(request, attributes).toBuilder();
            afterwards.accept(signed);
            return signed.build();
          };
      return client(
          b ->
              b.overrideConfiguration(
                  o -> gate(o).putAdvancedOption(SdkAdvancedClientOption.SIGNER, signer)));
    }
  }

  @Nested
  @DisplayName("the bucket")
  class Target {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "app",
          "audit-logs",
          "somebody-elses",
          "app-999988887777-eu-west-1-an",
          "app-111122223333-eu-west-1-un1que1d",
          "arn:aws:s3:eu-west-1:444455556666:accesspoint/undeclared",
          "undeclared-s3alias"
        })
    void unknownOrLogicalName_isStopped(String bucket) {
      assertStopped(() -> get(client(), b -> b.bucket(bucket).expectedBucketOwner(US)))
          .hasMessageContaining("is not the physical name of a bucket whose owner is known");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://evil.s3.eu-west-1.amazonaws.com",
          "https://s3.eu-west-1.amazonaws.com/evil",
          "https://app-111122223333-eu-west-1-an.s3.us-east-1.amazonaws.com",
          "https://app-111122223333-eu-west-1-an.evil.com",
          "https://mycompany-prod-logs.s3.eu-west-1.amazonaws.com"
        })
    void endpointOfAnotherBucket_isStopped(String url) {
      S3Client s3 = client(b -> b.endpointProvider(always(url)));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)))
          .hasMessageContaining("it was meant for app (" + APP)
          .hasMessageContaining("but its host and path are");
    }

    @Test
    void clientOfAnotherRegion_isStopped() {
      S3Client s3 = client(b -> b.region(Region.US_WEST_2));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)))
          .hasMessageContaining("s3.us-west-2.amazonaws.com");
    }

    @Test
    void bucketExchangedBeforeTheGate_needsThatBucketsOwner() {
      ExecutionInterceptor exchanging =
          new ExecutionInterceptor() {
            @Override
            public SdkRequest modifyRequest(
                Context.ModifyRequest context, ExecutionAttributes attributes) {
              return ((GetObjectRequest) context.request())
                  .toBuilder().bucket("acme-inbox").build();
            }
          };
      S3Client s3 =
          client(b -> b.overrideConfiguration(o -> gate(o).addExecutionInterceptor(exchanging)));

      assertStopped(() -> get(s3, b -> b.bucket(APP).expectedBucketOwner(US)));
    }

    @Test
    void pathStyleAndOverride_pass() {
      get(client(b -> b.forcePathStyle(true)), b -> b.bucket(APP).expectedBucketOwner(US));
      get(
          client(b -> b.endpointOverride(URI.create("http://localhost:9000/s3"))),
          b -> b.bucket(APP).expectedBucketOwner(US));
      get(
          client(b -> b.endpointOverride(URI.create("http://localhost:9000")).forcePathStyle(true)),
          b -> b.bucket(APP).key("a/../k").expectedBucketOwner(US));

      assertThat(wire.requests)
          .extracting(SdkHttpRequest::host)
          .containsExactly("s3.eu-west-1.amazonaws.com", APP + ".localhost", "localhost");
    }

    @Test
    void physicalNameOfOurOtherRegion_passesInThatRegion() {
      get(
          client(b -> b.region(Region.US_EAST_1)),
          b -> b.bucket("app-111122223333-us-east-1-an").expectedBucketOwner(US));

      assertThat(wire.requests).hasSize(1);
    }
  }

  @Nested
  @DisplayName("a copy")
  class Copy {

    private final Consumer<CopyObjectRequest.Builder> right =
        b ->
            b.destinationBucket(APP)
                .destinationKey("k")
                .expectedBucketOwner(US)
                .sourceBucket("acme-inbox")
                .sourceKey("a/b")
                .expectedSourceBucketOwner(PARTNER);

    @Test
    void bothOwners_pass() {
      copy(right);

      assertThat(wire.requests).hasSize(1);
      assertThat(wire.requests.get(0).matchingHeaders("x-amz-source-expected-bucket-owner"))
          .containsExactly(PARTNER);
    }

    @Test
    void noSourceOwner_isStopped() {
      assertStopped(() -> copy(right.andThen(b -> b.expectedSourceBucketOwner(null))))
          .hasMessageContaining("x-amz-source-expected-bucket-owner should be " + PARTNER);
    }

    @ParameterizedTest
    @ValueSource(strings = {US, STRANGER, ""})
    void wrongSourceOwner_isStopped(String owner) {
      assertStopped(() -> copy(right.andThen(b -> b.expectedSourceBucketOwner(owner))));
    }

    @Test
    void noDestinationOwner_isStopped() {
      assertStopped(() -> copy(right.andThen(b -> b.expectedBucketOwner(null))))
          .hasMessageContaining(OWNER + " should be " + US);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil", "inbox", "app", "x-999988887777-eu-west-1-an"})
    void unknownSource_isStopped(String source) {
      assertStopped(() -> copy(right.andThen(b -> b.sourceBucket(source))))
          .hasMessageContaining("is not the physical name of a bucket whose owner is known");
    }

    @Test
    void secondSourceInAHeader_isStopped() {
      assertStopped(
              () ->
                  copy(
                      right.andThen(
                          b ->
                              b.overrideConfiguration(
                                  o -> o.putHeader("x-amz-copy-source", "evil/k")))))
          .hasMessageContaining("names 2 copy sources");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-copy-source", "X-Amz-Copy-Source"})
    void copySourceOnWhatIsNoCopy_isStopped(String header) {
      S3Client s3 = client();

      assertStopped(
              () ->
                  s3.putObject(
                      b ->
                          b.bucket(APP)
                              .key("k")
                              .expectedBucketOwner(US)
                              .overrideConfiguration(o -> o.putHeader(header, "evil/k")),
                      RequestBody.empty()))
          .hasMessageContaining("x-amz-copy-source");
      assertStopped(
          () ->
              s3.uploadPart(
                  b ->
                      b.bucket(APP)
                          .key("k")
                          .uploadId("u")
                          .partNumber(1)
                          .expectedBucketOwner(US)
                          .overrideConfiguration(o -> o.putHeader(header, "acme-inbox/k")),
                  RequestBody.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-copy-source", "X-Amz-Copy-Source", "x-amz-copy-source-range"})
    void copySourceInTheQuery_isStopped(String parameter) {
      S3Client s3 = client();

      assertStopped(
              () ->
                  s3.putObject(
                      b ->
                          b.bucket(APP)
                              .key("k")
                              .expectedBucketOwner(US)
                              .overrideConfiguration(
                                  o -> o.putRawQueryParameter(parameter, "evil/k")),
                      RequestBody.empty()))
          .hasMessageContaining(parameter);
      assertStopped(
          () ->
              copy(
                  right.andThen(
                      b ->
                          b.overrideConfiguration(
                              o -> o.putRawQueryParameter(parameter, "evil/k")))));
    }

    @Test
    void sourceExchangedOnTheWay_isStopped() {
      S3Client s3 =
          client(
              b ->
                  b.overrideConfiguration(
                      o ->
                          gate(o)
                              .addExecutionInterceptor(
                                  editing(http -> http.putHeader("x-amz-copy-source", "evil/k")))));

      assertStopped(() -> s3.copyObject(right));
    }

    @Test
    void partCopyWithoutSourceOwner_isStopped() {
      assertStopped(
          () ->
              client()
                  .uploadPartCopy(
                      b ->
                          b.destinationBucket(APP)
                              .destinationKey("k")
                              .uploadId("u")
                              .partNumber(1)
                              .expectedBucketOwner(US)
                              .sourceBucket("acme-inbox")
                              .sourceKey("k")));
    }

    private void copy(Consumer<CopyObjectRequest.Builder> request) {
      var unused = client().copyObject(request);
    }
  }

  @Nested
  @DisplayName("a creation")
  class Creation {

    @Test
    void inItsAccountsNamespace_passes() {
      create(b -> b.bucket(APP).bucketNamespace(BucketNamespace.ACCOUNT_REGIONAL));
      create(b -> b.bucket("mycompany-prod-logs"));

      assertThat(wire.requests).hasSize(2);
    }

    @Test
    void accountRegionalNameWithoutNamespace_isStopped() {
      assertStopped(() -> create(b -> b.bucket(APP)))
          .hasMessageContaining("outside its account's namespace");
      assertStopped(() -> create(b -> b.bucket(APP).bucketNamespace(BucketNamespace.GLOBAL)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acl", "policy", "publicAccessBlock"})
    void withAQueryThatMakesAnotherOperationOfIt_isStopped(String query) {
      assertStopped(
              () ->
                  create(
                      b ->
                          b.bucket("mycompany-prod-logs")
                              .overrideConfiguration(o -> o.putRawQueryParameter(query, ""))))
          .hasMessageContaining("query");
    }

    @Test
    void ofSomebodyElsesBucket_isStopped() {
      assertStopped(() -> create(b -> b.bucket("acme-inbox")))
          .hasMessageContaining("created by another account than its owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "evil", "x-999988887777-eu-west-1-an"})
    void ofAnUnknownBucket_isStopped(String bucket) {
      assertStopped(() -> create(b -> b.bucket(bucket)));
    }

    private void create(Consumer<CreateBucketRequest.Builder> request) {
      var unused = client().createBucket(request);
    }
  }

  @Nested
  @DisplayName("an operation without an owner")
  class WithoutOwner {

    @Test
    void listBuckets_passes() {
      var unused = client().listBuckets();

      assertThat(wire.requests).hasSize(1);
    }

    @Test
    void listBucketsSentToABucket_isStopped() {
      S3Client s3 =
          client(b -> b.endpointProvider(always("https://evil.s3.eu-west-1.amazonaws.com")));

      assertStopped(s3::listBuckets).hasMessageContaining("should reach no bucket");
    }

    @Test
    void listBucketsSentToABucketAtAnEndpointOfOnesOwn_isStopped() {
      S3Client s3 =
          client(
              b ->
                  b.endpointOverride(URI.create("http://localhost:9000"))
                      .endpointProvider(always("http://evil.localhost:9000")));

      assertStopped(s3::listBuckets).hasMessageContaining("should reach no bucket");
    }

    @Test
    void createSession_isRefused() {
      assertRefused(
          () -> client().createSession(b -> b.bucket(APP)),
          "S3_OPERATION_REFUSED",
          "CreateSession");
    }

    @Test
    void renameObject_isRefused() {
      assertRefused(
          () -> client().renameObject(b -> b.bucket(APP).key("a").renameSource("b")),
          "S3_OPERATION_REFUSED",
          "RenameObject");
    }
  }

  @Nested
  @DisplayName("on an asynchronous client")
  class Async {

    @Test
    void rightOwner_passes() {
      get(asyncClient(b -> {}), b -> b.expectedBucketOwner(US));

      assertThat(wire.requests).hasSize(1);
    }

    @Test
    void noOwner_isStopped() {
      assertStopped(() -> get(asyncClient(b -> {}), b -> {})).hasMessageContaining("is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {STRANGER, "", PARTNER})
    void wrongOwner_isStopped(String owner) {
      assertStopped(() -> get(asyncClient(b -> {}), b -> b.expectedBucketOwner(owner)));
    }

    @Test
    void twoOwners_areStopped() {
      assertStopped(
          () ->
              get(
                  asyncClient(b -> {}),
                  b ->
                      b.expectedBucketOwner(US)
                          .overrideConfiguration(o -> o.putHeader(OWNER, STRANGER))));
    }

    @Test
    void logicalName_isStopped() {
      assertStopped(() -> get(asyncClient(b -> {}), b -> b.bucket("app").expectedBucketOwner(US)));
    }

    @Test
    void anonymous_isStopped() {
      assertStopped(
              () ->
                  get(
                      asyncClient(
                          b -> b.credentialsProvider(AnonymousCredentialsProvider.create())),
                      b -> b.expectedBucketOwner(US)))
          .hasMessageContaining("not covered by a signature");
    }

    @Test
    void upload_isStopped() {
      assertStopped(
          () ->
              asyncClient(b -> {})
                  .putObject(b -> b.bucket(APP).key("k"), AsyncRequestBody.fromString("x"))
                  .join());
    }

    @Test
    void multipartUploadWithoutOwner_isStopped() {
      assertStopped(
          () ->
              asyncClient(b -> b.multipartEnabled(true))
                  .putObject(
                      b -> b.bucket(APP).key("k"), AsyncRequestBody.fromBytes(new byte[20 << 20]))
                  .join());
    }

    @Test
    void copyWithoutSourceOwner_isStopped() {
      assertStopped(
          () ->
              asyncClient(b -> {})
                  .copyObject(
                      b ->
                          b.destinationBucket(APP)
                              .destinationKey("k")
                              .expectedBucketOwner(US)
                              .sourceBucket("acme-inbox")
                              .sourceKey("k"))
                  .join());
    }

    @Test
    void renameObject_isRefused() {
      assertRefused(
          () ->
              asyncClient(b -> {})
                  .renameObject(b -> b.bucket(APP).key("a").renameSource("b"))
                  .join(),
          "S3_OPERATION_REFUSED",
          "RenameObject");
    }

    private void get(S3AsyncClient s3, Consumer<GetObjectRequest.Builder> request) {
      var unused =
          s3.getObject(
                  b -> {
                    b.bucket(APP).key("k");
                    request.accept(b);
                  },
                  AsyncResponseTransformer.toBytes())
              .join();
    }
  }

  private static void get(S3Client s3, Consumer<GetObjectRequest.Builder> request) {
    var unused =
        s3.getObjectAsBytes(
            b -> {
              b.key("k");
              request.accept(b);
            });
  }

  private S3Client client() {
    return client(b -> {});
  }

  private S3Client client(Consumer<S3ClientBuilder> settings) {
    S3ClientBuilder builder = S3Client.builder().httpClient(wire);
    prepare(builder);
    settings.accept(builder);
    return builder.build();
  }

  private S3AsyncClient asyncClient(Consumer<S3AsyncClientBuilder> settings) {
    S3AsyncClientBuilder builder = S3AsyncClient.builder().httpClient(wire.async());
    prepare(builder);
    settings.accept(builder);
    return builder.build();
  }

  private void prepare(S3BaseClientBuilder<?, ?> builder) {
    builder
        .region(Region.EU_WEST_1)
        .credentialsProvider(CREDENTIALS)
        .disableS3ExpressSessionAuth(true)
        .overrideConfiguration(
            o -> {
              var unused = gate(o);
            });
  }

  private ClientOverrideConfiguration.Builder gate(ClientOverrideConfiguration.Builder override) {
    return override
        .retryStrategy(r -> r.maxAttempts(1))
        .addExecutionInterceptor(new OwnerGate(buckets, OwnerGate.Signing.BY_SDK));
  }

  @SuppressWarnings(
      "deprecation") // what replaces url is younger than the oldest AWS SDK we support
  private static S3EndpointProvider always(String url) {
    return params ->
        CompletableFuture.completedFuture(Endpoint.builder().url(URI.create(url)).build());
  }

  private static ExecutionInterceptor editing(Consumer<SdkHttpRequest.Builder> edit) {
    return new ExecutionInterceptor() {
      @Override
      public SdkHttpRequest modifyHttpRequest(
          Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest.Builder builder = context.httpRequest().toBuilder();
        edit.accept(builder);
        return builder.build();
      }
    };
  }

  @CanIgnoreReturnValue
  private AbstractThrowableAssert<?, ? extends Throwable> assertStopped(Runnable call) {
    return assertRefused(call, "S3_UNGUARDED_REQUEST", "was stopped before it left");
  }

  /** The AWS SDK may wrap what an interceptor throws; what counts is that nothing left. */
  @CanIgnoreReturnValue
  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Runnable call, String code, String message) {
    Throwable thrown = catchThrowable(call::run);
    assertThat(wire.requests).as("requests that left").isEmpty();
    assertThat(thrown).as("refusal").isNotNull();
    Optional<OwnproofException> ours =
        Stream.<@Nullable Throwable>iterate(thrown, e -> e != null, Throwable::getCause)
            .filter(UnguardedRequestException.class::isInstance)
            .map(OwnproofException.class::cast)
            .findFirst();
    assertThat(ours).as("refusal in " + thrown).isPresent();
    assertThat(ours.get().code()).isEqualTo(code);
    assertThat(ours.get().getMessage()).matches("[ -~]*");
    return assertThat(ours.get()).hasMessageContaining(message);
  }

  /** Answers 200 to everything, and keeps what it was asked. */
  private static final class Wire implements SdkHttpClient {

    private final List<SdkHttpRequest> requests = new CopyOnWriteArrayList<>();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          requests.add(request.httpRequest());
          return HttpExecuteResponse.builder()
              .response(ok())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(new byte[0])))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    SdkAsyncHttpClient async() {
      return new SdkAsyncHttpClient() {
        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
          requests.add(request.request());
          request.responseHandler().onHeaders(ok());
          request.responseHandler().onStream(Wire::empty);
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
      };
    }

    private static void empty(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
          });
      subscriber.onComplete();
    }

    private static SdkHttpResponse ok() {
      return SdkHttpResponse.builder().statusCode(200).putHeader("ETag", "\"0\"").build();
    }

    @Override
    public void close() {}
  }
}
