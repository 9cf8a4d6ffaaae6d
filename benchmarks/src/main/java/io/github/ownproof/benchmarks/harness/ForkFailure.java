package io.github.ownproof.benchmarks.harness;

import java.nio.file.Path;
import java.util.stream.Collectors;

/** A JVM that measured did not come to an end. */
final class ForkFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ForkFailure(Group group, Path log, String lastLines) {
    super(
        "%s failed while it measured %s; all it said is in %s, which ends with:%n%s"
            .formatted(
                group.name(),
                group.comparisons().stream().map(Comparison::id).collect(Collectors.joining(", ")),
                log,
                lastLines));
  }
}
