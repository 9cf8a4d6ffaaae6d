package io.github.ownproof.benchmarks.harness;

import org.jspecify.annotations.Nullable;

/** Where results go. The JVM is told to compile it to nothing, and to take the result for used. */
final class Sink {

  static final String JVM_OPTION =
      "-XX:CompileCommand=blackhole," + Sink.class.getName() + "::take";

  private Sink() {}

  @SuppressWarnings("UnusedVariable")
  static void take(@Nullable Object result) {}
}
