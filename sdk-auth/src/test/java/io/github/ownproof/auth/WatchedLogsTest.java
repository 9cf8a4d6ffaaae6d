package io.github.ownproof.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A watch that sees nothing would pass every test. */
class WatchedLogsTest {

  private static final Logger OURS = LoggerFactory.getLogger("io.github.ownproof.auth.Sample");
  private static final String SECRET = "a-zqCanary-b";

  static java.util.stream.Stream<Consumer<Logger>> leaks() {
    return java.util.stream.Stream.of(
        log -> log.error(SECRET),
        log -> log.warn("{}", SECRET),
        log -> log.info("{} and {}", 1, SECRET),
        log -> log.debug("token {}", "eyJhbGciOiJub25lIn0"),
        log -> log.trace("x", new IllegalStateException(SECRET)),
        log -> log.trace("x", new IllegalStateException("y", new RuntimeException(SECRET))),
        log -> {
          RuntimeException outer = new RuntimeException("y");
          outer.addSuppressed(new RuntimeException(SECRET));
          log.error("x", outer);
        },
        log -> log.atInfo().addKeyValue("sub", SECRET).log("x"),
        log -> {
          MDC.put("sub", SECRET);
          log.info("x");
          MDC.remove("sub");
        });
  }

  @ParameterizedTest
  @MethodSource("leaks")
  void leak_isFoundAtAnyLevelAndInAnyPlace(Consumer<Logger> leak) {
    leak.accept(OURS);

    assertThat(WatchedLogs.takeFindings()).hasSize(1);
  }

  @Test
  void leak_failsTheTest() {
    OURS.info(SECRET);

    assertThatThrownBy(() -> new LeakWatch().afterEach(null)).isInstanceOf(AssertionError.class);
    assertThat(WatchedLogs.takeFindings()).isEmpty();
  }

  @Test
  void otherText_isNoLeak() {
    OURS.info("The keys of {} can be fetched again", "login.example.com");

    assertThat(WatchedLogs.takeFindings()).isEmpty();
  }

  /** Where the hook is not registered, the property's own leak would stay for the next test. */
  @Property(tries = 1)
  void properties_areWatchedToo() {
    assertThat(
            java.util.ServiceLoader.load(net.jqwik.api.lifecycle.LifecycleHook.class).stream()
                .map(provider -> provider.type().getName()))
        .contains(LeakWatch.OfProperties.class.getName());
  }
}
