package io.github.ownproof.benchmarks;

import static java.util.Objects.requireNonNull;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.AwsExecutionContext;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.PrivateBuckets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A name that was resolved before, resolved again: in a context that was given, and in one that was
 * found by the credentials, which are asked each time who they are.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NameResolutionBenchmark {

  private final String name = "my-app-assets";
  private final PrivateBuckets buckets =
      PrivateBuckets.of(ExecutionContext.of("111122223333", "us-east-1"));
  private final PrivateBuckets discovered =
      PrivateBuckets.builder()
          .context(
              AwsExecutionContext.builder()
                  .region("us-east-1")
                  .credentialsProvider(
                      StaticCredentialsProvider.create(
                          AwsBasicCredentials.builder()
                              .accessKeyId("AKIAIOSFODNN7EXAMPLE")
                              .secretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
                              .accountId("111122223333")
                              .build()))
                  .build())
          .build();
  private final ConcurrentHashMap<String, PrivateBucket> map = new ConcurrentHashMap<>();

  /** Fills the map that a look-up is measured against. */
  public NameResolutionBenchmark() {
    map.put(name, buckets.resolve(name));
  }

  /** Only what resolves to the same bucket is compared. */
  @Setup
  public void checkSameBucket() {
    if (!resolve().equals(mapLookUp()) || !resolveDiscovered().equals(mapLookUp())) {
      throw new IllegalStateException("not the same bucket");
    }
  }

  @Benchmark
  @Compared(id = "s3.resolve", floor = "mapLookUp", nanosAtMost = 50, bytesAtMost = 0)
  @Scales(id = "s3.resolve.twoThreads")
  public PrivateBucket resolve() {
    return buckets.resolve(name);
  }

  @Benchmark
  @Compared(id = "s3.resolve.discovered", floor = "mapLookUp", nanosAtMost = 50)
  public PrivateBucket resolveDiscovered() {
    return discovered.resolve(name);
  }

  @Benchmark
  public PrivateBucket mapLookUp() {
    return requireNonNull(map.get(name));
  }
}
