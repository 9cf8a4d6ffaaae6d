package io.github.ownproof.s3;

import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3CrtAsyncClientBuilder;

/** The AWS SDK's clients that an {@link S3PrivateAsyncClient} is built around. */
final class AsyncClients {

  private AsyncClients() {}

  /** At once where the account and region are known, otherwise when first used. */
  static S3AsyncClient java(
      ClientSettings.Resolved resolved, Consumer<S3AsyncClientBuilder> options) {
    return atOnceOrOnDemand(resolved, () -> buildJava(resolved, options));
  }

  /** When first used. */
  static S3AsyncClient javaOnDemand(
      ClientSettings.Resolved resolved, Consumer<S3AsyncClientBuilder> options) {
    return onDemand(resolved, () -> buildJava(resolved, options));
  }

  /** At once where the account and region are known, otherwise when first used. */
  static S3AsyncClient crt(
      ClientSettings.Resolved resolved, Consumer<S3CrtAsyncClientBuilder> options) {
    return atOnceOrOnDemand(resolved, () -> buildCrt(resolved, options));
  }

  private static S3AsyncClient atOnceOrOnDemand(
      ClientSettings.Resolved resolved, Supplier<S3AsyncClient> build) {
    return resolved.isContextKnown() ? build.get() : onDemand(resolved, build);
  }

  private static S3AsyncClient onDemand(
      ClientSettings.Resolved resolved, Supplier<S3AsyncClient> build) {
    return OnDemand.of(S3AsyncClient.class, resolved::discover, build);
  }

  private static S3AsyncClient buildJava(
      ClientSettings.Resolved resolved, Consumer<S3AsyncClientBuilder> options) {
    S3AsyncClientBuilder builder = S3AsyncClient.builder();
    resolved.applyTo(builder);
    options.accept(builder);
    S3AsyncClient client = builder.addPlugin(OwnedBucketsPlugin.of(resolved.buckets())).build();
    resolved.checkSigner(client.serviceClientConfiguration(), client);
    return client;
  }

  private static S3AsyncClient buildCrt(
      ClientSettings.Resolved resolved, Consumer<S3CrtAsyncClientBuilder> options) {
    S3CrtAsyncClientBuilder builder = S3AsyncClient.crtBuilder();
    resolved.applyTo(builder);
    options.accept(builder);
    builder.disableS3ExpressSessionAuth(true);
    S3AsyncClient client = builder.build();
    resolved.checkSigner(client.serviceClientConfiguration(), client);
    return client;
  }
}
