package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.JwksFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Where Java has them, lookups come from virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
final class RemoteKeysVirtualThreadsTest {

  private static final int THREADS = 10_000;

  @Test
  void herd_tenThousandVirtualThreads_oneFetch() throws Exception {
    ExecutorService herd = virtualThreads();
    try (Rig rig = new Rig()) {
      rig.server.publish(Jwk.of("one"));
      rig.server.fault(JwksFault.latency(Duration.ofMillis(300)));
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Boolean>> lookups = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        lookups.add(
            herd.submit(
                () -> {
                  go.await();
                  return rig.finds("one");
                }));
      }
      long start = System.nanoTime();
      go.countDown();
      int found = 0;
      for (Future<Boolean> lookup : lookups) {
        found += lookup.get() ? 1 : 0;
      }
      System.out.println("virtual herd: found " + found + " after ms " + Rig.millisSince(start));
      assertThat(rig.server.fetches()).isEqualTo(1);
      // A loaded machine may not run them all within the second that lookups wait.
      assertThat(found).isPositive();
      Rig.eventually("found", () -> rig.finds("one"));
      assertThat(rig.server.fetches()).isEqualTo(1);
    } finally {
      herd.shutdownNow();
    }
  }

  /** By name: this is compiled for Java 17. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
