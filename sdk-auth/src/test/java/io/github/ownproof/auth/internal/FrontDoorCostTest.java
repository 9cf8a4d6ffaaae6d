package io.github.ownproof.auth.internal;

import static io.github.ownproof.auth.internal.Samples.encoded;
import static io.github.ownproof.auth.internal.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile input may cost, in bytes allocated: those can be counted, time cannot. */
class FrontDoorCostTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String HEADER = encoded(utf8(Samples.HEADER));

  @BeforeEach
  void allocationIsCounted() {
    assumeThat(THREADS.isThreadAllocatedMemorySupported()).isTrue();
    THREADS.setThreadAllocatedMemoryEnabled(true);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        shape("dots", n -> ".".repeat(n)),
        shape("letters", n -> "A".repeat(n)),
        shape("four dots", n -> "...." + "A".repeat(n)),
        shape("signature", n -> HEADER + ".e30." + "A".repeat(n / 4 * 4) + "="),
        shape("string", n -> claims("{\"x\":\"" + "a".repeat(n))),
        shape("escapes", n -> claims("{\"x\":\"" + "\\n".repeat(n / 2))),
        shape("units", n -> claims("{\"x\":\"" + "\\u4e2d".repeat(n / 6))),
        shape("UTF-8", n -> claims("{\"x\":\"" + "\u4e2d".repeat(n / 3))),
        shape("digits", n -> claims("{\"x\":" + "9".repeat(n))),
        shape("exponent", n -> claims("{\"x\":1e" + "9".repeat(n))),
        shape("arrays", n -> claims("{\"x\":" + "[".repeat(n))),
        shape("objects", n -> claims("{\"x\":" + "{\"x\":".repeat(n / 5))),
        shape("space", n -> claims(" ".repeat(n))),
        shape("elements", n -> claims("{\"x\":[" + "0,".repeat(n / 2))),
        shape("lists of decimals", n -> claims(lists("1.5,".repeat(200), n))),
        shape(
            "lists of long decimals", n -> claims(lists(("9".repeat(60) + "e999,").repeat(50), n))),
        shape("lists of lists", n -> claims(lists("[0],".repeat(200), n))),
        shape("lists of strings", n -> claims(lists("\"\\n\",".repeat(200), n))),
        shape("lists of objects", n -> claims(lists("{\"a\":0},".repeat(200), n))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void refused_anyLength_allocatesInProportion(String name, IntFunction<String> shape) {
    for (int size : new int[] {256, 1024, 4096, 16_384, 65_536}) {
      String token = shape.apply(size);

      assertThat(allocatedByRefusing(token, Integer.MAX_VALUE))
          .as("%s, %d characters", name, token.length())
          .isLessThan(40L * token.length() + 4096);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16_385, 65_536, 1_000_000, 10_000_000})
  void refused_aboveTheLimit_allocatesNothing(int length) {
    String token = "A".repeat(length);

    // A little for what the JVM itself may do meanwhile.
    assertThat(allocatedByRefusing(token, Samples.LIMIT)).isLessThan(512);
  }

  /** The least of many times, because the first ones load classes. */
  private static long allocatedByRefusing(String token, int limit) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      boolean refused = refuses(token, limit);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      assertThat(refused).isTrue();
    }
    return least;
  }

  private static boolean refuses(String token, int limit) {
    try {
      return CompactToken.parse(CompactToken.ascii(token, limit)) == null;
    } catch (MalformedInput e) {
      return true;
    }
  }

  private static Arguments shape(String name, IntFunction<String> shape) {
    return Arguments.of(name, shape);
  }

  private static String claims(String json) {
    return HEADER + "." + encoded(utf8(json)) + ".AQID";
  }

  private static String lists(String elements, int size) {
    String list = "[" + elements.substring(0, elements.length() - 1) + "],";
    return "{\"x\":[" + list.repeat(size / list.length() + 1);
  }
}
