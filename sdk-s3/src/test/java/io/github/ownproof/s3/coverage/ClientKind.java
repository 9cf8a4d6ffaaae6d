package io.github.ownproof.s3.coverage;

import com.google.errorprone.annotations.Immutable;
import io.github.ownproof.s3.OwnedBucketsPlugin;
import io.github.ownproof.s3.S3PrivateAsyncClient;
import io.github.ownproof.s3.S3PrivateClient;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Each way to come by a guarded client, over real HTTP. */
enum ClientKind {
  SYNC_URL_CONNECTION(
      "sync-url-connection",
      S3Client.class,
      (server, closing) ->
          own(server)
              .configure(b -> b.httpClientBuilder(UrlConnectionHttpClient.builder()))
              .build()),
  /** Deprecated in newer AWS SDKs, and what most programs still run on. */
  @SuppressWarnings("deprecation")
  SYNC_APACHE(
      "sync-apache",
      S3Client.class,
      (server, closing) ->
          own(server).configure(b -> b.httpClientBuilder(ApacheHttpClient.builder())).build()),
  ASYNC_NETTY("async-netty", S3AsyncClient.class, (server, closing) -> ownAsync(server).build()),
  ASYNC_MULTIPART(
      "async-multipart",
      S3AsyncClient.class,
      (server, closing) -> ownAsync(server).configure(ClientKind::multipart).build()),
  /**
   * Reaches the server as its proxy, because nothing keeps the CRT client from putting {@code
   * WriteGetObjectResponse}'s route before the host, and that name does not exist.
   */
  ASYNC_CRT(
      "async-crt",
      S3AsyncClient.class,
      (server, closing) ->
          ownAsync(server)
              .configure(ClientKind::multipart)
              .crt(
                  b ->
                      b.minimumPartSizeInBytes(Answers.PART_SIZE)
                          .thresholdInBytes(Answers.PART_SIZE)
                          .httpConfiguration(
                              http ->
                                  http.proxyConfiguration(
                                      proxy ->
                                          proxy
                                              .scheme("http")
                                              .host(server.endpoint().getHost())
                                              .port(server.port()))))
              .build()),
  WRAPPED_SYNC("wrapped-sync", S3Client.class, ClientKind::wrapped),
  WRAPPED_ASYNC("wrapped-async", S3AsyncClient.class, ClientKind::wrappedAsync),
  PLUGIN_SYNC(
      "plugin-sync",
      S3Client.class,
      (server, closing) ->
          aws(S3Client.builder(), server)
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .addPlugin(OwnedBucketsPlugin.of(CoverageWorld.BUCKETS))
              .build()),
  PLUGIN_ASYNC(
      "plugin-async",
      S3AsyncClient.class,
      (server, closing) ->
          aws(S3AsyncClient.builder(), server)
              .addPlugin(OwnedBucketsPlugin.of(CoverageWorld.BUCKETS))
              .build());

  private final String label;
  private final Class<?> api;
  private final Opening opening;

  ClientKind(String label, Class<?> api, Opening opening) {
    this.label = label;
    this.api = api;
    this.opening = opening;
  }

  String label() {
    return label;
  }

  /** The AWS SDK's interface that clients of this kind have. */
  Class<?> api() {
    return api;
  }

  /** Whether it makes several requests of a large transfer. */
  boolean splitsTransfers() {
    return this == ASYNC_MULTIPART || this == ASYNC_CRT;
  }

  /** Opens a client; it and what else has to be closed are handed to {@code closing}. */
  Object open(RecordingServer server, Consumer<SdkAutoCloseable> closing) {
    SdkAutoCloseable client = opening.open(server, closing);
    closing.accept(client);
    return client;
  }

  @Immutable
  private interface Opening {
    SdkAutoCloseable open(RecordingServer server, Consumer<SdkAutoCloseable> closing);
  }

  private static S3PrivateClient.Builder own(RecordingServer server) {
    return S3PrivateClient.builder()
        .buckets(CoverageWorld.BUCKETS)
        .credentialsProvider(CoverageWorld.CREDENTIALS)
        .endpointOverride(server.endpoint())
        .pathStyle()
        .configure(ClientKind::once);
  }

  private static S3PrivateAsyncClient.Builder ownAsync(RecordingServer server) {
    return S3PrivateAsyncClient.builder()
        .buckets(CoverageWorld.BUCKETS)
        .credentialsProvider(CoverageWorld.CREDENTIALS)
        .endpointOverride(server.endpoint())
        .pathStyle()
        .configure(ClientKind::once);
  }

  private static SdkAutoCloseable wrapped(
      RecordingServer server, Consumer<SdkAutoCloseable> closing) {
    S3Client raw =
        aws(S3Client.builder(), server)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    closing.accept(raw);
    return S3PrivateClient.wrap(raw, CoverageWorld.BUCKETS);
  }

  private static SdkAutoCloseable wrappedAsync(
      RecordingServer server, Consumer<SdkAutoCloseable> closing) {
    S3AsyncClient raw = aws(S3AsyncClient.builder(), server).build();
    closing.accept(raw);
    return S3PrivateAsyncClient.wrap(raw, CoverageWorld.BUCKETS);
  }

  /** With session authentication the AWS SDK's own ListDirectoryBuckets fails at an override. */
  private static <B extends S3BaseClientBuilder<B, C>, C> B aws(B builder, RecordingServer server) {
    once(builder);
    return builder
        .region(CoverageWorld.REGION)
        .credentialsProvider(CoverageWorld.CREDENTIALS)
        .endpointOverride(server.endpoint())
        .forcePathStyle(true)
        .disableS3ExpressSessionAuth(true);
  }

  /**
   * Without retries, which would only repeat what is looked at, and without the route that {@code
   * WriteGetObjectResponse} puts before the host, because no such name exists on loopback.
   */
  private static void once(SdkClientBuilder<?, ?> builder) {
    builder.overrideConfiguration(
        o ->
            o.retryStrategy(AwsRetryStrategy.doNotRetry())
                .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true));
  }

  private static void multipart(S3AsyncClientBuilder builder) {
    builder
        .multipartEnabled(true)
        .multipartConfiguration(
            m -> m.minimumPartSizeInBytes(Answers.PART_SIZE).thresholdInBytes(Answers.PART_SIZE));
  }
}
