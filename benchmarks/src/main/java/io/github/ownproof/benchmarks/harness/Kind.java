package io.github.ownproof.benchmarks.harness;

import java.util.List;

/** What a fork is started for. */
enum Kind {
  /** Methods in turn by one thread. */
  TIMES,
  /** One thread and two. */
  THREADS,
  /** Bytes, exactly. */
  BYTES;

  /**
   * One JVM is like the next: a fixed heap, no collector threads beside the work, and whoever needs
   * code compiled waits for it, so that a busy machine does not leave a peer interpreted. Where
   * bytes are counted, the compiler is one that leaves out no allocation. Two threads have the
   * collector that a JVM chooses where there are two cores: the serial one lays side by side what
   * both write to.
   */
  List<String> jvmOptions() {
    return switch (this) {
      case TIMES -> List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-Xbatch");
      case THREADS -> List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "-Xbatch");
      case BYTES -> List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    };
  }
}
