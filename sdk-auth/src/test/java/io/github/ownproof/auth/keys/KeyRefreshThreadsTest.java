package io.github.ownproof.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.testkit.JwksServer;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the system has no thread to give. */
final class KeyRefreshThreadsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final KeyThreads threads = new KeyThreads();
  private final ThreadPoolExecutor workers = (ThreadPoolExecutor) threads.workers();
  private final ThreadFactory working = workers.getThreadFactory();

  @Test
  void noThread_forARenewal_knownKeysAnswerAndItIsTriedAgain() {
    RemoteKeySettings settings = Rig.settings().ticker(nanos::get);
    try (JwksServer server = JwksServer.start()) {
      server.publish(Jwk.of("one"));
      KeyRefresh refresh =
          new KeyRefresh(Discovery.none(server.jwksUri(), new KeyAddress(true)), settings, threads);
      try {
        KeyRefresh.Next ignored = refresh.next(anyKeys());
        Rig.eventually("warm", () -> refresh.known() != null);
        workers.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
        Rig.eventually("no idle worker", () -> workers.getPoolSize() == 0);
        workers.setThreadFactory(
            task -> {
              throw new OutOfMemoryError("unable to create native thread");
            });

        nanos.addAndGet(Duration.ofMinutes(4).toNanos());
        refresh.lookAhead(nanos.get());

        assertThat(refresh.failures()).isEqualTo(1);
        workers.setThreadFactory(working);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        refresh.lookAhead(nanos.get());
        Rig.eventually("renewed", () -> refresh.known().number() > 1);
      } finally {
        refresh.close();
      }
    }
  }

  private static KeyRefresh.Question anyKeys() {
    return new KeyRefresh.Question(null, 0, System.nanoTime() + Duration.ofMinutes(1).toNanos());
  }
}
