package io.github.ownproof.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows for programs ({@code ratios.json}), for people, and as a chart. */
final class Report {

  private static final int LEFT = 220;
  private static final int WIDTH = 460;
  private static final int BAR = 30;

  private Report() {}

  static void write(List<Row> rows, Path folder) throws IOException {
    Files.writeString(folder.resolve("ratios.json"), json(rows));
    Files.writeString(folder.resolve("ratios.md"), table(rows));
    Files.writeString(folder.resolve("ratios.svg"), chart(rows));
  }

  private static String json(List<Row> rows) {
    return rows.stream().map(Report::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
  }

  private static String json(Row row) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", '"' + row.id() + '"');
    members.put("ours", number(row.ours().value()));
    members.put("peer", number(value(row.peer())));
    members.put("floor", number(value(row.floor())));
    members.put("ratio", number(value(row.ratio())));
    members.put("target", number(row.target()));
    members.put("holds", String.valueOf(row.holds()));
    members.put("unit", "\"ns/op\"");
    members.put("targetUnit", '"' + row.targetUnit() + '"');
    members.put("oursLow", number(row.ours().low()));
    members.put("oursHigh", number(row.ours().high()));
    members.put("ratioLow", number(row.ratio() == null ? null : row.ratio().low()));
    members.put("ratioHigh", number(row.ratio() == null ? null : row.ratio().high()));
    members.put("oursBytes", number(row.oursBytes()));
    members.put("peerBytes", number(row.peerBytes()));
    members.put("floorBytes", number(row.floorBytes()));
    members.put("extraBytes", number(row.extraBytes()));
    members.put("bytesTarget", number(row.bytesTarget()));
    members.put("bytesRatio", number(row.bytesRatio()));
    members.put("bytesRatioTarget", number(Double.valueOf(row.terms().bytesRatioAtMost())));
    members.put("turns", row.turns());
    return members.entrySet().stream()
        .map(member -> '"' + member.getKey() + "\": " + member.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  static String table(List<Row> rows) {
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
                  ratio(row.ratio()),
                  bytes(row.oursBytes()),
                  bytes(row.peerBytes()),
                  bytes(row.extraBytes()),
                  row.promise(),
                  row.verdict()))
          .append(" |\n");
    }
    return text + "\nTimes are per operation; beside a peer, CPU time.\n";
  }

  private static String chart(List<Row> rows) {
    double most =
        Math.max(1.1, rows.stream().map(Report::shown).mapToDouble(share -> share).max().orElse(1));
    double scale = WIDTH / most;
    StringBuilder bars = new StringBuilder();
    int y = 40;
    for (Row row : rows) {
      double length = shown(row) * scale;
      bars.append(
          """
            <text x="%d" y="%d" text-anchor="end">%s</text>
            <rect x="%d" y="%d" width="%s" height="18" fill="%s"/>
            <text x="%s" y="%d">%s</text>
          """
              .formatted(
                  LEFT - 8,
                  y + 14,
                  row.id(),
                  LEFT,
                  y,
                  pixels(length),
                  Boolean.FALSE.equals(row.holds()) ? "#c0392b" : "#2c7fb8",
                  pixels(LEFT + length + 6),
                  y + 14,
                  row.ratio() == null ? time(row.ours()) : ratio(row.ratio())));
      y += BAR;
    }
    String line = pixels(LEFT + scale);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
          <rect width="100%%" height="100%%" fill="white"/>
          <text x="%d" y="22">Our time over the peer's; over the target where there is no peer</text>
        %s  <line x1="%s" y1="32" x2="%s" y2="%d" stroke="black" stroke-dasharray="4 3"/>
        </svg>
        """
        .formatted(LEFT + WIDTH + 160, y + 16, LEFT, bars, line, line, y);
  }

  private static String pixels(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static double shown(Row row) {
    if (row.ratio() != null) {
      return row.ratio().value();
    }
    Double target = row.target();
    return target == null ? 1 : row.ours().value() / target;
  }

  private static @Nullable Double value(@Nullable Estimate estimate) {
    return estimate == null ? null : Double.valueOf(estimate.value());
  }

  private static String number(@Nullable Double value) {
    return value == null || value.isInfinite() || value.isNaN()
        ? "null"
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String time(@Nullable Estimate estimate) {
    if (estimate == null) {
      return "–";
    }
    return estimate.value() < 1000
        ? String.format(Locale.ROOT, "%.1f ns", estimate.value())
        : String.format(Locale.ROOT, "%.1f µs", estimate.value() / 1000);
  }

  private static String ratio(@Nullable Estimate ratio) {
    return ratio == null
        ? "–"
        : String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", ratio.value(), ratio.low(), ratio.high());
  }

  private static String bytes(@Nullable Double bytes) {
    return bytes == null ? "–" : String.format(Locale.ROOT, "%.0f", bytes);
  }
}
