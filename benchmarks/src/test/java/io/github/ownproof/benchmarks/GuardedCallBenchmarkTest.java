package io.github.ownproof.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedCallBenchmarkTest {

  private static final String OWNER = "111122223333";

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "eu-west-1"})
  void setup_guardedAndRaw_sendTheSameBytes(String region) {
    new GuardedCallBenchmark(region).checkSameRequests();
  }

  @Test
  void checkSameAs_anotherHeader_refused() {
    SentRequest owned = sent(Map.of("x-amz-expected-bucket-owner", List.of(OWNER)));

    assertThatThrownBy(
            () -> owned.checkSameAs(sent(Map.of("x-amz-expected-bucket-owner", List.of())), OWNER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not the same request");
  }

  @Test
  void checkSameAs_bothWithoutOwner_refused() {
    assertThatThrownBy(() -> sent(Map.of()).checkSameAs(sent(Map.of()), OWNER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lack the owner");
  }

  private static SentRequest sent(Map<String, List<String>> headers) {
    return new SentRequest("GET", "https://example.com/", headers, "");
  }
}
