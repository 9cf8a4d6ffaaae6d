package io.github.ownproof.auth.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ownproof.auth.grant.GrantId;
import io.github.ownproof.testkit.MutableClock;
import io.valkey.Jedis;
import io.valkey.JedisPooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Two processes, two grants, a real server that loses things, beside what it should come to. */
class EpochsModelTest {

  private static final String PREFIX = "model:";
  private static final Duration REMEMBERED = Duration.ofMillis(500);
  private static ValkeyServer server;
  private static JedisPooled client;
  private static JedisPooled otherClient;
  private static Jedis operator;

  @BeforeContainer
  static void start() {
    server = ValkeyServer.start();
    client = server.client();
    otherClient = server.client();
    operator = server.operator();
  }

  @AfterContainer
  static void stop() {
    operator.close();
    otherClient.close();
    client.close();
    server.close();
  }

  private enum Kind {
    ACTIVATE,
    ACTIVATE_TOO_LATE,
    REVOKE,
    ASK,
    LOSE,
    PASS
  }

  private record Step(Kind kind, int process, int grant, int millis) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Kind> kinds =
        Arbitraries.of(
            Kind.ACTIVATE,
            Kind.ACTIVATE,
            Kind.ACTIVATE_TOO_LATE,
            Kind.REVOKE,
            Kind.ASK,
            Kind.ASK,
            Kind.ASK,
            Kind.ASK,
            Kind.LOSE,
            Kind.PASS,
            Kind.PASS);
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 1),
            Arbitraries.of(1, 200, 499, 500, 900, 3_600_000))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** What a process should know of a grant. */
  private static final class Known {
    private boolean revoked;
    private @Nullable Boolean live;
    private long since;
  }

  /** What should come of it, said as simply as possible. */
  private static final class Model {
    private final Set<Integer> live = new HashSet<>();
    private final Set<Integer> revoked = new HashSet<>();
    private final Map<List<Integer>, Known> processes = new HashMap<>();
    private long millis;

    private Known of(Step step) {
      return processes.computeIfAbsent(List.of(step.process(), step.grant()), same -> new Known());
    }

    private void activate(Step step) {
      if (!of(step).revoked) {
        if (!revoked.contains(step.grant())) {
          live.add(step.grant());
        }
        of(step).live = null;
      }
    }

    private void revoke(Step step) {
      live.remove(step.grant());
      revoked.add(step.grant());
      of(step).revoked = true;
    }

    private void lose(Step step) {
      live.remove(step.grant());
      revoked.remove(step.grant());
    }

    private boolean ask(Step step) {
      Known known = of(step);
      if (known.live == null || millis - known.since >= REMEMBERED.toMillis()) {
        known.live = live.contains(step.grant());
        known.since = millis;
        known.revoked |= revoked.contains(step.grant());
      }
      return !known.revoked && known.live;
    }
  }

  @Property(tries = 400)
  void whatIsLive_isWhatTheModelSays(@ForAll("steps") List<Step> steps) {
    MutableClock clock = MutableClock.at("2026-11-22T10:00:00Z");
    AtomicLong nanos = new AtomicLong();
    List<ValkeyRevocationEpochs> processes =
        Stream.of(client, otherClient)
            .map(
                with ->
                    ValkeyRevocationEpochs.unauthenticated(with, "a test")
                        .keyPrefix(PREFIX)
                        .clock(clock)
                        .nanoTicker(nanos::get)
                        .rememberFor(REMEMBERED)
                        .build())
            .toList();
    List<GrantId> grants = List.of(Grants.next(), Grants.next());
    Model model = new Model();
    // Who revoked knows it for good: no later step may make it live there.
    Set<List<Integer>> gone = new HashSet<>();
    List<String> story = new ArrayList<>();
    for (Step step : steps) {
      story.add(step.toString());
      ValkeyRevocationEpochs epochs = processes.get(step.process());
      GrantId id = grants.get(step.grant());
      Instant until = clock.instant().plus(Duration.ofHours(1));
      switch (step.kind()) {
        case ACTIVATE -> {
          epochs.activate(id, until);
          model.activate(step);
        }
        case ACTIVATE_TOO_LATE -> epochs.activate(id, clock.instant());
        case REVOKE -> {
          epochs.revoke(id, until);
          model.revoke(step);
          gone.add(List.of(step.process(), step.grant()));
        }
        case LOSE -> {
          operator.del(PREFIX + id);
          model.lose(step);
        }
        case PASS -> {
          clock.advance(Duration.ofMillis(step.millis()));
          nanos.addAndGet(Duration.ofMillis(step.millis()).toNanos());
          model.millis += step.millis();
        }
        case ASK -> {
          boolean live = epochs.isLive(id);
          assertThat(live).describedAs("%s", story).isEqualTo(model.ask(step));
          if (gone.contains(List.of(step.process(), step.grant()))) {
            assertThat(live).describedAs("%s", story).isFalse();
          }
        }
        default -> throw new AssertionError(step.kind());
      }
    }
  }
}
