package io.github.ownproof.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.ownproof.core.AccountId;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3CrtAsyncClientBuilder;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * An account of an {@link S3World}: an id, the credentials of somebody who may do everything in it,
 * and raw AWS clients for them. Thread-safe.
 *
 * <p>The clients are the negative control: nothing of Ownproof is in them, and they send no owner
 * unless the caller sets one.
 */
public final class Account {

  private static final int SECRET_BYTES = 30;

  private final AccountId id;
  private final URI endpoint;
  private final String defaultRegion;
  private final AwsBasicCredentials credentials;
  private final Map<String, S3Client> clients = new ConcurrentHashMap<>();

  Account(AccountId id, URI endpoint, String defaultRegion, SecureRandom random) {
    this.id = id;
    this.endpoint = endpoint;
    this.defaultRegion = defaultRegion;
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    this.credentials =
        AwsBasicCredentials.builder()
            .accessKeyId("AKIATEST" + id)
            .secretAccessKey(Base64.getEncoder().encodeToString(secret))
            .accountId(id.value())
            .build();
  }

  /** The account's id. */
  public AccountId id() {
    return id;
  }

  /** The id a {@code CanonicalUser} grant names it by; always the same for an account id. */
  public String canonicalId() {
    return Owners.canonicalId(id.value());
  }

  /**
   * Always the same credentials, which say their account id. They are good for this world only; the
   * secret is random.
   */
  public AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(credentials);
  }

  /** A raw client in the world's default region. It is closed with the world. */
  public S3Client client() {
    return client(defaultRegion);
  }

  /**
   * A raw client in this region; always the same one. It is closed with the world.
   *
   * @param region a region code, e.g. {@code eu-west-1}
   */
  public S3Client client(String region) {
    return clients.computeIfAbsent(region, r -> configure(S3Client.builder(), r).build());
  }

  /**
   * Points an S3 client builder of any kind at the world: endpoint, credentials, path-style access
   * and the default region.
   *
   * @return {@code builder}
   */
  @CanIgnoreReturnValue
  public <B extends S3BaseClientBuilder<B, ?>> B configure(B builder) {
    return configure(builder, defaultRegion);
  }

  /**
   * Points an S3 client builder of any kind at the world: endpoint, credentials, path-style access
   * and this region.
   *
   * @return {@code builder}
   */
  @CanIgnoreReturnValue
  public <B extends S3BaseClientBuilder<B, ?>> B configure(B builder, String region) {
    return builder
        .endpointOverride(endpoint)
        .credentialsProvider(credentials())
        .region(Region.of(region))
        .forcePathStyle(true);
  }

  /**
   * Points a builder of the CRT client at the world, like {@link #configure(S3BaseClientBuilder)}.
   *
   * @return {@code builder}
   */
  @CanIgnoreReturnValue
  public S3CrtAsyncClientBuilder configure(S3CrtAsyncClientBuilder builder) {
    return builder
        .endpointOverride(endpoint)
        .credentialsProvider(credentials())
        .region(Region.of(defaultRegion))
        .forcePathStyle(true);
  }

  /**
   * A raw presigner in the world's default region. The caller closes it; it holds nothing but the
   * credentials.
   */
  public S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .credentialsProvider(credentials())
        .region(Region.of(defaultRegion))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  /**
   * Opens one of the account's buckets to everybody, as a squatter does: takes Block Public Access
   * away and puts a policy that allows every S3 action to {@code *}.
   *
   * @param bucket a bucket of this account, in the world's default region
   */
  public void openToEveryone(String bucket) {
    client().deletePublicAccessBlock(r -> r.bucket(bucket));
    client().putBucketPolicy(r -> r.bucket(bucket).policy(BucketPolicy.openToEveryone(bucket)));
  }

  String accessKeyId() {
    return credentials.accessKeyId();
  }

  String secretAccessKey() {
    return credentials.secretAccessKey();
  }

  void close() {
    clients.values().forEach(S3Client::close);
    clients.clear();
  }

  /** The account id; never the secret. */
  @Override
  public String toString() {
    return "Account " + id;
  }
}
