package io.github.ownproof.benchmarks.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bar charts as SVG, on a white ground of their own, with all they show in words as well. */
final class Chart {

  private static final String OURS = "#1f6fb2";
  private static final String OTHERS = "#9aa5b1";
  private static final String BAD = "#c0392b";

  private static final int LEFT = 250;
  private static final int WIDTH = 400;
  private static final int RIGHT = 400;
  private static final int TOP = 44;
  private static final int STEP = 28;
  private static final int HEIGHT = 18;

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  /**
   * @param whisker where it may end; null where that is not known
   */
  private record Bar(
      String label, double length, @Nullable Estimate whisker, String color, String text) {}

  private Chart(String title) {
    this.title = title;
  }

  /** What each takes of the time it may. */
  static String ofPromises(List<Row> rows) {
    Chart chart = new Chart("Time over what is promised at most");
    for (Row row : rows) {
      Double target = row.comparison().targets().time();
      Estimate time = row.ratio() != null ? row.ratio() : row.ours();
      if (target != null) {
        chart.bars.add(
            new Bar(
                row.id(),
                time.value() / target,
                new Estimate(time.value(), time.low() / target, time.high() / target),
                row.isUnmeasurable() ? OTHERS : Boolean.TRUE.equals(row.holds()) ? OURS : BAD,
                row.ratio() == null
                    ? Table.time(time) + ", " + row.promise()
                    : Table.ratio(row) + ", " + row.promise()));
      }
    }
    return chart.svg(1.0);
  }

  /** The times of all methods of a suite, each of ours before those it is held against. */
  static String ofSuite(Group group, List<Row> rows) {
    Map<String, Map<String, Bar>> byOurs = new LinkedHashMap<>();
    for (Row row : rows) {
      Comparison one = row.comparison();
      Map<String, Bar> bars = byOurs.computeIfAbsent(one.ours(), unused -> new LinkedHashMap<>());
      String ours = one.ours().equals("ownproof") ? "Ownproof" : "Ownproof: " + one.ours();
      add(bars, one.scales() ? ours + ", two threads" : ours, row.ours(), OURS, "");
      if (row.peer() != null) {
        add(bars, String.valueOf(one.peer()), row.peer(), OTHERS, beside(row));
      }
    }
    for (Row row : rows) {
      Map<String, Bar> bars = byOurs.getOrDefault(row.comparison().ours(), Map.of());
      String floor = row.comparison().floor();
      if (row.floor() != null && !bars.containsKey(String.valueOf(floor))) {
        add(bars, floor + " (floor)", row.floor(), OTHERS, "");
      }
    }
    Chart chart = new Chart("Time per call: " + group.name());
    byOurs.values().forEach(bars -> chart.bars.addAll(bars.values()));
    return chart.svg(null);
  }

  private static String beside(Row row) {
    return row.comparison().scales()
        ? "; " + Table.ratio(row)
        : "; ours takes " + Table.ratio(row) + " of it";
  }

  private static void add(
      Map<String, Bar> bars, String label, Estimate time, String color, String more) {
    bars.putIfAbsent(label, new Bar(label, time.value(), time, color, Table.time(time) + more));
  }

  /**
   * @param mark where a line stands across all bars
   */
  private String svg(@Nullable Double mark) {
    double most = bars.stream().mapToDouble(Bar::length).max().orElse(1);
    double scale = WIDTH / (mark == null ? most : Math.max(most, 1.2 * mark));
    int height = TOP + bars.size() * STEP + 12;
    StringBuilder text =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img" font-family="sans-serif" font-size="13" fill="#1b1f24">
              <title>%3$s</title>
              <desc>%4$s</desc>
              <rect width="100%%" height="100%%" fill="#ffffff"/>
              <text x="%5$d" y="24" font-weight="bold">%3$s</text>
            """
                .formatted(
                    LEFT + WIDTH + RIGHT,
                    height,
                    escaped(title),
                    escaped(
                        bars.stream()
                            .map(bar -> bar.label() + ": " + bar.text())
                            .collect(Collectors.joining("; "))),
                    LEFT));
    for (int i = 0; i < bars.size(); i++) {
      text.append(svg(bars.get(i), TOP + i * STEP, scale));
    }
    if (mark != null) {
      text.append(line(LEFT + mark * scale, TOP - 6, LEFT + mark * scale, height - 10));
    }
    return text.append("</svg>\n").toString();
  }

  private static String svg(Bar bar, int y, double scale) {
    double end = LEFT + bar.length() * scale;
    int baseline = y + HEIGHT - 4;
    StringBuilder text =
        new StringBuilder(
            """
              <text x="%d" y="%d" text-anchor="end">%s</text>
              <rect x="%d" y="%d" width="%s" height="%d" fill="%s"/>
            """
                .formatted(
                    LEFT - 8,
                    baseline,
                    escaped(bar.label()),
                    LEFT,
                    y,
                    pixels(end - LEFT),
                    HEIGHT,
                    bar.color()));
    double after = end;
    Estimate whisker = bar.whisker();
    if (whisker != null && Double.isFinite(whisker.high())) {
      double middle = y + HEIGHT / 2.0;
      after = Math.min(LEFT + whisker.high() * scale, LEFT + WIDTH + 40.0);
      text.append(line(Math.min(LEFT + whisker.low() * scale, after), middle, after, middle));
    }
    return text.append(
            "  <text x=\"%s\" y=\"%d\">%s</text>%n"
                .formatted(pixels(Math.max(end, after) + 6), baseline, escaped(bar.text())))
        .toString();
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return "  <line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#1b1f24\" stroke-width=\"1.5\"/>%n"
        .formatted(pixels(x1), pixels(y1), pixels(x2), pixels(y2));
  }

  private static String pixels(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
