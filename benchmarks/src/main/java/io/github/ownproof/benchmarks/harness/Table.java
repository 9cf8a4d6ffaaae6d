package io.github.ownproof.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows for people, in Markdown. */
final class Table {

  private Table() {}

  static String of(List<Row> rows) {
    StringBuilder text =
        new StringBuilder(
            """
            | id | ours | peer | floor | ratio (95 %) | bytes: ours | peer | more | target | |
            |---|--:|--:|--:|--:|--:|--:|--:|---|---|
            """);
    for (Row row : rows) {
      text.append("| ")
          .append(
              String.join(
                  " | ",
                  row.id(),
                  time(row.ours()),
                  time(row.peer()),
                  time(row.floor()),
                  ratio(row),
                  bytes(row.oursBytes()),
                  bytes(row.peerBytes()),
                  bytes(row.extraBytes()),
                  row.promise(),
                  row.verdict()))
          .append(" |\n");
    }
    return text
        + """

        Times are CPU time per call. Of two threads, they are time on the wall's clock per call, and
        the peer is one thread.
        """;
  }

  static String time(@Nullable Estimate estimate) {
    if (estimate == null) {
      return "–";
    }
    return estimate.value() < 1000
        ? String.format(Locale.ROOT, "%.1f ns", estimate.value())
        : String.format(Locale.ROOT, "%.1f µs", estimate.value() / 1000);
  }

  static String ratio(Row row) {
    Estimate ratio = row.ratio();
    if (ratio == null) {
      return "–";
    }
    String net = row.comparison().netOfFloor() ? " net of the floor" : "";
    return row.comparison().scales()
        ? String.format(
            Locale.ROOT,
            "2 threads: %.2fx (%.2f–%.2f)",
            1 / ratio.value(),
            1 / ratio.high(),
            1 / ratio.low())
        : interval(ratio) + net;
  }

  static String interval(Estimate ratio) {
    return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", ratio.value(), ratio.low(), ratio.high());
  }

  private static String bytes(@Nullable Double bytes) {
    return bytes == null || bytes.isNaN() ? "–" : String.format(Locale.ROOT, "%.0f", bytes);
  }
}
