package io.github.ownproof.examples.photoshare;

import io.github.ownproof.s3.lifecycle.Progress;
import io.github.ownproof.s3.lifecycle.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;

/** Draws how far an operation is, once for each quarter of it. */
final class ProgressBar implements ProgressListener {

  private static final int WIDTH = 30;

  private final PrintStream out;
  private Progress.Phase phase = Progress.Phase.COUNTING;
  private int lastQuarter = -1;

  ProgressBar(PrintStream out) {
    this.out = out;
  }

  @Override
  public void progressed(Progress progress) {
    if (progress.phase() == Progress.Phase.COUNTING || progress.objectsTotal() == 0) {
      return;
    }
    if (progress.phase() != phase) {
      phase = progress.phase();
      lastQuarter = -1;
    }
    int done = (int) (WIDTH * progress.objectsDone() / progress.objectsTotal());
    int quarter = (int) (4 * progress.objectsDone() / progress.objectsTotal());
    if (quarter != lastQuarter) {
      out.println(line(progress, done));
    }
    lastQuarter = quarter;
  }

  private static String line(Progress progress, int done) {
    return String.format(
        "   %-8s [%s%s] %d of %d objects",
        progress.phase().name().toLowerCase(Locale.ROOT),
        "#".repeat(done),
        ".".repeat(WIDTH - done),
        progress.objectsDone(),
        progress.objectsTotal());
  }
}
