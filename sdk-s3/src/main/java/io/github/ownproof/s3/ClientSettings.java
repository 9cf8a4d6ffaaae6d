package io.github.ownproof.s3;

import io.github.ownproof.core.audit.AuditTrail;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3CrtAsyncClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The options both builders have, and what follows from them. */
final class ClientSettings {

  @Nullable PrivateBuckets buckets;
  @Nullable AwsCredentialsProvider credentials;
  @Nullable URI endpoint;
  boolean pathStyle;
  @Nullable AuditTrail trail;

  /** Fills in what was left out; does no I/O. */
  Resolved resolve() {
    List<SdkAutoCloseable> made = new ArrayList<>();
    AwsCredentialsProvider signer = credentials;
    if (signer == null) {
      DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
      made.add(chain);
      signer = chain;
    }
    signer = new BorrowedCredentials(signer);
    PrivateBuckets known = buckets;
    boolean discovered = known == null || known.isWithoutContext();
    if (known == null) {
      known = PrivateBuckets.builder().build();
    }
    if (discovered) {
      AwsExecutionContext context =
          AwsExecutionContext.builder().credentialsProvider(signer).build();
      made.add(0, context::close);
      known = known.in(context);
    }
    return new Resolved(known, discovered, signer, endpoint, pathStyle, List.copyOf(made));
  }

  /**
   * Settings without gaps.
   *
   * @param discovered whether the buckets' account is found out with these credentials
   * @param made what has to be closed after the client
   */
  record Resolved(
      PrivateBuckets buckets,
      boolean discovered,
      AwsCredentialsProvider credentials,
      @Nullable URI endpoint,
      boolean pathStyle,
      List<SdkAutoCloseable> made) {

    boolean isContextKnown() {
      return buckets.isContextKnown();
    }

    void discover() {
      var unused = buckets.context();
    }

    Lifetime lifetime(SdkAutoCloseable... clients) {
      List<SdkAutoCloseable> owned = new ArrayList<>(List.of(clients));
      owned.addAll(made);
      return Lifetime.closing(owned);
    }

    /** The standard defaults mode means three attempts. */
    void applyTo(S3BaseClientBuilder<?, ?> builder) {
      builder
          .defaultsMode(DefaultsMode.STANDARD)
          .region(Region.of(buckets.context().region()))
          .credentialsProvider(credentials)
          .disableS3ExpressSessionAuth(true);
      if (endpoint != null) {
        builder.endpointOverride(endpoint);
      }
      if (pathStyle) {
        builder.forcePathStyle(true);
      }
    }

    void applyTo(S3CrtAsyncClientBuilder builder) {
      builder
          .region(Region.of(buckets.context().region()))
          .credentialsProvider(credentials)
          .disableS3ExpressSessionAuth(true);
      if (endpoint != null) {
        builder.endpointOverride(endpoint);
      }
      if (pathStyle) {
        builder.forcePathStyle(true);
      }
    }

    /**
     * Who signs must be who we took ourselves for.
     *
     * @throws UnguardedRequestException if the client was configured with other credentials than
     *     the account was discovered with; {@code client} is closed then
     */
    void checkSigner(AwsServiceClientConfiguration configuration, SdkAutoCloseable client) {
      if (discovered && configuration.credentialsProvider() != credentials) {
        client.close();
        throw UnguardedRequestException.client(
            "The credentials were set inside configure(...), so that the account would be discovered"
                + " with others. Set them with credentialsProvider(...), or give buckets(...) a"
                + " context.");
      }
    }
  }
}
