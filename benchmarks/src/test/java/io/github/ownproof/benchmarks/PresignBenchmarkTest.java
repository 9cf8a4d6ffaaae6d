package io.github.ownproof.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class PresignBenchmarkTest {

  @Test
  void setup_oursAndTheirs_makeTheSameLinks() {
    assertThatCode(() -> new PresignBenchmark().checkSameLinks()).doesNotThrowAnyException();
  }
}
