package io.github.ownproof.s3.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ownproof.s3.OwnedBucketsPlugin;
import io.github.ownproof.s3.S3PrivateClient;
import io.github.ownproof.s3.UnguardedRequestException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** What the gate stops when somebody changes a request on its way. */
class TamperedRequestTest {

  private final StubHttp http = new StubHttp();

  @ParameterizedTest
  @EnumSource(names = {"HOST", "HOST_HEADER", "OWNER_IN_QUERY", "COPY_SOURCE"})
  void upload_anInterceptorTampersWith_doesNotLeave(Tamper tamper) {
    assertStopped(own(tamper), "an interceptor", List.of());
    assertStopped(wrapped(tamper), "an interceptor", List.of());
    assertStopped(plugged(tamper), "an interceptor", List.of());
  }

  /** A list of buckets would become the list of a bucket's objects. */
  @Test
  void listBuckets_anInterceptorSendsToABucketsHost_doesNotLeave() {
    S3PrivateClient s3 =
        builder(Tamper.HOST).endpointOverride(URI.create("https://s3.internal.example")).build();
    Throwable thrown = catchThrowable(s3::listBuckets);
    assertThat(http.take()).isEmpty();
    assertThat(thrown).isInstanceOf(UnguardedRequestException.class);
  }

  /** The creation of a bucket would become an upload without an owner. */
  @Test
  void createBucket_aPluginSendsToAnObjectsPath_doesNotLeave() {
    Throwable thrown =
        catchThrowable(
            () ->
                own(Tamper.NOTHING)
                    .createBucket(
                        r ->
                            r.bucket("my-app-assets")
                                .overrideConfiguration(
                                    o -> o.addPlugin(Tamper.PATH.replacingOthers()))));
    assertThat(http.take()).isEmpty();
    assertThat(thrown).isInstanceOf(UnguardedRequestException.class);
  }

  /** S3 would take it for a copy, from a source whose owner nobody checks. */
  @Test
  void upload_withACopySourceHeader_doesNotLeave() {
    Throwable thrown =
        catchThrowable(
            () ->
                own(Tamper.NOTHING)
                    .putObject(
                        r ->
                            r.bucket("my-app-assets")
                                .key("key")
                                .overrideConfiguration(
                                    o -> o.putHeader("X-Amz-Copy-Source", "strangers-bucket/key")),
                        RequestBody.empty()));
    assertThat(http.take()).isEmpty();
    assertThat(thrown).isInstanceOf(UnguardedRequestException.class).hasMessageContaining("copy");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {
        "NOTHING",
        "REMOVE_SOURCE_OWNER",
        "REPLACE_SOURCE_OWNER",
        "PORT",
        "PATH",
        "PATH_UPWARDS",
        "BUCKET",
        "OWNER_MEMBER",
        "NO_OWNER_MEMBER"
      })
  void upload_aRequestPluginReplacesAllInterceptorsAndTampersWith_doesNotLeave(Tamper tamper) {
    assertStopped(own(Tamper.NOTHING), "a plugin", List.of(tamper.replacingOthers()));
    assertStopped(wrapped(Tamper.NOTHING), "a plugin", List.of(tamper.replacingOthers()));
  }

  @Test
  void upload_aRequestPluginReplacesAllInterceptors_leavesOwned() {
    upload(own(Tamper.NOTHING), List.of(Tamper.NOTHING.replacingOthers()));
    assertThat(http.take())
        .singleElement()
        .satisfies(
            wire -> assertThat(wire.values(WireRequest.OWNER)).containsExactly(CoverageWorld.OURS));
  }

  private void assertStopped(S3Client client, String whose, List<SdkPlugin> plugins) {
    Throwable thrown = catchThrowable(() -> upload(client, plugins));
    assertThat(http.take()).as("what left, tampered with by %s", whose).isEmpty();
    assertThat(Stream.iterate(thrown, one -> one != null, Throwable::getCause))
        .hasAtLeastOneElementOfType(UnguardedRequestException.class);
  }

  private static void upload(S3Client client, List<SdkPlugin> plugins) {
    client.putObject(
        r ->
            r.bucket("my-app-assets")
                .key("key")
                .overrideConfiguration(o -> plugins.forEach(o::addPlugin)),
        RequestBody.empty());
  }

  private S3Client own(Tamper tamper) {
    return builder(tamper).build();
  }

  private S3PrivateClient.Builder builder(Tamper tamper) {
    return S3PrivateClient.builder()
        .buckets(CoverageWorld.BUCKETS)
        .credentialsProvider(CoverageWorld.CREDENTIALS)
        .configure(
            b ->
                b.httpClient(http)
                    .overrideConfiguration(o -> o.addExecutionInterceptor(tamper.interceptor())));
  }

  private S3Client wrapped(Tamper tamper) {
    return S3PrivateClient.wrap(aws(tamper).build(), CoverageWorld.BUCKETS);
  }

  private S3Client plugged(Tamper tamper) {
    return aws(tamper).addPlugin(OwnedBucketsPlugin.of(CoverageWorld.BUCKETS)).build();
  }

  private S3ClientBuilder aws(Tamper tamper) {
    return S3Client.builder()
        .region(CoverageWorld.REGION)
        .credentialsProvider(CoverageWorld.CREDENTIALS)
        .httpClient(http)
        .overrideConfiguration(o -> o.addExecutionInterceptor(tamper.interceptor()));
  }
}
