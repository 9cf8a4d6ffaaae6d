package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Tokens are remembered within their bound, however many come. {@code
 * -Downproof.memory.tokens=1000000} for a long run.
 */
class TokenMemoryTest {

  @Test
  void manyDistinctTokens_inASmallHeap_takeNoMoreThanTheBound() throws Exception {
    String valid = System.getProperty("ownproof.memory.tokens", "1500");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TokenMemory.class.getName(),
                valid,
                "2")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("taken");
  }
}
