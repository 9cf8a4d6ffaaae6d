package io.github.ownproof.s3.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ownproof.s3.OwnedBucketsPlugin;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.s3.internal.clearance.Clearance;
import io.github.ownproof.s3.lifecycle.NameReleaseException;
import io.github.ownproof.s3.lifecycle.PublicAccessRefusedException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** What opens a bucket does not leave, whoever writes it and wherever; what does not, does. */
@TestInstance(Lifecycle.PER_CLASS)
class PublicAccessTest {

  private static final String APP = "my-app-assets";
  private static final String DENIAL =
      "{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\","
          + "\"Resource\":\"*\"}]}";
  private static final PublicAccessBlockConfiguration ALL =
      PublicAccessBlockConfiguration.builder()
          .blockPublicAcls(true)
          .ignorePublicAcls(true)
          .blockPublicPolicy(true)
          .restrictPublicBuckets(true)
          .build();

  private final RecordingServer server = new RecordingServer();
  private final Map<ClientKind, Object> clients = new EnumMap<>(ClientKind.class);
  private final List<SdkAutoCloseable> closing = new ArrayList<>();
  private final StubHttp http = new StubHttp();

  @AfterAll
  void close() {
    closing.forEach(SdkAutoCloseable::close);
    server.close();
  }

  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void whatOpens_isRefused_andThePromotionNamed(ClientKind kind) {
    List<PublicRequests.Row> rows = PublicRequests.refused();
    assertThat(rows).hasSizeGreaterThan(150);
    for (PublicRequests.Row row : rows) {
      Optional<Throwable> failure = call(kind, row.request());
      assertThat(server.take()).as("what left of %s", row.name()).isEmpty();
      assertThat(causes(failure, PublicAccessRefusedException.class))
          .as("the refusal of %s, in %s", row.name(), failure)
          .singleElement()
          .satisfies(
              refusal ->
                  assertThat(refusal)
                      .hasMessageContaining(row.why())
                      .hasMessageContaining("Promotion.cloudFront(")
                      .hasMessageContaining("Promotion.publicBucket(")
                      .hasMessageContaining("createPrivateBucket"));
    }
  }

  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void whatOpensNothing_leaves(ClientKind kind) {
    for (PublicRequests.Row row : PublicRequests.allowed()) {
      Optional<Throwable> failure = call(kind, row.request());
      assertThat(server.take()).as("%s, which failed with %s", row.name(), failure).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void deleteBucket_whoseNameAnybodyCanTake_isRefused(ClientKind kind) {
    Optional<Throwable> failure = call(kind, PublicRequests.deletion(CoverageWorld.SOURCE));
    assertThat(server.take()).isEmpty();
    assertThat(causes(failure, NameReleaseException.class))
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal)
                    .hasMessageContaining("releaseName(\"acme-inbox\")")
                    .hasMessageContaining("emptyAndKeep"));
  }

  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void clearedRequest_leaves_forItsBucketAndOperationOnly(ClientKind kind) {
    List<S3Request> requests =
        PublicRequests.refused().stream()
            .filter(
                row ->
                    Set.of("public policy", "no block", "website", "PutObject ACL public-read")
                        .contains(row.name()))
            .map(PublicRequests.Row::request)
            .toList();
    assertThat(requests).hasSize(4);
    String ours = CoverageWorld.physical("my-app-assets");
    for (S3Request request : requests) {
      String name = request.getClass().getSimpleName().replace("Request", "");
      Optional<Throwable> failure = call(kind, cleared(request, ours, name));
      assertThat(server.take()).as("%s, in %s", name, failure).isNotEmpty();
      Optional<Throwable> ofOther = call(kind, cleared(request, "other", name));
      assertThat(causes(ofOther, PublicAccessRefusedException.class)).hasSize(1);
      Optional<Throwable> forOther = call(kind, cleared(request, ours, "PutBucketTagging"));
      assertThat(causes(forOther, PublicAccessRefusedException.class)).hasSize(1);
      assertThat(server.take()).isEmpty();
    }
    S3Request deletion = PublicRequests.deletion(CoverageWorld.SOURCE);
    Optional<Throwable> failure = call(kind, cleared(deletion, "acme-inbox", "DeleteBucket"));
    assertThat(server.take()).as("the deletion, in %s", failure).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(ClientKind.class)
  void createBucket_saysThatItsOwnerOwnsAllObjects(ClientKind kind) {
    Optional<Throwable> failure =
        call(kind, CreateBucketRequest.builder().bucket("my-app-assets").build());
    assertThat(server.take())
        .as("what left, in %s", failure)
        .allSatisfy(
            wire ->
                assertThat(wire.values("x-amz-object-ownership"))
                    .containsExactly("BucketOwnerEnforced"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-acl", "X-Amz-Grant-Read", "x-amz-object-ownership"})
  void headerOfAllCallsOfAClient_isRefused(String header) {
    S3PrivateClient own =
        S3PrivateClient.builder()
            .buckets(CoverageWorld.BUCKETS)
            .credentialsProvider(CoverageWorld.CREDENTIALS)
            .configure(
                b ->
                    b.httpClient(http)
                        .overrideConfiguration(o -> o.putHeader(header, "public-read")))
            .build();
    S3Client plugged =
        S3Client.builder()
            .region(CoverageWorld.REGION)
            .credentialsProvider(CoverageWorld.CREDENTIALS)
            .httpClient(http)
            .overrideConfiguration(o -> o.putHeader(header, "public-read"))
            .addPlugin(OwnedBucketsPlugin.of(CoverageWorld.BUCKETS))
            .build();
    for (S3Client client : List.of(own, plugged)) {
      List<Runnable> calls =
          List.of(
              () -> client.headBucket(r -> r.bucket(APP)),
              () -> client.createBucket(r -> r.bucket(APP)));
      for (Runnable call : calls) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(http.take()).isEmpty();
        assertThat(causes(Optional.ofNullable(thrown), PublicAccessRefusedException.class))
            .hasSize(1);
      }
    }
  }

  /** What an interceptor makes of a harmless call, after ours has looked at it. */
  enum Change {
    ACL_HEADER(s3 -> s3.headBucket(r -> r.bucket(APP)), on -> on.putHeader("x-amz-acl", "public")),
    SUBRESOURCE(
        s3 -> s3.headBucket(r -> r.bucket(APP)), on -> on.putRawQueryParameter("policy", "")),
    QUERY_IN_THE_PATH(
        s3 -> s3.headBucket(r -> r.bucket(APP)), on -> on.encodedPath(on.encodedPath() + "?acl")),
    PUT_FOR_GET(s3 -> s3.getBucketPolicy(r -> r.bucket(APP)), on -> on.method(SdkHttpMethod.PUT)),
    DELETE_FOR_PUT(
        s3 -> s3.putPublicAccessBlock(r -> r.bucket(APP).publicAccessBlockConfiguration(ALL)),
        on -> on.method(SdkHttpMethod.DELETE)),
    NO_QUERY(
        s3 -> s3.deleteBucketTagging(r -> r.bucket(APP)), on -> on.removeQueryParameter("tagging")),
    NO_KEY(
        s3 -> s3.deleteObject(r -> r.bucket(APP).key("k").versionId("v")),
        on -> on.encodedPath("/")),
    DELETE_FOR_HEAD(s3 -> s3.headBucket(r -> r.bucket(APP)), on -> on.method(SdkHttpMethod.DELETE)),
    MEMBER(s3 -> s3.putBucketPolicy(r -> r.bucket(APP).policy(DENIAL)), on -> on) {
      @Override
      SdkRequest change(SdkRequest request) {
        return PublicRequests.with(
            (S3Request) request, "Policy", DENIAL.replace("\"Deny\"", "\"Allow\""));
      }
    };

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Consumer<S3Client> call;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final UnaryOperator<SdkHttpRequest.Builder> change;

    Change(Consumer<S3Client> call, UnaryOperator<SdkHttpRequest.Builder> change) {
      this.call = call;
      this.change = change;
    }

    SdkRequest change(SdkRequest request) {
      return request;
    }

    ExecutionInterceptor interceptor() {
      return new ExecutionInterceptor() {
        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes unused) {
          return change(context.request());
        }

        @Override
        public SdkHttpRequest modifyHttpRequest(
            Context.ModifyHttpRequest context, ExecutionAttributes unused) {
          return change.apply(context.httpRequest().toBuilder()).build();
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void interceptorAfterOurs_opensAndDeletesNothing(Change change) {
    S3Client client =
        S3Client.builder()
            .region(CoverageWorld.REGION)
            .credentialsProvider(CoverageWorld.CREDENTIALS)
            .httpClient(http)
            .addPlugin(OwnedBucketsPlugin.of(CoverageWorld.BUCKETS))
            .addPlugin(
                config ->
                    config.overrideConfiguration(
                        config.overrideConfiguration().toBuilder()
                            .addExecutionInterceptor(change.interceptor())
                            .build()))
            .build();
    Throwable thrown = catchThrowable(() -> change.call.accept(client));
    assertThat(http.take()).isEmpty();
    assertThat(causes(Optional.ofNullable(thrown), PublicAccessRefusedException.class))
        .as("the refusal, in %s", thrown)
        .hasSize(1);
  }

  private Optional<Throwable> call(ClientKind kind, S3Request request) {
    Object client = clients.computeIfAbsent(kind, one -> one.open(server, closing::add));
    String name = request.getClass().getSimpleName();
    String operation = name.substring(0, name.length() - "Request".length());
    return S3Call.of(kind.api(), operation, request.getClass())
        .orElseThrow()
        .on(client, request, new byte[1]);
  }

  private static S3Request cleared(S3Request request, String physicalName, String operation) {
    Clearance clearance =
        new Clearance(physicalName, CoverageWorld.REGION.id(), false, Set.of(operation));
    S3Request.Builder builder = request.toBuilder();
    builder.overrideConfiguration(
        clearance.applyTo(AwsRequestOverrideConfiguration.builder()).build());
    return builder.build();
  }

  private static <E> List<E> causes(Optional<Throwable> failure, Class<E> type) {
    return failure.stream()
        .flatMap(thrown -> Stream.iterate(thrown, one -> one != null, Throwable::getCause))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
