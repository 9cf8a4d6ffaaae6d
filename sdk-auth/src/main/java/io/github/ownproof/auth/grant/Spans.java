package io.github.ownproof.auth.grant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times as people say them: {@code 8 hours}, where {@link Duration} says {@code PT8H}. */
final class Spans {

  private Spans() {}

  static String words(Duration time) {
    List<String> parts = new ArrayList<>();
    part(parts, time.toDaysPart(), "day");
    part(parts, time.toHoursPart(), "hour");
    part(parts, time.toMinutesPart(), "minute");
    part(parts, time.toSecondsPart(), "second");
    // What has parts smaller than those, or is negative, is told exactly.
    return parts.isEmpty() || time.isNegative() || time.toNanosPart() != 0
        ? time.toString()
        : String.join(" ", parts);
  }

  private static void part(List<String> parts, long number, String unit) {
    if (number != 0) {
      parts.add(number + " " + unit + (number == 1 ? "" : "s"));
    }
  }
}
