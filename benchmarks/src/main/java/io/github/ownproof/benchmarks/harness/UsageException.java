package io.github.ownproof.benchmarks.harness;

/** The command cannot be done as it was given. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
