package io.github.ownproof.benchmarks;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.PrivateBuckets;
import io.github.ownproof.s3.S3PrivateClient;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.utils.StringInputStream;

/**
 * What guarding a call costs the caller: through {@link S3PrivateClient}, and through the AWS SDK's
 * client by a caller who writes the physical name and the owner into each request. Both send the
 * same bytes.
 */
@State(Scope.Benchmark)
@LargeLibrary(times = 4, apart = true)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardedCallBenchmark {

  private static final String NAME = "my-app-assets";
  private static final String KEY = "reports/2026/summary.json";
  private static final String OWNER = "111122223333";
  private static final double RATIO = 1.03;
  private static final double EXTRA_BYTES = 1024;

  private final CannedTransport transport = new CannedTransport();
  private final String physicalName;
  private final RequestBody body = RequestBody.fromBytes(new byte[1024]);
  private final S3Client raw;
  private final S3PrivateClient guarded;
  private final S3PrivateClient wrapped;

  /** In the region whose endpoint has most special cases. */
  public GuardedCallBenchmark() {
    this("us-east-1");
  }

  GuardedCallBenchmark(String region) {
    PrivateBuckets buckets = PrivateBuckets.of(ExecutionContext.of(OWNER, region));
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(
                "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    physicalName = buckets.resolve(NAME).physicalName();
    raw =
        S3Client.builder()
            .defaultsMode(DefaultsMode.STANDARD)
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .disableS3ExpressSessionAuth(true)
            .overrideConfiguration(GuardedCallBenchmark::useRegionalEndpoint)
            .httpClient(transport)
            .build();
    guarded =
        S3PrivateClient.builder()
            .buckets(buckets)
            .credentialsProvider(credentials)
            .configure(s3 -> s3.httpClient(transport))
            .build();
    wrapped = S3PrivateClient.wrap(raw, buckets);
  }

  /** In its first region the AWS SDK sends to the global endpoint, unless told not to. */
  private static void useRegionalEndpoint(ClientOverrideConfiguration.Builder options) {
    ProfileFile profile =
        ProfileFile.builder()
            .type(ProfileFile.Type.CONFIGURATION)
            .content(
                new StringInputStream("[default]\ns3_us_east_1_regional_endpoint = regional\n"))
            .build();
    options.defaultProfileFileSupplier(() -> profile).defaultProfileName("default");
  }

  /** Only calls that send the same are compared. */
  @Setup
  public void checkSameRequests() {
    checkSame(GuardedCallBenchmark::guardedGet, GuardedCallBenchmark::rawGet);
    checkSame(GuardedCallBenchmark::guardedPut, GuardedCallBenchmark::rawPut);
    checkSame(GuardedCallBenchmark::guardedHead, GuardedCallBenchmark::rawHead);
    checkSame(GuardedCallBenchmark::wrappedGet, GuardedCallBenchmark::rawGet);
  }

  private void checkSame(
      Function<GuardedCallBenchmark, ?> ours, Function<GuardedCallBenchmark, ?> peer) {
    transport
        .sentBy(() -> ours.apply(this))
        .checkSameAs(transport.sentBy(() -> peer.apply(this)), OWNER);
  }

  @Benchmark
  @Compared(
      id = "s3.getObject",
      peer = "rawGet",
      ratioAtMost = RATIO,
      extraBytesAtMost = EXTRA_BYTES)
  @Scales(id = "s3.getObject.twoThreads")
  public ResponseBytes<GetObjectResponse> guardedGet() {
    return guarded.getObjectAsBytes(GetObjectRequest.builder().bucket(NAME).key(KEY).build());
  }

  @Benchmark
  public ResponseBytes<GetObjectResponse> rawGet() {
    return raw.getObjectAsBytes(
        GetObjectRequest.builder()
            .bucket(physicalName)
            .key(KEY)
            .expectedBucketOwner(OWNER)
            .build());
  }

  @Benchmark
  @Compared(
      id = "s3.putObject",
      peer = "rawPut",
      ratioAtMost = RATIO,
      extraBytesAtMost = EXTRA_BYTES)
  @Scales(id = "s3.putObject.twoThreads")
  public PutObjectResponse guardedPut() {
    return guarded.putObject(PutObjectRequest.builder().bucket(NAME).key(KEY).build(), body);
  }

  @Benchmark
  public PutObjectResponse rawPut() {
    return raw.putObject(
        PutObjectRequest.builder().bucket(physicalName).key(KEY).expectedBucketOwner(OWNER).build(),
        body);
  }

  @Benchmark
  @Compared(
      id = "s3.headObject",
      peer = "rawHead",
      ratioAtMost = RATIO,
      extraBytesAtMost = EXTRA_BYTES)
  public HeadObjectResponse guardedHead() {
    return guarded.headObject(HeadObjectRequest.builder().bucket(NAME).key(KEY).build());
  }

  @Benchmark
  public HeadObjectResponse rawHead() {
    return raw.headObject(
        HeadObjectRequest.builder()
            .bucket(physicalName)
            .key(KEY)
            .expectedBucketOwner(OWNER)
            .build());
  }

  @Benchmark
  @Compared(id = "s3.getObject.wrapped", peer = "rawGet")
  public ResponseBytes<GetObjectResponse> wrappedGet() {
    return wrapped.getObjectAsBytes(GetObjectRequest.builder().bucket(NAME).key(KEY).build());
  }
}
