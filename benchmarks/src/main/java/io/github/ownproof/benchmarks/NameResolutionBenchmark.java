package io.github.ownproof.benchmarks;

import static java.util.Objects.requireNonNull;

import io.github.ownproof.core.ExecutionContext;
import io.github.ownproof.s3.PrivateBucket;
import io.github.ownproof.s3.PrivateBuckets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A name that was resolved before, resolved again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NameResolutionBenchmark {

  private final String name = "my-app-assets";
  private final PrivateBuckets buckets =
      PrivateBuckets.of(ExecutionContext.of("111122223333", "us-east-1"));
  private final ConcurrentHashMap<String, PrivateBucket> map = new ConcurrentHashMap<>();

  /** Fills the map that a look-up is measured against. */
  public NameResolutionBenchmark() {
    map.put(name, buckets.resolve(name));
  }

  @Benchmark
  @Compared(id = "s3.resolve", floor = "mapLookUp", nanosAtMost = 50, bytesAtMost = 0)
  public PrivateBucket resolve() {
    return buckets.resolve(name);
  }

  @Benchmark
  public PrivateBucket mapLookUp() {
    return requireNonNull(map.get(name));
  }
}
