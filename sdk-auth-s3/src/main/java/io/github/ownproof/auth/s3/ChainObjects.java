package io.github.ownproof.auth.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.ownproof.auth.s3.PrivateObjects.Read;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * The lines of a chain as objects, one each, in the order of their keys. Of each key only the first
 * version counts: it is the one that is locked, whatever is put or deleted on top of it later.
 * Thread-safe.
 */
final class ChainObjects {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{20}\\.json");

  private final PrivateObjects objects;
  private final String prefix;
  private final int pageSize;
  private final Duration patience;
  private final ParallelReads reads;

  /** The first version of a line's object. */
  record Line(long number, String key, String version) {}

  /** Some lines in order, and whether there are more after them. */
  private record Page(List<Line> lines, boolean more) {}

  ChainObjects(
      PrivateObjects objects,
      String prefix,
      int pageSize,
      Duration patience,
      PrivateObjects.Failures failures) {
    this.pageSize = pageSize;
    this.objects = objects;
    this.prefix = prefix;
    this.patience = patience;
    this.reads = new ParallelReads(failures);
  }

  String key(long number) {
    return String.format(Locale.ROOT, "%s%020d.json", prefix, number);
  }

  Optional<Line> line(long number) {
    List<Line> lines = page(number - 1).lines();
    return lines.isEmpty() || lines.get(0).number() != number
        ? Optional.empty()
        : Optional.of(lines.get(0));
  }

  Read read(Line line) {
    return objects
        .getVersion(line.key(), line.version(), patience)
        .orElseThrow(() -> objects.malformed(line.key(), "it was listed and is gone"));
  }

  /**
   * The last line after a number, if there is one. One list tells whether anything stands after a
   * number, so the end of a chain is found by doubling and then halving the step: a chain of a
   * million lines takes some 20 lists, and one that was read lately takes one.
   */
  Optional<Line> lastAfter(long known) {
    Page page = page(known);
    @Nullable Line last = last(page);
    long nothingAfter = Long.MAX_VALUE;
    long step = 1024;
    while (page.more() && last != null && last.number() < nothingAfter) {
      long seen = last.number();
      boolean doubling = nothingAfter == Long.MAX_VALUE;
      long probe = doubling ? seen + step : seen + (nothingAfter - seen) / 2;
      step *= 2;
      Page next = page(probe);
      @Nullable Line further = last(next);
      if (further != null) {
        last = further;
        page = next;
      } else if (probe == seen) {
        break;
      } else {
        nothingAfter = probe;
      }
    }
    return Optional.ofNullable(last);
  }

  private static @Nullable Line last(Page page) {
    return page.lines().isEmpty() ? null : page.lines().get(page.lines().size() - 1);
  }

  /** All lines, as one stream that reads as it goes. */
  InputStream stream() {
    return new Lines();
  }

  /** The lines after a number: one at least, if there is one. */
  private Page page(long after) {
    List<Line> lines = new ArrayList<>();
    String key = after == 0 ? prefix : key(after);
    String version = null;
    ListObjectVersionsResponse answer;
    do {
      answer = objects.versions(prefix, key, version, pageSize, patience);
      for (ObjectVersion found : answer.versions()) {
        add(lines, found);
      }
      key = answer.nextKeyMarker();
      version = answer.nextVersionIdMarker();
      // Versions of the last key may go on in the next page; and other objects may fill one.
    } while (Boolean.TRUE.equals(answer.isTruncated()) && lines.size() < 2);
    boolean more = Boolean.TRUE.equals(answer.isTruncated());
    if (more) {
      lines.remove(lines.size() - 1);
    }
    return new Page(List.copyOf(lines), more);
  }

  private void add(List<Line> lines, ObjectVersion found) {
    String rest = found.key().substring(prefix.length());
    if (!NUMBER.matcher(rest).matches() || rest.compareTo("09") >= 0) {
      return;
    }
    long number = Long.parseLong(rest.substring(0, 20));
    int last = lines.size() - 1;
    // The newest version comes first, the oldest last.
    if (last >= 0 && lines.get(last).number() == number) {
      lines.remove(last);
    }
    lines.add(new Line(number, found.key(), found.versionId()));
  }

  /** Page after page; the lines of one are read at once. */
  private final class Lines extends InputStream {

    private Iterator<Read> page = Collections.emptyIterator();
    private ByteArrayInputStream line = new ByteArrayInputStream(new byte[0]);
    private long last;
    private boolean more = true;

    @Override
    public int read() {
      return goOn() ? line.read() : -1;
    }

    @Override
    public int read(byte[] to, int from, int length) {
      return length == 0 ? 0 : goOn() ? line.read(to, from, length) : -1;
    }

    private boolean goOn() {
      while (line.available() == 0) {
        while (!page.hasNext()) {
          if (!more) {
            return false;
          }
          Page next = page(last);
          more = next.more();
          if (!next.lines().isEmpty()) {
            last = next.lines().get(next.lines().size() - 1).number();
          }
          page = reads.map(next.lines(), ChainObjects.this::read).iterator();
        }
        line = new ByteArrayInputStream(page.next().text().getBytes(ISO_8859_1));
      }
      return true;
    }
  }
}
