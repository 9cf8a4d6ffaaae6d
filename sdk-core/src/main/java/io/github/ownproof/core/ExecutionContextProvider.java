package io.github.ownproof.core;

/**
 * Answers where the program runs and for whom. Implementations are thread-safe, may do I/O on the
 * first call, and must be cheap on later ones: they are asked for every name that is resolved.
 */
@FunctionalInterface
public interface ExecutionContextProvider {

  /**
   * The context of this program now. An implementation that cannot tell throws; it never guesses.
   *
   * @throws OwnproofException if the context cannot be told, saying what was tried
   */
  ExecutionContext context();

  /** A provider that always answers {@code context}. */
  static ExecutionContextProvider of(ExecutionContext context) {
    return new FixedExecutionContext(context);
  }
}
