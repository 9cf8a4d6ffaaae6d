package io.github.ownproof.auth.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrantAuditTest {

  /** More threads than count by themselves, so that some share a number's line. */
  @Test
  void correlations_ofManyThreads_areAllDifferent() throws Exception {
    int threads = 40;
    int each = 2_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<String>>> made = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        made.add(
            pool.submit(
                () -> IntStream.range(0, each).mapToObj(n -> GrantAudit.correlation()).toList()));
      }
      Set<String> all = new HashSet<>();
      for (Future<List<String>> some : made) {
        all.addAll(some.get());
      }
      assertThat(all).hasSize(threads * each);
    } finally {
      pool.shutdownNow();
    }
  }
}
