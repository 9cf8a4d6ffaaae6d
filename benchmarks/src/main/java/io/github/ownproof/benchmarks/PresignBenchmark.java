package io.github.ownproof.benchmarks;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.PresignedUrl;
import io.github.ownproof.s3.PrivateBuckets;
import io.github.ownproof.s3.S3PrivatePresigner;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/**
 * What a download link costs: through {@link S3PrivatePresigner}, and through the AWS SDK's
 * presigner by a caller who writes the physical name and the owner into each request. Both make the
 * same URL.
 */
@State(Scope.Benchmark)
@LargeLibrary(times = 3)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PresignBenchmark {

  private static final String OWNER = "111122223333";
  private static final String REGION = "eu-west-1";
  private static final String NAME = "my-app-assets";
  private static final String KEY = "reports/2026/summary.json";
  private static final Duration VALID = Duration.ofMinutes(15);
  private static final double TENTH = 0.1;
  private static final double OVER_FLOOR = 1.5;

  /** As many links as a page of them has. */
  private static final int PAGE = 20;

  /** What has to be hashed for a link: a canonical request, and what is signed of it. */
  private static final int CANONICAL_BYTES = 420;

  private static final int SIGNED_BYTES = 135;

  private final AwsCredentials keys =
      AwsBasicCredentials.create(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private final AwsCredentials session =
      AwsSessionCredentials.create(
          "ASIAIOSFODNN7EXAMPLE",
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
          "IQoJb3JpZ2luX2VjE+/=".repeat(20));
  private final PrivateBuckets buckets = PrivateBuckets.of(ExecutionContext.of(OWNER, REGION));
  private final String physicalName = buckets.resolve(NAME).physicalName();
  private final S3PrivatePresigner links = ours(keys);
  private final S3PrivatePresigner sessionLinks = ours(session);
  private final S3Presigner aws = theirs(keys);
  private final S3Presigner sessionAws = theirs(session);
  private final List<String> page = IntStream.range(0, PAGE).mapToObj(i -> KEY + i).toList();
  private final byte[] canonical = "c".repeat(CANONICAL_BYTES).getBytes(StandardCharsets.US_ASCII);
  private final byte[] toSign = "s".repeat(SIGNED_BYTES).getBytes(StandardCharsets.US_ASCII);
  private final MessageDigest sha256;
  private final Mac mac;
  private final PresignFloor floor;

  /** Prepares what the floors are measured with. */
  public PresignBenchmark() {
    try {
      floor = new PresignFloor(presignGet().url(), keys);
      sha256 = MessageDigest.getInstance("SHA-256");
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no SHA-256", e);
    }
  }

  private S3PrivatePresigner ours(AwsCredentials credentials) {
    return S3PrivatePresigner.builder()
        .buckets(buckets)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  private static S3Presigner theirs(AwsCredentials credentials) {
    return S3Presigner.builder()
        .region(Region.of(REGION))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  /** Only links that are the same are compared. */
  @Setup
  public void checkSameLinks() throws GeneralSecurityException {
    checkFloor(links.presignGet(NAME, KEY, VALID).url());
    checkFloor(linkFloor());
    checkSame(() -> presignGet().url(), () -> awsPresignGet().url().toString());
    checkSame(() -> presignGetObject().url().toString(), () -> awsPresignGet().url().toString());
    checkSame(() -> sessionPresignGet().url(), () -> awsSessionPresignGet().url().toString());
    if (!presignPage().get(0).url().contains("x-amz-expected-bucket-owner=" + OWNER)) {
      throw new IllegalStateException("a page of links lacks the owner");
    }
  }

  /** What the floor makes is the very link, signature and all. */
  private void checkFloor(String link) throws GeneralSecurityException {
    PresignFloor made = new PresignFloor(link, keys);
    for (int i = 0; i < 2; i++) {
      if (!made.sign().equals(link)) {
        throw new IllegalStateException("the floor is not that of this link");
      }
    }
  }

  /** Each goes by the clock, whose second may end between the two. */
  private static void checkSame(Supplier<String> ours, Supplier<String> peer) {
    for (int i = 0; i < 10; i++) {
      String one = ours.get();
      if (one.equals(peer.get()) && one.contains("x-amz-expected-bucket-owner=" + OWNER)) {
        return;
      }
    }
    throw new IllegalStateException("not the same link: " + URI.create(ours.get()).getPath());
  }

  @Benchmark
  @Compared(
      id = "s3.presignGet",
      peer = "awsPresignGet",
      floor = "linkFloor",
      ratioAtMost = TENTH,
      bytesRatioAtMost = TENTH)
  @Compared(id = "s3.presignGet.overFloor", peer = "linkFloor", ratioAtMost = OVER_FLOOR)
  @Compared(id = "s3.presignGet.overHashes", peer = "hashes")
  @Scales(id = "s3.presignGet.twoThreads")
  public PresignedUrl presignGet() {
    return links.presignGet(NAME, KEY, VALID);
  }

  @Benchmark
  @Compared(
      id = "s3.presignGet.session",
      peer = "awsSessionPresignGet",
      ratioAtMost = TENTH,
      bytesRatioAtMost = TENTH,
      notInQuick = true)
  public PresignedUrl sessionPresignGet() {
    return sessionLinks.presignGet(NAME, KEY, VALID);
  }

  @Benchmark
  @Compared(id = "s3.presignGetObject", peer = "awsPresignGet")
  public PresignedGetObjectRequest presignGetObject() {
    return links.presignGetObject(
        GetObjectPresignRequest.builder()
            .signatureDuration(VALID)
            .getObjectRequest(GetObjectRequest.builder().bucket(NAME).key(KEY).build())
            .build());
  }

  /** A page against a page: divide both by twenty. */
  @Benchmark
  @Compared(
      id = "s3.presignGets.page",
      peer = "awsPresignPage",
      ratioAtMost = TENTH,
      bytesRatioAtMost = TENTH,
      notInQuick = true)
  public List<PresignedUrl> presignPage() {
    return links.presignGets(NAME, page, VALID);
  }

  @Benchmark
  public PresignedGetObjectRequest awsPresignGet() {
    return presign(aws, KEY);
  }

  @Benchmark
  public PresignedGetObjectRequest awsSessionPresignGet() {
    return presign(sessionAws, KEY);
  }

  @Benchmark
  public List<PresignedGetObjectRequest> awsPresignPage() {
    return page.stream().map(key -> presign(aws, key)).toList();
  }

  private PresignedGetObjectRequest presign(S3Presigner presigner, String key) {
    return presigner.presignGetObject(
        GetObjectPresignRequest.builder()
            .signatureDuration(VALID)
            .getObjectRequest(
                GetObjectRequest.builder()
                    .bucket(physicalName)
                    .key(key)
                    .overrideConfiguration(
                        o -> o.putRawQueryParameter("x-amz-expected-bucket-owner", OWNER))
                    .build())
            .build());
  }

  /** The same link of the same second, made with all but its hashes known beforehand. */
  @Benchmark
  public String linkFloor() {
    return floor.sign();
  }

  /** Its two hashes alone, and nothing written. */
  @Benchmark
  public byte[] hashes() {
    mac.update(toSign);
    mac.update(sha256.digest(canonical));
    return mac.doFinal();
  }
}
